import type { Asset, Details, LinkCard, ThreadPart } from './content.ts';
import { InvalidInput } from './graphqlErrors.ts';
import { shapeNames } from './pictures.ts';
import type { Media, Profile } from './state.ts';

// From the inputs of the GraphQL schema to what the sandbox remembers. GraphQL has checked their types.

export interface AssetInput {
  image?: {
    url: string;
    thumbnailUrl?: string | null;
    metadata?: {
      altText: string;
      animatedThumbnail?: string | null;
      dimensions?: { width: number; height: number } | null;
      userTags?: Asset['userTags'] | null;
    } | null;
  } | null;
  video?: {
    url: string;
    thumbnailUrl?: string | null;
    metadata?: { thumbnailOffset?: number | null; title?: string | null } | null;
  } | null;
  document?: { url: string; thumbnailUrl: string; title: string } | null;
  link?: { url: string; title?: string | null; description?: string | null; thumbnailUrl?: string | null } | null;
}

interface LinkAttachmentInput {
  url: string;
  title?: string | null;
  description?: string | null;
  thumbnail?: { url: string } | null;
}

export type MetadataInput = Record<string, Record<string, unknown> | null | undefined>;

/** The files among the assets, and the link, if that is what was given. `origin` is where covers of videos are drawn. */
export function readAssets(inputs: readonly AssetInput[], origin: string): { assets: Asset[]; link?: LinkCard } {
  const assets: Asset[] = [];
  let link: LinkCard | undefined;
  for (const input of inputs) {
    const given = Object.values(input).filter((value) => value != null);
    if (given.length !== 1) throw new InvalidInput('An asset is exactly one of image, video, document and link.');
    if (input.link && link) throw new InvalidInput('A post has one link card.');
    if (input.link) link = cardOf({ ...input.link, thumbnail: input.link.thumbnailUrl ? { url: input.link.thumbnailUrl } : null });
    else assets.push(withoutGaps(fileOf(input, origin)));
  }
  return { assets, link };
}

function fileOf({ image, video, document }: AssetInput, origin: string): Asset {
  if (image) {
    const { altText, animatedThumbnail, dimensions, userTags } = image.metadata ?? {};
    const { width, height } = dimensions ?? {};
    return {
      kind: 'image',
      url: checked(image.url, images),
      thumbnail: image.thumbnailUrl ?? undefined,
      alt: altText,
      animatedThumbnail: animatedThumbnail ?? undefined,
      width,
      height,
      userTags: userTags ?? undefined,
    };
  }
  if (video) {
    if (video.thumbnailUrl != null) throw new InvalidInput(noThumbnail);
    const { thumbnailOffset, title } = video.metadata ?? {};
    const url = checked(video.url, videos);
    return {
      kind: 'video',
      url,
      thumbnail: `${origin}/media/pictures/${shapeOf(url)}.png`,
      title: title ?? undefined,
      thumbnailOffset: thumbnailOffset ?? undefined,
    };
  }
  return { kind: 'document', url: checked(document!.url, ['pdf']), thumbnail: document!.thumbnailUrl, title: document!.title };
}

/** As measured, but for what stood in the middle of it. */
const noThumbnail =
  'Video thumbnailUrl is not supported: social networks do not accept custom video thumbnail images. Remove thumbnailUrl ' +
  'from the video asset';

/** What Buffer takes from the video itself: here a picture that its address stands for. */
function shapeOf(url: string): string {
  const sum = [...url].reduce((hash, character) => (hash * 31 + character.codePointAt(0)!) % 1_000_003, 7);
  return `${shapeNames[sum % shapeNames.length]!}-${sum % 360}`;
}

function withoutGaps<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each != null)) as T;
}

const images = ['gif', 'jpeg', 'jpg', 'png'];
const videos = ['mov', 'mp4'];

/** An address, judged by its looks alone: nothing is fetched. A file by the name of `unreadable` cannot be read. */
function checked(url: string, extensions: readonly string[]): string {
  const kind = extensions === videos ? 'Video' : 'Image';
  if (/^data:/iu.test(url)) throw new InvalidInput('Failed to fetch image dimensions');
  if (!/^https?:\/\/./iu.test(url) || !URL.canParse(url)) throw new InvalidInput(`An asset needs a public address, not "${url}".`);
  const { pathname } = new URL(url);
  // As measured: only the one of videos ends with a full stop.
  if (/\/unreadable(\.\w+)?$/u.test(pathname))
    throw new InvalidInput(`${kind} could not be read from its URL${kind === 'Video' ? '.' : ''}`);
  const extension = /\.(\w+)$/u.exec(pathname)?.[1]?.toLowerCase();
  if (extension && !extensions.includes(extension)) throw new InvalidInput(`Files of type ${extension} are not supported here.`);
  return url;
}

function cardOf({ url, title, description, thumbnail }: LinkAttachmentInput): LinkCard {
  if (!URL.canParse(url)) throw new InvalidInput('A link attachment needs an address.');
  return withoutGaps({ url, title: title ?? new URL(url).hostname, description: description ?? undefined, thumbnail: thumbnail?.url });
}

interface PartInput {
  readonly text?: string | null;
  readonly assets?: AssetInput[];
  readonly metadata?: Record<string, { linkAttachment?: LinkAttachmentInput | null } | null> | null;
}

/** The card of a thread's part in its own place, as the reference has it. The sentences are the sandbox's own. */
function cardOfPart({ service }: Profile, metadata: PartInput['metadata'], hasAssets: boolean): LinkCard | undefined {
  const given = Object.entries(metadata ?? {}).filter(([, value]) => value !== null);
  if (given.some(([key]) => key !== service)) throw new InvalidInput('The metadata of a thread item must match the channel’s service.');
  const card = given[0]?.[1]?.linkAttachment;
  if (card && hasAssets) throw new InvalidInput('linkAttachment and assets of a thread item exclude each other.');
  return card ? cardOf(card) : undefined;
}

/** What is meant for this network; what is meant for others is passed over. */
export function readMetadata(
  profile: Profile,
  metadata: MetadataInput | null | undefined,
  origin: string,
): { details: Details; link?: LinkCard } | undefined {
  const given = metadata?.[profile.service];
  if (!given) return undefined;
  const { linkAttachment, thread, ...others } = given as {
    linkAttachment?: LinkAttachmentInput | null;
    thread?: PartInput[] | null;
  };
  const parts = thread?.map(({ text, assets = [], metadata: own }): ThreadPart => {
    const files = readAssets(assets, origin);
    const card = cardOfPart(profile, own, assets.length > 0);
    return withoutGaps({ text: text ?? '', ...files, link: card ?? files.link });
  });
  return { details: withoutGaps({ ...others, thread: parts }), link: linkAttachment ? cardOf(linkAttachment) : undefined };
}

/** How v1 sees it: the link, or the first picture. */
export function mediaOf(assets: readonly Asset[], link: LinkCard | undefined): Media {
  if (link) return withoutGaps({ link: link.url, title: link.title, description: link.description, picture: link.thumbnail });
  const image = assets.find(({ kind }) => kind === 'image');
  if (!image) return {};
  return { picture: image.url, thumbnail: image.thumbnail ?? image.url, ...(image.alt && { description: image.alt }) };
}

/** The card that is in what v1 sees, if there is one. */
export function linkIn({ link, title, description, picture }: Media = {}): LinkCard | undefined {
  return link === undefined ? undefined : withoutGaps({ url: link, title, description, thumbnail: picture });
}
