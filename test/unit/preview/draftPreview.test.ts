import { describe, expect, test } from 'vitest';
import type { Update } from '../../../src/core/buffer/model.ts';
import { type Draft, emptyDraft } from '../../../src/core/drafts/draft.ts';
import { draftPreview } from '../../../src/core/preview/draftPreview.ts';
import { handleOf, picturesIn } from '../../../src/core/preview/previewUpdate.ts';
import { sentText } from '../../../src/core/preview/sentText.ts';
import { updatePreview } from '../../../src/core/preview/updatePreview.ts';

const profileOn = (service: string) => ({ id: 'one', service, network: service, name: 'Larkspur' });
const previewOf = (service: string, given: Partial<Draft>, takesDetails = true) =>
  draftPreview({ ...emptyDraft('draft'), text: 'New in the docs', ...given }, profileOn(service), 'one', { takesDetails });

describe('what a preview shows of a draft', () => {
  test('is the text that its network gets, and nothing that other networks ask for', () => {
    const draft = {
      variants: { bluesky: 'For Bluesky' },
      details: { mastodon: { spoiler: 'The end' }, threads: { topic: 'Builds', place: 'Lisbon' }, youtube: { title: 'A film' } },
    };
    expect(previewOf('bluesky', draft)).toEqual({
      id: 'one',
      profile: profileOn('bluesky'),
      parts: [{ text: 'For Bluesky', index: 0, files: [] }],
    });
    expect(previewOf('mastodon', draft)).toMatchObject({ warning: 'The end', parts: [{ text: 'New in the docs' }] });
    expect(previewOf('threads', draft)).toMatchObject({ topic: 'Builds', place: 'Lisbon' });
    expect(previewOf('youtube', draft).title).toBe('A film');
    expect(previewOf('youtube', draft, false).title).toBeUndefined();
  });

  test('words that are blank are none', () => {
    const shown = previewOf('mastodon', { details: { mastodon: { spoiler: ' \n ' } } });
    expect(shown).not.toHaveProperty('warning');
    expect(previewOf('linkedin', { details: { linkedin: { firstComment: '  ' } } })).not.toHaveProperty('firstComment');
  });

  test('parts of a thread keep their places, without those that hold nothing', () => {
    const thread = ['', 'The second', ' ', 'The fourth'];
    const threadPictures = [[{ url: 'https://larkspur.example/a.png', description: 'A' }], [], [], []];
    const { parts } = previewOf('bluesky', { details: { bluesky: { thread, threadPictures } } });
    expect(parts.map(({ index, text }) => [index, text])).toEqual([
      [0, 'New in the docs'],
      [1, ''],
      [2, 'The second'],
      [4, 'The fourth'],
    ]);
    expect(parts[1]!.files).toEqual([{ kind: 'picture', picture: 'https://larkspur.example/a.png', alt: 'A' }]);
    // A network without threads shows none.
    expect(previewOf('linkedin', { details: { linkedin: { thread } } }).parts).toHaveLength(1);
  });

  test('pictures, a video, a document or a card go along, and what an update has that is not shown to be edited', () => {
    const picture = {
      kind: 'picture',
      url: ' https://larkspur.example/a.png ',
      description: ' A ',
      more: [{ url: 'https://larkspur.example/b.png' }],
    };
    const withPictures = previewOf('bluesky', { media: picture as Draft['media'] });
    expect(withPictures.parts[0]!.files).toEqual([
      { kind: 'picture', picture: 'https://larkspur.example/a.png', alt: 'A' },
      { kind: 'picture', picture: 'https://larkspur.example/b.png' },
    ]);
    expect(picturesIn(withPictures)).toEqual(['https://larkspur.example/a.png', 'https://larkspur.example/b.png']);
    expect(previewOf('youtube', { media: { kind: 'video', url: 'https://larkspur.example/a.mp4' } }).parts[0]!.files).toEqual([
      { kind: 'video', url: 'https://larkspur.example/a.mp4' },
    ]);
    const card = { kind: 'link', url: 'https://larkspur.example', title: ' ', picture: 'https://larkspur.example/c.png' } as const;
    const { parts } = previewOf('bluesky', { media: card });
    expect(parts[0]).toMatchObject({ files: [], card: { url: 'https://larkspur.example', picture: 'https://larkspur.example/c.png' } });
    expect(parts[0]!.card).not.toHaveProperty('title');
  });

  test('an offer and an event of Google Business, and its button', () => {
    const google = (details: object) => previewOf('googlebusiness', { details: { googlebusiness: details } });
    const times = { startsAt: '2026-12-01T09:00:00.000Z', endsAt: '2026-12-03T17:00:00.000Z' };
    expect(google({ type: 'whats_new', button: 'none' }).business).toBeUndefined();
    expect(google({ type: 'whats_new', button: 'book', link: ' https://larkspur.example ' }).business).toEqual({
      button: 'book',
      link: 'https://larkspur.example',
    });
    expect(google({ type: 'whats_new', button: 'call' }).business).toEqual({ button: 'call' });
    expect(google({ type: 'event', title: 'Open day', ...times, isAllDay: true, coupon: 'NO' })).toMatchObject({
      title: 'Open day',
      business: { kind: 'event', ...times, isAllDay: true },
    });
    const offer = google({ type: 'offer', title: 'Half price', ...times, coupon: 'LARK', terms: 'Once', button: 'shop' }).business;
    // An offer has no button, and an event no coupon.
    expect(offer).toEqual({ kind: 'offer', ...times, coupon: 'LARK', terms: 'Once' });
    expect(google({ type: 'event', ...times, coupon: 'NO' }).business).not.toHaveProperty('coupon');
    expect(previewOf('bluesky', { details: { bluesky: { type: 'event', button: 'book' } } })).not.toHaveProperty('business');
  });
});

