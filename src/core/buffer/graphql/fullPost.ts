import type { ResultOf, VariablesOf } from 'gql.tada';
import type { createPostMutation, editPostMutation, postFields, postQuery } from './documents.ts';
import type { Service } from '../model.ts';

/**
 * A post as it was read in full, in the shapes in which the service takes it. Each function names every field of the
 * input it makes: one that a newer schema adds does not build until someone has said where it comes from.
 */

export type EditPostInput = VariablesOf<typeof editPostMutation>['input'];
export type CreatePostInput = VariablesOf<typeof createPostMutation>['input'];
export type Metadata = NonNullable<EditPostInput['metadata']>;
export type AssetInput = NonNullable<EditPostInput['assets']>[number];
type Given<Value> = NonNullable<Value>;
export type ThreadInput = Given<Given<Metadata['bluesky']>['thread']>[number];
export type LinkInput = Given<Given<Metadata['bluesky']>['linkAttachment']>;

/** Every field of an input, said by name; undefined where there is nothing to send. */
type Every<Input> = { [Field in keyof Required<Input>]: Input[Field] | undefined };

/** As it comes: what a list tells, and what a single post tells. */
type ListedPost = ResultOf<typeof postFields>;
export type ReadPost = ResultOf<typeof postQuery>['post'];
type ReadAsset = ReadPost['assets'][number];
type ReadMetadata = Given<ReadPost['metadata']>;
type MetadataOf<Name extends ReadMetadata['__typename']> = Extract<ReadMetadata, { __typename: Name }>;
type ReadLink = MetadataOf<'BlueskyPostMetadata'>['linkAttachment'];

/** All of a post that an edit sends back. */
export interface FullPost {
  readonly text: string;
  readonly assets: readonly AssetInput[];
  /** Of its one network; undefined where there is none. */
  readonly metadata: Metadata | undefined;
  readonly tagIds: readonly string[];
  readonly ideaId: string | undefined;
  readonly schedulingType: Given<EditPostInput['schedulingType']> | undefined;
  readonly isDraft: boolean;
}

/**
 * What of a post has no way back, in the words of the model (`Update.closed`), or nothing.
 *
 * - `attachment`  a kind of file that the schema did not have
 * - `network`     what a network holds of which the schema knew no input
 * - `title`       of a Facebook post: read, and taken by no input
 * - `untold`      the schema of the service lacks what most of it is told in
 * - `untaken`     the schema of the service lacks what it would be sent back in
 */
export type ClosedReason = 'attachment' | 'network' | 'title' | 'unreadable' | 'untold' | 'untaken';

/** A post as it would be sent back; undefined where it was not read in full. */
export function fullPostOf(post: ReadPost): FullPost {
  return {
    text: post.text,
    assets: post.assets.flatMap((each) => assetInput(each) ?? []),
    metadata: post.metadata ? withFirstPart(metadataOf(post.metadata), post) : undefined,
    tagIds: post.tags.map(({ id }) => id),
    ideaId: post.ideaId ?? undefined,
    schedulingType: post.schedulingType ?? undefined,
    isDraft: post.status === 'draft',
  };
}

/**
 * Threads publishes what the parts of a thread carry, and does not tell it: what the post itself carries is what its
 * first part was given.
 */
function withFirstPart(metadata: Metadata | undefined, post: ReadPost): Metadata | undefined {
  const [first, ...others] = metadata?.threads?.thread ?? [];
  if (!first || !hidesParts(post)) return metadata;
  const assets = post.assets.flatMap((each) => assetInput(each) ?? []);
  return { threads: { ...metadata?.threads, thread: [{ ...first, assets: [...assets, ...(first.assets ?? [])] }, ...others] } };
}

/** Whether nothing is told of what the parts of a post's thread carry, though they may carry something. */
export function hidesParts({ metadata }: ListedPost | ReadPost): boolean {
  if (metadata?.__typename !== 'ThreadsPostMetadata') return false;
  const parts = metadata.thread as readonly { readonly assets?: readonly object[] }[];
  return parts.length > 0 && parts.every(({ assets }) => !assets?.length);
}

/** Whether a post shares another one: the comment that it may do it with is not told. */
export function hidesComment({ metadata }: ListedPost | ReadPost): boolean {
  return metadata?.__typename === 'TwitterPostMetadata' && Boolean(metadata.retweet);
}

/** Whether all of a post came: a list leaves out what the parts of a thread carry. */
export function isReadInFull(post: ListedPost | ReadPost): post is ReadPost {
  const metadata: object | null = post.metadata;
  const thread = metadata && 'thread' in metadata ? (metadata.thread as readonly object[] | null) : undefined;
  const isFull = (part: object) => 'assets' in part || 'linkAttachment' in part || 'metadata' in part;
  return thread === undefined || (thread !== null && thread.every(isFull));
}

