/**
 * What a queue is made of, in the words of the people who use it. Both services are mapped onto these shapes.
 * Times are `Date` (an instant, no zone); where a zone matters it is the IANA name in `Profile.timeZone`.
 */

/** A network as the services name it (`twitter`, `bluesky`, `linkedin` …). Open: a new network must not break us. */
export type Service = string;

export interface Account {
  readonly id: string;
  /** What to call the account in a menu. */
  readonly label: string;
  readonly timeZone?: string;
  readonly plan?: string;
}

/** Posting times of a profile, read in the profile's own time zone. */
export interface PostingSchedule {
  readonly days: readonly Weekday[];
  /** 24 h `HH:MM`. */
  readonly times: readonly string[];
}

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

export interface Profile {
  readonly id: string;
  readonly service: Service;
  /** `profile`, `page` or `group`; picks the limits in the service's configuration. */
  readonly serviceType: string;
  /** Name to show, such as `@example`. */
  readonly name: string;
  /** Name on the network, without decoration. */
  readonly username: string;
  /** https, or http on loopback. */
  readonly avatarUrl?: string;
  readonly isDefault: boolean;
  readonly timeZone: string;
  readonly counts: ProfileCounts;
  readonly schedules: readonly PostingSchedule[];
  /** Buffer lost its permission to post here; a person must reconnect it at Buffer. */
  readonly isDisconnected: boolean;
  /** The plan does not cover this profile. */
  readonly isLocked: boolean;
  readonly isPaused: boolean;
  readonly followers?: number;
}

export interface ProfileCounts {
  readonly pending: number;
  readonly sent: number;
  readonly drafts?: number;
}

/** `other` holds whatever a service adds later; such an update is shown and left alone. */
export type UpdateStatus = 'pending' | 'sending' | 'sent' | 'failed' | 'draft' | 'needsApproval' | 'other';

export interface Update {
  readonly id: string;
  readonly profileId: string;
  readonly service: Service;
  readonly status: UpdateStatus;
  readonly text: string;
  readonly createdAt: Date;
  readonly updatedAt?: Date;
  /** When it is to go out. */
  readonly dueAt?: Date;
  /** Whether the person chose its time, instead of the queue; undefined where the service does not tell. */
  readonly isFixedTime?: boolean;
  /** When it went out. */
  readonly sentAt?: Date;
  readonly media?: Media;
  /** By the service's own keys (`reach`, `clicks`, `favorites` …). */
  readonly statistics: Readonly<Record<string, number>>;
  /** What posted it: `api`, `chrome`, `safari` … */
  readonly via?: string;
  /** The id the network gave it once it was sent. */
  readonly serviceUpdateId?: string;
  readonly failure?: { readonly message: string; readonly helpUrl?: string };
}

export interface Media {
  readonly link?: string;
  readonly title?: string;
  readonly description?: string;
  readonly picture?: string;
  readonly thumbnail?: string;
}

export interface UpdatePage {
  readonly updates: readonly Update[];
  /** All that match, not only this page, where the service tells. */
  readonly total?: number;
  /** Where the next page starts; absent on the last one. */
  readonly next?: PageCursor;
}

/** Opaque: only the service that gave it can read it. */
export type PageCursor = string & { readonly cursor?: never };

/** When an update goes out. `at` is an instant that the person chose. */
export type ShareTime = 'queue' | 'next' | 'now' | { readonly at: Date };

export interface NewUpdate {
  readonly profileIds: readonly string[];
  readonly text: string;
  readonly when: ShareTime;
  readonly media?: Media;
  /** Whether links are shortened; the service's own setting where absent. */
  readonly shorten?: boolean;
}

/** What is left out stays as it is. */
export interface UpdateEdit {
  readonly text: string;
  readonly when?: 'now' | { readonly at: Date };
  /** null takes them away. */
  readonly media?: Media | null;
}

export interface Created {
  /** One for each profile that accepted, in no promised order. */
  readonly updates: readonly Update[];
}

/** What a network allows, by service and type (`twitter` → `profile`). */
export interface Configuration {
  readonly limits: Readonly<Record<Service, Readonly<Record<string, NetworkLimit>>>>;
  readonly picture?: { readonly maxBytes?: number; readonly types: readonly string[] };
}

export interface NetworkLimit {
  readonly name?: string;
  readonly characters?: number;
  /** Updates that may wait in one queue. */
  readonly scheduled?: number;
}
