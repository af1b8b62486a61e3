import type { Media, NetworkDetails } from '../../core/buffer/model.ts';
import type { DetailName } from '../../core/buffer/networkDetails.ts';
import { fieldsFor, withDefaults, writtenDetails } from '../../core/networks/networkNeeds.ts';
import type { ComposerProfile } from '../messages.ts';
import { type Draft, type DraftPicture, typedFor } from '../../core/drafts/draft.ts';
import type { Page } from './page.ts';

/** The board of a profile, if it (still) has the one that was chosen. */
export function boardOf(draft: Pick<Draft, 'details'>, { id, service, boards = [] }: ComposerProfile): string | undefined {
  const { boards: chosen = {} } = typedFor(draft, service);
  const board = Object.hasOwn(chosen, id) ? chosen[id] : undefined;
  return boards.some((each) => each.id === board) ? board : undefined;
}

/** The texts of a network's thread after the first; empty ones are not sent. */
export function threadOf(draft: Pick<Draft, 'details'>, service: string): readonly string[] {
  return typedFor(draft, service).thread ?? [];
}

/** The pictures of the part of a thread that is in this place. */
export function partPictures(draft: Pick<Draft, 'details'>, service: string, index: number): readonly DraftPicture[] {
  return typedFor(draft, service).threadPictures?.[index] ?? [];
}

/** The details of a draft for one profile, in the words of the model, with what is usual where nothing was chosen. */
export function detailsFor(draft: Pick<Draft, 'details'>, profile: ComposerProfile): NetworkDetails {
  const { boards: _, threadPictures: _pictures, startsAt, endsAt, thread, ...plain } = typedFor(draft, profile.service);
  return withDefaults(profile.service, {
    ...plain,
    thread: thread?.filter((each) => each.trim()),
    board: boardOf(draft, profile),
    startsAt: asDate(startsAt),
    endsAt: asDate(endsAt),
  });
}

/** It lasts whole days: no clock says anything of it. */
export function isWholeDays({ type, isAllDay }: NetworkDetails): boolean {
  return type === 'event' && isAllDay === true;
}

/** What was typed or chosen for a network beside the text, and is not just what is usual. */
export function writtenFor(draft: Pick<Draft, 'details'>, service: string): readonly DetailName[] {
  const { boards = {}, startsAt, endsAt, threadPictures: _, ...typed } = typedFor(draft, service);
  const asked = new Set(fieldsFor(service, typed).map(({ name }) => name));
  const given = { ...typed, board: Object.values(boards)[0], startsAt: asDate(startsAt), endsAt: asDate(endsAt) };
  return writtenDetails(service, given).filter((name) => asked.has(name));
}

/** Whether a network asks for this now, with what was chosen so far. */
export function asksFor({ draft, profiles }: Pick<Page, 'draft' | 'profiles'>, service: string, name: keyof NetworkDetails): boolean {
  if (!draft || !profiles.abilities.details) return false;
  const { type, button } = typedFor(draft, service);
  return fieldsFor(service, { type, button }).some((field) => field.name === name);
}

/** What is attached, in the words of the model; nothing as long as its address is not written. */
export function mediaOf({ media }: Draft): Media {
  switch (media.kind) {
    case 'none':
      return {};
    case 'link':
      return { link: media.url.trim(), picture: media.picture?.trim() };
    case 'picture':
      return { picture: media.url.trim() };
    case 'video':
      return { video: media.url.trim() };
    case 'document':
      return { document: media.url.trim() };
  }
}

/** What goes with it: what was attached, else what the update keeps. */
export function mediaSent(draft: Draft): Media | undefined {
  return draft.media.kind === 'none' ? keptMedia(draft) : mediaOf(draft);
}

/** What an update that is edited keeps, where nothing else is attached. */
function keptMedia({ editing }: Draft): Media | undefined {
  const file = editing?.kept?.find(({ part }) => part === undefined);
  if (!file) return undefined;
  const address = file.picture ?? 'kept:';
  return file.kind === 'document' ? { document: address } : file.kind === 'video' ? { video: address } : { picture: address };
}

function asDate(iso: string | undefined): Date | undefined {
  const date = new Date(iso ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
