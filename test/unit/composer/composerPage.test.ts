import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { firstLink } from '../../../src/core/networks/links.ts';
import { isLinkAddress, isPictureAddress } from '../../../src/page/addresses.ts';
import { chosenNetworks, shownNetworks } from '../../../src/composer/page/chosen.ts';
import { countAll } from '../../../src/composer/page/counting.ts';
import { detailsFor } from '../../../src/composer/page/details.ts';
import {
  addToThread,
  chooseMedia,
  copyThread,
  edit,
  hasThread,
  movePicture,
  moveInThread,
  partsOf,
  putLinkIntoText,
  removeDetails,
  removeFromThread,
  resetVariant,
  setBoard,
  setDetails,
  setInThread,
  setMedia,
  setPartPictures,
  setPictures,
  setText,
  setWhen,
  toggleGroup,
  toggleProfile,
  undoRemoval,
} from '../../../src/composer/page/edits.ts';
import { networkNeeds } from '../../../src/core/networks/networkNeeds.ts';
import { asMessage } from '../../../src/composer/page/incoming.ts';
import { blankPage, isComplete, type Page, receive, type RefusedFile } from '../../../src/composer/page/page.ts';
import { obstacle } from '../../../src/composer/page/readiness.ts';
import { richText } from '../../../src/page/richText.ts';
import { countNews, sendingNews, sendLabel, sentTitle, threadNews } from '../../../src/composer/page/words.ts';
import { clockTime, instantOf } from '../../../src/composer/page/zonedTime.ts';
import type { ComposerAbilities, ComposerProfile } from '../../../src/composer/messages.ts';
import { type Draft, emptyDraft, picturesOf, textFor, typedFor } from '../../../src/core/drafts/draft.ts';
import { draft } from '../../../src/core/drafts/draftSchema.ts';
import { canJoin, canSplit, joinThread, splitIntoThread } from '../../../src/composer/page/threadEdits.ts';
import { refusalOf, refuseFile } from '../../../src/composer/page/fileRefusal.ts';
import { fileNotes } from '../../../src/composer/page/fileNotes.ts';

const id = '11111111-1111-4111-8111-111111111111';
const otherId = '22222222-2222-4222-8222-222222222222';
const profile = (id: string, service: string, network: string, characters?: number, trouble?: string): ComposerProfile => ({
  id,
  service,
  network,
  name: `@${id}`,
  characters,
  trouble,
  pending: 0,
});
const profiles = [
  profile('x', 'twitter', 'X', 280),
  profile('sky', 'bluesky', 'Bluesky', 300),
  profile('in', 'linkedin', 'LinkedIn', 3000),
  profile('in2', 'linkedin', 'LinkedIn', 700),
  profile('fb', 'facebook', 'Facebook', 5000, 'Locked.'),
];
const none = { details: false, requeue: false, drafts: false };
const boards = [
  { id: 'b1', name: 'Ideas' },
  { id: 'b2', name: 'Rooms' },
];
/** Of the networks that ask for more. */
const askingProfiles = [
  ...profiles,
  profile('masto', 'mastodon', 'Mastodon', 500),
  profile('insta', 'instagram', 'Instagram', 2196),
  { ...profile('pin', 'pinterest', 'Pinterest', 500), boards },
  { ...profile('pin2', 'pinterest', 'Pinterest', 500), boards: [] },
  profile('tube', 'youtube', 'YouTube', 5000),
  profile('shop', 'googlebusiness', 'Google Business', 4000),
  profile('new', 'unheard-of', 'Unheard-of'),
  profile('tok', 'tiktok', 'TikTok', 2200),
];

function pageWith(
  change: Partial<ReturnType<typeof emptyDraft>> = {},
  abilities: ComposerAbilities = none,
  list: readonly ComposerProfile[] = profiles,
): Page {
  const loaded = receive(blankPage, { type: 'profiles', status: 'loaded', profiles: list, groups: [], abilities });
  return receive(loaded, { type: 'open', draft: { ...emptyDraft(id), ...change }, location: 'editor' });
}
/** With a service that takes all that networks ask for. */
const richPage = (change: Partial<ReturnType<typeof emptyDraft>> = {}) =>
  pageWith(change, { details: true, requeue: true, drafts: true }, askingProfiles);
const abilities = { details: true, requeue: true, drafts: true };
const draftOf = (page: Page) => page.draft!;
const counted = (page: Page): Page => ({ ...page, counts: countAll(draftOf(page), chosenNetworks(page)) });
const reason = (page: Page) => obstacle(counted(page))?.reason;

describe('what the extension says', () => {
  test('an older copy of the same draft does not undo what was typed', () => {
    const typed = setText(pageWith({ revision: 3 }), 'newer');
    expect(
      draftOf(receive(typed, { type: 'open', draft: { ...emptyDraft(id), revision: 4, text: 'older' }, location: 'sidebar' })),
    ).toMatchObject({ text: 'newer', revision: 4 });
    expect(
      draftOf(receive(typed, { type: 'open', draft: { ...emptyDraft(id), revision: 5, text: 'truth' }, location: 'editor' })).text,
    ).toBe('truth');
  });

  test('another draft takes the place, and leaves nothing of the one before', () => {
    const before = { ...setText(pageWith(), 'old'), network: 'twitter', sending: { results: {}, isOver: true, when: 'now' as const } };
    const page = receive(before, { type: 'open', draft: emptyDraft(otherId), location: 'editor' });
    expect(page.network).toBeUndefined();
    expect(page.sending).toBeUndefined();
    expect(draftOf(page)).toMatchObject({ id: otherId, text: '' });
    expect(page.profiles.profiles).toBe(profiles);
  });

  test('a new id keeps the letters that were typed meanwhile', () => {
    const typed = setText(pageWith({ revision: 3 }), 'all of it');
    const page = receive(typed, {
      type: 'open',
      draft: { ...emptyDraft(otherId), revision: 3, text: 'all' },
      location: 'editor',
      formerId: id,
    });
    expect(draftOf(page)).toMatchObject({ id: otherId, text: 'all of it', revision: 5 });
  });

  test('line breaks become those of a text field', () => {
    expect(draftOf(pageWith({ text: 'a\r\nb\rc', variants: { twitter: 'd\r\ne' } }))).toMatchObject({
      text: 'a\nb\nc',
      variants: { twitter: 'd\ne' },
    });
  });

  test('a time counts only for the words that are there now', () => {
    const page = setWhen(pageWith(), { kind: 'at', words: 'tomorrow' });
    const at = '2031-01-01T00:00:00.000Z';
    expect(receive(page, { type: 'time', words: 'tomorr', at })).toBe(page);
    expect(draftOf(receive(page, { type: 'time', words: 'tomorrow', at })).when).toEqual({ kind: 'at', words: 'tomorrow', at });
    // Asked for by the instant: nothing changes but how it is shown.
    const chosen = setWhen(pageWith(), { kind: 'at', at });
    expect(receive(chosen, { type: 'time', words: at, at, shown: 'New Year' })).toMatchObject({
      draft: chosen.draft,
      time: { shown: 'New Year' },
    });
  });

  test('a notice ends sending that never came to an end', () => {
    const sending: Page = { ...pageWith(), sending: { results: { x: { kind: 'sending' } }, isOver: false, when: 'queue' } };
    expect(edit(sending, { text: 'no' })).toBe(sending);
    expect(receive(sending, { type: 'notice', text: 'Something went wrong', endsSending: true }).sending).toBeUndefined();
    // Such as a list of tags that could not be read meanwhile.
    expect(receive(sending, { type: 'notice', text: 'Something else' })).toMatchObject({
      notice: 'Something else',
      sending: sending.sending,
    });
  });

  test('whatever else arrives in the window is no message', () => {
    for (const data of [undefined, null, 'open', 4, {}, { type: 'toString' }, { type: 'open' }, { type: 'open', draft: { id: 'no' } }])
      expect(asMessage(data)).toBeUndefined();
    expect(asMessage({ type: 'kept', revision: 1 })).toEqual({ type: 'kept', revision: 1 });
  });

  test('complete only when every profile took it', () => {
    const sent = (kind: 'done' | 'failed') =>
      receive(pageWith(), {
        type: 'sent',
        results: { x: { kind: 'done', shown: '' }, sky: kind === 'done' ? { kind, shown: '' } : { kind, reason: '' } },
        isOver: true,
      });
    expect(isComplete(sent('done'))).toBe(true);
    expect(isComplete(sent('failed'))).toBe(false);
  });
});

