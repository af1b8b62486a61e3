import { expect, test } from 'vitest';
import { changed } from '../../../../src/core/buffer/graphql/change.ts';

test('a picture that is added leaves the files that are not shown where they are', () => {
  const image = (url: string) => ({ image: { url } });
  const document = { document: { url: 'https://larkspur.example/a.pdf', thumbnailUrl: 'https://larkspur.example/a.png', title: 'A' } };
  const whole = {
    text: 'Both',
    assets: [image('https://larkspur.example/1.png'), document],
    metadata: undefined,
    tagIds: [],
    ideaId: undefined,
    schedulingType: undefined,
    isDraft: false,
  };
  const picture = 'https://larkspur.example/1.png';
  const other = 'https://larkspur.example/2.png';
  const { assets } = changed(
    whole,
    { service: 'linkedin', text: 'Both', media: { picture }, details: undefined },
    { media: { picture, more: [{ url: other }] } },
  );
  expect(assets).toEqual([image(picture), image(other), document]);
});
