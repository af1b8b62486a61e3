import type { ResultOf } from 'gql.tada';
import * as v from 'valibot';
import type { accountQuery, overviewQuery, postQuery } from './documents.ts';
import { wouldLose } from './fitted.ts';
import { closedReasons, editInput, hidesComment, hidesParts, isReadInFull, type ReadPost, type FullPost, fullPostOf } from './fullPost.ts';
import type {
  Account,
  Attachment,
  Author,
  Note,
  DailyLimit,
  Media,
  Mention,
  NetworkDetails,
  Organization,
  Picture,
  PostingSchedule,
  Profile,
  Service,
  Tag,
  TaggedUser,
  Update,
  UpdateAction,
  UpdateStatus,
} from '../model.ts';
import { weekdays } from '../model.ts';
import { detailKinds } from '../networkDetails.ts';
import { networkNeeds } from '../../networks/networkNeeds.ts';
import { asFlag, asId, asList, asNumber, asObject, asText, asTime, type Raw } from '../readers.ts';
import { isIncomplete } from './partialAnswer.ts';
import { cardPlaces, filledIn, leftOutAt, untoldOf } from './untold.ts';
import { safeUrl } from '../transport/serviceUrl.ts';
import { clockTime, count, flag, id, knownTimeZone, listBy, listOf, lookUp, optional, optionalNumber, text, valueOf } from '../wire.ts';

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

const channelMetadata = optional(
  v.object({ __typename: text, boards: optional(listOf(board)), maxCharacters: optionalNumber, subscriptionType: text }),
);

/** What X takes of those who pay it, by any of its plans (https://developers.buffer.com/guides/character-limits). */
const paidCharacters = 25_000;

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
    characters:
      channel.metadata?.maxCharacters ??
      (/^(?:basic|premium)/iu.test(channel.metadata?.subscriptionType ?? '') ? paidCharacters : undefined),
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
  requestPostApproval: ['askForApproval'],
  revertPostApprovalRequest: ['withdrawFromApproval'],
};

function readLink(raw: unknown) {
  const link = asObject(raw);
  return (
    link && { url: asText(link['url']), title: asText(link['title']), text: asText(link['text']), thumbnail: asText(link['thumbnail']) }
  );
}

function readTaggedUser(raw: unknown): TaggedUser | undefined {
  const user = asObject(raw);
  const [handle, x, y] = [asText(user?.['handle']), asNumber(user?.['x']), asNumber(user?.['y'])];
  return handle === undefined || x === undefined || y === undefined ? undefined : { handle, x, y };
}

function readAsset(raw: unknown) {
  const asset = asObject(raw);
  if (!asset) return undefined;
  const [image, video] = [asObject(asset['image']), asObject(asset['video'])];
  return {
    __typename: asText(asset['__typename']),
    source: asText(asset['source']),
    thumbnail: asText(asset['thumbnail']),
    altText: asText(image?.['altText']),
    isAnimated: asFlag(image?.['isAnimated']),
    taggedUsers: asList(image?.['userTags'], readTaggedUser),
    videoTitle: asText(video?.['title']),
    coverAt: asNumber(video?.['thumbnailOffset']),
    documentTitle: asText(asObject(asset['document'])?.['title']),
  };
}
type ReadAsset = NonNullable<ReturnType<typeof readAsset>>;

export function readTag(raw: unknown): Tag | undefined {
  const tag = asObject(raw);
  const id = asId(tag?.['id']);
  return tag && id !== undefined ? { id, name: asText(tag['name']) || id, color: asText(tag['color']) } : undefined;
}

function readAuthor(raw: unknown): Author | undefined {
  const author = asObject(raw);
  const name = asText(author?.['name']) || asText(author?.['email']);
  return name ? { name, isDeleted: asFlag(author!['isDeleted']) || undefined } : undefined;
}

function readNote(raw: unknown): Note | undefined {
  const note = asObject(raw);
  const text = asText(note?.['text'])?.trim();
  return text ? { text, author: readAuthor(note!['author']), createdAt: asTime(note!['createdAt']) } : undefined;
}

function readPart(raw: unknown) {
  const part = asObject(raw);
  return part && { text: asText(part['text']), assets: asList(part['assets'], readAsset) };
}

/** Networks that are told of mentions; others find them in the text. */
const takesMentions = new Set(['FacebookPostMetadata', 'LinkedInPostMetadata']);

