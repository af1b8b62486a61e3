import type { Media, NetworkDetails, NewShareTime, NewUpdateOptions, Profile } from '../buffer/model.ts';
import type { Holder } from './lease.ts';

/**
 * Where an entry stands; docs/delivery.md says who moves it from which to which.
 * - `waiting`    goes out when it can: it is certainly not at Buffer
 * - `sending`    a window is at it
 * - `unclear`    it was sent and no answer came: looked for until it is found, or it is certain that it is not there
 * - `undecided`  it cannot be told whether it arrived: the person decides
 * - `failed`     the service does not want it; the person decides
 */
export type EntryState = 'waiting' | 'sending' | 'unclear' | 'undecided' | 'failed';

export interface EntryContent {
  /** Whose it is: it goes out for nobody else. */
  readonly owner: { readonly key: string; readonly label: string };
  readonly text: string;
  readonly profiles: readonly (Pick<Profile, 'id' | 'name' | 'service'> & Partial<Pick<Profile, 'serviceType'>>)[];
  readonly when: NewShareTime;
  readonly media?: Media;
  /** By profile. */
  readonly details?: Readonly<Record<string, NetworkDetails>>;
  readonly options?: NewUpdateOptions;
  /** When it was first sent, by the service's clock; absent while it never was. */
  readonly since?: Date;
  /** When it was last sent, by the same clock. */
  readonly sentAt?: Date;
  /** Those times are this computer's: the service had not told its own yet. */
  readonly isGuessed?: boolean;
  /** The service, or what is before it, was slow, and may carry it out late. */
  readonly isSlow?: boolean;
  /** It was answered as done, in words that nobody could read. */
  readonly isAnswered?: boolean;
  /** When a look first saw all there was since it was last sent, and did not find it; by the service's clock. */
  readonly lookedAt?: Date;
  /** What was there when it was first sent. */
  readonly knownIds: readonly string[];
  /** What is at Buffer that may be this, changed there since. */
  readonly doubts?: readonly Doubt[];
  /** Why it waits or failed, in a sentence. */
  readonly reason?: string;
  /** The draft it was sent from, which keeps a profile until the entry let go of it. */
  readonly draftId?: string;
  /** Of one that is `sending`: who is at it. */
  readonly holder?: Holder;
  /** Of one that is `sending`: what it is again, should its window die. */
  readonly from?: EntryState;
  /** Of one that is `sending`: the request may be out. */
  readonly isOnItsWay?: boolean;
  /** Of one that is `sending`: a person waits for the answer. */
  readonly isFirst?: boolean;
}

/** An update that may be what an entry became, with what it says now. */
export interface Doubt {
  readonly profileId: string;
  readonly updateId: string;
  readonly text: string;
}

export interface Entry extends EntryContent {
  readonly id: string;
  readonly state: EntryState;
  /** Grows with each change, so that nobody acts on one that is over. */
  readonly generation: number;
  /** When a window last did something with it, by some computer's clock: good for showing, and for nothing else. */
  readonly touchedAt: Date;
}

export type NewEntry = Omit<EntryContent, 'knownIds' | 'holder'> & {
  readonly knownIds?: readonly string[];
  readonly state?: Exclude<EntryState, 'failed'>;
};

/** A file in the outbox that says nothing to this version of the extension. It is neither sent nor changed. */
export interface UnreadableEntry {
  readonly id: string;
  readonly file: string;
  /** A newer version wrote it. */
  readonly isNewer: boolean;
  /** The draft it was sent from, where that can be made out. */
  readonly draftId?: string;
}

/** Another window has taken over what this one was at. */
export class LostClaim extends Error {
  override readonly name = 'LostClaim';
}

/** A person sends it and waits for the answer; it is in the outbox in case that the window dies. */
export function isFirstTry({ state, isFirst }: Entry): boolean {
  return state === 'sending' && isFirst === true;
}

/** What is known of an entry that certainly did not arrive. */
export const neverSent = {
  since: undefined,
  sentAt: undefined,
  isGuessed: undefined,
  isSlow: undefined,
  isAnswered: undefined,
  lookedAt: undefined,
  doubts: undefined,
  knownIds: [],
} satisfies Partial<EntryContent>;
