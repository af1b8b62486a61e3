import type {
  Account,
  ApiName,
  Configuration,
  Created,
  Edited,
  FigurePage,
  Idea,
  IdeaPage,
  NewIdea,
  NewTemplate,
  NewUpdate,
  Note,
  Overview,
  PageCursor,
  PostingSchedule,
  Profile,
  Service,
  ShareTime,
  Template,
  TemplatePage,
  Tag,
  Update,
  UpdateEdit,
  UpdatePage,
} from './model.ts';
import type { Priority } from './priority.ts';

/**
 * What a queue needs of a Buffer service. Every method throws `BufferError` and nothing else.
 * Reading methods may be repeated by the transport; writing ones are sent once.
 */
export interface BufferApi {
  /** Which service it is. */
  readonly name: ApiName;
  readonly capabilities: Capabilities;
  /** The service's time, by its answers (see `ServiceClock`); undefined before the first. */
  serviceNow(): Date | undefined;
  /** Its account is left: from now on it sends no write, also none that waits for its turn, and throws `cancelled`. */
  retire(): void;

  /** Who the token belongs to. */
  account(options?: RequestOptions): Promise<Account>;
  /**
   * All connected profiles with as much of their queues as one request can carry.
   * @param size   updates a page
   * @param known  ids of profiles that are known already; more can be asked about those
   */
  overview(request: { readonly size: number; readonly known: readonly string[] }, options?: RequestOptions): Promise<Overview>;
  profile(profileId: string, options?: RequestOptions): Promise<Profile>;
  schedules(profileId: string, options?: RequestOptions): Promise<PostingSchedule[]>;

  /** What waits to go out, soonest first. */
  pending(profileId: string, page: PageRequest, options?: RequestOptions): Promise<UpdatePage>;
  /** What went out, newest first. */
  sent(profileId: string, page: PageRequest, options?: RequestOptions): Promise<UpdatePage>;
  /** What became of all that was sent in a time. Only where `capabilities.figures`. */
  figures(request: FiguresRequest, options?: RequestOptions): Promise<FigurePage>;
  update(updateId: string, options?: RequestOptions): Promise<Update>;
  /** Updates of these profiles, waiting or sent, that came about since: to find one whose answer was lost. */
  recent(profileIds: readonly string[], since: Date, options?: RequestOptions): Promise<RecentUpdates>;

  /** What these profiles have that is or was due within a range, in whatever state, soonest first. Only where `capabilities.ranges`. */
  due(profileIds: readonly string[], range: DueRange, page: PageRequest, options?: RequestOptions): Promise<UpdatePage>;

  /** One request for all profiles; those that did not accept have no update in the answer. */
  create(update: NewUpdate, serviceOf: (profileId: string) => Service, options?: RequestOptions): Promise<Created>;
  /** Whether an update holds all that an edit sends back. */
  isComplete(update: Update): boolean;
  /**
   * Applies a change to an update as it was read in full, and tells what came of it; without a request where the
   * change changes nothing. What the answer shows to be lost is put back at once, by one more request.
   * @param update  as `isComplete` demands it, read as shortly before as can be
   */
  edit(update: Update, change: UpdateEdit): Promise<Edited>;
  /** Sends it out at once. The update as it stands then, where the service tells. @param update  as with `edit` */
  share(update: Update): Promise<Edited | undefined>;
  /** Makes a deleted update again, with all that it held. @param update  as with `edit` */
  restore(update: Update, when: ShareTime | undefined): Promise<Update>;
  destroy(updateId: string): Promise<void>;
  /** The update with its new time, at the head of its queue. */
  moveToTop(updateId: string): Promise<Update>;
  /** Puts the head of the queue in this order; answers with the pending updates as they stand then. */
  reorder(profileId: string, updateIds: readonly string[]): Promise<Update[]>;
  /** Puts the queue in a random order; answers with the pending updates as they stand then. */
  shuffle(profileId: string): Promise<Update[]>;

  /** What the networks allow, as the service sees it. */
  configuration(options?: RequestOptions): Promise<Configuration>;

  /** In the service's own order; with the first page the groups. Only where `capabilities.ideas`. */
  ideas(page: PageRequest, options?: RequestOptions): Promise<IdeaPage>;
  /**
   * The organization's tags that updates can be given, by name. Only where `capabilities.tags`.
   * @throws BufferError also where the service lists none, as the list is a preview
   */
  tags(options?: RequestOptions): Promise<Tag[]>;
  /** @param color  as `#rrggbb` */
  createTag(name: string, color: string): Promise<Tag>;
  /** What was written on an update, oldest first; nothing where that cannot be read, and then never asked for again. */
  notes(updateId: string): Promise<readonly Note[]>;
  /** Only where `capabilities.saveIdeas`. */
  createIdea(idea: NewIdea): Promise<Idea>;