describe('what a person does', () => {
  test('every change makes the draft newer', () => {
    const page = setText(toggleProfile(pageWith({ revision: 7 }), 'x'), 'a');
    expect(draftOf(page)).toMatchObject({ revision: 9, profileIds: ['x'], text: 'a' });
  });

  test('a profile in trouble can be left out, not chosen', () => {
    expect(draftOf(toggleProfile(pageWith(), 'fb')).profileIds).toEqual([]);
    expect(draftOf(toggleGroup(pageWith(), ['x', 'fb'])).profileIds).toEqual(['x']);
    expect(draftOf(toggleProfile(pageWith({ profileIds: ['x', 'fb'] }), 'fb')).profileIds).toEqual(['x']);
    expect(draftOf(toggleProfile(pageWith({ profileIds: ['fb'] }), 'x')).profileIds).toEqual(['x', 'fb']);
  });

  test('a group is chosen as a whole, and left as a whole', () => {
    const page = toggleGroup(pageWith({ profileIds: ['x', 'in'] }), ['x', 'sky']);
    expect(draftOf(page).profileIds).toEqual(['x', 'sky', 'in']);
    expect(draftOf(toggleGroup(page, ['x', 'sky'])).profileIds).toEqual(['in']);
  });

  test('a network gets a text of its own, and gives it up again', () => {
    const all = pageWith({ text: 'all', profileIds: ['x', 'sky'] });
    const own = setText({ ...all, network: 'twitter' }, 'short');
    expect(draftOf(own)).toMatchObject({ text: 'all', variants: { twitter: 'short' } });
    expect(shownNetworks({ ...own, network: undefined }).map(({ service }) => service)).toEqual(['bluesky']);
    expect(draftOf(resetVariant(own, 'twitter')).variants).toEqual({});
  });

  test('looking at another kind of media loses nothing', () => {
    const link = setMedia(chooseMedia(pageWith(), 'link'), { kind: 'link', url: 'https://example.com', title: 'T' });
    expect(draftOf(chooseMedia(chooseMedia(link, 'picture'), 'link')).media).toEqual({
      kind: 'link',
      url: 'https://example.com',
      title: 'T',
    });
  });
});

describe('what stands against sending', () => {
  test.each<[string, Page, string | undefined]>([
    ['no profile', pageWith({ text: 'a' }), 'Choose a profile.'],
    ['no text', pageWith({ profileIds: ['x'] }), 'Write something.'],
    ['an empty variant', pageWith({ text: 'a', profileIds: ['x'], variants: { twitter: ' ' } }), 'The text for X is empty.'],
    ['too long', pageWith({ text: 'a'.repeat(290), profileIds: ['x', 'sky'] }), 'Too long for X by 10.'],
    [
      'too long for the strictest profile of a network',
      pageWith({ text: 'a'.repeat(701), profileIds: ['in', 'in2'] }),
      'Too long for LinkedIn by 1.',
    ],
    ['a variant that fits', pageWith({ text: 'a'.repeat(290), profileIds: ['x', 'sky'], variants: { twitter: 'a' } }), undefined],
    ['a troubled profile', pageWith({ text: 'a', profileIds: ['fb'] }), '@fb (Facebook): Locked.'],
    [
      'a picture over http',
      pageWith({ text: 'a', profileIds: ['x'], media: { kind: 'picture', url: 'http://example.com/a.png' } }),
      'The picture needs an https address.',
    ],
    ['a link without address', pageWith({ text: 'a', profileIds: ['x'], media: { kind: 'link', url: '' } }), 'The link has no address.'],
    ['no time', pageWith({ text: 'a', profileIds: ['x'], when: { kind: 'at' } }), 'Choose a time.'],
    [
      'a time that has passed',
      pageWith({ text: 'a', profileIds: ['x'], when: { kind: 'at', at: '2001-01-01T00:00:00Z' } }),
      'The chosen time has passed.',
    ],
    ['nothing', pageWith({ text: 'a', profileIds: ['x'] }), undefined],
  ])('%s', (_, page, expected) => expect(reason(page)).toBe(expected));
});