function readMention(raw: unknown): Mention | undefined {
  const annotation = asObject(raw);
  const [start, end] = asList(annotation?.['indices'], asNumber) ?? [];
  return start === undefined || end === undefined ? undefined : { text: asText(annotation!['text']) ?? '', start, end };
}

function readMetadata(raw: unknown, service: Service) {
  const metadata = asObject(raw);
  if (!metadata) return undefined;
  const details = asObject(metadata['details']);
  return {
    mentions: takesMentions.has(asText(metadata['__typename']) ?? '') ? asList(metadata['annotations'], readMention) : undefined,
    isThreads: metadata['__typename'] === 'ThreadsPostMetadata',
    type: asText(metadata['type']),
    thread: asList(metadata['thread'], readPart),
    linkAttachment: readLink(metadata['linkAttachment']),
    title: asText(metadata['title']),
    details: details && {
      title: asText(details['title']),
      button: asText(details['button']),
      link: asText(details['link']),
      startDate: asTime(details['startDate']),
      endDate: asTime(details['endDate']),
      isFullDayEvent: asFlag(details['isFullDayEvent']),
      code: asText(details['code']),
      terms: asText(details['terms']),
    },
    plain: plainDetails(metadata, service),
  };
}
type PostMetadata = ReturnType<typeof readMetadata>;

function readMetric(raw: unknown): readonly [name: string, value: number] | undefined {
  const metric = asObject(raw);
  const value = asNumber(metric?.['value']);
  return value === undefined ? undefined : [asText(metric!['name']) || asText(metric!['type']) || '?', value];
}

/** What of a post is read here; all of it is sent back. */
type PostField =
  | 'id'
  | 'channelId'
  | 'channelService'
  | 'status'
  | 'text'
  | 'createdAt'
  | 'updatedAt'
  | 'dueAt'
  | 'sentAt'
  | 'isCustomScheduled'
  | 'schedulingType'
  | 'notificationStatus'
  | 'via'
  | 'externalLink'
  | 'allowedActions'
  | 'ideaId'
  | 'author'
  | 'error'
  | 'tags'
  | 'assets'
  | 'metadata';

/** A post as the model's update, with all that came of it beside; undefined for what is no post. */
function readPost(raw: unknown): Update | undefined {
  const post = asObject(raw) as Partial<Record<PostField | 'metrics', unknown>> | undefined;
  const id = asId(post?.id);
  const profileId = asId(post?.channelId);
  if (!post || id === undefined || profileId === undefined) return undefined;
  const status = lookUp(statuses, asText(post.status)) ?? 'other';
  const assets = asList(post.assets, readAsset) ?? [];
  const service = asText(post.channelService) ?? '';
  const metadata = readMetadata(post.metadata, service);
  const tags = asList(post.tags, readTag);
  const allowed = asList(post.allowedActions, (each) => (typeof each === 'string' ? each : undefined));
  const error = asObject(post.error);
  return {
    id,
    profileId,
    service,
    status,
    text: asText(post.text) ?? '',
    createdAt: asTime(post.createdAt) ?? new Date(0),
    updatedAt: asTime(post.updatedAt),
    dueAt: asTime(post.dueAt),
    isFixedTime: asFlag(post.isCustomScheduled),
    sentAt: asTime(post.sentAt),
    media: mediaOf(assets, metadata),
    attachments: assets.length ? assets.map(attachmentOf) : undefined,
    threadAttachments: threadAttachmentsOf(metadata),
    tags: tags?.length ? tags : undefined,
    mentions: metadata?.mentions?.length ? metadata.mentions : undefined,
    statistics: Object.fromEntries(asList(post.metrics, readMetric) ?? []),
    via: asText(post.via),
    author: readAuthor(post.author),
    url: safeUrl(asText(post.externalLink))?.href,
    details: detailsOf(metadata),
    actions: allowed && actionsOf(allowed),
    isReminder: post.schedulingType === 'notification' || undefined,
    ideaId: asId(post.ideaId),
    isMarkedAsPublished: post.notificationStatus === 'markedAsPublished' || undefined,
    failure:
      status === 'failed'
        ? { message: asText(error?.['message']) || 'The network refused it.', helpUrl: safeUrl(asText(error?.['supportUrl']))?.href }
        : undefined,
    ...sentBack(raw),
  };
}

