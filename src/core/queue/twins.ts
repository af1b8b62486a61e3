import type { Media, NewShareTime, Update, UpdateStatus } from '../buffer/model.ts';
import { isKnownShort, isSameText } from '../buffer/sameText.ts';
import type { QueueStore } from './queueStore.ts';

/** What is to be sent to one profile, or moved within its queue. */
export interface Planned {
  readonly profileId: string;
  readonly text: string;
  readonly media?: Media;
  /** The texts of the parts of its thread that follow the first. */
  readonly thread?: readonly string[];
  readonly when: NewShareTime;
  /** The update that it is already, where it is one: it is no twin of itself. */
  readonly updateId?: string;
}

/** What a person may want to know of before they send something. */
export interface Twins {
  /** Says the same: the one that goes out next, else the one that was sent last. */
  readonly same?: Update;
  /** Goes out, or went out, within ten minutes of it; the nearest. */
  readonly near?: Update;
}

/** How close two updates of one profile are when a person may not have meant it. Milliseconds. */
export const nearness = 10 * 60_000;
/** How long what was sent counts as lately sent. Milliseconds. */
const lately = 30 * 86_400_000;

/** What goes out, unless somebody stops it. Drafts do not, and what failed did not. */
const isUnderWay: ReadonlySet<UpdateStatus> = new Set(['pending', 'needsApproval', 'sending']);

/**
 * The same update in the profile's queue or lately sent, and another one at nearly the same time. Texts are the same as
 * their network would see them: white space and shortened links make no difference, two addresses do.
 * @param held  what is known of queues; updates of other profiles are passed over
 */
export function twinsOf(held: Iterable<Update>, planned: Planned, now = new Date()): Twins {
  const others = [...held].filter(
    ({ id, profileId, status }) =>
      profileId === planned.profileId && id !== planned.updateId && (status === 'sent' || isUnderWay.has(status)),
  );
  const same = others
    .filter((each) => (each.status !== 'sent' || distance(each, now) <= lately) && isSame(planned, each))
    .reduce<Update | undefined>((first, each) => (first && !comesBefore(each, first) ? first : each), undefined);
  const at = timeOf(planned.when, now);
  const near =
    at &&
    others
      // One hint for one update: that it says the same is worth more.
      .filter((each) => each !== same && distance(each, at) <= nearness)
      .reduce<Update | undefined>((nearest, each) => (nearest && distance(each, at) >= distance(nearest, at) ? nearest : each), undefined);
  return { ...(same && { same }), ...(near && { near }) };
}

/**
 * The same in what the store holds of the profile by now; asks for nothing.
 * @param waiting  what is not at Buffer yet
 */
export function knownTwins(store: Pick<QueueStore, 'list'>, planned: Planned, now?: Date, waiting: readonly Update[] = []): Twins {
  const { profileId } = planned;
  return twinsOf([...store.list(profileId, 'pending').items, ...store.list(profileId, 'sent').items, ...waiting], planned, now);
}

/** Undefined where the queue decides, and where it does not go out. */
function timeOf(when: NewShareTime, now: Date): Date | undefined {
  if (typeof when === 'object') return when.at;
  return when === 'now' ? now : undefined;
}

/** When it goes or went out, in milliseconds since 1970; at the end of time where nobody knows. */
function outAt({ sentAt, dueAt }: Update): number {
  return (sentAt ?? dueAt)?.getTime() ?? Number.POSITIVE_INFINITY;
}

function distance(update: Update, at: Date): number {
  return Math.abs(outAt(update) - at.getTime());
}

/** What still goes out before what was sent, the soonest of those and the latest of these. */
function comesBefore(one: Update, other: Update): boolean {
  const [isSent, wasSent] = [one, other].map(({ status }) => status === 'sent');
  if (isSent !== wasSent) return wasSent!;
  return isSent ? outAt(one) > outAt(other) : outAt(one) < outAt(other);
}

function isSame(planned: Planned, update: Update): boolean {
  // Without a word, the pictures are what it says.
  if (!planned.text.trim()) return !update.text.trim() && isSameFiles(planned.media, update);
  const [ours, theirs] = [planned.thread ?? [], update.details?.thread ?? []];
  return (
    isSameText(planned.text, update.text, isKnownShort) &&
    ours.length === theirs.length &&
    ours.every((text, index) => isSameText(text, theirs[index]!, isKnownShort))
  );
}

function isSameFiles(media: Media | undefined, update: Update): boolean {
  const [ours, theirs] = [filesOf(media), update.attachments?.map(({ url }) => url) ?? filesOf(update.media)];
  return ours.length > 0 && ours.length === theirs.length && ours.every((url, index) => url === theirs[index]);
}

function filesOf(media: Media | undefined): string[] {
  if (!media || media.link) return media?.link ? [media.link] : [];
  const first = media.video ?? media.document ?? media.picture;
  return [first, ...(media.more ?? []).map(({ url }) => url)].filter((url) => url !== undefined);
}
