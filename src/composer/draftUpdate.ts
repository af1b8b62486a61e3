import { randomUUID } from 'node:crypto';
import type { Media, NetworkDetails, Profile, ShareTime, Update } from '../buffer/model.ts';
import { takenDetails } from '../buffer/networkNeeds.ts';
import { type Draft, type DraftDetails, type DraftMedia, emptyDraft } from './messages.ts';

/** Drafts as the queue understands them, and updates as drafts. */

/** An update as a draft that edits it. */
export function draftOf(update: Update): Draft {
  const { id, profileId, service, text, media, details } = update;
  return {
    ...emptyDraft(randomUUID(), [profileId]),
    text,
    media: draftMediaOf(media),
    details: details && { [service]: draftDetailsOf(details, profileId) },
    when: { kind: 'keep' },
    editing: { updateId: id, profileId, text },
  };
}

export function draftMediaOf(media: Media | undefined): DraftMedia {
  if (media?.link) return { kind: 'link', url: media.link, title: media.title, description: media.description, picture: media.picture };
  if (media?.video) return { kind: 'video', url: media.video };
  if (media?.picture) return { kind: 'picture', url: media.picture, description: media.description };
  return { kind: 'none' };
}

export function draftDetailsOf({ board, thread, startsAt, endsAt, ...rest }: NetworkDetails, profileId: string): DraftDetails {
  return {
    ...rest,
    thread: thread && [...thread],
    boards: board === undefined ? undefined : { [profileId]: board },
    startsAt: startsAt?.toISOString(),
    endsAt: endsAt?.toISOString(),
  };
}

/** What is attached; addresses without the white space that came with them. */
export function mediaOf({ media }: Draft): Media | undefined {
  switch (media.kind) {
    case 'link':
      return { link: media.url.trim(), title: media.title, description: media.description, picture: media.picture?.trim() || undefined };
    case 'picture':
      return { picture: media.url.trim(), description: media.description };
    case 'video':
      return { video: media.url.trim() };
    case 'none':
      return undefined;
  }
}

/** When a new update goes out. */
export function shareTimeOf({ when }: Draft): ShareTime {
  if (when.kind === 'at') return { at: new Date(when.at ?? Number.NaN) };
  return when.kind === 'keep' ? 'queue' : when.kind;
}

/** When an update that is edited goes out; undefined keeps its time. @param canRequeue  the service can give it back to its queue */
export function editTimeOf({ when }: Draft, canRequeue: boolean): ShareTime | undefined {
  if (when.kind === 'keep' || (!canRequeue && (when.kind === 'queue' || when.kind === 'next'))) return undefined;
  if (when.kind === 'at') return when.at ? { at: new Date(when.at) } : undefined;
  return when.kind;
}

/** What a profile's network is told beside text and media: only what goes with the chosen kind of post. */
export function detailsOf({ details }: Draft, { id, service, boards: known }: Profile): NetworkDetails {
  const { boards, startsAt, endsAt, ...rest } = details?.[service] ?? {};
  const board = boards?.[id];
  return takenDetails(service, {
    ...rest,
    board: known?.some((each) => each.id === board) ? board : undefined,
    startsAt: instant(startsAt),
    endsAt: instant(endsAt),
  });
}

function instant(time: string | undefined): Date | undefined {
  const date = new Date(time ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
