import type { ResultOf } from 'gql.tada';
import * as v from 'valibot';
import type { accountQuery, ideasQuery, overviewQuery, postQuery } from './documents.ts';
import { closedReasons, hidesParts, isReadInFull, type ReadPost, type FullPost, fullPostOf } from './fullPost.ts';
import type {
  Account,
  Attachment,
  DailyLimit,
  Idea,
  Media,
  NetworkDetails,
  Organization,
  PostingSchedule,
  Profile,
  Tag,
  Update,
  UpdateAction,
  UpdateStatus,
} from '../model.ts';
import { weekdays } from '../model.ts';
import { isIncomplete } from './partialAnswer.ts';
import { safeUrl } from '../transport/serviceUrl.ts';
import {
  clockTime,
  count,
  flag,
  id,
  knownTimeZone,
  listOf,
  lookUp,
  number,
  optional,
  optionalNumber,
  optionalTime,
  text,
  time,
  words,
} from '../wire.ts';

/**
 * The answers of the GraphQL API as the model's shapes. Their types follow from the documents; what arrives is parsed
 * all the same, as a proxy or a later version of the service may answer with something else.
 */

const organization = v.pipe(
  v.object({ id, name: text }),
  v.transform(({ id, name }): Organization => ({ id, name: name || id })),
);

export const wireAccount = v.pipe(
  v.object({
    account: v.object({ id, name: text, email: text, timezone: text, organizations: v.fallback(listOf(organization), []) }),
  }),
  v.transform(({ account: { id, name, email, timezone, organizations } }): Account => ({
    id,
    label: name || email || `Buffer ${id.slice(-6)}`,
    timeZone: knownTimeZone(timezone),
    organizations,
  })),
);

const schedule = v.pipe(
  v.object({ day: v.picklist(weekdays), paused: flag, times: v.fallback(listOf(clockTime), []) }),
  v.transform(({ day, paused, times }): PostingSchedule => ({
    days: paused ? [] : [day],
    times,
  })),
);

const board = v.pipe(
  v.object({ serviceId: v.pipe(v.string(), v.nonEmpty()), name: text }),
  v.transform(({ serviceId, name }) => ({ id: serviceId, name: name || serviceId })),
);

const channelMetadata = optional(v.object({ __typename: text, boards: optional(listOf(board)), maxCharacters: optionalNumber }));

export const wireChannel = v.pipe(
  v.object({
    id,
    service: v.pipe(v.string(), v.nonEmpty()),
    type: text,
    name: text,
    displayName: text,
    avatar: text,
    timezone: text,
    externalLink: text,
    isDisconnected: flag,
    isLocked: flag,
    isQueuePaused: flag,
    postingSchedule: v.fallback(listOf(schedule), []),
    metadata: channelMetadata,
  }),
  v.transform((channel): Profile => ({
    id: channel.id,
    service: channel.service,
    serviceType: channel.type || 'profile',
    name: channel.displayName || channel.name || channel.id,
    username: (channel.name ?? '').replace(/^@/, ''),
    avatarUrl: safeUrl(channel.avatar)?.href,
    isDefault: false,
    timeZone: knownTimeZone(channel.timezone) ?? 'UTC',
    counts: {},
    schedules: channel.postingSchedule.filter(({ days }) => days.length > 0),
    isDisconnected: channel.isDisconnected ?? false,
    isLocked: channel.isLocked ?? false,
    isPaused: channel.isQueuePaused ?? false,
    url: safeUrl(channel.externalLink)?.href,
    boards: channel.metadata?.boards,
    characters: channel.metadata?.maxCharacters,
  })),
);

const dailyLimit = v.pipe(
  v.object({ channelId: id, isAtLimit: flag, limit: optionalNumber, scheduled: count, sent: count }),
  v.transform(({ channelId, isAtLimit, ...rest }): readonly [string, DailyLimit] => [
    channelId,
    { ...rest, isReached: isAtLimit ?? false },
  ]),
);

const statuses: Readonly<Record<string, UpdateStatus>> = {
  scheduled: 'pending',
  sending: 'sending',
  sent: 'sent',
  draft: 'draft',
  needs_approval: 'needsApproval',
  error: 'failed',
};

/**
 * The service's actions that the extension offers, by its name for them. A post with a time of its own was recorded
 * without `addPostToQueue`: it is given back to its queue by what changes its time.
 */
const actions: Readonly<Record<string, readonly UpdateAction[]>> = {
  updatePost: ['edit'],
  deletePost: ['delete'],
  publishPostNow: ['shareNow'],
  publishPostNext: ['shareNext'],
  updatePostSchedule: ['reschedule', 'queue'],
  removePostScheduledTime: ['queue'],
  addPostToQueue: ['queue'],
  movePostToDraft: ['draft'],
};

const link = optional(v.object({ url: text, title: text, text, thumbnail: text }));