describe('what networks ask for', () => {
  const picture = { kind: 'picture', url: 'https://example.com/a.png' } as const;
  const video = { kind: 'video', url: 'https://example.com/a.mp4' } as const;

  test('what was typed for a network stays while another is chosen', () => {
    const typed = setDetails(richPage({ profileIds: ['tube'] }), 'youtube', { title: 'A film' });
    const page = setDetails(toggleProfile(toggleProfile(typed, 'tube'), 'insta'), 'instagram', { firstComment: 'First' });
    expect(draftOf(page)).toMatchObject({
      profileIds: ['insta'],
      details: { youtube: { title: 'A film' }, instagram: { firstComment: 'First' } },
    });
    expect(typedFor(draftOf(page), 'toString')).toEqual({});
  });

  test('details hold what is usual, and only what there is', () => {
    const page = richPage({
      profileIds: ['pin', 'pin2'],
      details: {
        pinterest: { boards: { pin: 'b2', pin2: 'b2' }, title: 'T' },
        googlebusiness: { startsAt: 'soon', endsAt: '2031-01-01T00:00:00Z' },
      },
    });
    const of = (id: string) =>
      detailsFor(
        draftOf(page),
        askingProfiles.find((each) => each.id === id)!,
      );
    expect(of('pin')).toEqual({ board: 'b2', title: 'T' });
    expect(of('pin2')).toEqual({ title: 'T' });
    expect(of('shop')).toEqual({ type: 'whats_new', endsAt: new Date('2031-01-01T00:00:00Z') });
    expect(of('tube')).toEqual({
      category: '28',
      privacy: 'public',
      isMadeForKids: false,
      license: 'youtube',
      isEmbeddable: true,
      notifiesSubscribers: true,
    });
  });

  test('a board is chosen for each profile, and taken back', () => {
    const page = setBoard(setBoard(richPage(), 'pinterest', 'pin', 'b1'), 'pinterest', 'pin2', 'b2');
    expect(draftOf(page).details?.pinterest?.boards).toEqual({ pin: 'b1', pin2: 'b2' });
    expect(draftOf(setBoard(page, 'pinterest', 'pin', '')).details?.pinterest?.boards).toEqual({ pin2: 'b2' });
  });

  test('a thread grows, is put in order, and loses nothing', () => {
    const thread = (page: Page) => draftOf(page).details?.twitter?.thread;
    const two = setInThread(
      addToThread(setInThread(addToThread(richPage(), 'twitter'), 'twitter', 0, 'two'), 'twitter'),
      'twitter',
      1,
      'three',
    );
    expect(thread(two)).toEqual(['two', 'three']);
    expect(thread(moveInThread(two, 'twitter', 1, 0))).toEqual(['three', 'two']);
    expect(thread(moveInThread(two, 'twitter', 0, 1))).toEqual(['three', 'two']);
    expect(moveInThread(two, 'twitter', 0, -1)).toBe(two);
    expect(moveInThread(two, 'twitter', 1, 2)).toBe(two);
    const gone = removeFromThread(removeFromThread(two, 'twitter', 0), 'twitter', 0);
    expect(thread(gone)).toEqual([]);
    expect(undoRemoval(gone, 'bluesky')).toBe(gone);
    expect(thread(undoRemoval(undoRemoval(gone, 'twitter'), 'twitter'))).toEqual(['two', 'three']);
    expect(undoRemoval(undoRemoval(gone, 'twitter'), 'twitter').removed).toEqual([]);
    // An empty one is not worth a word.
    expect(removeFromThread(addToThread(richPage(), 'twitter'), 'twitter', 0).removed).toEqual([]);
    expect(draftOf(copyThread(two, 'twitter', ['bluesky', 'mastodon'])).details).toMatchObject({
      bluesky: { thread: ['two', 'three'] },
      mastodon: { thread: ['two', 'three'] },
    });
  });

  test('the pictures of a part go where it goes, come back with it, and are told where they are too many', () => {
    const at = (index: number) => ({ url: `https://larkspur.example/${index}.png` });
    const begun = counted(
      richPage({ text: 'One', profileIds: ['x'], details: { twitter: { thread: ['Two', 'Three'], threadPictures: [[at(0)], []] } } }),
    );
    const parts = (page: Page) => partsOf(draftOf(page), 'twitter').map(({ text, pictures }) => [text, pictures.length]);
    expect(parts(moveInThread(begun, 'twitter', 0, 1))).toEqual([
      ['Three', 0],
      ['Two', 1],
    ]);
    const gone = removeFromThread(begun, 'twitter', 0);
    expect(parts(gone)).toEqual([['Three', 0]]);
    expect(parts(undoRemoval(gone, 'twitter'))).toEqual(parts(begun));
    expect(draftOf(copyThread(begun, 'twitter', ['bluesky'])).details?.bluesky).toEqual(draftOf(begun).details?.twitter);
    // It would lose them.
    expect(canJoin(draftOf(begun), 'twitter')).toBe(false);
    const many = (count: number) =>
      counted(
        setPartPictures(
          begun,
          'twitter',
          1,
          Array.from({ length: count }, (_, index) => at(index)),
        ),
      );
    expect(obstacle(many(4))).toBeUndefined();
    expect(obstacle(many(5))).toMatchObject({ field: 'thread-twitter-1-picture-4' });
    expect(obstacle(counted(setPartPictures(begun, 'twitter', 0, [{ url: ' ' }])))).toMatchObject({ field: 'thread-twitter-0-picture-0' });
  });

  test('a text that is too long becomes a thread on the networks that have it, and is one again', () => {
    const long = `${'A sentence of some length stands here. '.repeat(12)}The end.`;
    const page = counted(richPage({ text: long, profileIds: askingProfiles.map(({ id }) => id) }));
    const services = chosenNetworks(page)
      .filter(({ thread }) => thread)
      .map(({ service }) => service);
    expect(services.length).toBeGreaterThan(1);
    expect(canSplit(page, services[0]!)).toBe(true);
    const split = counted(splitIntoThread(page, services[0]!));
    // Networks without threads keep the text of all.
    expect(draftOf(split).text).toBe(long);
    for (const service of services) {
      expect([textFor(draftOf(split), service), ...(draftOf(split).details![service]!.thread ?? [])].join('')).toBe(long);
      expect(canSplit(split, service)).toBe(false);
    }
    expect(obstacle(split)?.reason ?? '').not.toContain('too long');
    const joined = joinThread(split, services[1]!);
    expect(draftOf(joined)).toMatchObject({ text: long, variants: {} });
    expect(services.map((service) => draftOf(joined).details![service]!.thread)).toEqual(services.map(() => []));
    expect(splitIntoThread(richPage({ text: 'Short', profileIds: [askingProfiles[0]!.id] }), services[0]!).draft!.details).toBeUndefined();
  });

  test('pictures alone are a thread as well: a text is not split over them', () => {
    const long = 'A sentence of some length stands here. '.repeat(12);
    const pictures = [{ url: 'https://larkspur.example/1.png' }];
    const page = counted(
      richPage({ text: long, profileIds: ['x', 'sky'], details: { twitter: { thread: [''], threadPictures: [pictures] } } }),
    );
    expect(hasThread(draftOf(page), 'twitter')).toBe(true);
    expect(canSplit(page, 'twitter')).toBe(false);
    expect(splitIntoThread(page, 'twitter')).toBe(page);
    expect(partsOf(draftOf(splitIntoThread(page, 'bluesky')), 'twitter')).toEqual([{ text: '', pictures }]);
    expect(canSplit(counted(setPartPictures(page, 'twitter', 0, [])), 'twitter')).toBe(true);
  });

  test('whatever is put into a field, the draft stays one that can be kept', () => {
    const long = 'x'.repeat(100_001);
    const taggedUsers = Array.from({ length: 101 }, () => ({ handle: 'larkspur', x: '50%', y: '50%' }));
    const picture = { url: long, description: long, taggedUsers };
    const page = richPage({ text: 'One', profileIds: ['x'], details: { twitter: { thread: ['Two'] } } });
    const pages = [
      setPictures(page, [picture, picture]),
      setPartPictures(page, 'twitter', 0, [picture]),
      setMedia(page, { kind: 'link', url: long, title: long, description: long, picture: long }),
      setMedia(page, { kind: 'video', url: long, title: long, coverAt: long }),
      setMedia(page, { kind: 'document', url: long, title: long, cover: long }),
      setDetails(page, 'youtube', { title: long }),
    ];
    for (const each of pages) expect(v.is(draft, draftOf(each))).toBe(true);
    expect(picturesOf(draftOf(pages[0]!).media)[1]).toMatchObject({ description: long.slice(1), taggedUsers: taggedUsers.slice(1) });
    const full = setDetails(page, 'twitter', { thread: Array.from({ length: 99 }, String) });
    const removed = removeFromThread(removeFromThread(full, 'twitter', 0), 'twitter', 0);
    const again = addToThread(addToThread(removed, 'twitter'), 'twitter');
    expect(v.is(draft, draftOf(undoRemoval(undoRemoval(again, 'twitter'), 'twitter')))).toBe(true);
    expect(isLinkAddress(`https://larkspur.example/${long.slice(0, 10_000)}`)).toBe(false);
  });

  test('any removals and undos end where they began', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ minLength: 1 }).filter((each) => each.trim() !== ''),
          { maxLength: 6 },
        ),
        fc.array(fc.nat(5), { maxLength: 6 }),
        (thread, removals) => {
          const begun = richPage({ details: { twitter: { thread } } });
          let page = removals.reduce((now, index) => removeFromThread(now, 'twitter', index), begun);
          for (let left = page.removed.length; left > 0; left--) page = undoRemoval(page, 'twitter');
          expect(draftOf(page).details?.twitter?.thread).toEqual(thread);
        },
      ),
    );
  });

  test('a thread ends where a draft would hold no more', () => {
    const page = richPage({ details: { twitter: { thread: Array.from({ length: 99 }, () => '') } } });
    expect(addToThread(page, 'twitter')).toBe(page);
    expect(asMessage({ type: 'open', draft: draftOf(setDetails(page, 'youtube', { title: 'a'.repeat(200_000) })) })).toBeDefined();
  });

  test('a permission that is missing stands before all else, and where a new one may be sent an old one may not be edited', () => {
    const refusals = { ...none, changeRefusal: 'No editing.' };
    expect(reason(pageWith({ text: '' }, { ...refusals, postRefusal: 'No posting.' }))).toBe('No posting.');
    expect(reason(pageWith({ text: 'Words', profileIds: ['x'] }, refusals))).toBeUndefined();
    const editing = { updateId: 'u', profileId: 'x', text: 'Words' } as ReturnType<typeof emptyDraft>['editing'];
    expect(reason(pageWith({ text: 'Words', profileIds: ['x'], editing }, refusals))).toBe('No editing.');
  });

  test('a link goes into the texts of networks without cards', () => {
    const page = putLinkIntoText(
      richPage({
        text: 'all',
        variants: { mastodon: 'own' },
        profileIds: ['x', 'sky', 'masto'],
        media: { kind: 'link', url: 'https://example.com' },
      }),
    );
    expect(draftOf(page)).toMatchObject({ text: 'all\nhttps://example.com', variants: { mastodon: 'own\nhttps://example.com' } });
    expect(reason(page)).toBeUndefined();
    expect(draftOf(putLinkIntoText(page))).toMatchObject({ text: draftOf(page).text, variants: draftOf(page).variants });
  });

  test('the texts of a thread count by themselves', () => {
    const page = counted(
      richPage({
        text: 'a',
        profileIds: ['x', 'masto'],
        details: { twitter: { thread: ['b', 'c'.repeat(300)] }, mastodon: { spoiler: 'd'.repeat(100), thread: ['e'.repeat(500)] } },
      }),
    );
    expect([...page.counts].map(([key, { count, limit }]) => [key, count, limit])).toEqual([
      ['twitter', 1, 280],
      ['twitter 0', 1, 280],
      ['twitter 1', 300, 280],
      // The content warning counts with the first text.
      ['mastodon', 1, 400],
      ['mastodon 0', 500, 500],
    ]);
    expect(threadNews(chosenNetworks(page), page.counts)).toBe('X, part 3: 20 too many');
  });

  test('line breaks in threads become those of a text field', () => {
    expect(draftOf(richPage({ details: { twitter: { thread: ['a\r\nb'], title: 'T' } } })).details).toEqual({
      twitter: { thread: ['a\nb'], title: 'T' },
    });
  });

  test.each<[string, Page, string | undefined, string?]>([
    ['a picture for Instagram', richPage({ text: 'a', profileIds: ['insta'] }), 'Instagram needs a picture or a video.'],
    ['a picture, rather than words', richPage({ profileIds: ['insta'] }), 'Instagram needs a picture or a video.'],
    ['nothing beside a picture', richPage({ profileIds: ['insta'], media: picture }), undefined],
    [
      'a video for a reel',
      richPage({ profileIds: ['insta'], media: picture, details: { instagram: { type: 'reel' } } }),
      'A reel on Instagram needs a video.',
    ],
    ['words for X', richPage({ profileIds: ['x'], media: picture }), 'Write something.'],
    ['a board', richPage({ profileIds: ['pin'], media: picture }), 'Choose a board for @pin (Pinterest).', 'detail-board-pin'],
    [
      'a board that is still there',
      richPage({ profileIds: ['pin'], media: picture, details: { pinterest: { boards: { pin: 'gone' } } } }),
      'Choose a board for @pin (Pinterest).',
    ],
    ['any board', richPage({ profileIds: ['pin2'], media: picture }), '@pin2 (Pinterest) has no board to pin to.', 'detail-board-pin2'],
    ['a title', richPage({ profileIds: ['tube'], media: video }), 'YouTube needs a title.', 'detail-youtube-title'],
    [
      'a shorter title',
      richPage({ profileIds: ['tube'], media: video, details: { youtube: { title: 'a'.repeat(103) } } }),
      'The title for YouTube is too long by 3.',
      'detail-youtube-title',
    ],
    ['a video', richPage({ profileIds: ['tube'], media: picture, details: { youtube: { title: 'a' } } }), 'YouTube needs a video.'],
    [
      'the link in the text',
      richPage({ text: 'a', profileIds: ['x', 'sky'], media: { kind: 'link', url: 'https://example.com' } }),
      'X shows no link card: put the link into the text.',
    ],
    [
      'the end after the start',
      richPage({
        text: 'a',
        profileIds: ['shop'],
        details: { googlebusiness: { type: 'event', title: 'a', startsAt: '2031-01-02T00:00:00Z', endsAt: '2031-01-01T00:00:00Z' } },
      }),
      'On Google Business, it ends before it starts.',
      'detail-googlebusiness-endsAt',
    ],
    [
      'no hours of an event that lasts whole days',
      richPage({
        text: 'a',
        profileIds: ['shop'],
        details: {
          googlebusiness: { type: 'event', isAllDay: true, title: 'a', startsAt: '2031-01-02T12:00:00Z', endsAt: '2031-01-02T11:00:00Z' },
        },
      }),
      undefined,
    ],
    [
      'the last day after the first',
      richPage({
        text: 'a',
        profileIds: ['shop'],
        details: {
          googlebusiness: { type: 'event', isAllDay: true, title: 'a', startsAt: '2031-01-02T12:00:00Z', endsAt: '2031-01-01T12:30:00Z' },
        },
      }),
      'On Google Business, it ends before it starts.',
      'detail-googlebusiness-endsAt',
    ],
    [
      'a web address',
      richPage({ text: 'a', profileIds: ['shop'], details: { googlebusiness: { button: 'book', link: 'no' } } }),
      'The link for Google Business is not a web address.',
    ],
    [
      'a shorter thread',
      richPage({ text: 'a', profileIds: ['x'], details: { twitter: { thread: ['b', 'c'.repeat(300)] } } }),
      'X, part 3 is too long by 20.',
      'thread-twitter-1',
    ],
    [
      'a shorter title of pictures',
      richPage({
        profileIds: ['tok'],
        media: { kind: 'picture', url: 'https://example.com/a.png' },
        details: { tiktok: { title: 'a'.repeat(92) } },
      }),
      'The title for TikTok is too long by 2.',
      'detail-tiktok-title',
    ],
    [
      'nothing of a title as long beside a video',
      richPage({ profileIds: ['tok'], media: video, details: { tiktok: { title: 'a'.repeat(92) } } }),
      undefined,
    ],
    [
      'a shorter first comment',
      richPage({ text: 'a', profileIds: ['in'], details: { linkedin: { firstComment: 'a'.repeat(1253) } } }),
      'The first comment for LinkedIn is too long by 3.',
      'detail-linkedin-firstComment',
    ],
    [
      'an address of the video',
      richPage({ text: 'a', profileIds: ['x'], media: { kind: 'video', url: 'http://example.com/a.mp4' } }),
      'The video needs an https address.',
    ],
    [
      'nothing for a network nobody told us of',
      richPage({ text: 'a', profileIds: ['new'], media: { kind: 'link', url: 'https://example.com' } }),
      undefined,
    ],
    [
      'nothing of networks that are not chosen',
      richPage({ text: 'a', profileIds: ['x'], details: { youtube: { title: 'a'.repeat(200) } } }),
      undefined,
    ],
  ])('%s', (_, page, expected, field) => {
    const against = obstacle(counted(page));
    expect(against?.reason).toBe(expected);
    if (field) expect(against).toMatchObject({ part: 'details', field });
  });

  test('a service that knows no details asks for none', () => {
    const page = pageWith(
      { text: 'a', profileIds: ['insta', 'tube', 'pin'], details: { twitter: { thread: ['a'.repeat(300)] } } },
      none,
      askingProfiles,
    );
    expect(reason(page)).toBeUndefined();
    expect(reason(edit(page, { text: '' }))).toBe('Write something.');
    expect(reason(edit(page, { media: video }))).toBe('Buffer’s old API takes no video. Choose another attachment.');
    expect(chosenNetworks(edit(page, { profileIds: ['x'] }))).toEqual([{ service: 'twitter', label: 'X', limit: 280 }]);
  });

  const url = 'https://larkspur.example/a.png';
  const taggedUsers = [{ handle: 'larkspur', x: '50%', y: '50%' }];
  test.each<[string, Partial<ReturnType<typeof emptyDraft>>, object | undefined]>([
    ['one picture', { media: { kind: 'picture', url, more: [], taggedUsers: [] }, tagIds: [], isReminder: false }, undefined],
    ['a document', { media: { kind: 'document', url, title: 'A', cover: url } }, { part: 'media', reason: /takes no document/ }],
    [
      'further pictures',
      { media: { kind: 'picture', url, more: [{ url }] } },
      { field: 'picture-url-1', reason: /takes only one picture/ },
    ],
    ['tagged accounts', { media: { kind: 'picture', url, taggedUsers } }, { field: 'tagged-user-0-0', reason: /takes no tagged accounts/ }],
    ['tags', { tagIds: ['a'] }, { field: 'remove-tag-0', reason: /takes no tags/ }],
    ['a reminder', { isReminder: true }, { field: 'reminder', reason: /takes no reminders/ }],
  ])('a service that takes text, a link or one picture: %s', (_, change, expected) => {
    const draft = { text: 'a', profileIds: ['x'], ...change };
    const found = obstacle(counted(pageWith(draft)));
    const { reason: words, ...rest } = { reason: undefined, ...expected } as { reason?: RegExp };
    if (!expected) expect(found).toBeUndefined();
    else expect(found).toMatchObject(rest);
    if (words) expect(found?.reason).toMatch(words);
    // One that takes them has nothing against them.
    const able = { ...abilities, tags: true };
    expect(obstacle(counted(pageWith({ ...draft, profileIds: ['in'] }, able)))).toBeUndefined();
  });
});

