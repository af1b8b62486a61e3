import type {
  Account,
  Configuration,
  Created,
  NewUpdate,
  PageCursor,
  PostingSchedule,
  Profile,
  Update,
  UpdateEdit,
  UpdatePage,
} from './model.ts';

/**
 * What a queue needs of a Buffer service. Every method throws `BufferError` and nothing else.
 * Reading methods may be repeated by the transport; writing ones are sent once.
 */
export interface BufferApi {
  readonly capabilities: Capabilities;

  /** Who the token belongs to. */
  account(options?: RequestOptions): Promise<Account>;
  /** All connected profiles, in the account's order. */
  profiles(options?: RequestOptions): Promise<Profile[]>;
  profile(profileId: string, options?: RequestOptions): Promise<Profile>;
  schedules(profileId: string, options?: RequestOptions): Promise<PostingSchedule[]>;

  /** What waits to go out, soonest first. */
  pending(profileId: string, page: PageRequest, options?: RequestOptions): Promise<UpdatePage>;
  /** What went out, newest first. */
  sent(profileId: string, page: PageRequest, options?: RequestOptions): Promise<UpdatePage>;
  update(updateId: string, options?: RequestOptions): Promise<Update>;

  /** One request for all profiles; those that did not accept are missing from the answer. */
  create(update: NewUpdate): Promise<Created>;
  /** The update as it stands after the edit. */
  edit(updateId: string, edit: UpdateEdit): Promise<Update>;
  /** Sends it out at once. */
  share(updateId: string): Promise<void>;
  destroy(updateId: string): Promise<void>;
  /** The update with its new time, at the head of its queue. */
  moveToTop(updateId: string): Promise<Update>;
  /** Puts the head of the queue in this order; answers with the pending updates as they stand then. */
  reorder(profileId: string, updateIds: readonly string[]): Promise<Update[]>;
  /** Puts the queue in a random order; answers with the pending updates as they stand then. */
  shuffle(profileId: string): Promise<Update[]>;

  /** What the networks allow, as the service sees it. */
  configuration(options?: RequestOptions): Promise<Configuration>;
}

/** What this service can do. The user interface leaves out what it cannot, so that no menu entry ends in an error. */
export interface Capabilities {
  readonly reorder: boolean;
  readonly shuffle: boolean;
  readonly moveToTop: boolean;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
}

export interface PageRequest {
  /** How many updates a page holds, 1 to 100. */
  readonly size: number;
  /** `next` of the page before; the first page without it. */
  readonly after?: PageCursor;
  /**
   * How many of the list's first updates the caller holds. A list read by page numbers starts there,
   * so that nothing is skipped when updates left the list since its last page was read.
   */
  readonly held?: number;
}
