import type { BufferError } from './bufferError.ts';
import type { NetworkDetails } from './networkDetails.ts';
import type { Picture, TaggedUser } from './picture.ts';

export type { NetworkDetails, Picture, TaggedUser };

/**
 * What a queue is made of, in the words of the people who use it. Both services are mapped onto these shapes.
 * Times are `Date` (an instant, no zone); where a zone matters it is the IANA name in `Profile.timeZone`.
 */

/** Buffer's two services: the REST API v1, which ends on 2027-02-01, and the current GraphQL API. */
export const apiNames = ['v1', 'graphql'] as const;
export type ApiName = (typeof apiNames)[number];

/** A network as the services name it (`twitter`, `bluesky`, `linkedin` …). Open: a new network must not break us. */
export type Service = string;

export interface Account {
  readonly id: string;
  /** What to call the account in a menu. */
  readonly label: string;
  readonly timeZone?: string;
  readonly plan?: string;
  /** Those that the person belongs to, where the service has any; a queue is one organization's. */
  readonly organizations?: readonly Organization[];
}

export interface Organization {
  readonly id: string;
  readonly name: string;
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
  /** Its page on the network, where the service tells. */
  readonly url?: string;
  /** Characters that this very profile may write, where the service tells (a Mastodon server has its own limit). */
  readonly characters?: number;
  /** Where its pictures can be pinned (Pinterest). */
  readonly boards?: readonly Board[];
  /** What may still be posted today. */
  readonly today?: DailyLimit;
}

/** Undefined where the service does not tell and not all are loaded. */
export interface ProfileCounts {
  readonly pending?: number;
  readonly sent?: number;
  readonly drafts?: number;
}

export interface Board {
  readonly id: string;
  readonly name: string;
}

export interface DailyLimit {
  readonly limit?: number;
  readonly scheduled: number;
  readonly sent: number;
  readonly isReached: boolean;
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
  /** Whether that time is a posting time which it keeps, where the service tells. */
  readonly isPinned?: boolean;
  /** When it went out. */
  readonly sentAt?: Date;
  /** What is shown of it: a link's card, or the first file. */
  readonly media?: Media;
  /** Every file in its order, also the first; a link's card is none. */
  readonly attachments?: readonly Attachment[];
  /** What the parts of its thread carry that follow the first, where that was read. */
  readonly threadAttachments?: readonly (readonly Attachment[])[];
  readonly tags?: readonly Tag[];
  /** Whom its text mentions, where the network is told of it beside the text (Facebook, LinkedIn). */
  readonly mentions?: readonly Mention[];
  /** By the service's own keys (`reach`, `clicks`, `favorites` …). */
  readonly statistics: Readonly<Record<string, number>>;
  /** What posted it: `api`, `chrome`, `safari` … */
  readonly via?: string;
  /** Who wrote it, where the service tells. */
  readonly author?: Author;
  /** The id the network gave it once it was sent. */
  readonly serviceUpdateId?: string;
  readonly failure?: { readonly message: string; readonly helpUrl?: string };
  /** Its page on the network, where the service tells. */
  readonly url?: string;
  /** What it carries beside text and media. */
  readonly details?: NetworkDetails;
  /** What the service lets this person do with it; undefined where only its status decides. */
  readonly actions?: readonly UpdateAction[];
  /** A person is reminded to publish it by hand, or was. */
  readonly isReminder?: boolean;
  /** The idea that it was made of. */
  readonly ideaId?: string;
  /** Somebody said that they published it by hand, after the reminder. */
  readonly isMarkedAsPublished?: boolean;
  /** What it holds that an edit from here would lose, in the words of its service; it is edited at Buffer. */
  readonly closed?: readonly string[];
  /** The parts of its thread may carry files that its service does not tell: an edit would take those away. */
  readonly hidesFiles?: boolean;
  /** The parts of its thread may have link cards that its service does not tell any more, and has no place for: an edit takes them away. */
  readonly hidesCards?: boolean;
  /** It may hold details that its service does not tell: an edit would take those away. */
  readonly hidesDetails?: boolean;
  /** All that its service told of it, to be sent back as it came: only the API that gave it can read it. Absent where not all came. */
  readonly source?: unknown;
}

export type UpdateAction =
  'edit' | 'delete' | 'shareNow' | 'shareNext' | 'reschedule' | 'queue' | 'draft' | 'askForApproval' | 'withdrawFromApproval';

