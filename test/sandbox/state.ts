import { measuredSettings, type Settings } from './behaviours.ts';
import type { Asset, Board, Details } from './content.ts';
import type { Growth } from './growth.ts';
import { Library } from './library.ts';
import { lengthOn, networks, pictureRules, type NetworkType } from './networks.ts';
import { failureOnNetwork, publishedOf, type Published } from './publishing.ts';
import { Refusal } from './refusal.ts';
import { nextSlots, withoutDays, type Schedule } from './slots.ts';
import { UpdatesByProfile } from './updatesByProfile.ts';

// The world behind the wire: what Buffer remembers, and how a queue behaves. It knows nothing of HTTP or of any
// version of the API. Every time is in whole unix seconds.

export interface User {
  readonly id: string;
  /** The credential of REST API v1, and of nothing else. */
  readonly token: string;
  /** The credential of the GraphQL API, and of nothing else. */
  readonly apiKey: string;
  /** Other personal keys of the same account. */
  readonly otherKeys?: readonly string[];
  readonly email: string;
  readonly name: string;
  /** Absolute URL. */
  readonly avatar: string;
  plan: 'free' | 'business';
  readonly timeZone: string;
  readonly createdAt: number;
  isRevoked: boolean;
}

export interface Organization {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
}

/** That an application may act for a user. */
interface Grant {
  readonly userId: string;
  /** Unix seconds. */
  readonly expiresAt: number;
  /** Everything, where left out. */
  readonly scopes?: readonly string[];
}

/** What an organization sorts its posts by. */
export interface Tag {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  /** As `#rrggbb`. */
  readonly color: string;
  readonly colorName?: string;
  readonly isLocked?: boolean;
}

export interface Profile {
  readonly id: string;
  readonly userId: string;
  readonly organizationId: string;
  readonly service: string;
  readonly serviceType: string;
  readonly serviceId: string;
  readonly username: string;
  readonly formattedUsername: string;
  /** Absolute URL. */
  readonly avatar: string;
  readonly isDefault: boolean;
  readonly timeZone: string;
  readonly createdAt: number;
  readonly followers: number;
  readonly drafts: number;
  schedules: readonly Schedule[];
  /** Days of its schedule that stand still. */
  pausedDays?: readonly string[];
  /** Why Buffer may no longer post here. */
  disconnected?: string;
  /** More than the plan allows for: it can be looked at, and no more. */
  isLocked?: boolean;
  /** Its queue stands still. */
  isQueuePaused?: boolean;
  /** Where its server allows for more, or less, than its network does. */
  maxCharacters?: number;
  /** Of a network with many servers. */
  serverUrl?: string;
  /** What its owner pays X for. */
  subscriptionType?: string;
  boards?: readonly Board[];
}

export interface Media {
  readonly link?: string;
  readonly title?: string;
  readonly description?: string;
  readonly picture?: string;
  readonly thumbnail?: string;
}

export interface Update {
  readonly id: string;
  readonly profileId: string;
  readonly userId: string;
  readonly createdAt: number;
  via: string;
  /** `buffer` waits for its time; drafts, and what needs approval, wait for somebody. */
  status: 'draft' | 'needs_approval' | 'buffer' | 'sending' | 'sent' | 'error';
  text: string;
  /** A link with its preview, or the first picture. */
  media?: Media;
  /** Every file; where left out, there is at most the picture of `media`. */
  assets?: readonly Asset[];
  details?: Details;
  /** Moves on with every edit, even within one second. */
  updatedAt: number;
  dueAt: number;
  /** A time that somebody chose, instead of a slot of the schedule. */
  isCustomScheduled: boolean;
  /** Somebody chose a posting time of the schedule for it, and it stays there. */
  isPinned?: boolean;
  /** Nobody chose a time for it yet, or its queue has no posting times; `dueAt` says nothing. */
  isUndated?: boolean;
  /** How it was last given its place. */
  placed?: 'queue' | 'top' | 'now' | 'time';
  /** A person is reminded of it, instead of it going out by itself. */
  isReminder?: boolean;
  /** After the reminder, somebody said that it was published. */
  isMarkedAsPublished?: boolean;
  /** Somebody else of the organization, who wrote it. */
  author?: { readonly name: string; readonly email: string };
  ideaId?: string;
  tagIds?: readonly string[];
  sentAt?: number;
  serviceUpdateId?: string;
  statistics?: Readonly<Record<string, number>>;
  /** How its figures grow; where left out, they stay as they are. */
  growth?: Growth;
  /** What the network got; it may be less than what is shown here. */
  published?: Published;
  /** Why it could not be sent. On a pending update: what will go wrong. */
  failure?: string;
}