describe('clocks of a zone', () => {
  test.each([
    ['2031-05-01T09:30', 'Europe/Berlin', '2031-05-01T07:30:00.000Z'],
    ['2031-12-01T09:30', 'America/New_York', '2031-12-01T14:30:00.000Z'],
    ['2031-05-01T09:30', 'Asia/Kathmandu', '2031-05-01T03:45:00.000Z'],
    // Clocks are put back: it is 2:30 twice, and the first is meant.
    ['2031-10-26T02:30', 'Europe/Berlin', '2031-10-26T00:30:00.000Z'],
  ])('%s in %s', (clock, zone, instant) => {
    expect(instantOf(clock, zone)?.toISOString()).toBe(instant);
    expect(clockTime(new Date(instant), zone)).toBe(clock);
  });

  test('a time that clocks leave out is an hour later', () => {
    expect(clockTime(instantOf('2031-03-30T02:30', 'Europe/Berlin')!, 'Europe/Berlin')).toBe('2031-03-30T03:30');
    expect(instantOf('', 'UTC')).toBeUndefined();
    expect(clockTime(new Date(Number.NaN), 'UTC')).toBe('');
  });
});

test('the button says what it does', () => {
  expect(sendLabel(emptyDraft(id), 3, false)).toBe('Add to 3 Queues');
  expect(sendLabel({ ...emptyDraft(id), when: { kind: 'now' } }, 2, false)).toBe('Share Now on 2 Profiles');
  expect(sendLabel({ ...emptyDraft(id), when: { kind: 'at' } }, 1, false)).toBe('Schedule');
  expect(sendLabel(emptyDraft(id), 1, true)).toBe('Retry');
  const editing = { updateId: 'u', profileId: 'x', text: '' };
  expect(sendLabel({ ...emptyDraft(id), editing, when: { kind: 'keep' } }, 1, false)).toBe('Save Changes');
  expect(sendLabel({ ...emptyDraft(id), editing }, 1, false)).toBe('Add to Queue');
});

