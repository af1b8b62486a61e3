import { describe, expect, test } from 'vitest';
import { firstLink, isPictureAddress } from '../../src/composer/app/addresses.ts';
import { chosenNetworks, shownNetworks } from '../../src/composer/app/chosen.ts';
import { countAll } from '../../src/composer/app/counting.ts';
import { chooseMedia, edit, resetVariant, setMedia, setText, setWhen, toggleGroup, toggleProfile } from '../../src/composer/app/edits.ts';
import { asMessage } from '../../src/composer/app/incoming.ts';
import { blankPage, isComplete, type Page, receive } from '../../src/composer/app/page.ts';
import { obstacle } from '../../src/composer/app/readiness.ts';
import { richText } from '../../src/composer/app/richText.ts';
import { countNews, sendLabel } from '../../src/composer/app/words.ts';
import { type ComposerProfile, emptyDraft } from '../../src/composer/messages.ts';

const id = '11111111-1111-4111-8111-111111111111';
const otherId = '22222222-2222-4222-8222-222222222222';
const profile = (id: string, service: string, network: string, characters?: number, trouble?: string): ComposerProfile => ({ id, service, network, name: `@${id}`, characters, trouble, pending: 0 });
const profiles = [profile('x', 'twitter', 'X', 280), profile('sky', 'bluesky', 'Bluesky', 300), profile('in', 'linkedin', 'LinkedIn', 3000), profile('in2', 'linkedin', 'LinkedIn', 700), profile('fb', 'facebook', 'Facebook', 5000, 'Locked.')];

function pageWith(change: Partial<ReturnType<typeof emptyDraft>> = {}): Page {
  const loaded = receive(blankPage, { type: 'profiles', status: 'loaded', profiles, groups: [] });
  return receive(loaded, { type: 'open', draft: { ...emptyDraft(id), ...change }, location: 'editor' });
}
const draftOf = (page: Page) => page.draft!;
const counted = (page: Page): Page => ({ ...page, counts: countAll(draftOf(page), chosenNetworks(page)) });
const reason = (page: Page) => obstacle(counted(page))?.reason;

describe('what the extension says', () => {
  test('an older copy of the same draft does not undo what was typed', () => {
    const typed = setText(pageWith({ revision: 3 }), 'newer');
    expect(draftOf(receive(typed, { type: 'open', draft: { ...emptyDraft(id), revision: 4, text: 'older' }, location: 'sidebar' }))).toMatchObject({ text: 'newer', revision: 4 });
    expect(draftOf(receive(typed, { type: 'open', draft: { ...emptyDraft(id), revision: 5, text: 'truth' }, location: 'editor' })).text).toBe('truth');
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
    const page = receive(typed, { type: 'open', draft: { ...emptyDraft(otherId), revision: 3, text: 'all' }, location: 'editor', formerId: id });
    expect(draftOf(page)).toMatchObject({ id: otherId, text: 'all of it', revision: 5 });
  });

  test('line breaks become those of a text field', () => {
    expect(draftOf(pageWith({ text: 'a\r\nb\rc', variants: { twitter: 'd\r\ne' } }))).toMatchObject({ text: 'a\nb\nc', variants: { twitter: 'd\ne' } });
  });

  test('a time counts only for the words that are there now', () => {
    const page = setWhen(pageWith(), { kind: 'at', words: 'tomorrow' });
    const at = '2031-01-01T00:00:00.000Z';
    expect(receive(page, { type: 'time', words: 'tomorr', at })).toBe(page);
    expect(draftOf(receive(page, { type: 'time', words: 'tomorrow', at })).when).toEqual({ kind: 'at', words: 'tomorrow', at });
    // Asked for by the instant: nothing changes but how it is shown.
    const chosen = setWhen(pageWith(), { kind: 'at', at });
    expect(receive(chosen, { type: 'time', words: at, at, shown: 'New Year' })).toMatchObject({ draft: chosen.draft, time: { shown: 'New Year' } });
  });

  test('a notice ends sending that never came to an end', () => {
    const sending: Page = { ...pageWith(), sending: { results: { x: { kind: 'sending' } }, isOver: false, when: 'queue' } };
    expect(edit(sending, { text: 'no' })).toBe(sending);
    expect(receive(sending, { type: 'notice', text: 'Something went wrong' }).sending).toBeUndefined();
  });

  test('whatever else arrives in the window is no message', () => {
    for (const data of [undefined, null, 'open', 4, {}, { type: 'toString' }, { type: 'open' }, { type: 'open', draft: { id: 'no' } }]) expect(asMessage(data)).toBeUndefined();
    expect(asMessage({ type: 'kept', revision: 1 })).toEqual({ type: 'kept', revision: 1 });
  });

  test('complete only when every profile took it', () => {
    const sent = (kind: 'done' | 'failed') => receive(pageWith(), { type: 'sent', results: { x: { kind: 'done', shown: '' }, sky: kind === 'done' ? { kind, shown: '' } : { kind, reason: '' } }, isOver: true });
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
    expect(draftOf(chooseMedia(chooseMedia(link, 'picture'), 'link')).media).toEqual({ kind: 'link', url: 'https://example.com', title: 'T' });
  });
});

