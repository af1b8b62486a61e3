import type { DraftMedia } from '../../core/drafts/draft.ts';
import type { ComposerCard, ToApp } from '../messages.ts';
import { setMedia } from './edits.ts';
import { type CardFilling, isSending, type Page } from './page.ts';

/** Filling a link's card from its page: asked for by a click, and taken back by another one. */

type Link = Extract<DraftMedia, { kind: 'link' }>;
const parts = ['title', 'description', 'picture'] as const satisfies readonly (keyof ComposerCard & keyof Link)[];

/** The filling of the link that is attached, of which it was asked for. */
export function fillingOf({ draft, filling }: Pick<Page, 'draft' | 'filling'>): CardFilling | undefined {
  return draft?.media.kind === 'link' && draft.media.url.trim() === filling?.address ? filling : undefined;
}

/** The link's page is being read. */
export function beginFilling(page: Page): Page {
  if (page.draft?.media.kind !== 'link') return page;
  return { ...page, filling: { kind: 'reading', address: page.draft.media.url.trim(), before: page.draft.media } };
}

/** The card as the page tells it. What the person typed since they asked for it stays. */
export function takeCard(page: Page, { address, card, trouble }: Extract<ToApp, { type: 'card' }>): Page {
  const filling = fillingOf(page);
  const media = page.draft?.media;
  if (filling?.kind !== 'reading' || filling.address !== address || media?.kind !== 'link') return page;
  // It is on its way as it is.
  if (isSending(page)) return { ...page, filling: undefined };
  if (!card) return { ...page, filling: { kind: 'unread', address, trouble: trouble ?? '' } };
  const told = parts.filter((part) => card[part] && (media[part] ?? '') === (filling.before[part] ?? ''));
  const filled = Object.fromEntries(told.map((part) => [part, card[part]]));
  const next = told.some((part) => media[part] !== card[part]) ? setMedia(page, { ...media, ...filled }) : page;
  const isSilent = parts.every((part) => !card[part]);
  return { ...next, filling: isSilent ? { kind: 'silent', address } : { kind: 'filled', address, filled, before: filling.before } };
}

/** As it was before it was filled, but for what was typed since. */
export function undoFilling(page: Page): Page {
  const filling = fillingOf(page);
  const media = page.draft?.media;
  if (filling?.kind !== 'filled' || media?.kind !== 'link') return page;
  const { filled, before } = filling;
  const back = parts.filter((part) => filled[part] !== undefined && media[part] === filled[part]);
  const next = setMedia(page, { ...media, ...Object.fromEntries(back.map((part) => [part, before[part]])) });
  return { ...next, filling: undefined };
}