const asset = v.object({
  __typename: text,
  source: text,
  thumbnail: text,
  image: optional(v.object({ altText: text })),
  video: optional(v.object({ title: text })),
  document: optional(v.object({ title: text })),
});

const tag = v.pipe(
  v.object({ id, name: text, color: text }),
  v.transform(({ id, name, color }): Tag => ({ id, name: name || id, color })),
);

const postMetadata = optional(
  v.object({
    __typename: text,
    type: text,
    thread: optional(listOf(v.object({ text, assets: optional(listOf(asset)) }))),
    linkAttachment: link,
    topic: text,
    firstComment: text,
    spoilerText: text,
    shouldShareToFeed: flag,
    title: text,
    url: text,
    board: optional(v.object({ serviceId: text })),
    privacy: text,
    madeForKids: flag,
    category: optional(v.object({ categoryId: text })),
    details: optional(v.object({ button: text, link: text, startDate: optionalTime, endDate: optionalTime, code: text, terms: text })),
  }),
);
type PostMetadata = v.InferOutput<typeof postMetadata>;

const metric = v.object({ name: text, type: text, value: number });

const post = v.object({
  id,
  channelId: id,
  channelService: text,
  status: text,
  text: v.fallback(v.nullish(words, ''), ''),
  createdAt: v.fallback(time, new Date(0)),
  updatedAt: optionalTime,
  dueAt: optionalTime,
  sentAt: optionalTime,
  isCustomScheduled: flag,
  schedulingType: text,
  via: text,
  externalLink: text,
  allowedActions: optional(listOf(v.string())),
  error: optional(v.object({ message: text, supportUrl: text })),
  notificationStatus: text,
  tags: optional(listOf(tag)),
  assets: v.fallback(listOf(asset), []),
  metadata: postMetadata,
  metrics: optional(listOf(metric)),
});

/** A post as the model's update, with all that came of it beside. */
export const wirePost = v.pipe(
  v.unknown(),
  v.transform((raw) => ({ post: raw, raw })),
  v.object({ post, raw: v.unknown() }),
  v.transform(({ post, raw }): Update => {
    const status = lookUp(statuses, post.status) ?? 'other';
    return {
      id: post.id,
      profileId: post.channelId,
      service: post.channelService ?? '',
      status,
      text: post.text,
      createdAt: post.createdAt,
      updatedAt: post.updatedAt,
      dueAt: post.dueAt,
      isFixedTime: post.isCustomScheduled,
      sentAt: post.sentAt,
      media: mediaOf(post.assets, post.metadata),
      attachments: post.assets.length ? post.assets.map(attachmentOf) : undefined,
      threadAttachments: threadAttachmentsOf(post.metadata),
      tags: post.tags?.length ? post.tags : undefined,
      statistics: Object.fromEntries((post.metrics ?? []).map(({ name, type, value }) => [name || type || '?', value])),
      via: post.via,
      url: safeUrl(post.externalLink)?.href,
      details: detailsOf(post.metadata),
      actions: post.allowedActions && [...new Set(post.allowedActions.flatMap((each) => lookUp(actions, each) ?? []))],
      isReminder: post.schedulingType === 'notification' || undefined,
      failure:
        status === 'failed'
          ? { message: post.error?.message || 'The network refused it.', helpUrl: safeUrl(post.error?.supportUrl)?.href }
          : undefined,
      ...sentBack(raw),
    };
  }),
);

/** What of a post an edit sends back, where all of it came, and what of it has no way back. */
function sentBack(raw: unknown): Pick<Update, 'closed' | 'hidesFiles'> & { readonly source?: FullPost } {
  const read = raw as ReadPost;
  if (isIncomplete(read)) return {};
  try {
    const closed = closedReasons(read);
    // What was sent is never sent back.
    const isEditable = read.status !== 'sent' && isReadInFull(read);
    return {
      source: isEditable ? fullPostOf(read) : undefined,
      ...(closed.length > 0 && { closed }),
      ...(hidesParts(read) && mayHideFiles(read) && { hidesFiles: true }),
    };
  } catch {
    // The service promises these shapes; where it breaks that, nothing is sent back that was not understood.
    return { closed: ['unreadable'] };
  }
}

/** Of the parts that follow the first; undefined where none has any, or a list left them out. */
function threadAttachmentsOf(metadata: PostMetadata): readonly (readonly Attachment[])[] | undefined {
  const parts = (metadata?.thread ?? []).slice(1).map(({ assets }) => (assets ?? []).map(attachmentOf));
  return parts.some(({ length }) => length > 0) ? parts : undefined;
}

/** What the post carries is what its first part carries; a post without files may have some there all the same. */
function mayHideFiles({ metadata, assets }: ReadPost): boolean {
  return assets.length === 0 || (metadata !== null && 'thread' in metadata && metadata.thread.length > 1);
}

