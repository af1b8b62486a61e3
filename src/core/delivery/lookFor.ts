import { isDeepStrictEqual } from 'node:util';
import type { Update } from '../buffer/model.ts';
import type { QueueStore } from '../queue/queueStore.ts';
import type { Doubt, Entry } from './entry.ts';
import type { Outbox } from './outbox.ts';
import { isAsSent, type SentContent } from './sameUpdate.ts';

/** A create of which nobody knows what came; with the fields of an entry that tell of it. */
export type Attempt = Pick<
  Entry,
  'text' | 'media' | 'details' | 'since' | 'sentAt' | 'isGuessed' | 'isSlow' | 'isAnswered' | 'lookedAt' | 'knownIds'
> & { readonly profileIds: readonly string[] };

export interface LookParts {
  readonly store: QueueStore;
  readonly outbox: Outbox;
  /** How long an update may take to show, in milliseconds of the service's time, from the first look on. */
  readonly settleAfter: number;
}

/** What a look found of an attempt, profile by profile. */
export interface Looked {
  readonly arrived: readonly Update[];
  /** Certainly not there: these can be sent again. */
  readonly missing: readonly string[];
  /** Not there, but they may still come. */
  readonly open: readonly string[];
  /** It cannot be told of these, so the person is asked. */
  readonly undecided: readonly string[];
  /** What may be one of those, as it is now. */
  readonly doubts: readonly Doubt[];
  /** What is known of its times now. */
  readonly times: Pick<Attempt, 'since' | 'sentAt' | 'isGuessed' | 'lookedAt'>;
  /** After which to look again, where anything is open. Milliseconds. */
  readonly wait: number;
}

/** How far apart the clocks of the service's own machines may be, and what their resolution hides. Milliseconds. */
export const precision = 10_000;
/** Of the time that an answer tells. Milliseconds. */
const resolution = 1_000;
/** How far a clock may have been set since. Milliseconds. */
const skew = 5 * 60_000;
/**
 * How long after it was sent the first look may come. One that comes later does not see what was made and deleted
 * before it. Milliseconds: a request, and a window that is opened anew.
 */
const gap = 180_000;
/**
 * How long after it can come no more the look may come that says so. One that comes hours later, as the computer slept,
 * does not see what came late and was deleted since. Milliseconds.
 */
const longestPause = 10 * 60_000;
/** An answer that did not come in time may be one of a service that works off what it has. */
export const slowness = 2.5;

/**
 * Looks whether a create arrived: the updates of its profiles that were made since, as it was sent, each of which is
 * one entry's alone. What is not there counts as that when enough of the service's time has gone by since the first
 * look; and where it could have been and gone, or have been changed, the person is asked.
 * @param entryId  whose it is
 * @param age      how long ago it was sent, in milliseconds, where this process sent it; undefined where it does not know any more
 * @throws BufferError when it cannot be told now
 */