test('what waits in the outbox is not said to be done', () => {
  const done = { kind: 'done', shown: '' } as const;
  const waiting = { kind: 'waiting', reason: '' } as const;
  expect(sentTitle({ when: 'now', results: { x: waiting }, isOver: true })).toBe('Waits in the Outbox');
  expect(sentTitle({ when: 'queue', results: { x: done, sky: done, in: waiting }, isOver: true })).toBe('Added to 2 Queues');
  expect(sendingNews({ when: 'queue', results: { x: done, in: waiting }, isOver: true })).toBe(
    '1 of 2 sent. 1 of 2 waiting in the outbox.',
  );
});

test('counts are told when they come close, and when they exceed', () => {
  const news = (text: string) => {
    const page = counted(pageWith({ text, profileIds: ['x', 'sky'] }));
    return countNews(shownNetworks(page), page.counts);
  };
  expect(news('a'.repeat(200))).toBe('');
  expect(news('a'.repeat(275))).toBe('X: 5 left');
  expect(news('a'.repeat(305))).toBe('X: 25 too many and Bluesky: 5 too many');
});

test('what networks colour', () => {
  expect(
    richText('See https://example.com/#a, #one and @two@example.social or me@example.com').filter(({ kind }) => kind !== 'plain'),
  ).toEqual([
    { text: 'https://example.com/#a', kind: 'link' },
    { text: '#one', kind: 'hashtag' },
    { text: '@two@example.social', kind: 'mention' },
  ]);
});

