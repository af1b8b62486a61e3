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
  ['as they are', undefined, ['1.png']],
  ['with others in their place', { picture: 'https://larkspur.example/2.png' }, ['2.png']],
  ['taken away', null, []],
])('the files of a post on Threads that becomes a thread are in its first part: files %s', (_, media, names) => {
  const before = { picture: 'https://larkspur.example/1.png' };
  const whole = {
    text: 'First',
    assets: [{ image: { url: before.picture, metadata: { altText: 'One', animatedThumbnail: 'https://larkspur.example/m.png' } } }],
    metadata: undefined,
    tagIds: [],
    ideaId: undefined,
    schedulingType: undefined,
    isDraft: false,
  };
  const seen = { service: 'threads', text: 'First', media: { ...before, description: 'One' }, details: {} };
  const details = { thread: ['Second'], threadPictures: [[{ url: 'https://larkspur.example/3.png' }]] };
  const { assets, metadata } = changed(whole, seen, { details, ...(media !== undefined && { media }) });
  const [first, second] = metadata?.threads?.thread ?? [];
  expect(first).toMatchObject({ text: 'First', assets });
  expect(assets.map(({ image }) => image?.url.split('/').at(-1))).toEqual(names);
  expect(second?.assets).toEqual([{ image: { url: 'https://larkspur.example/3.png' } }]);
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
