import * as v from 'valibot';
import { weekdays } from '../buffer/model.ts';
import type {
  Attachment,
  Author,
  Board,
  DailyLimit,
  Mention,
  PostingSchedule,
  Profile,
  Tag,
  Update,
  UpdateAction,
  UpdateStatus,
} from '../buffer/model.ts';
import { detailsWith, type Fields, flag, media, taggedUsers, text } from '../files/storedModel.ts';

/** What was known of an account's queues, and when it was read: what one session leaves for the next. */
export interface Snapshot {
  readonly profiles: readonly Profile[];
  readonly readAt: Date;
  readonly lists: readonly SnapshotList[];
}

/** The head of a section. */
export interface SnapshotList {
  readonly profileId: string;
  readonly section: 'pending' | 'sent';
  readonly readAt: Date;
  readonly updates: readonly Update[];
  readonly total?: number;
  /** Whether there is more of it, here or at the service. */
  readonly hasMore: boolean;
}

const number = v.optional(v.number());
const date = v.pipe(
  v.string(),
  v.transform((iso) => new Date(iso)),
  v.date(),
);
const optionalDate = v.optional(date);

const statuses = ['pending', 'sending', 'sent', 'failed', 'draft', 'needsApproval', 'other'] as const satisfies readonly UpdateStatus[];
const actions = [
  'edit',
  'delete',
  'shareNow',
  'shareNext',
  'reschedule',
  'queue',
  'draft',
  'askForApproval',
  'withdrawFromApproval',
] as const satisfies readonly UpdateAction[];

const schedule = v.object({ days: v.array(v.picklist(weekdays)), times: v.array(v.string()) } satisfies Fields<PostingSchedule>);
const board = v.object({ id: v.string(), name: v.string() } satisfies Fields<Board>);
const today = v.object({ limit: number, scheduled: v.number(), sent: v.number(), isReached: v.boolean() } satisfies Fields<DailyLimit>);

const attachment = v.object({
  kind: v.picklist(['picture', 'video', 'document']),
  url: v.string(),
  thumbnail: text,
  description: text,
  title: text,
  taggedUsers,
  isAnimated: flag,
} satisfies Fields<Attachment>);
const author = v.object({ name: v.string(), isDeleted: flag } satisfies Fields<Author>);
const mention = v.object({ text: v.string(), start: v.number(), end: v.number() } satisfies Fields<Mention>);
const tag = v.object({ id: v.string(), name: v.string(), color: text } satisfies Fields<Tag>);

const profile = v.object({
  id: v.string(),
  service: v.string(),
  serviceType: v.string(),
  name: v.string(),
  username: v.string(),
  avatarUrl: text,
  isDefault: v.boolean(),
  timeZone: v.string(),
  counts: v.object({ pending: number, sent: number, drafts: number } satisfies Fields<Profile['counts']>),
  schedules: v.array(schedule),
  isDisconnected: v.boolean(),
  isLocked: v.boolean(),
  isPaused: v.boolean(),
  followers: number,
  url: text,
  characters: number,
  boards: v.optional(v.array(board)),
  today: v.optional(today),
} satisfies Fields<Profile>);

const update = v.object({
  id: v.string(),
  profileId: v.string(),
  service: v.string(),
  status: v.picklist(statuses),
  text: v.string(),
  createdAt: date,
  updatedAt: optionalDate,
  dueAt: optionalDate,
  isFixedTime: flag,
  isPinned: flag,
  sentAt: optionalDate,
  media: v.optional(media),
  attachments: v.optional(v.array(attachment)),
  statistics: v.record(v.string(), v.number()),
  via: text,
  author: v.optional(author),
  serviceUpdateId: text,
  failure: v.optional(v.object({ message: v.string(), helpUrl: text })),
  url: text,
  details: v.optional(detailsWith(date)),
  actions: v.optional(v.array(v.picklist(actions))),
  isReminder: flag,
  ideaId: text,
  isMarkedAsPublished: flag,
  threadAttachments: v.optional(v.array(v.array(attachment))),
  tags: v.optional(v.array(tag)),
  mentions: v.optional(v.array(mention)),
  closed: v.optional(v.array(v.string())),
  hidesFiles: flag,
  hidesCards: flag,
  hidesDetails: flag,
  // It is read anew before it is edited, so what would be sent back is not kept.
  source: v.optional(
    v.pipe(
      v.unknown(),
      v.transform(() => undefined),
    ),
  ),
} satisfies Fields<Update>);

const list = v.object({
  profileId: v.string(),
  section: v.picklist(['pending', 'sent']),
  readAt: date,
  updates: v.array(update),
  total: number,
  hasMore: v.boolean(),
} satisfies Fields<SnapshotList>);

/** A snapshot as it is after a way through JSON. */
export const snapshotSchema: v.GenericSchema<unknown, Snapshot> = v.object({
  profiles: v.array(profile),
  readAt: date,
  lists: v.array(list),
} satisfies Fields<Snapshot>);

/** The same with fewer updates of each list, and without what is only there to be sent back. */
export function shortened(snapshot: Snapshot, most: number): Snapshot {
  const lists = snapshot.lists.map((each) => {
    const updates = each.updates.slice(0, most).map(({ source: _, ...update }): Update => update);
    return { ...each, updates, hasMore: each.hasMore || updates.length < each.updates.length };
  });
  return { ...snapshot, lists };
}

/** How a snapshot is kept on disk. */
export const queueFormat = { schema: snapshotSchema, shortened };