test('addresses', () => {
  expect(firstLink('at example.com and https://example.com/a.')).toBe('https://example.com/a');
  for (const good of ['https://example.com/a.png', ' https://example.com/a.png ', 'http://127.0.0.1:4000/a.png', 'http://localhost/a'])
    expect(isPictureAddress(good)).toBe(true);
  for (const bad of [
    '',
    'http://example.com/a.png',
    'data:image/png;base64,AAAA',
    'javascript:alert(1)',
    'example.com/a.png',
    'https://',
    'http://127.0.0.1.example.com/',
  ])
    expect(isPictureAddress(bad)).toBe(false);
});

describe('pictures', () => {
  const several = (count: number) => Array.from({ length: count }, (_, index) => ({ url: `https://larkspur.example/${index}.png` }));

  test('more than a network takes are told at the first one that is too many', () => {
    const page = setPictures(richPage({ profileIds: [profiles[0]!.id], text: 'Look' }), several(5));
    const { pictures: most } = networkNeeds(profiles[0]!.service);
    expect(most).toBe(4);
    expect(obstacle(counted(page))).toMatchObject({
      part: 'media',
      field: 'picture-url-4',
      reason: expect.stringContaining('4') as string,
    });
    expect(obstacle(counted(setPictures(page, several(4))))).toBeUndefined();
  });

  test('the last of several leaves one; an update that had several says so', () => {
    const page = setPictures(pageWith({ text: 'Look' }), several(2));
    expect(draftOf(setPictures(page, several(1))).media).toEqual({ kind: 'picture', url: 'https://larkspur.example/0.png' });
    expect(picturesOf(draftOf(setPictures(page, [])).media)).toEqual([{ url: '' }]);
  });

  test('a picture takes the place of any other, and those between move on', () => {
    const page = setPictures(pageWith({ text: 'Look' }), several(4));
    const order = (now: Page) => picturesOf(draftOf(now).media).map(({ url }) => /(\d)\.png/u.exec(url)![1]);
    expect(order(movePicture(page, 0, 2))).toEqual(['1', '2', '0', '3']);
    expect(order(movePicture(page, 3, 0))).toEqual(['3', '0', '1', '2']);
    expect(movePicture(page, 1, 4)).toBe(page);
  });

  test('a document needs its address, a title and a cover, in this order', () => {
    const document = {
      kind: 'document',
      url: 'https://larkspur.example/a.pdf',
      title: 'A',
      cover: 'https://larkspur.example/a.png',
    } as const;
    const against = (change: object) =>
      obstacle(counted(pageWith({ profileIds: ['in'], text: 'Read', media: { ...document, ...change } }, abilities)))?.field;
    expect(against({})).toBeUndefined();
    expect(against({ url: ' ' })).toBe('document-url');
    expect(against({ url: 'http://larkspur.example/a.pdf' })).toBe('document-url');
    expect(against({ title: ' ' })).toBe('document-title');
    expect(against({ cover: undefined })).toBe('document-cover');
  });

  test('a cover that is no moment, and a tag outside of the picture, stand against sending', () => {
    const against = (media: ReturnType<typeof emptyDraft>['media']) =>
      obstacle(counted(pageWith({ profileIds: ['in'], text: 'Look', media }, abilities)))?.field;
    const video = { kind: 'video', url: 'https://larkspur.example/a.mp4' } as const;
    expect([against(video), against({ ...video, coverAt: '1:05' }), against({ ...video, coverAt: 'soon' })]).toEqual([
      undefined,
      undefined,
      'video-cover',
    ]);
    const tagged = (x: string, handle = 'larkspur') =>
      against({ kind: 'picture', url: 'https://larkspur.example/a.png', taggedUsers: [{ handle, x, y: '0' }] });
    expect([tagged('0.5'), tagged('100%'), tagged('540'), tagged('0.5', '')]).toEqual([
      undefined,
      undefined,
      'tagged-user-0-0',
      'tagged-user-0-0',
    ]);
  });

  test('a file is refused in one field alone, and puts nothing aside that has something in it', () => {
    const url = 'https://larkspur.example/1';
    const refused = (media: Draft['media'], kind: RefusedFile['kind']) => {
      const page = refuseFile(richPage({ media }), kind);
      return [draftOf(page).media.kind, page.refusedFile?.field, page.refusedFile && refusalOf(page, page.refusedFile.field)];
    };
    const own = (kind: string) => expect.stringContaining(`takes ${kind} by a public address`);
    const stays = expect.stringContaining('stays as it is');
    const picture = { kind: 'picture', url } as const;
    expect(refused({ kind: 'none' }, 'picture')).toEqual(['picture', 'picture-url', own('pictures')]);
    expect(refused({ ...picture, more: [{ url: '' }] }, 'picture')).toEqual(['picture', 'picture-url-1', own('pictures')]);
    expect(refused({ kind: 'link', url }, 'picture')).toEqual(['link', 'link-picture', own('pictures')]);
    expect(refused({ kind: 'document', url }, 'picture')).toEqual(['document', 'document-cover', own('pictures')]);
    expect(refused({ kind: 'document', url: '' }, 'document')).toEqual(['document', 'document-url', own('documents')]);
    expect(refused({ kind: 'video', url: '', title: 'Tour' }, 'picture')).toEqual(['video', 'video-url', stays]);
    expect(refused({ kind: 'video', url: '' }, 'picture')).toEqual(['picture', 'picture-url', own('pictures')]);
    expect(refused({ kind: 'video', url: '' }, 'video')).toEqual(['video', 'video-url', own('videos')]);
    expect(refused(picture, 'video')).toEqual(['picture', 'picture-url', stays]);
    const nowhere = expect.stringContaining('Buffer takes no files');
    expect(refused(picture, 'document')).toEqual(['picture', 'media', expect.stringContaining('shows documents')]);
    expect(refused({ kind: 'none' }, 'other')).toEqual(['none', 'media', nowhere]);
    const onLinkedIn = (media: Draft['media']) => refuseFile(richPage({ media, profileIds: ['in', 'x'] }), 'document');
    expect([draftOf(onLinkedIn({ kind: 'none' })).media.kind, onLinkedIn({ kind: 'none' }).refusedFile?.field]).toEqual([
      'document',
      'document-url',
    ]);
    expect(draftOf(onLinkedIn(picture)).media).toEqual(picture);
    expect(onLinkedIn(picture).refusedFile).toMatchObject({ field: 'picture-url', isBeside: true });
    // A service without videos says so, too.
    expect(refuseFile(pageWith(), 'video').refusedFile).toEqual({ kind: 'video', field: 'media' });
    const page = refuseFile(richPage({ media: { ...picture, more: [{ url: '' }] } }), 'picture');
    expect(refusalOf(page, 'picture-url')).toBeUndefined();
    expect(setMedia(page, picture).refusedFile).toBeUndefined();
  });

  test('what a network does not take of the files is told, and stands against nothing', () => {
    const gif = { url: 'https://larkspur.example/moves.GIF?1' };
    const page = (profileId: string, pictures: readonly { url: string; description?: string }[]) =>
      setPictures(pageWith({ profileIds: [profileId], text: 'Look' }, abilities), pictures);
    expect(fileNotes(page('x', [gif]))).toEqual([]);
    expect(fileNotes(page('x', [gif, ...several(1)]))).toEqual(['X takes a GIF alone, without other pictures.']);
    expect(fileNotes(page('sky', [gif]))).toEqual(['Bluesky: Buffer takes no GIF for it.']);
    expect(fileNotes(page('in', [gif, ...several(1)]))).toEqual([]);
    expect(fileNotes(page('x', [{ url: gif.url, description: '👩‍💻'.repeat(400) }]))).toEqual(['X: a description is too long by 200.']);
    const document = { kind: 'document', url: 'https://larkspur.example/a.pdf' } as const;
    expect(fileNotes(pageWith({ profileIds: ['x', 'in'], media: document }, abilities))).toEqual(['X shows no documents.']);
    expect(obstacle(counted(page('sky', [gif])))).toBeUndefined();
  });
});

