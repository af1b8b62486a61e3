import { expect, test } from 'vitest';
import { lostMentions } from '../../../../src/core/buffer/mentions.ts';
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

test.each([
  ['behind it', 'Thanks to Larkspur for this!', []],
  ['before it', 'Many thanks to Larkspur for this', []],
  ['through it', 'Thanks to Lark for this', ['Larkspur']],
  ['through all', 'Something else', ['Larkspur']],
  ['nowhere', 'Thanks to Larkspur for this', []],
  ['before and behind it', 'Many thanks to Larkspur for that', []],
  ['that repeats it', 'Thanks, Larkspur, and Larkspur again', ['Larkspur']],
  ['that makes it part of a word', 'Many Larkspurs for that', ['Larkspur']],
])('a mention that a change of the text takes away is known before it is sent: a change %s', (_, after, lost) => {
  const text = 'Thanks to Larkspur for this';
  const mentions = [{ text: 'Larkspur', start: 10, end: 18 }];
  expect(lostMentions({ text, mentions }, after)).toEqual(lost);
  // What is told is what is sent.
  const metadata = {
    linkedin: {
      annotations: [
        {
          id: '1',
          entity: 'urn:li:organization:1',
          start: 10,
          length: 8,
          localizedName: 'Larkspur',
          link: 'https://a.example',
          vanityName: 'l',
        },
      ],
    },
  };
  const whole = { text, assets: [], metadata, tagIds: [], ideaId: undefined, schedulingType: undefined, isDraft: false };
  const sent = changed(whole, { service: 'linkedin', text }, { text: after });
  expect(sent.metadata?.linkedin?.annotations).toHaveLength(1 - lost.length);
});