/** When to post. `at` is a time somebody chose. */
export type When = 'queue' | 'top' | 'now' | { readonly at: number };

export interface Draft {
  readonly text: string;
  readonly media?: Media;
  readonly when: When;
  /** A share of another post needs no text of its own; nor does a video. */
  readonly isShare?: boolean;
  /** What is already there may be said again. */
  readonly mayRepeat?: boolean;
  /** It waits for somebody, not for its time. */
  readonly heldAs?: Held;
  readonly rest?: Rest;
}

export interface Edit {
  readonly text?: string;
  readonly media?: Media;
  readonly when?: When;
  readonly isShare?: boolean;
  readonly heldAs?: Held;
  readonly rest?: Rest;
}

export type Held = 'draft' | 'needs_approval';

/** What else there is to an update, taken as it is: whoever gives it has looked at it. */
export type Rest = Partial<Pick<Update, 'assets' | 'details' | 'isReminder' | 'ideaId' | 'tagIds'>>;

const duplicateWindow = 86_400;
const freePlanQueue = 10;
/** How long a video takes, in seconds, from its time until it is out: figures of the sandbox. */
const videoTimes = { quick: 60, slow: 180 } as const;
/** How long after its time a post goes out, in seconds. */
const [leastLag, mostLag] = [2, 34];
/** What X allows those who pay. */
const premiumCharacters = 25_000;

export interface PostNote {
  readonly id: string;
  readonly text: string;
  /** Of somebody who is not known any more where left out. */
  readonly author?: { readonly name: string | null; readonly email: string; readonly isDeleted?: boolean };
  /** Seconds. */
  readonly createdAt: number;
}