/** What a person may do, each once. Posts of a list mostly allow the same, so that these are read, and held, once. */
function actionsOf(allowed: readonly string[]): readonly UpdateAction[] {
  const key = allowed.join();
  const known = knownActions.get(key);
  if (known) return known;
  const all = [...new Set(allowed.flatMap((each) => lookUp(actions, each) ?? []))];
  if (knownActions.size < mostKnownActions) knownActions.set(key, all);
  return all;
}
const knownActions = new Map<string, readonly UpdateAction[]>();
const mostKnownActions = 1_000;

/** A post as the model's update. */
export const wirePost = v.pipe(
  v.unknown(),
  v.rawTransform(({ dataset, addIssue, NEVER }): Update => {
    const update = readPost(dataset.value);
    if (update) return update;
    addIssue({ message: 'It is no post.' });
    return NEVER;
  }),
);

/** What of a post an edit sends back, where all of it came, and what of it has no way back. */
function sentBack(raw: unknown): Pick<Update, 'closed' | 'hidesFiles' | 'hidesCards' | 'hidesDetails'> & { readonly source?: FullPost } {
  if (isIncomplete(raw as ReadPost)) return {};
  try {
    const read = filledIn(raw as ReadPost);
    // What was sent is never sent back.
    const isEditable = read.status !== 'sent' && isReadInFull(read);
    const source = isEditable ? fullPostOf(read) : undefined;
    const untold = untoldOf(raw as ReadPost);
    const leftOut = leftOutAt(raw as ReadPost);
    const closed = closedReasons(read);
    if (untold === 'much') closed.push('untold');
    if (source && leftOut.length > 0 && wouldLose(editInput('', source), (name) => leftOut.includes(name))) closed.push('untaken');
    return {
      source,
      ...(closed.length > 0 && { closed }),
      ...(hidesParts(read) && mayHideFiles(read) && { hidesFiles: true }),
      ...(isEditable && leftOut.includes(cardPlaces.old) && hasPartsWithoutCards(read) && { hidesCards: true }),
      ...((untold === 'some' || hidesComment(read)) && { hidesDetails: true }),
    };
  } catch {
    // The service promises these shapes; where it breaks that, nothing is sent back that was not understood.
    return { closed: ['unreadable'] };
  }
}

