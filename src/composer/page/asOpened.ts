import type { NetworkDetails } from '../../core/buffer/model.ts';
import { type Draft, type DraftDetails, textFor } from '../../core/drafts/draft.ts';
import type { Page } from './page.ts';

// An update that is edited: Buffer took what it holds already, whatever else it asks for today. What was not touched stands
// in the way of nothing.

type Edited = NonNullable<Draft['editing']>;

function editingOf({ draft }: Pick<Page, 'draft'>): Edited | undefined {
  return draft?.editing;
}

/** Whether the text of the update that is edited is what it was. */
export function isTextAsOpened(page: Pick<Page, 'draft'>, service: string): boolean {
  const editing = editingOf(page);
  return editing !== undefined && isSame(textFor(page.draft!, service), editing.text);
}

/** Whether what goes with it is what it was. */
export function areFilesAsOpened(page: Pick<Page, 'draft'>): boolean {
  const editing = editingOf(page);
  return editing?.media !== undefined && isSame(page.draft!.media, editing.media);
}

/** Whether all of these details are what they were. */
export function areAsOpened(page: Pick<Page, 'draft'>, service: string, ...names: readonly (keyof NetworkDetails)[]): boolean {
  const editing = editingOf(page);
  if (!editing?.details) return false;
  const now = page.draft!.details?.[service] ?? {};
  return names.every((name) => isSame(valueOf(now, name), valueOf(editing.details!, name)));
}

function valueOf(details: DraftDetails, name: keyof NetworkDetails): unknown {
  return name === 'board' ? details.boards : details[name];
}

/** Nothing typed is the same as nothing there, and a page has one kind of line break. */
function isSame(one: unknown, other: unknown): boolean {
  const plain = (value: unknown) =>
    JSON.stringify(value, (_, each: unknown) =>
      each === '' ? undefined : typeof each === 'string' ? each.replace(/\r\n?/gu, '\n') : each,
    );
  return plain(one) === plain(other);
}