function attachmentOf({ __typename, source = '', thumbnail, image, video, document }: v.InferOutput<typeof asset>): Attachment {
  const common = { url: source, thumbnail };
  if (__typename === 'VideoAsset') return { ...common, kind: 'video', title: video?.title || undefined };
  if (__typename === 'ImageAsset') return { ...common, kind: 'picture', description: image?.altText || undefined };
  return { ...common, kind: 'document', title: document?.title || undefined };
}

function mediaOf(assets: readonly v.InferOutput<typeof asset>[], metadata: PostMetadata): Media | undefined {
  const [first] = assets;
  const card = metadata?.linkAttachment;
  if (card?.url) return { link: card.url, title: card.title, description: card.text || undefined, picture: card.thumbnail };
  if (!first) return undefined;
  if (first.__typename === 'VideoAsset') return { video: first.source, thumbnail: first.thumbnail };
  // A document has no place of its own in what is shown; it is kept as an attachment.
  if (first.__typename !== 'ImageAsset') return undefined;
  return { picture: first.source, thumbnail: first.thumbnail, description: first.image?.altText || undefined };
}

function detailsOf(metadata: PostMetadata): NetworkDetails | undefined {
  if (!metadata) return undefined;
  const { thread = [], details } = metadata;
  const all: NetworkDetails = {
    type: metadata.type === 'thread' ? undefined : metadata.type,
    shareToFeed: metadata.shouldShareToFeed,
    firstComment: metadata.firstComment,
    thread: thread.length > 1 ? thread.slice(1).map(({ text }) => text ?? '') : undefined,
    board: metadata.board?.serviceId,
    title: metadata.title,
    link: metadata.url ?? details?.link,
    category: metadata.category?.categoryId,
    privacy: metadata.privacy,
    isMadeForKids: metadata.madeForKids,
    button: details?.button,
    startsAt: details?.startDate,
    endsAt: details?.endDate,
    coupon: details?.code,
    terms: details?.terms,
    spoiler: metadata.spoilerText,
    topic: metadata.topic,
  };
  const known = Object.entries(all).filter(([, value]) => value !== undefined && value !== '');
  return known.length ? Object.fromEntries(known) : undefined;
}

/** Edges of a Relay connection as a list, and where the next page starts. */
function connection<Schema extends v.GenericSchema>(node: Schema) {
  return v.pipe(
    v.object({
      edges: v.nullish(listOf(v.object({ node })), []),
      pageInfo: v.object({ hasNextPage: flag, endCursor: text }),
    }),
    v.transform(({ edges, pageInfo: { hasNextPage, endCursor } }) => ({
      nodes: edges.map((edge) => (edge as { node: v.InferOutput<Schema> }).node),
      next: hasNextPage ? endCursor : undefined,
    })),
  );
}
const posts = connection(wirePost);

export const wireOverview = v.object({
  channels: listOf(wireChannel),
  account: optional(
    v.object({ organizations: optional(listOf(v.object({ id, limits: optional(v.object({ scheduledPosts: optionalNumber })) }))) }),
  ),
  // Profiles are worth showing without the heads of their queues.
  failed: optional(posts),
  dated: optional(posts),
  undated: optional(posts),
  datedApprovals: optional(posts),
  undatedApprovals: optional(posts),
  dailyPostingLimits: optional(listOf(dailyLimit)),
});
export const wireChannelAnswer = v.object({
  channel: wireChannel,
  dailyPostingLimits: optional(listOf(dailyLimit)),
});
export const wirePending = v.object({
  failed: optional(posts),
  dated: posts,
  undated: posts,
  datedApprovals: optional(posts),
  undatedApprovals: optional(posts),
});
export const wireSent = v.object({ posts });
export const wirePostAnswer = v.object({ post: wirePost });

const idea = v.pipe(
  v.object({
    id,
    groupId: text,
    createdAt: v.fallback(time, new Date(0)),
    updatedAt: optionalTime,
    content: v.object({ title: text, text }),
  }),
  v.transform(({ content, ...rest }): Idea => ({ ...rest, title: content.title || undefined, text: content.text ?? '' })),
);
export const wireIdea = idea;
export const wireIdeas = v.object({ ideas: connection(idea) });

/** What the documents promise is what is parsed: a field that no longer comes along is found when the project is checked. */
type Promised<Answer extends Expected, Expected> = Answer;
export type Checked = [
  Promised<ResultOf<typeof accountQuery>, v.InferInput<typeof wireAccount>>,
  Promised<ResultOf<typeof overviewQuery>['channels'][number], v.InferInput<typeof wireChannel>>,
  Promised<ResultOf<typeof postQuery>['post'], v.InferInput<typeof post>>,
  Promised<ResultOf<typeof ideasQuery>['ideas']['edges'][number]['node'], v.InferInput<typeof idea>>,
];