/** What an edit would lose; empty where all of it can be sent back. */
export function closedReasons(post: ListedPost): ClosedReason[] {
  const { metadata, assets } = post;
  const thread = metadata && 'thread' in metadata ? (metadata.thread as readonly { readonly assets?: readonly ReadAsset[] }[]) : [];
  const files = [...assets, ...thread.flatMap((part) => part.assets ?? [])] as readonly ReadAsset[];
  const reasons: ClosedReason[] = [];
  if (files.some((each) => assetInput(each) === undefined)) reasons.push('attachment');
  if (metadata && metadataOf(metadata as ReadMetadata) === undefined) reasons.push('network');
  if (metadata?.__typename === 'FacebookPostMetadata' && metadata.title) reasons.push('title');
  return reasons;
}

/** An attachment as it came; undefined for one of an unknown kind. */
export function assetInput(asset: ReadAsset): AssetInput | undefined {
  const { source: url, thumbnail } = asset;
  const image = (given: AssetInput['image']) =>
    filled<AssetInput>({ image: given, video: undefined, document: undefined, link: undefined });
  switch (asset.__typename) {
    case 'ImageAsset':
      return image(imageInput(asset));
    case 'VideoAsset': {
      const { title, thumbnailOffset } = asset.video;
      const metadata = filled<Given<Given<AssetInput['video']>['metadata']>>({
        title: title ?? undefined,
        thumbnailOffset: thumbnailOffset ?? undefined,
      });
      return filled<AssetInput>({
        video: filled<Given<AssetInput['video']>>({
          url,
          // The service refuses a whole post for it, since June 2026; the cover is `thumbnailOffset`.
          thumbnailUrl: undefined,
          metadata: unlessEmpty(metadata),
        }),
        image: undefined,
        document: undefined,
        link: undefined,
      });
    }
    case 'DocumentAsset':
      return filled<AssetInput>({
        document: filled<Given<AssetInput['document']>>({ url, thumbnailUrl: thumbnail, title: asset.document.title ?? '' }),
        image: undefined,
        video: undefined,
        link: undefined,
      });
    default:
      return undefined;
  }
}

function imageInput({ source: url, thumbnail, image }: Extract<ReadAsset, { __typename: 'ImageAsset' }>): Given<AssetInput['image']> {
  const userTags = image.userTags?.map(
    ({ handle, x, y }) => ({ handle, x, y }) satisfies Every<Given<Given<Given<AssetInput['image']>['metadata']>['userTags']>[number]>,
  );
  const metadata: Every<Given<Given<AssetInput['image']>['metadata']>> = {
    altText: image.altText,
    animatedThumbnail: image.animatedThumbnail ?? undefined,
    // Measured by the service itself.
    dimensions: undefined,
    userTags: userTags?.length ? userTags : undefined,
  };
  const says = Boolean(image.altText || metadata.animatedThumbnail || metadata.userTags);
  return filled<Given<AssetInput['image']>>({
    url,
    thumbnailUrl: thumbnail && thumbnail !== url ? thumbnail : undefined,
    metadata: says ? filled(metadata) : undefined,
  });
}

/** What a post on Threads is where it was not told: `thread` follows from its parts, and `post` from their absence. */
export function typeOfParts(thread: readonly unknown[] | null | undefined): 'thread' | 'post' {
  return thread?.length ? 'thread' : 'post';
}

