import { describe, expect, test } from 'vitest';
import type { NetworkDetails, Update } from '../../../src/core/buffer/model.ts';
import { isConflict } from '../../../src/core/queue/editConflict.ts';
import type { Draft } from '../../../src/core/drafts/draft.ts';
import { changeOf, draftOf } from '../../../src/core/drafts/draftUpdate.ts';
import { profileWith } from '../support/profile.ts';

// What is sent of an edit, and when somebody else's change stands against it. A draft went through a file.

const picture = (name: string) => `https://larkspur.example/${name}.png`;
const profile = profileWith({ id: 'p', service: 'mastodon', name: '@larkspur', username: 'larkspur', isDefault: true });
const update: Update = {
  id: 'u',
  profileId: 'p',
  service: 'mastodon',
  status: 'pending',
  text: 'First',
  createdAt: new Date(0),
  statistics: {},
};

const stored = <Value>(value: Value) => JSON.parse(JSON.stringify(value)) as Value;

/** An update that was opened, changed in the composer after a restart of the window, and is by now as `present`. */
function saved(opened: Update, edit: (draft: Draft) => Draft, present: Update) {
  const draft = stored(edit(stored(draftOf(opened))));
  return changeOf(draft, draft.editing!, present, profile, true);
}

describe('several pictures', () => {
  const media = { picture: picture('1'), more: [{ url: picture('2'), description: undefined, taggedUsers: undefined }] };
  const opened = { ...update, media };
  const described = (draft: Draft): Draft =>
    draft.media.kind === 'picture' ? { ...draft, media: { ...draft.media, description: 'One' } } : draft;

  test('that nobody else touched are no conflict', () => {
    const { change, isConflict } = saved(opened, described, opened);
    expect(isConflict).toBe(false);
    expect(change.media).toMatchObject({ picture: picture('1'), description: 'One', more: [{ url: picture('2') }] });
  });

  test('that nobody changed are not sent', () => {
    expect(saved(opened, (draft) => draft, opened)).toEqual({ change: {}, isConflict: false });
  });

  test('of which somebody else described one are a conflict', () => {
    const present = { ...opened, media: { ...media, more: [{ url: picture('2'), description: 'Two' }] } };
    expect(saved(opened, described, present).isConflict).toBe(true);
  });
});

describe('a thread', () => {
  const details: NetworkDetails = { thread: ['Second', 'Third'], threadPictures: [[{ url: picture('1') }], []] };
  const opened = { ...update, details };
  const withDetails = (change: NetworkDetails): Update => ({ ...update, details: { ...details, ...change } });
  const here = (change: object) => (draft: Draft) => ({ ...draft, details: { mastodon: { ...draft.details?.['mastodon'], ...change } } });
  const words = here({ thread: ['Second', 'Third, changed'] });
  const pictures = here({ threadPictures: [[{ url: picture('1') }], [{ url: picture('2') }]] });

  test.each([
    ['words here, pictures there', words, withDetails({ threadPictures: [[], []] })],
    ['words here, other words there', words, withDetails({ thread: ['Second, changed', 'Third'] })],
    ['pictures here, words there', pictures, withDetails({ thread: ['Second, changed', 'Third'] })],
    ['pictures here, a part less there', pictures, withDetails({ thread: ['Second'], threadPictures: [[{ url: picture('1') }]] })],
  ])('that somebody else changed, too, is a conflict, as its parts go back as a whole: %s', (_, edit, present) => {
    expect(saved(opened, edit, present).isConflict).toBe(true);
  });

  test.each([
    ['words', words],
    ['pictures', pictures],
  ])('that nobody else changed is none: %s', (_, edit) => {
    expect(saved(opened, edit, opened).isConflict).toBe(false);
    expect(saved(opened, edit, withDetails({ spoiler: 'Added elsewhere' })).isConflict).toBe(false);
  });

  test('of which the pictures cannot be told here is none: they stay where they are', () => {
    const unseen = { ...update, details: { thread: ['Second', 'Third'] } };
    expect(saved(unseen, words, opened)).toMatchObject({ isConflict: false, change: { details: { threadPictures: undefined } } });
  });

  test('is the same to a window that has it from its file', () => {
    const read = withDetails({ threadPictures: [[{ url: picture('1'), description: undefined }], []], spoiler: undefined });
    expect(isConflict(stored(read), read, { details })).toBe(false);
  });
});

describe('a text with the line breaks of another system', () => {
  const text = 'One\r\nTwo\r\n\nThree\rFour';
  const opened = { ...update, text, details: { thread: ['A\r\nB', 'C'] } };
  /** As the page has it. */
  const onPage = (draft: Draft): Draft => ({
    ...draft,
    text: 'One\nTwo\n\nThree\nFour',
    details: { mastodon: { ...draft.details!['mastodon'], thread: ['A\nB', 'C'] } },
  });

  test('that nobody changed is not sent', () => {
    expect(saved(opened, onPage, opened)).toEqual({ change: {}, isConflict: false });
  });

  test('keeps them around what was changed', () => {
    const { change } = saved(opened, (draft) => ({ ...onPage(draft), text: 'One\nTwo\n\nThree!\nFour' }), opened);
    expect(change).toEqual({ text: 'One\r\nTwo\r\n\nThree!\rFour' });
  });

  test('keeps them in the parts of a thread that are moved, and in one that is changed', () => {
    const parts = (thread: string[]) => (draft: Draft) => ({ ...onPage(draft), details: { mastodon: { thread } } });
    expect(saved(opened, parts(['C', 'A\nB']), opened).change.details?.thread).toEqual(['C', 'A\r\nB']);
    expect(saved(opened, parts(['A\nB!', 'C']), opened).change.details?.thread).toEqual(['A\r\nB!', 'C']);
  });
});