export async function lookFor(parts: LookParts, entryId: string, attempt: Attempt, age?: () => number | undefined): Promise<Looked> {
  const { store, outbox, settleAfter } = parts;
  const { text, media, details, profileIds, knownIds, isSlow, isAnswered } = attempt;
  const guess = attempt.since ?? new Date(Date.now() - (age?.() ?? 0));
  /** When it was sent by the service's clock, as far as that is known by now. */
  const sinceBy = (now: Date | undefined) => {
    const known = age?.();
    if (!now || (!attempt.isGuessed && known === undefined)) return guess;
    const byAge = new Date(now.getTime() - (known ?? Date.now() - guess.getTime()));
    // What was known of the service's time is behind by as long as this computer slept before.
    return attempt.isGuessed || byAge > guess ? byAge : guess;
  };
  const isSure = !attempt.isGuessed || age?.() !== undefined;
  const margin = isSure ? precision : skew;
  let askedAt = store.serviceNow();
  let local = new Date();
  let from = sinceBy(askedAt).getTime() - margin;
  let recent = await store.recent(profileIds, new Date(from));
  // By the answer to just this question, which can be the first to tell what time it is there.
  let now = store.serviceNow();
  if (sinceBy(now).getTime() - margin < from - precision) {
    askedAt = now;
    local = new Date();
    from = sinceBy(now).getTime() - margin;
    recent = await store.recent(profileIds, new Date(from));
    now = store.serviceNow();
  }
  const since = sinceBy(now);
  const isGuessed = attempt.isGuessed && (!now || !isSure) ? true : undefined;
  const sentAt = attempt.isGuessed || age?.() !== undefined ? since : (attempt.sentAt ?? since);
  const seenAt = now ?? new Date();
  const lookedAt = attempt.lookedAt ?? seenAt;
  const patience = settleAfter * (isSlow ? slowness : 1);
  const left = lookedAt.getTime() + patience - seenAt.getTime();
  // What came after the first answer, as this computer slept before it had the next one, is in neither.
  const readAt = recent.readAt ?? (now ? askedAt : local);
  const isOver = patience === 0 || (attempt.lookedAt && readAt && readAt.getTime() + resolution >= lookedAt.getTime() + patience);

  const earliest = since.getTime() - margin;
  const known = new Set(knownIds);
  /** A service that tells no time tells nothing by it. */
  const isOf = (time: Date) => time.getTime() === 0 || time.getTime() >= earliest;
  const made = recent.updates
    .filter(({ id, createdAt, via }) => !known.has(id) && isOf(createdAt) && via !== 'network')
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  const files = await outbox.files();
  const others = (await outbox.load()).filter(({ id, since: sent, state }) => id !== entryId && sent && state !== 'failed');

  const isLate = lookedAt.getTime() - sentAt.getTime() > gap || -left > longestPause;

  const arrived: Update[] = [];
  const missing: string[] = [];
  const open: string[] = [];
  const undecided: string[] = [];
  const doubts: Doubt[] = [];
  for (const profileId of profileIds) {
    const sent: SentContent = { text, media, details: details?.[profileId] };
    const rivals = others.filter(({ profiles }) => profiles.some(({ id }) => id === profileId));
    let found: Update | undefined;
    let mustWait = false;
    const asSent: { readonly update: Update; readonly claimants: readonly Entry[] }[] = [];
    const doubted: Update[] = [];
    for (const update of made.filter((each) => each.profileId === profileId)) {
      const whose = await files.settledBy(update.id);
      // Also where only this window knows it yet: the others are to know before it is told.
      if (whose === entryId && (await files.settle(update.id, entryId))) found = update;
      if (found) break;
      if (whose) continue;
      // Somebody has it, and nobody can read who: that may be this one.
      if (whose === '') {
        if (isAsSent(sent, update) || isChanged(update)) doubted.push(update);
        continue;
      }
      const claimants = rivals.filter((each) => !each.knownIds.includes(update.id) && isAsSent(contentFor(each, profileId), update));
      if (isAsSent(sent, update)) asSent.push({ update, claimants });
      // Where nobody changed it, it says what was sent, and that was not this.
      else if (isChanged(update) && isInTime(update, lookedAt, patience) && claimants.length === 0) doubted.push(update);
    }
    const changed = [...doubted];
    for (const { update, claimants } of found ? [] : asSent) {
      const isOthers = (each: Entry) => !isSameContent(contentFor(each, profileId), sent);
      // One that says the same would go out again, if this was its own, and one of the changed ones is this one's.
      const isMissed = (each: Entry) => changed.some((other) => !mayBecome(each, other, settleAfter));
      if (claimants.some(({ isOnItsWay }) => isOnItsWay)) mustWait = true;
      else if (claimants.some((each) => isOthers(each) || isMissed(each))) doubted.push(update);
      else if (await files.settle(update.id, entryId)) {
        found = update;
        break;
      }
    }
    if (found) arrived.push(found);
    else if (mustWait || !isOver) open.push(profileId);
    else if (doubted.length || isLate || isGuessed || isAnswered) {
      undecided.push(profileId);
      doubts.push(...doubted.map((update) => ({ profileId, updateId: update.id, text: update.text })));
    } else missing.push(profileId);
  }
  store.take(arrived);
  const times = { since, sentAt, isGuessed, lookedAt };
  return { arrived, missing, open, undecided, doubts, times, wait: Math.max(left, 1000) };
}

/** Whether an update may say something else than what it was made of. */
function isChanged({ createdAt, updatedAt }: Update): boolean {
  return updatedAt === undefined || updatedAt > createdAt;
}

/** Whether an update was made while what was sent could still come. */
function isInTime({ createdAt }: Update, lookedAt: Date, patience: number): boolean {
  return createdAt.getTime() <= lookedAt.getTime() + patience;
}

/** Whether a look for an entry would take a changed update for what may have become of it. */
function mayBecome(entry: Entry, update: Update, settleAfter: number): boolean {
  const { isSlow, lookedAt, knownIds } = entry;
  const isOver = lookedAt && !isInTime(update, lookedAt, settleAfter * (isSlow ? slowness : 1));
  return isMadeSince(entry, update.createdAt) && !isOver && !knownIds.includes(update.id);
}

/** Whether something was made since an entry was first sent. A service that tells no time tells nothing by it. */
export function isMadeSince({ since, isGuessed }: Pick<Entry, 'since' | 'isGuessed'>, createdAt: Date): boolean {
  const time = createdAt.getTime();
  return since !== undefined && (time === 0 || time >= since.getTime() - (isGuessed ? skew : precision));
}

/** Which of these entries an update of theirs can be, as it says what they sent. */
export function couldBe(entries: readonly Entry[], update: Update): Entry[] {
  const { id, profileId, createdAt } = update;
  return entries.filter(
    (each) =>
      each.state !== 'failed' &&
      each.profiles.some((profile) => profile.id === profileId) &&
      !each.knownIds.includes(id) &&
      isMadeSince(each, createdAt) &&
      isAsSent(contentFor(each, profileId), update),
  );
}

/** What an entry sends to one of its profiles. */
function contentFor({ text, media, details }: Pick<Entry, 'text' | 'media' | 'details'>, profileId: string): SentContent {
  return { text, media, details: details?.[profileId] };
}

/** As files tell it: what is undefined is not there. */
function isSameContent(one: SentContent, other: SentContent): boolean {
  const [a, b] = [one, other].map((each) => JSON.parse(JSON.stringify(each)) as unknown);
  return isDeepStrictEqual(a, b);
}

export function attemptOf({ profiles, ...entry }: Entry): Attempt {
  return { ...entry, profileIds: profiles.map(({ id }) => id) };
}