/** A file that goes with an update. */
export interface Attachment {
  readonly kind: 'picture' | 'video' | 'document';
  readonly url: string;
  readonly thumbnail?: string;
  /** The alternative text of a picture. */
  readonly description?: string;
  readonly title?: string;
  /** Who is tagged in a picture. */
  readonly taggedUsers?: readonly TaggedUser[];
  /** The picture moves (a GIF). */
  readonly isAnimated?: boolean;
}

/** A mention of a page or a person: its words, and where they stand in the text, in UTF-16 units. */
export interface Mention {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface Author {
  readonly name: string;
  /** They belong to nobody's organization any more. */
  readonly isDeleted?: boolean;
}

export interface Tag {
  readonly id: string;
  readonly name: string;
  /** As CSS writes it, such as `#ff0000`; whatever else it is, is the service's. */
  readonly color?: string;
}

export interface Media {
  readonly link?: string;
  /** Of the link's card, the video or the document. */
  readonly title?: string;
  /** Of the link's card; the alternative text of a picture without a link. */
  readonly description?: string;
  readonly picture?: string;
  readonly thumbnail?: string;
  /** Who is tagged in the picture, as with `Picture`. */
  readonly taggedUsers?: readonly TaggedUser[];
  /** Address of a video file. */
  readonly video?: string;
  /** The moment of the video that stands for it, in milliseconds from its beginning. */
  readonly coverAt?: number;
  /** Address of a document, such as a PDF file. */
  readonly document?: string;
  /** Address of the picture that stands for the document. */
  readonly cover?: string;
  /** The pictures that follow the first one, in their order; absent where that is not told, or other files are among them. */
  readonly more?: readonly Picture[];
}

/** What became of an update that was sent. */
export interface MeasuredUpdate {
  readonly id: string;
  readonly profileId: string;
  readonly service: Service;
  /** As much of it as a row shows. */
  readonly text: string;
  readonly sentAt: Date;
  /** Its page on the network, where the service tells. */
  readonly url?: string;
  readonly tags?: readonly Tag[];
  /**
   * By Buffer's own words (`reactions`, `comments`, `reach` …); `engagementRate` alone is in percent. What is absent is not
   * known, which is not zero; none of them is there before they were first taken in.
   */
  readonly figures?: Figures;
  /** When they were taken in, where the service tells. */
  readonly measuredAt?: Date;
}

export type Figures = Readonly<Record<string, number>>;

/** What the service itself makes of the figures of a period: `postCount`, `reactions`, `comments`, and what all its profiles tell. */
export interface FigureSums {
  readonly figures: Figures;
  readonly measuredAt?: Date;
}

export interface FigurePage {
  /** Newest first, as far as the service has an order over all profiles. */
  readonly updates: readonly MeasuredUpdate[];
  /** All that was sent since then is on the pages read so far; undefined where that is not known yet. */
  readonly readFrom?: Date;
  readonly next?: PageCursor;
  /** Requests that are left at least, where the service's pages tell. */
  readonly requestsLeft?: number;
  /** Of the period that was asked for, and of one as long before it; with the first page, where the service tells. */
  readonly sums?: FigureSums;
  readonly sumsBefore?: FigureSums;
}

/** What somebody of the organization wrote on an update, for the others. */
export interface Note {
  readonly text: string;
  readonly author?: Author;
  readonly createdAt?: Date;
}

export interface UpdatePage {
  readonly updates: readonly Update[];
  /** All that match, not only this page, where the service tells. */
  readonly total?: number;
  /** Where the next page starts; absent on the last one. */
  readonly next?: PageCursor;
  /** Where more follows: what waits is known up to this time, where the service tells that. */
  readonly until?: Date;
}

/** Opaque: only the service that gave it can read it. */
export type PageCursor = string & { readonly cursor?: never };

/** When an update goes out. `at` is an instant that the person chose. */
export type ShareTime = 'queue' | 'next' | 'now' | { readonly at: Date };

/** When a new update goes out: `draft` is not before somebody says so, where the service has drafts. */
export type NewShareTime = ShareTime | 'draft';

/** What may go along with a new update; the services lack some of it (`Capabilities`). */
export interface NewUpdateOptions {
  /** A person is reminded to publish it, instead of it going out by itself. */
  readonly isReminder?: boolean;
  readonly tagIds?: readonly string[];
  /** The idea that it is made of. */
  readonly ideaId?: string;
}

export interface NewUpdate extends NewUpdateOptions {
  readonly profileIds: readonly string[];
  readonly text: string;
  readonly when: NewShareTime;
  /** Those of the profiles that take nothing but reminders. */
  readonly reminded?: readonly string[];
  readonly media?: Media;
  /** Whether links are shortened; the service's own setting where absent. */
  readonly shorten?: boolean;
  /** By profile. */
  readonly details?: Readonly<Record<string, NetworkDetails>>;
}

/** What a person changed; what is left out stays as it is. */
export interface UpdateEdit {
  readonly text?: string;
  /** `queue` and `next` only where the service can (`Capabilities.requeue`), `draft` where it has drafts. */
  readonly when?: NewShareTime;
  /** What `Update.media` shows, as it is to be; null takes it away. Further files that it does not show stay as far as they go with it. */
  readonly media?: Media | null;
  readonly details?: NetworkDetails;
  /** Whether a person is reminded to publish it, or it goes out by itself; only where `Capabilities.reminders`. */
  readonly isReminder?: boolean;
  /** Asks for the approval of a draft, or makes what waits for one a draft again; only where `Update.actions` has it. */
  readonly approval?: 'ask' | 'withdraw';
  /** Ids of all the tags it is to have; only where `Capabilities.tags`. */
  readonly tagIds?: readonly string[];
}

/** The state of an update once its approval was asked for or withdrawn. */
export const statusAfter = { ask: 'needsApproval', withdraw: 'draft' } as const satisfies Record<string, UpdateStatus>;

/** What came of an edit. */
export interface Edited {
  /** As the service answered it, whatever was asked for. */
  readonly update: Update;
  /** What came back otherwise than it was, beyond the change, and could not be put back; empty where nothing is lost. */
  readonly lost: readonly string[];
}

export interface Created {
  /** One for each profile that accepted, in no promised order. */
  readonly updates: readonly Update[];
  /** Why the others did not, by profile, where the service tells. */
  readonly refused?: Readonly<Record<string, BufferError>>;
}

/** Everything that a sidebar begins with. */
export interface Overview {
  /** All connected profiles, in the account's order. */
  readonly profiles: readonly Profile[];
  /** The head of each queue, by profile, where it came along. */
  readonly pending?: Readonly<Record<string, UpdatePage>>;
  /** Updates that may wait in one queue, by the plan, where the service tells. */
  readonly scheduledLimit?: number;
}

/** A thought kept for later, not yet for any profile. */
export interface Idea {
  readonly id: string;
  readonly title?: string;
  readonly text: string;
  readonly createdAt: Date;
  readonly updatedAt?: Date;
  /** The column of the board it stands in. */
  readonly groupId?: string;
  /** When the person means it to go out. */
  readonly date?: Date;
  /** The networks that it is meant for. */
  readonly services?: readonly Service[];
  readonly tags?: readonly Tag[];
  readonly files?: readonly IdeaFile[];
}

/** What goes with an idea; `other` is what the service holds and no update can. */
export interface IdeaFile extends Pick<Attachment, 'url' | 'thumbnail' | 'description'> {
  readonly kind: Attachment['kind'] | 'link' | 'other';
}

/** A column of the board that ideas stand on. */
export interface IdeaGroup {
  readonly id: string;
  readonly name: string;
  /** Nothing can be put into it: the plan does not cover it. */
  readonly isLocked: boolean;
}

export interface NewIdea {
  readonly title?: string;
  readonly text: string;
  readonly groupId?: string;
}

export interface IdeaPage {
  readonly ideas: readonly Idea[];
  /** All there are, in the order of the board; only with the first page, and where the service tells. */
  readonly groups?: readonly IdeaGroup[];
  readonly next?: PageCursor;
}

/** Who may use a template; `public` ones are Buffer's own, and only read. */
export type TemplateVisibility = 'private' | 'internal' | 'public';

/** A text to begin with, kept at Buffer; `{{words}}` in it stand for what is still to be said. */
export interface Template {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly description?: string;
  readonly emoji?: string;
  readonly visibility: TemplateVisibility;
  readonly createdAt: Date;
  readonly updatedAt?: Date;
}

export interface NewTemplate {
  readonly title: string;
  readonly text: string;
  /** The service demands one. */
  readonly description: string;
  readonly visibility: Exclude<TemplateVisibility, 'public'>;
}

export interface TemplatePage {
  readonly templates: readonly Template[];
  readonly next?: PageCursor;
}

/** What is left of the requests that a credential may make in one rolling window. */
export interface BudgetWindow {
  /** Seconds. */
  readonly length: number;
  readonly quota: number;
  readonly remaining: number;
  /** When it is whole again. */
  readonly resetsAt: Date;
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