  /** Newest first. Only where `capabilities.templates`, as all of these. */
  templates(page: PageRequest, options?: RequestOptions): Promise<TemplatePage>;
  /** One as it is now; undefined where it is gone. */
  template(templateId: string, options?: RequestOptions): Promise<Template | undefined>;
  createTemplate(template: NewTemplate): Promise<Template>;
  /** What is left out stays as it is. */
  updateTemplate(templateId: string, change: Partial<NewTemplate>): Promise<Template>;
  destroyTemplate(templateId: string): Promise<void>;
}

/**
 * What this service can do for this credential. The user interface leaves out what it cannot, so that no menu entry ends
 * in an error.
 */
export interface Capabilities {
  /** Tell whose account it is, and which organizations it has. */
  readonly account: boolean;
  /** Read what waits and what was sent. */
  readonly queues: boolean;
  /** List what is due within a range of time, of several profiles at once. */
  readonly ranges: boolean;
  /** Tell how sent updates do. */
  readonly figures: boolean;
  /** Make an update. */
  readonly post: boolean;
  /** Change, share or delete an update that is there. */
  readonly change: boolean;
  readonly reorder: boolean;
  readonly shuffle: boolean;
  readonly moveToTop: boolean;
  /** Give an update with a time of its own back to its queue. */
  readonly requeue: boolean;
  /** Take what networks ask for beside text and media. */
  readonly details: boolean;
  /** Keep an update that is not to go out. */
  readonly drafts: boolean;
  /** Remind a person to publish an update, and tell so. */
  readonly reminders: boolean;
  /** Give updates tags, and list those that have one. */
  readonly tags: boolean;
  /** Read what is written on updates. */
  readonly notes: boolean;
  /** Read ideas. */
  readonly ideas: boolean;
  /** Sharing sends nothing of the update back, so nothing of it can get lost. */
  readonly sharesAsIs: boolean;
  /** Keep an idea. */
  readonly saveIdeas: boolean;
  /** Read templates. */
  readonly templates: boolean;
  /** Make, change and delete a template. */
  readonly saveTemplates: boolean;
}

/** Of nobody who is signed in. */
export const noCapabilities: Capabilities = {
  account: false,
  queues: false,
  ranges: false,
  figures: false,
  post: false,
  change: false,
  reorder: false,
  shuffle: false,
  moveToTop: false,
  requeue: false,
  details: false,
  drafts: false,
  reminders: false,
  tags: false,
  notes: false,
  ideas: false,
  sharesAsIs: false,
  saveIdeas: false,
  templates: false,
  saveTemplates: false,
};

/** What every credential is for, as long as nothing else is known of it. */
export const allPermitted = { account: true, queues: true, figures: true, post: true, change: true } as const;

/** A range of time. Whether its ends belong to it is for the service to say: who asks takes either. */
export interface DueRange {
  readonly from: Date;
  readonly to: Date;
}

export interface RequestOptions {
  /** Gives it up for this caller; another who wants just the same still gets it. */
  readonly signal?: AbortSignal;
  /** Called at the last moment before a write leaves, after all that it had to wait for. What it throws keeps it here. */
  readonly lastCheck?: () => void;
  /** Who waits for it; a person who asked where left out. */
  readonly priority?: Exclude<Priority, 'write'>;
  /** Hears when the service made its answer, by its own clock; undefined where it does not tell. */
  readonly dated?: (madeAt: Date | undefined) => void;
}

export interface RecentUpdates {
  readonly updates: readonly Update[];
  /** When the first of the answers was made, by the service's clock: what came later may lack. Undefined where it does not tell. */
  readonly readAt: Date | undefined;
}

export interface FiguresRequest {
  /** All profiles there are: the service may not know of a list over all. */
  readonly profileIds: readonly string[];
  readonly from: Date;
  readonly to: Date;
  /** The period whose sums come with the first page, and before it one as long; none where left out. */
  readonly sumsOf?: { readonly from: Date; readonly to: Date };
  /** `next` of the page before. */
  readonly after?: PageCursor;
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
  /** Only updates that have one of these tags; only where `Capabilities.tags`. */
  readonly tagIds?: readonly string[];
  /** When the last of those is due. A queue moves as a whole, so its times tell better than a cursor where it goes on. */
  readonly heldUntil?: Date;
}
