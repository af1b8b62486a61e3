import { createHash } from 'node:crypto';
import type { Settings } from './behaviours.ts';
import type { Asset, Details } from './content.ts';
import { InvalidInput } from './graphqlErrors.ts';
import type { Media, Profile } from './state.ts';

// From the inputs of the GraphQL schema to what the sandbox remembers. GraphQL has checked their types.

export interface AssetInput {
  image?: { url: string; thumbnailUrl?: string | null; metadata?: { altText: string; dimensions?: { width: number; height: number } | null; userTags?: Asset['userTags'] | null } | null } | null;
  video?: { url: string; thumbnailUrl?: string | null; metadata?: { thumbnailOffset?: number | null; title?: string | null } | null } | null;
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

/** The files among the assets, and the link, if that is what was given. */
export function readAssets(inputs: readonly AssetInput[]): { assets: Asset[]; link?: Media } {
  const assets: Asset[] = [];
  let link: Media | undefined;
  for (const input of inputs) {
    const given = Object.values(input).filter((value) => value != null);
    if (given.length !== 1) throw new InvalidInput('An asset is exactly one of image, video, document and link.');
    if (input.link) link = linkOf({ ...input.link, thumbnail: input.link.thumbnailUrl ? { url: input.link.thumbnailUrl } : null });
    else assets.push(fileOf(input));
  }
  return { assets, link };
}

function fileOf({ image, video, document }: AssetInput): Asset {
  if (image) {
    const { altText, dimensions, userTags } = image.metadata ?? {};
    const { width, height } = dimensions ?? {};
    return { kind: 'image', url: checked(image.url, images), thumbnail: image.thumbnailUrl ?? undefined, alt: altText, width, height, userTags: userTags ?? undefined };
  }
  if (video) {
    const { thumbnailOffset, title } = video.metadata ?? {};
    return {
      kind: 'video', url: checked(video.url, videos), thumbnail: video.thumbnailUrl ?? undefined,
      title: title ?? undefined, thumbnailOffset: thumbnailOffset ?? undefined,
    };
  }
  return { kind: 'document', url: checked(document!.url, ['pdf']), thumbnail: document!.thumbnailUrl, title: document!.title };
}

const images = ['gif', 'jpeg', 'jpg', 'png'];
const videos = ['mov', 'mp4'];

/** An address, judged by its looks alone: nothing is fetched. */
function checked(url: string, extensions: readonly string[]): string {
  if (!/^https?:\/\/./iu.test(url) || !URL.canParse(url)) throw new InvalidInput(`An asset needs a public address, not "${url}".`);
  const extension = /\.(\w+)$/u.exec(new URL(url).pathname)?.[1]?.toLowerCase();
  if (extension && !extensions.includes(extension)) throw new InvalidInput(`Files of type ${extension} are not supported here.`);
  return url;
}

function linkOf({ url, title, description, thumbnail }: LinkAttachmentInput): Media {
  if (!URL.canParse(url)) throw new InvalidInput('A link attachment needs an address.');
  const entries = { link: url, title: title ?? new URL(url).hostname, description: description ?? undefined, picture: thumbnail?.url };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}

/** What is meant for this network; what is meant for others is passed over. */
export function readMetadata(profile: Profile, metadata: MetadataInput | null | undefined): { details: Details; link?: Media } | undefined {
  const given = metadata?.[profile.service];
  if (!given) return undefined;
  const { linkAttachment, thread, ...others } = given as { linkAttachment?: LinkAttachmentInput | null; thread?: { text?: string; assets: AssetInput[] }[] | null };
  const posts = thread?.map(({ text, assets }) => ({ text: text ?? '', assets: readAssets(assets).assets }));
  return { details: { ...others, ...(posts && { thread: posts }) }, link: linkAttachment ? linkOf(linkAttachment) : undefined };
}

/** A text as it is kept: links for LinkedIn may be shortened. The short address is the sandbox's own. */
export function shortened({ service }: Profile, text: string, { links }: Settings): string {
  if (service !== 'linkedin' || links === 'kept') return text;
  return text.replace(/https?:\/\/(?!lnkd\.in\/)\S+/gu, (url) => `https://lnkd.in/${createHash('sha256').update(url).digest('base64url').slice(0, 8)}`);
}

/** How v1 sees it: the link, or the first picture. */
export function mediaOf(assets: readonly Asset[], link: Media | undefined): Media {
  if (link?.link) return link;
  const image = assets.find(({ kind }) => kind === 'image');
  if (!image) return {};
  return { picture: image.url, thumbnail: image.thumbnail ?? image.url, ...(image.alt && { description: image.alt }) };
}