describe('an update that is edited, of which Buffer took more than is asked for here', () => {
  const opened = { text: 'Long. '.repeat(60), media: { kind: 'none' as const }, details: { type: 'offer', link: 'the shop', title: '' } };
  const editing = { updateId: 'u', profileId: 'shop', kept: [], ...opened };
  const shown = (change: Partial<Draft> = {}) =>
    richPage({
      profileIds: ['shop'],
      when: { kind: 'keep' },
      text: opened.text,
      media: opened.media,
      details: { googlebusiness: opened.details },
      editing,
      ...change,
    });

  test('can be sent with another field changed', () => {
    expect(reason(shown())).toBeUndefined();
    expect(reason(setDetails(shown(), 'googlebusiness', { coupon: 'TEN' }))).toBeUndefined();
  });

  test('is held to the rules where it was touched', () => {
    expect(reason(setDetails(shown(), 'googlebusiness', { link: 'no address' }))).toBe(
      'The link for Google Business is not a web address.',
    );
    expect(reason(setDetails(shown(), 'googlebusiness', { type: 'event' }))).toBe('Google Business needs a title.');
    expect(reason(chooseMedia(shown(), 'picture'))).toBe('The picture has no address.');
  });

  test('has to be whole where it goes to another place', () => {
    expect(reason(setWhen(shown(), { kind: 'queue' }))).toBe('Google Business needs a title.');
  });

  test('may be longer than the network takes today, until its text is changed', () => {
    const text = 'x'.repeat(400);
    const long = richPage({ profileIds: ['x'], when: { kind: 'keep' }, text, editing: { ...editing, profileId: 'x', text, details: {} } });
    expect(reason(setDetails(long, 'twitter', { isAiGenerated: true }))).toBeUndefined();
    expect(reason(setText(long, `${text}x`))).toBe('Too long for X by 121.');
  });
});