/** What its network was told beside text and files, as it came; undefined for a network of which no input is known. */
function metadataOf(read: ReadMetadata): Metadata | undefined {
  switch (read.__typename) {
    case 'TwitterPostMetadata':
      return {
        twitter: filled<Given<Metadata['twitter']>>({
          thread: threadOf(read.thread),
          isAiGenerated: read.isAiGenerated || undefined,
          // What it is shared with is told nowhere, unless as the post's own text: `hidesComment`.
          retweet: read.retweet && filled<Given<Given<Metadata['twitter']>['retweet']>>({ id: read.retweet.id, comment: undefined }),
        }),
      };
    case 'BlueskyPostMetadata':
      return {
        bluesky: filled<Given<Metadata['bluesky']>>({
          thread: threadOf(read.thread, 'bluesky'),
          linkAttachment: linkOf(read.linkAttachment),
        }),
      };
    case 'MastodonPostMetadata':
      return {
        mastodon: filled<Given<Metadata['mastodon']>>({ thread: threadOf(read.thread), spoilerText: read.spoilerText ?? undefined }),
      };
    case 'ThreadsPostMetadata':
      return {
        threads: filled<Given<Metadata['threads']>>({
          thread: threadOf(read.thread, 'threads'),
          linkAttachment: linkOf(read.linkAttachment),
          topic: read.topic ?? undefined,
          locationId: read.locationId ?? undefined,
          locationName: read.locationName ?? undefined,
          type: read.type === typeOfParts(read.thread) ? undefined : read.type,
        }),
      };
    case 'FacebookPostMetadata':
      return {
        facebook: filled<Given<Metadata['facebook']>>({
          type: read.type === 'reel' || read.type === 'story' ? read.type : 'post',
          annotations: read.annotations.map(
            ({ content, indices, text, url }) =>
              ({ content, indices: [...indices], text, url }) satisfies Every<Given<Given<Metadata['facebook']>['annotations']>[number]>,
          ),
          firstComment: read.firstComment ?? undefined,
          linkAttachment: linkOf(read.linkAttachment),
        }),
      };
    case 'LinkedInPostMetadata':
      return {
        linkedin: filled<Given<Metadata['linkedin']>>({
          annotations: read.annotations.map(linkedInAnnotation),
          firstComment: read.firstComment ?? undefined,
          linkAttachment: linkOf(read.linkAttachment),
        }),
      };
    case 'InstagramPostMetadata': {
      const { geolocation, stickerFields } = read;
      return {
        instagram: filled<Given<Metadata['instagram']>>({
          // Several pictures are a `post`: `carousel` is refused since July 2026.
          type: read.type === 'carousel' ? 'post' : read.type,
          shouldShareToFeed: read.shouldShareToFeed,
          firstComment: read.firstComment ?? undefined,
          isAiGenerated: read.isAiGenerated || undefined,
          link: read.link ?? undefined,
          geolocation: geolocation
            ? filled<Given<Given<Metadata['instagram']>['geolocation']>>({
                id: geolocation.id ?? undefined,
                text: geolocation.text ?? undefined,
              })
            : undefined,
          stickerFields: stickerFields
            ? filled<Given<Given<Metadata['instagram']>['stickerFields']>>({
                music: stickerFields.music ?? undefined,
                other: stickerFields.other ?? undefined,
                products: stickerFields.products ?? undefined,
                text: stickerFields.text ?? undefined,
                topics: stickerFields.topics ?? undefined,
              })
            : undefined,
        }),
      };
    }
    case 'PinterestPostMetadata':
      return {
        pinterest: filled<Given<Metadata['pinterest']>>({
          boardServiceId: read.board?.serviceId,
          title: read.title ?? undefined,
          url: read.url ?? undefined,
        }),
      };
    case 'TiktokPostMetadata':
      return {
        tiktok: filled<Given<Metadata['tiktok']>>({ title: read.title ?? undefined, isAiGenerated: read.isAiGenerated || undefined }),
      };
    case 'YoutubePostMetadata':
      return {
        youtube: filled<Given<Metadata['youtube']>>({
          title: read.title ?? undefined,
          categoryId: read.category?.categoryId,
          privacy: read.privacy ?? undefined,
          madeForKids: read.madeForKids,
          embeddable: read.embeddable,
          isAiGenerated: read.isAiGenerated || undefined,
          license: read.license ?? undefined,
          notifySubscribers: read.notifySubscribers,
        }),
      };
    case 'GoogleBusinessPostMetadata':
      return { google: googleOf(read) };
    default:
      return undefined;
  }
}

type ReadPart = MetadataOf<'BlueskyPostMetadata'>['thread'][number];

/**
 * @param parts  of a list they have their texts alone
 * @param network  whose parts have a place for their link's card; those of others take it among their attachments
 */
function threadOf(
  parts: readonly (Pick<ReadPart, 'text'> & Partial<ReadPart>)[],
  network?: 'bluesky' | 'threads',
): ThreadInput[] | undefined {
  if (parts.length === 0) return undefined;
  return parts.map(({ text, assets = [], linkAttachment, metadata }) => {
    const link = linkOf((network && metadata?.[network]?.linkAttachment) ?? linkAttachment);
    const card = link && !network && filled<AssetInput>({ link: linkAsset(link), image: undefined, video: undefined, document: undefined });
    return filled<ThreadInput>({
      text,
      assets: [...assets.flatMap((each) => assetInput(each) ?? []), ...(card ? [card] : [])],
      metadata: link && network && { [network]: { linkAttachment: link } },
    });
  });
}

/** A link's card where it goes among the attachments. */
export function linkAsset({ url, title, description, thumbnail }: LinkInput): Given<AssetInput['link']> {
  return filled<Given<AssetInput['link']>>({
    url,
    title: title ?? undefined,
    description: description ?? undefined,
    thumbnailUrl: thumbnail?.url,
  });
}

function linkOf(link: ReadLink | null | undefined): LinkInput | undefined {
  if (!link) return undefined;
  return filled<LinkInput>({
    url: link.url,
    title: link.title,
    description: link.text || undefined,
    thumbnail: link.thumbnail ? ({ url: link.thumbnail } satisfies Every<{ url: string }>) : undefined,
  });
}