export class State {
  /** How the service behaves where the live one was measured; kept by `clear`. */
  readonly settings: Settings = measuredSettings();
  /** Fields that the schema of the GraphQL API does not have, as `Type.field`. */
  readonly lacking = new Set<string>();
  readonly users: User[] = [];
  readonly organizations: Organization[] = [];
  readonly library = new Library();
  readonly tags: Tag[] = [];
  /** By update: what the people of its organization wrote on it. */
  readonly notes = new Map<string, PostNote[]>();
  /** Where its pictures are: the sandbox's own address. */
  origin = '';
  readonly profiles: Profile[] = [];
  readonly updates = new UpdatesByProfile();
  /** By profile: the updates that take slots of the schedule, in order. */
  readonly #queues = new Map<string, Update[]>();
  readonly #grants = new Map<string, Grant>();
  readonly #clock: () => Date;
  /** When each update was made, to the millisecond. */
  readonly #madeAt = new WeakMap<Update, number>();
  #lastId = 0;
  #random = 1;

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  now(): number {
    return Math.floor(this.#clock().getTime() / 1000);
  }

  /** Forgets everything; the next ids are again those of a new sandbox. */
  clear(): void {
    this.users.length = 0;
    this.organizations.length = 0;
    this.library.clear();
    this.tags.length = 0;
    this.notes.clear();
    this.#grants.clear();
    this.profiles.length = 0;
    this.updates.clear();
    this.#queues.clear();
    this.#lastId = 0;
    this.#random = 1;
  }

  /** 24 hex characters, the same ones in the same order every time. */
  newId(): string {
    this.#lastId += 1;
    return `5b0ffe12ca5cade0${this.#lastId.toString(16).padStart(8, '0')}`;
  }

  // Who may ask

  userOf(token: string): User | undefined {
    return this.users.find((user) => user.token === token && !user.isRevoked);
  }

  /** Who is behind a key of the GraphQL API, or behind an access token that is still good. */
  userOfKey(key: string): User | undefined {
    const grant = this.#grants.get(key);
    const isGood = (grant?.expiresAt ?? 0) > this.now();
    return this.users.find((user) => !user.isRevoked && (isKeyOf(user, key) || (isGood && user.id === grant?.userId)));
  }

  /** Whose requests are counted together: all personal keys of an account share one quota. */
  quotaOf(key: string): string {
    return this.users.find((user) => isKeyOf(user, key))?.id ?? key;
  }

  /** What a credential is good for: undefined is everything. */
  scopesOf(key: string): readonly string[] | undefined {
    return this.#grants.get(key)?.scopes;
  }

  /** Lets an access token act for a user until a time in unix seconds. Forgotten with everything else by `clear`. */
  grantAccess(accessToken: string, userId: string, expiresAt: number, scopes?: readonly string[]): void {
    this.#grants.set(accessToken, { userId, expiresAt, scopes });
  }

  /** Ends an access token before its time. */
  endAccess(accessToken: string): void {
    this.#grants.delete(accessToken);
  }

  // Reading

  organizationsOf(user: User): Organization[] {
    return this.organizations.filter(({ ownerId }) => ownerId === user.id);
  }

  profilesOf(user: User): Profile[] {
    return this.profiles.filter(({ userId }) => userId === user.id);
  }

  profileFor(user: User, id: string): Profile {
    const profile = this.profiles.find((candidate) => candidate.id === id);
    if (!profile) throw new Refusal('noProfile');
    if (profile.userId !== user.id) throw new Refusal('notYourProfile');
    return profile;
  }

  updateFor(user: User, id: string): Update {
    const update = this.updates.get(id);
    if (!update) throw new Refusal('noUpdate');
    if (update.userId !== user.id) throw new Refusal('notYourUpdate');
    return update;
  }

  profileOf(update: Update): Profile {
    return this.profiles.find(({ id }) => id === update.profileId)!;
  }

  /** What waits, soonest first. */
  pending(profile: Profile): Update[] {
    const queue = this.#queue(profile.id);
    return this.updates
      .of(profile.id)
      .filter(({ status }) => status === 'buffer')
      .sort((a, b) => a.dueAt - b.dueAt || queue.indexOf(a) - queue.indexOf(b));
  }

  /** What was sent or could not be, newest first. */
  sent(profile: Profile): Update[] {
    return this.updates
      .of(profile.id)
      .filter(({ status }) => status === 'sent' || status === 'error')
      .sort((a, b) => (b.sentAt ?? b.dueAt) - (a.sentAt ?? a.dueAt));
  }

  /** How many updates may wait in a queue. */
  queueLimit(profile: Profile): number {
    const owner = this.users.find(({ id }) => id === profile.userId)!;
    return owner.plan === 'free' ? freePlanQueue : typeOf(profile).queueLimit;
  }

  /** How much one day, between two times, holds of what waits and of what went out. */
  onDay(profile: Profile, start: number, end: number): { scheduled: number; sent: number } {
    const within = (at: number) => at >= start && at < end;
    const all = this.updates.of(profile.id);
    return {
      scheduled: all.filter(({ status, dueAt }) => (status === 'buffer' || status === 'sending') && within(dueAt)).length,
      sent: all.filter(({ status, sentAt }) => status === 'sent' && within(sentAt!)).length,
    };
  }

  /** Whether an update takes a slot of the schedule. */
  isQueued(update: Update): boolean {
    return this.#queue(update.profileId).includes(update);
  }

  /** Whether it was made at least so many milliseconds ago. */
  isOlder(update: Update, milliseconds: number): boolean {
    return this.#clock().getTime() - (this.#madeAt.get(update) ?? -Infinity) >= milliseconds;
  }

  // Writing. Each either changes everything it should, or throws a Refusal and changes nothing.

  add(profile: Profile, draft: Draft): Update {
    const now = this.now();
    this.#check(profile, draft.text, draft);
    if (!draft.mayRepeat && this.#isRecent(profile, draft.text)) throw new Refusal('duplicate');
    if (draft.heldAs) {
      // Whoever it waits for decides when it joins the queue.
    } else if (draft.when === 'now') {
      if (profile.disconnected) throw new Refusal('disconnected');
    } else if (this.pending(profile).length >= this.queueLimit(profile)) {
      throw new Refusal('queueFull');
    }
    const update: Update = {
      id: this.newId(),
      profileId: profile.id,
      userId: profile.userId,
      createdAt: now,
      updatedAt: now,
      via: 'api',
      status: 'buffer',
      text: draft.text,
      media: draft.media,
      dueAt: now,
      isCustomScheduled: false,
      ...draft.rest,
    };
    this.#madeAt.set(update, this.#clock().getTime());
    if (draft.heldAs) this.#hold(update, draft.heldAs, draft.when);
    else this.place(update, draft.when);
    this.retime(profile);
    return update;
  }

  /** Puts an update where it belongs, asking nothing; its time in the queue is for `retime` to find. */
  place(update: Update, when: When): void {
    this.updates.set(update.id, update);
    this.#dequeue(update);
    update.status = 'buffer';
    update.failure = undefined;
    update.isUndated = undefined;
    update.placed = typeof when === 'object' ? 'time' : when;
    update.isCustomScheduled = typeof when === 'object';
    update.isPinned = undefined;
    if (when === 'now') {
      update.dueAt = this.now();
      this.#publish(update, update.dueAt);
    } else if (typeof when === 'object') update.dueAt = when.at;
    else if (when === 'top') this.#queue(update.profileId).unshift(update);
    else this.#queue(update.profileId).push(update);
  }

  edit(update: Update, { text = update.text, media, when, isShare, heldAs, rest }: Edit): void {
    const profile = this.profileOf(update);
    if (update.status === 'sent' || update.status === 'sending') throw new Refusal('alreadySent');
    this.#check(profile, text, { media: media ?? update.media, when, isShare });
    if (when === 'now' && !heldAs && profile.disconnected) throw new Refusal('disconnected');
    update.text = text;
    if (media) {
      update.media = Object.keys(media).length > 0 ? media : undefined;
      update.assets = undefined;
    }
    Object.assign(update, rest);
    update.updatedAt = Math.max(this.now(), update.updatedAt + 1);
    if (heldAs) this.#hold(update, heldAs, when);
    else if (when) this.place(update, when);
    this.retime(profile);
  }

  share(update: Update): void {
    const profile = this.profileOf(update);
    if (update.status === 'sent' || update.status === 'sending') throw new Refusal('alreadySent');
    if (profile.disconnected) throw new Refusal('disconnected');
    this.place(update, 'now');
    this.retime(profile);
  }

  remove(update: Update): void {
    this.#dequeue(update);
    this.updates.delete(update.id);
    this.retime(this.profileOf(update));
  }

  moveToTop(update: Update): void {
    if (update.status !== 'buffer' || update.isCustomScheduled) throw new Refusal('cannotMoveToTop');
    this.#dequeue(update);
    this.#queue(update.profileId).unshift(update);
    this.retime(this.profileOf(update));
  }

  moveToBottom(update: Update): void {
    if (!this.isQueued(update)) throw new Refusal('cannotMoveToTop');
    this.#dequeue(update);
    this.#queue(update.profileId).push(update);
    this.retime(this.profileOf(update));
  }

  /**
   * Puts the named updates next to one another, from a place in the queue on; the others keep their order.
   * What takes no slot of this queue is passed over: a list may be older than the queue.
   */
  reorder(profile: Profile, order: readonly string[], offset = 0): void {
    const queue = this.#queue(profile.id);
    const named = [...new Set(order)].flatMap((id) => queue.find((update) => update.id === id) ?? []);
    const others = queue.filter((update) => !named.includes(update));
    queue.splice(0, queue.length, ...others.toSpliced(offset, 0, ...named));
    this.retime(profile);
  }

  shuffle(profile: Profile): void {
    const queue = this.#queue(profile.id);
    for (let last = queue.length - 1; last > 0; last -= 1) {
      const pick = Math.floor(this.random() * (last + 1));
      [queue[last], queue[pick]] = [queue[pick]!, queue[last]!];
    }
    this.retime(profile);
  }

  setSchedules(profile: Profile, schedules: readonly Schedule[]): void {
    profile.schedules = schedules;
    this.retime(profile);
  }

  /** The one rule of a queue: those in it take the next slots of the schedule, leaving none out. Without any they have no time. */
  retime(profile: Profile): void {
    const queue = this.#queue(profile.id);
    const schedules = withoutDays(profile.schedules, profile.pausedDays ?? []);
    const slots = nextSlots(schedules, profile.timeZone, this.now(), queue.length);
    queue.forEach((update, place) => {
      update.isUndated = slots[place] === undefined ? true : undefined;
      update.dueAt = slots[place] ?? 0;
    });
  }

  /** Lets time have passed: what was due has gone out at its time, or has failed. */
  settle(): void {
    const now = this.now();
    // Nothing leaves a queue that stands still; its times move on.
    for (const profile of this.profiles) if (profile.isQueuePaused || profile.isLocked) this.retime(profile);
    for (const update of this.updates.values()) {
      const at = update.dueAt + this.#lag(update);
      if (update.status === 'sending') this.#publish(update, at);
      if (update.status !== 'buffer' || update.isUndated || update.dueAt > now) continue;
      // Its slot is spent, though it may not be out yet.
      this.#dequeue(update);
      if (at > now) continue;
      this.#publish(update, at);
    }
  }

  /** From 0 up to 1, the same numbers in every sandbox. */
  random(): number {
    this.#random = (Math.imul(this.#random, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#random / 2 ** 32;
  }

  #queue(profileId: string): Update[] {
    let queue = this.#queues.get(profileId);
    if (!queue) this.#queues.set(profileId, (queue = []));
    return queue;
  }

  #dequeue(update: Update): void {
    const queue = this.#queue(update.profileId);
    const place = queue.indexOf(update);
    if (place >= 0) queue.splice(place, 1);
  }