test('a title of TikTok’s counts code points: an emoji is one', () => {
  const media = { kind: 'picture' as const, url: 'https://larkspur.example/a.png' };
  const titled = (title: string) => setDetails(richPage({ profileIds: ['tok'], text: 'Look', media }), 'tiktok', { title });
  expect(reason(titled('🎈'.repeat(90)))).toBeUndefined();
  expect(reason(titled(`${'🎈'.repeat(90)}!`))).toBe('The title for TikTok is too long by 1.');
});

test('a description of a part’s picture that is too long is told as one of the update’s own', () => {
  const described = (characters: number) =>
    setPartPictures(setInThread(addToThread(richPage({ profileIds: ['x'], text: 'One' }), 'twitter'), 'twitter', 0, 'Two'), 'twitter', 0, [
      { url: 'https://larkspur.example/a.png', description: '🎈'.repeat(characters) },
    ]);
  expect(fileNotes(described(1000))).toEqual([]);
  expect(fileNotes(described(1003))).toEqual(['X: a description is too long by 3.']);
});

// Buffer's schema and measurements: `creating-13` of docs/live-service.md for LinkedIn.
test.each([
  ['facebook', 'Facebook', 5000],
  ['instagram', 'Instagram', 2200],
  ['linkedin', 'LinkedIn', 1250],
])('a first comment on %s may be as long as its network takes, and no longer', (service, network, limit) => {
  const list = [profile('one', service, network, 10_000)];
  const media = { kind: 'picture', url: 'https://example.com/a.png' } as const;
  const told = (length: number) => {
    const details = { [service]: { type: 'post', firstComment: `  ${'a'.repeat(length)}\n` } };
    return reason(pageWith({ text: 'Short', profileIds: ['one'], media, details }, abilities, list));
  };
  expect(told(limit)).toBeUndefined();
  expect(told(limit + 1)).toBe(`The first comment for ${network} is too long by 1.`);
});

describe('rules for links', () => {
  const utmRules = [{ domain: 'example.com', parameters: { source: '{network}' } }];
  const text = `${'a'.repeat(260)} https://example.com/a and on`;
  const ruled = (change: Partial<Draft> = {}) => {
    const loaded = receive(blankPage, { type: 'profiles', status: 'loaded', profiles, groups: [], abilities: none, utmRules });
    return counted(
      receive(loaded, { type: 'open', draft: { ...emptyDraft(id), text, profileIds: ['sky', 'x'], ...change }, location: 'editor' }),
    );
  };

  test('count as what is sent, and mark what was typed', () => {
    const page = ruled();
    const sent = `${'a'.repeat(260)} https://example.com/a?utm_source=bluesky and on`;
    // Bluesky counts a link as it is written, X any link alike.
    expect(page.counts.get('bluesky')).toMatchObject({ text, count: sent.length, sent: { text: sent, overflowsAt: 300 } });
    expect(page.counts.get('bluesky')!.overflowsAt).toBe(text.indexOf(' and on'));
    expect(page.counts.get('twitter')).toMatchObject({ count: 260 + 1 + 23 + 7 });
    expect(reason(page)).toContain('Bluesky');
    // Counted once, as long as neither text nor rules are others.
    expect(countAll(draftOf(page), chosenNetworks(page), page.counts).get('bluesky')).toBe(page.counts.get('bluesky'));
    const without = { ...page, profiles: { ...page.profiles, utmRules: [] } };
    expect(countAll(draftOf(page), chosenNetworks(without), page.counts).get('bluesky')).toMatchObject({ count: text.length });
  });

  test('are reckoned with where a text is split into a thread', () => {
    const page = ruled({ text: `${'Words and words. '.repeat(16)}https://example.com/a ${'More. '.repeat(20)}`, profileIds: ['sky'] });
    const asking = profiles.map((each) => ({ ...each, characters: 300 }));
    const able = counted({ ...page, profiles: { ...page.profiles, profiles: asking, abilities: { ...none, details: true } } });
    expect(canSplit(able, 'bluesky')).toBe(true);
    const split = counted(splitIntoThread(able, 'bluesky'));
    expect(partsOf(draftOf(split), 'bluesky').length).toBeGreaterThan(0);
    expect([...split.counts.values()].filter(({ count, limit }) => count > limit)).toEqual([]);
    expect(reason(split)).toBeUndefined();
  });

  test('count in a first comment', () => {
    const comment = `${'a'.repeat(1220)} https://example.com/a`;
    const page = ruled({ text: 'Short', profileIds: ['in'], details: { linkedin: { firstComment: comment } } });
    const able = (rules: typeof utmRules) =>
      counted({ ...page, profiles: { ...page.profiles, utmRules: rules, abilities: { ...none, details: true } } });
    expect(reason(able([]))).toBeUndefined();
    expect(reason(able(utmRules))).toBe('The first comment for LinkedIn is too long by 12.');
  });

  test('say nothing of an update that is edited', () => {
    const editing = { updateId: 'one', profileId: 'sky', text };
    const page = ruled({ profileIds: ['sky'], when: { kind: 'keep' }, editing });
    expect(page.counts.get('bluesky')).toEqual({ text, count: text.length, limit: 300 });
  });
});

describe('a draft that is opened where networks are told no more than text and attachment', () => {
  const details = { twitter: { thread: ['Second'], isAiGenerated: false }, linkedin: { firstComment: ' ' } };
  const shown = (change: Partial<Draft> = {}) => pageWith({ profileIds: ['x', 'in'], text: 'First', details, ...change });

  test('is not sent without its thread, unless that is taken away', () => {
    const against = obstacle(counted(shown()));
    expect(against).toMatchObject({ part: 'details', field: 'remove-details-twitter' });
    expect(against?.reason).toBe('X: only text and attachment can be sent from here. Remove the rest.');
    expect(reason(removeDetails(shown(), 'twitter'))).toBeUndefined();
    expect(draftOf(removeDetails(shown(), 'twitter')).details).toEqual({ linkedin: details.linkedin });
    // What is typed for a network that is not chosen goes nowhere anyway.
    expect(reason(shown({ profileIds: ['in'] }))).toBeUndefined();
  });

  test('is no draft at Buffer where that has none', () => {
    const against = obstacle(counted(shown({ details: {}, when: { kind: 'draft' } })));
    expect(against).toMatchObject({ part: 'when', field: 'when-kind' });
    expect(reason(setWhen(shown({ details: {}, when: { kind: 'draft' } }), { kind: 'queue' }))).toBeUndefined();
  });
});
