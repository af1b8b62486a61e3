import { describe, expect, test } from 'vitest';
import { beginFilling, fillingOf, takeCard, undoFilling } from '../../../src/composer/page/cardFilling.ts';
import { edit, setMedia } from '../../../src/composer/page/edits.ts';
import { blankPage, type Page, receive } from '../../../src/composer/page/page.ts';
import type { ComposerCard } from '../../../src/composer/messages.ts';
import { type DraftMedia, emptyDraft } from '../../../src/core/drafts/draft.ts';

type Link = Extract<DraftMedia, { kind: 'link' }>;
const address = 'https://example.com/post';
const card: ComposerCard = { title: 'Its title', description: 'What it says', picture: 'https://example.com/a.png' };
const id = '11111111-1111-4111-8111-111111111111';
const pageWith = (media: DraftMedia): Page => receive(blankPage, { type: 'open', draft: { ...emptyDraft(id), media }, location: 'editor' });
const linkOf = (page: Page) => page.draft!.media as Link;
const asked = (media: Partial<Link> = {}) => beginFilling(pageWith({ kind: 'link', url: ` ${address} `, ...media }));
const told = (page: Page, answer: ComposerCard = card) => takeCard(page, { type: 'card', address, card: answer });
const type = (page: Page, change: Partial<Link>) => setMedia(page, { ...linkOf(page), ...change });

describe('a card that is filled from its page', () => {
  test('takes what the page says, and nothing that it does not', () => {
    expect(linkOf(told(asked()))).toEqual({ kind: 'link', url: ` ${address} `, ...card });
    expect(linkOf(told(asked({ title: 'Mine', description: 'My words' }), { title: 'Its title' }))).toMatchObject({
      title: 'Its title',
      description: 'My words',
    });
  });

  test('can be taken back to what was typed, but for what was typed since', () => {
    const filled = told(asked({ title: 'Mine' }));
    expect(fillingOf(filled)?.kind).toBe('filled');
    const back = undoFilling(filled);
    expect(linkOf(back)).toEqual({ kind: 'link', url: ` ${address} `, title: 'Mine' });
    expect([fillingOf(back), back.draft!.revision > filled.draft!.revision]).toEqual([undefined, true]);
    expect(linkOf(undoFilling(type(filled, { title: 'Mine, later' })))).toMatchObject({ title: 'Mine, later', description: undefined });
  });

  test('leaves what was typed while the page was read', () => {
    const filled = told(type(asked(), { title: 'Typed meanwhile' }));
    expect(linkOf(filled)).toMatchObject({ title: 'Typed meanwhile', description: 'What it says' });
    expect(linkOf(undoFilling(filled))).toMatchObject({ title: 'Typed meanwhile', description: undefined });
  });

  test('changes nothing where the page says nothing, or cannot be read', () => {
    const page = asked({ title: 'Mine' });
    const silent = told(page, {});
    expect([silent.draft, fillingOf(silent)?.kind]).toEqual([page.draft, 'silent']);
    const unread = takeCard(page, { type: 'card', address, trouble: 'example.com answered 403.' });
    expect([unread.draft, fillingOf(unread)]).toEqual([page.draft, { kind: 'unread', address, trouble: 'example.com answered 403.' }]);
    expect(told(asked({ ...card })).draft?.revision).toBe(asked({ ...card }).draft?.revision);
  });

  test('comes to nothing once the link is another, was given up, is on its way, or the draft is another', () => {
    const other = type(asked(), { url: 'https://example.com/other' });
    expect([told(other), fillingOf(other)]).toEqual([other, undefined]);
    const given = { ...asked(), filling: undefined };
    expect(told(given)).toBe(given);
    const sent: Page = { ...asked(), sending: { results: {}, isOver: false, when: 'queue' } };
    expect([told(sent).draft, told(sent).filling]).toEqual([sent.draft, undefined]);
    const opened = receive(asked(), {
      type: 'open',
      draft: { ...emptyDraft('22222222-2222-4222-8222-222222222222'), media: { kind: 'link', url: address } },
      location: 'editor',
    });
    expect(told(opened)).toBe(opened);
    const picture = edit(asked(), { media: { kind: 'picture', url: address } });
    expect(told(picture)).toBe(picture);
  });
});