  #hold(update: Update, as: Held, when: When | undefined): void {
    this.updates.set(update.id, update);
    this.#dequeue(update);
    const wasHeld = update.status !== 'buffer' && update.status !== 'error';
    update.status = as;
    update.failure = undefined;
    if (when === undefined && wasHeld) return;
    if (when !== undefined) update.placed = typeof when === 'object' ? 'time' : when;
    // A slot of the schedule is taken only by what is in the queue; a chosen time is kept.
    update.isCustomScheduled = typeof when === 'object' || (when === undefined && update.isCustomScheduled);
    update.isUndated = !update.isCustomScheduled;
    if (typeof when === 'object') update.dueAt = when.at;
  }

  /** How late it goes out: what is shared now is not, the others are never early. */
  #lag({ id, placed }: Update): number {
    if (this.settings.publishing === 'punctual' || placed === 'now') return 0;
    return leastLag + (Number.parseInt(id.slice(-4), 16) % (mostLag - leastLag + 1));
  }

  #publish(update: Update, at: number): void {
    const profile = this.profileOf(update);
    this.#dequeue(update);
    const failure = update.failure ?? profile.disconnected;
    if (failure) return this.#fail(update, failure);
    const isVideo = update.assets?.some(({ kind }) => kind === 'video');
    if (isVideo && at + videoTimes[this.settings.sending] > this.now()) {
      update.status = 'sending';
      return;
    }
    const refused = failureOnNetwork(profile, update);
    if (refused) return this.#fail(update, refused);
    update.status = 'sent';
    update.failure = undefined;
    update.published = publishedOf(profile, update);
    update.sentAt = at;
    update.serviceUpdateId = `1750${update.id.slice(-8).replace(/\D/gu, '')}${at}`;
    update.statistics = Object.fromEntries(networks[profile.service]!.statistics.map((key) => [key, 0]));
  }

  #fail(update: Update, failure: string): void {
    update.status = 'error';
    update.failure = failure;
  }

  #check(profile: Profile, text: string, rest: { media?: Media; when?: When; isShare?: boolean }): void {
    const { media = {}, when, isShare = false } = rest;
    if (!text.trim() && !isShare && Object.keys(media).length === 0) throw new Refusal('emptyText');
    const length = lengthOn(profile.service, text);
    const limit = charactersOn(profile);
    if (length > limit) throw new Refusal('textTooLong', `${length} of ${limit} characters`);
    if (typeof when === 'object' && when.at <= this.now()) throw new Refusal('inThePast');
    for (const url of [media.link, media.picture, media.thumbnail]) {
      if (url !== undefined && !/^https?:\/\/./iu.test(url)) throw new Refusal('mediaType', 'not a web address');
    }
    if (media.picture !== undefined) checkPicture(media.picture);
  }

  #isRecent(profile: Profile, text: string): boolean {
    const since = this.now() - duplicateWindow;
    const isOut = ({ status }: Update) => status === 'sending' || status === 'sent' || status === 'error';
    return (
      text !== '' &&
      this.updates
        .of(profile.id)
        .some(
          (update) => update.text === text && (update.status === 'buffer' || (isOut(update) && (update.sentAt ?? update.dueAt) > since)),
        )
    );
  }
}