describe('what stands against sending', () => {
  test.each<[string, Page, string | undefined]>([
    ['no profile', pageWith({ text: 'a' }), 'Choose a profile.'],
    ['no text', pageWith({ profileIds: ['x'] }), 'Write something.'],
    ['an empty variant', pageWith({ text: 'a', profileIds: ['x'], variants: { twitter: ' ' } }), 'The text for X is empty.'],
    ['too long', pageWith({ text: 'a'.repeat(290), profileIds: ['x', 'sky'] }), 'Too long for X by 10.'],
    ['too long for the strictest profile of a network', pageWith({ text: 'a'.repeat(701), profileIds: ['in', 'in2'] }), 'Too long for LinkedIn by 1.'],
    ['a variant that fits', pageWith({ text: 'a'.repeat(290), profileIds: ['x', 'sky'], variants: { twitter: 'a' } }), undefined],
    ['a troubled profile', pageWith({ text: 'a', profileIds: ['fb'] }), '@fb (Facebook): Locked.'],
    ['a picture over http', pageWith({ text: 'a', profileIds: ['x'], media: { kind: 'picture', url: 'http://example.com/a.png' } }), 'The picture needs an https address.'],
    ['a link without address', pageWith({ text: 'a', profileIds: ['x'], media: { kind: 'link', url: '' } }), 'The link has no address.'],
    ['no time', pageWith({ text: 'a', profileIds: ['x'], when: { kind: 'at' } }), 'Choose a time.'],
    ['a time that has passed', pageWith({ text: 'a', profileIds: ['x'], when: { kind: 'at', at: '2001-01-01T00:00:00Z' } }), 'The chosen time has passed.'],
    ['nothing', pageWith({ text: 'a', profileIds: ['x'] }), undefined],
  ])('%s', (_, page, expected) => expect(reason(page)).toBe(expected));
});

test('the button says what it does', () => {
  expect(sendLabel(emptyDraft(id), 3, false)).toBe('Add to 3 Queues');
  expect(sendLabel({ ...emptyDraft(id), when: { kind: 'now' } }, 2, false)).toBe('Share Now on 2');
  expect(sendLabel({ ...emptyDraft(id), when: { kind: 'at' } }, 1, false)).toBe('Schedule');
  expect(sendLabel(emptyDraft(id), 1, true)).toBe('Retry');
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
  expect(richText('See https://example.com/#a, #one and @two@example.social or me@example.com').filter(({ kind }) => kind !== 'plain')).toEqual([
    { text: 'https://example.com/#a', kind: 'link' },
    { text: '#one', kind: 'hashtag' },
    { text: '@two@example.social', kind: 'mention' },
  ]);
});

test('addresses', () => {
  expect(firstLink('at example.com and https://example.com/a.')).toBe('https://example.com/a');
  for (const good of ['https://example.com/a.png', ' https://example.com/a.png ', 'http://127.0.0.1:4000/a.png', 'http://localhost/a']) expect(isPictureAddress(good)).toBe(true);
  for (const bad of ['', 'http://example.com/a.png', 'data:image/png;base64,AAAA', 'javascript:alert(1)', 'example.com/a.png', 'https://', 'http://127.0.0.1.example.com/']) expect(isPictureAddress(bad)).toBe(false);
});
