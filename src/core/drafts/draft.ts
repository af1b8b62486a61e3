import { type DetailKind, detailKinds, type DetailName } from '../buffer/networkDetails.ts';
import type { Draft, DraftDetails, DraftMedia, DraftPicture } from './draftSchema.ts';

export type { Draft, DraftDetails, DraftMedia, DraftPicture, DraftTaggedUser, DraftTime, KeptFile } from './draftSchema.ts';

/** A draft as the list shows it. */
export interface KeptDraft {
  readonly draft: Draft;
  readonly savedAt: Date;
}

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

/** What was typed for a network beside the text. */
export function typedFor({ details }: Pick<Draft, 'details'>, service: string): DraftDetails {
  return details && Object.hasOwn(details, service) ? details[service]! : {};
}

/** What a person wrote in words; what was chosen is chosen again in a moment. */
const writtenKinds: ReadonlySet<DetailKind> = new Set(['text', 'longText', 'address', 'texts', 'pictures']);

/** Whether there is nothing in a draft that someone would miss. */
export function isEmptyDraft({ text, variants, media, details = {} }: Draft): boolean {
  const isBlank = (value: unknown): boolean => {
    if (typeof value === 'object' && value !== null) return Object.values(value).every(isBlank);
    return typeof value !== 'string' || !value.trim();
  };
  const isWritten = (name: string) => Object.hasOwn(detailKinds, name) && writtenKinds.has(detailKinds[name as DetailName]);
  const written = Object.values(details).flatMap((each) =>
    Object.entries(each).flatMap(([name, value]) => (isWritten(name) ? [value] : [])),
  );
  return !text.trim() && Object.values(variants).every(isBlank) && media.kind === 'none' && written.every(isBlank);
}

/** The pictures of a draft, in their order; none where something else goes with it. */
export function picturesOf(media: DraftMedia | undefined): readonly DraftPicture[] {
  if (media?.kind !== 'picture') return [];
  const { kind: _, more = [], ...first } = media;
  return [first, ...more];
}