function isKeyOf({ apiKey, otherKeys = [] }: User, key: string): boolean {
  return apiKey === key || otherKeys.includes(key);
}

function typeOf(profile: Profile): NetworkType {
  return networks[profile.service]!.types[profile.serviceType]!;
}

/** How long a text may be. */
export function charactersOn(profile: Profile): number {
  const isPaid = /^(?:Basic|Premium)/u.test(profile.subscriptionType ?? '');
  return profile.maxCharacters ?? (isPaid ? premiumCharacters : typeOf(profile).characters);
}

/** A picture is judged by its address alone; nothing is fetched. */
function checkPicture(url: string): void {
  if (!URL.canParse(url)) throw new Refusal('mediaType', 'not a web address');
  const file = new URL(url).pathname.split('/').at(-1)!;
  const extension = /\.(\w+)$/u.exec(file)?.[1]?.toLowerCase();
  if (extension && !pictureRules.types.includes(extension)) throw new Refusal('mediaType', extension);
  if (file === 'too-large.png') throw new Refusal('mediaSize');
}

/** How many posts a day may hold; X allows more to those who are verified. */
export function dailyLimitOf({ service, subscriptionType }: Profile): number | undefined {
  const { dailyLimit, verifiedDailyLimit } = networks[service]!;
  return subscriptionType?.startsWith('Premium') ? (verifiedDailyLimit ?? dailyLimit) : dailyLimit;
}