/** Whether a post has a thread on a network that has no place of its own for the cards of its parts. */
function hasPartsWithoutCards({ metadata }: ReadPost): boolean {
  const hasNone = metadata?.__typename === 'TwitterPostMetadata' || metadata?.__typename === 'MastodonPostMetadata';
  return hasNone && metadata.thread.length > 0;
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

/** Those of the parts that follow the first; undefined where they are not told, or other files are among them. */
function threadPicturesOf({ thread = [], isThreads }: NonNullable<PostMetadata>): NetworkDetails['threadPictures'] {
  const files = thread.flatMap(({ assets }) => (assets ? [assets] : []));
  if (thread.length < 2 || files.length < thread.length) return undefined;
  // Threads may tell nothing of files that are there.
  if (isThreads && files.every(({ length }) => length === 0)) return undefined;
  const further = files.slice(1);
  return further.flat().every(({ __typename }) => __typename === 'ImageAsset') ? further.map((each) => each.map(pictureOf)) : undefined;
}

function attachmentOf(asset: ReadAsset): Attachment {
  const { __typename, source = '', thumbnail, videoTitle, documentTitle, isAnimated } = asset;
  const common = { url: source, thumbnail };
  if (__typename === 'VideoAsset') return { ...common, kind: 'video', title: videoTitle || undefined };
  if (__typename === 'ImageAsset') return { ...common, kind: 'picture', ...pictureOf(asset), isAnimated: isAnimated || undefined };
  return { ...common, kind: 'document', title: documentTitle || undefined };
}

function pictureOf({ source = '', altText, taggedUsers }: ReadAsset): Picture {
  return { url: source, description: altText || undefined, taggedUsers: taggedUsers?.length ? taggedUsers : undefined };
}

function mediaOf(assets: readonly ReadAsset[], metadata: PostMetadata): Media | undefined {
  const [first] = assets;
  const card = metadata?.linkAttachment;
  if (card?.url) return { link: card.url, title: card.title, description: card.text || undefined, picture: card.thumbnail };
  if (!first) return undefined;
  if (first.__typename === 'VideoAsset')
    return { video: first.source, thumbnail: first.thumbnail, title: first.videoTitle || undefined, coverAt: first.coverAt };
  if (first.__typename === 'DocumentAsset')
    return { document: first.source, cover: first.thumbnail, title: first.documentTitle || undefined };
  // What nobody knows has no place of its own in what is shown; it is kept as an attachment.
  if (first.__typename !== 'ImageAsset') return undefined;
  const { url: _, ...about } = pictureOf(first);
  const picture = { picture: first.source, thumbnail: first.thumbnail, ...about };
  const more = assets.slice(1).map(pictureOf);
  return more.length > 0 && assets.every(({ __typename }) => __typename === 'ImageAsset') ? { ...picture, more } : picture;
}

function detailsOf(metadata: PostMetadata): NetworkDetails | undefined {
  if (!metadata) return undefined;
  const { thread = [], details } = metadata;
  const all: NetworkDetails = {
    type: metadata.type === 'thread' ? undefined : metadata.type,
    thread: thread.length > 1 ? thread.slice(1).map(({ text }) => text ?? '') : undefined,
    threadPictures: threadPicturesOf(metadata),
    // An offer and an event have it in either place.
    title: metadata.title || details?.title,
    link: details?.link,
    button: details?.button,
    startsAt: details?.startDate,
    endsAt: details?.endDate,
    isAllDay: details?.isFullDayEvent,
    coupon: details?.code,
    terms: details?.terms,
  };
  let known: Record<string, unknown> | undefined = metadata.plain;
  for (const name in all) {
    const value = all[name as keyof NetworkDetails];
    if (value !== undefined && value !== '') (known ??= {})[name] = value;
  }
  return known;
}

/** Those that stand in a network's metadata as they are. */
function plainDetails(metadata: Raw, service: Service): Record<string, unknown> | undefined {
  let known: Record<string, unknown> | undefined;
  for (const { name, wire, toldAs = wire, word } of networkNeeds(service).fields) {
    if (toldAs === undefined) continue;
    const [field, inner] = toldAs.split('.') as [string, string?];
    const raw = inner === undefined ? metadata[field] : asObject(metadata[field])?.[inner];
    const isFlag = detailKinds[name] === 'flag' && word === undefined;
    const value = isFlag ? asFlag(raw) : word === undefined ? asText(raw) || undefined : raw === word || undefined;
    if (value !== undefined) (known ??= {})[name] = value;
  }
  return known;
}

/** Edges of a Relay connection as a list, and where the next page starts. */
export function connection<Node>(readNode: (raw: unknown) => Node | undefined) {
  return v.pipe(
    v.object({
      edges: v.nullish(
        listBy((edge) => readNode(asObject(edge)?.['node'])),
        [],
      ),
      pageInfo: v.object({ hasNextPage: flag, endCursor: text }),
    }),
    v.transform(({ edges, pageInfo: { hasNextPage, endCursor } }) => ({
      nodes: edges,
      next: hasNextPage ? endCursor : undefined,
    })),
  );
}
const posts = connection(readPost);

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

const tag = v.pipe(
  v.unknown(),
  v.transform((raw) => ({ raw, tag: readTag(raw) })),
  v.check(({ tag }) => tag !== undefined, 'no tag'),
  v.transform(({ raw, tag }) => ({ ...tag!, isLocked: asFlag(asObject(raw)?.['isLocked']) })),
);
export const wireTag = v.pipe(
  tag,
  v.transform(({ isLocked: _, ...rest }): Tag => rest),
);
export const wireTags = v.object({ tagsV2: connection((raw) => valueOf(tag, raw)) });
export const wireNotes = v.object({ collaborationNotes: connection(readNote) });

/** What the documents promise is what is parsed: a field that no longer comes along is found when the project is checked. */
type Promised<Answer extends Expected, Expected> = Answer;
export type Checked = [
  Promised<ResultOf<typeof accountQuery>, v.InferInput<typeof wireAccount>>,
  Promised<ResultOf<typeof overviewQuery>['channels'][number], v.InferInput<typeof wireChannel>>,
  Promised<ResultOf<typeof postQuery>['post'], Record<PostField, unknown>>,
];