describe('what a preview shows of an update', () => {
  const update = { id: 'u', profileId: 'one', service: 'bluesky', status: 'pending', text: 'As saved', statistics: {} } as Update;

  test('is what is written of it now, as it is sent', () => {
    expect(updatePreview(update, profileOn('bluesky')).parts[0]!.text).toBe('As saved');
    const sent = (text: string) => ({ text: `${text}!`, overflowsAt: 3 });
    expect(updatePreview(update, profileOn('bluesky'), 'As typed', sent).parts).toEqual([
      { text: 'As typed!', overflowsAt: 3, index: 0, files: [] },
    ]);
  });
});

describe('a text as it is sent', () => {
  test('says where it grows too long, by what its network counts', () => {
    expect(sentText('short', 'twitter', 280)).toEqual({ text: 'short' });
    expect(sentText('a'.repeat(281), 'twitter', 280).overflowsAt).toBe(280);
    // A link counts as 23 on X, whatever its length.
    expect(sentText(`https://buffer.com/larkspur/${'a'.repeat(300)}`, 'twitter', 280)).not.toHaveProperty('overflowsAt');
    expect(sentText('a'.repeat(10_001), 'twitter', 280)).not.toHaveProperty('overflowsAt');
  });
});

describe('a handle beside the name', () => {
  test('is that of networks that show one, unless the name is that already', () => {
    expect(handleOf({ service: 'bluesky', username: 'larkspur.example', name: 'Larkspur' })).toBe('@larkspur.example');
    expect(handleOf({ service: 'twitter', username: '@larkspur', name: 'Larkspur' })).toBe('@larkspur');
    expect(handleOf({ service: 'mastodon', username: 'larkspur', name: '@larkspur@social.example' })).toBeUndefined();
    expect(handleOf({ service: 'linkedin', username: 'larkspur', name: 'Larkspur' })).toBeUndefined();
    expect(handleOf({ service: 'twitter', name: 'Larkspur' } as never)).toBeUndefined();
  });
});