/**
 * LinkedIn is told of a mention in other words than it is read in. The two that are not read follow from the others:
 * the id is the end of the entity's URN, and the vanity name the end of its page's address.
 */
function linkedInAnnotation({ content, indices, text, url }: MetadataOf<'LinkedInPostMetadata'>['annotations'][number]) {
  const [start = 0, end = start] = indices;
  return {
    id: content.split(':').at(-1) || content,
    entity: content,
    start,
    length: end - start,
    localizedName: text,
    link: url,
    vanityName: url.split(/[/?#]/).findLast(Boolean) ?? text,
  } satisfies Every<Given<Given<Metadata['linkedin']>['annotations']>[number]>;
}

function googleOf({ type, title, details }: MetadataOf<'GoogleBusinessPostMetadata'>): Given<Metadata['google']> {
  type Google = Given<Metadata['google']>;
  return filled<Google>({
    type: type === 'offer' || type === 'event' ? type : 'whats_new',
    title: title ?? undefined,
    detailsWhatsNew:
      details?.__typename === 'GoogleBusinessWhatsNewMetaData'
        ? filled<Given<Google['detailsWhatsNew']>>({ button: details.button, link: details.link ?? undefined })
        : undefined,
    detailsEvent:
      details?.__typename === 'GoogleBusinessEventMetaData'
        ? filled<Given<Google['detailsEvent']>>({
            title: details.title,
            button: details.button,
            link: details.link ?? undefined,
            startDate: details.startDate,
            endDate: details.endDate,
            isFullDayEvent: details.isFullDayEvent,
          })
        : undefined,
    detailsOffer:
      details?.__typename === 'GoogleBusinessOfferMetaData'
        ? filled<Given<Google['detailsOffer']>>({
            title: details.title,
            code: details.code ?? undefined,
            terms: details.terms ?? undefined,
            link: details.link ?? undefined,
            startDate: details.startDate,
            endDate: details.endDate,
          })
        : undefined,
  });
}

/** The whole as `editPost` takes it, for a post that stays where it is in time. */
export function editInput(postId: string, whole: FullPost): EditPostInput {
  return filled<EditPostInput>({
    id: postId,
    text: whole.text,
    assets: [...whole.assets],
    metadata: whole.metadata,
    tagIds: [...whole.tagIds],
    ideaId: whole.ideaId,
    schedulingType: whole.schedulingType,
    // A draft stays one unless it is told to leave.
    saveToDraft: whole.isDraft ? true : undefined,
    // What is sent reschedules, even unchanged.
    mode: undefined,
    dueAt: undefined,
    // A person's decision, not content.
    approvalChange: undefined,
    // Told by no post: where a text came from, and what it was written with.
    aiAssisted: undefined,
    draftId: undefined,
    source: undefined,
  });
}

/** The whole as `createPost` takes it, to bring back what was deleted. */
export function createInputOf(
  channelId: string,
  whole: FullPost,
  schedulingType: CreatePostInput['schedulingType'],
  needsApproval: boolean,
): Omit<CreatePostInput, 'mode' | 'dueAt'> {
  return filled<Omit<CreatePostInput, 'mode' | 'dueAt'>>({
    channelId,
    text: whole.text,
    assets: [...whole.assets],
    metadata: whole.metadata,
    tagIds: whole.tagIds.length ? [...whole.tagIds] : undefined,
    ideaId: whole.ideaId,
    schedulingType: whole.schedulingType ?? schedulingType,
    saveToDraft: whole.isDraft ? true : undefined,
    needsApproval: needsApproval ? true : undefined,
    aiAssisted: undefined,
    draftId: undefined,
    source: undefined,
  });
}

/** The name of a network's input among the metadata. */
export function metadataKey(service: Service): keyof Metadata | undefined {
  return Object.hasOwn(metadataKeys, service) ? metadataKeys[service] : undefined;
}

const metadataKeys: Readonly<Record<string, keyof Metadata>> = {
  bluesky: 'bluesky',
  facebook: 'facebook',
  google: 'google',
  googlebusiness: 'google',
  instagram: 'instagram',
  linkedin: 'linkedin',
  mastodon: 'mastodon',
  pinterest: 'pinterest',
  threads: 'threads',
  tiktok: 'tiktok',
  twitter: 'twitter',
  youtube: 'youtube',
} satisfies Record<keyof Metadata | 'googlebusiness', keyof Metadata>;

/** An input without the fields of which there is nothing to say. */
function filled<Input extends object>(every: Every<Input>): Input {
  const input: Partial<Record<string, unknown>> = {};
  // Done for each update of a long list, where a list of entries costs more than the look at them.
  for (const name in every) if (every[name] !== undefined) input[name] = every[name];
  return input as Input;
}

function unlessEmpty<Value extends object>(value: Value): Value | undefined {
  return Object.keys(value).length > 0 ? value : undefined;
}
