import type { Draft } from './draftSchema.ts';

export type { Draft, DraftDetails, DraftMedia, DraftTime, KeptFile } from './draftSchema.ts';

/** A draft with nothing in it. */
export function emptyDraft(id: string, profileIds: readonly string[] = []): Draft {
  return { id, revision: 0, text: '', variants: {}, profileIds: [...profileIds], media: { kind: 'none' }, when: { kind: 'queue' } };
}

/** Whether a network has a text of its own. */
export function hasVariant({ variants }: Pick<Draft, 'variants'>, service: string): boolean {
  return Object.hasOwn(variants, service);
}

/** The text a network gets. */
export function textFor(draft: Pick<Draft, 'text' | 'variants'>, service: string): string {
  return hasVariant(draft, service) ? draft.variants[service]! : draft.text;
}

/** Whether there is nothing in a draft that someone would miss. */
export function isEmptyDraft({ text, variants, media, details = {} }: Draft): boolean {
  const isBlank = (value: unknown): boolean =>
    typeof value === 'string' ? !value.trim() : Array.isArray(value) ? value.every(isBlank) : true;
  const written = Object.values(details).flatMap(({ firstComment, thread, title, link, coupon, terms, spoiler, topic }) => [
    firstComment,
    thread,
    title,
    link,
    coupon,
    terms,
    spoiler,
    topic,
  ]);
  return !text.trim() && Object.values(variants).every(isBlank) && media.kind === 'none' && written.every(isBlank);
}
