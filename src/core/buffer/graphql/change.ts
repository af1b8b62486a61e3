import { isDeepStrictEqual } from 'node:util';
import { assetsInput, imageInput, metadataInput, picturesOf } from './input.ts';
import { linkAsset, type AssetInput, type Metadata, metadataKey, type FullPost, type ThreadInput } from './fullPost.ts';
import type { Media, NetworkDetails, Picture, Service, Update, UpdateEdit } from '../model.ts';
import { commonEnds, movedSpan } from '../mentions.ts';
import { isSameMedia } from '../sameMedia.ts';
import { defaultDetails } from '../../networks/networkNeeds.ts';

/**
 * A change applied to a post as it was read in full: what the person changed becomes as they want it, all else stays
 * as it came, also what this extension does not show.
 */
export function changed(
  whole: FullPost,
  before: Pick<Update, 'service' | 'text' | 'media' | 'details'>,
  { text, media, details, isReminder, tagIds = whole.tagIds }: UpdateEdit,
): FullPost {
  const { service } = before;
  const wantedText = text ?? whole.text;
  const isOtherMedia = media !== undefined && !isSameMedia(media, before.media);
  const wantedMedia = isOtherMedia ? media : before.media;
  const assets = isOtherMedia ? withMedia(whole.assets, before.media, media ?? undefined, service) : whole.assets;
  // Where nothing is said of the pictures of a thread's parts, they stay with their parts.
  const saysPictures = details === undefined || details.threadPictures !== undefined;
  const { threadPictures: _, ...withoutPictures } = before.details ?? {};
  const shownDetails = saysPictures ? (before.details ?? {}) : withoutPictures;
  const wantedDetails = details ? { ...defaultsOf(service, whole), ...details } : shownDetails;
  const delta = {
    from: metadataInput(service, whole.text, before.media, shownDetails),
    to: metadataInput(service, whole.text, isOtherMedia ? (media?.link ? media : null) : wantedMedia, wantedDetails),
  };
  const isOtherDetails = details !== undefined && !isDeepStrictEqual(definedOf(shownDetails), definedOf(wantedDetails));
  const key = metadataKey(service);
  let metadata = whole.metadata;
  if (key && (isOtherDetails || isOtherMedia))
    metadata = { [key]: merged(metadata?.[key] ?? {}, delta.from?.[key] ?? {}, delta.to?.[key] ?? {}, Boolean(details?.threadPictures)) };
  const hadThread = Boolean(whole.metadata?.threads?.thread?.length);
  if (!hadThread) metadata = withFilesOfOwn(metadata, assets);
  else if (isOtherMedia) metadata = withFirstAssets(metadata, whole.assets, assets);
  metadata = withText(withNeeds(metadata, service), whole.text, wantedText);
  const schedulingType = isReminder === undefined ? whole.schedulingType : isReminder ? 'notification' : 'automatic';
  return { ...whole, text: wantedText, assets, metadata, schedulingType, tagIds };
}

/** Threads publishes what the first part of a thread carries: where that is what the post carries, it follows. */
function withFirstAssets(
  metadata: Metadata | undefined,
  before: readonly AssetInput[],
  assets: readonly AssetInput[],
): Metadata | undefined {
  const [first, ...others] = metadata?.threads?.thread ?? [];
  const files = (first?.assets ?? []).filter(({ link }) => !link);
  if (!first || !isDeepStrictEqual(files, before)) return metadata;
  // A link's card may have its place among them.
  const cards = (first.assets ?? []).filter(({ link }) => link);
  return { ...metadata, threads: { ...metadata?.threads, thread: [{ ...first, assets: [...assets, ...cards] }, ...others] } };
}

/** A post of Threads that becomes a thread: of its own files, only what its first part carries is published. */
function withFilesOfOwn(metadata: Metadata | undefined, assets: readonly AssetInput[]): Metadata | undefined {
  const [first, ...others] = metadata?.threads?.thread ?? [];
  return first ? { ...metadata, threads: { ...metadata?.threads, thread: [{ ...first, assets: [...assets] }, ...others] } } : metadata;
}

/** What a network takes when nobody chose, as long as nothing else was told it. */
function defaultsOf(service: Service, { metadata }: FullPost): NetworkDetails {
  return metadata ? {} : defaultDetails(service);
}

/** The service refuses posts of some networks without their kind, also those that came about without one. */
function withNeeds(metadata: Metadata | undefined, service: Service): Metadata | undefined {
  return metadata ?? metadataInput(service, '', undefined, undefined);
}

/** The files after the first one was exchanged or taken away: what else there is stays, as far as it goes with the new one. */
function withMedia(
  assets: readonly AssetInput[],
  before: Media | undefined,
  after: Media | undefined,
  service: Service,
): readonly AssetInput[] {
  if (after?.link)
    return metadataKey(service)
      ? []
      : [
          {
            link: linkAsset({
              url: after.link,
              title: after.title,
              description: after.description,
              ...(after.picture && { thumbnail: { url: after.picture } }),
            }),
          },
        ];
  if (before?.more || after?.more) {
    const pictures = picturesOf(after);
    const wanted = pictures.length > 0 ? pictures.map((each) => ({ image: knownImage(each, assets) })) : assetsInput(after);
    // Of a post of nothing but pictures all are shown; of another one the first file, and of a link's card none.
    const unseen = before?.more ? [] : before?.link ? assets : assets.slice(1);
    return assets[0]?.image || unseen.every(({ image }) => image) ? [...wanted, ...unseen] : wanted;
  }
  const [first] = assets;
  // What is shown of a link's card is no file of its own.
  const rest = before?.link ? assets : assets.slice(1);
  const [wanted] = assetsInput(after);
  if (!wanted) return rest;
  const isSameKind = kindOf(first) === kindOf(wanted);
  if (!isSameKind) return wanted.image && rest.every(({ image }) => image) ? [wanted, ...rest] : [wanted];
  const [picture] = picturesOf(after);
  if (first?.image && picture) return [{ image: imageAfter(first.image, picture) }, ...rest];
  // Of a video and of a document all is shown that can be said of them; an empty title stays one.
  const title = first?.video?.metadata?.title === '' && !after?.title ? '' : undefined;
  if (wanted.video && title === '') return [{ video: { ...wanted.video, metadata: { title, ...wanted.video.metadata } } }, ...rest];
  return [wanted, ...rest];
}

function kindOf(asset: AssetInput | undefined): string | undefined {
  return Object.entries(asset ?? {}).find(([, value]) => value)?.[0];
}

type Image = NonNullable<AssetInput['image']>;

/** A picture that was there, with all that was told of it, and what is said of it as it is to be. */
function knownImage(wanted: Picture, assets: readonly AssetInput[]): Image {
  const known = assets.find(({ image }) => image?.url === wanted.url)?.image;
  return known ? imageAfter(known, wanted) : imageInput(wanted);
}

/** Other words leave those who are tagged in a picture where they are, unless that is said, too; nobody is in another picture. */
function imageAfter(before: Image, wanted: Picture): Image {
  if (before.url !== wanted.url) return imageInput(wanted);
  const { altText: _, userTags: tagged, ...others } = before.metadata ?? { altText: '' };
  const { altText = '', userTags } = imageInput(wanted).metadata ?? {};
  const now = wanted.taggedUsers ? userTags : tagged;
  const isEmpty = altText === '' && !now && Object.keys(others).length === 0;
  const { metadata: _old, ...image } = before;
  return isEmpty ? image : { ...image, metadata: { ...others, altText, ...(now && { userTags: now }) } };
}

function definedOf(value: object): object {
  return Object.fromEntries(
    Object.entries(value).filter(([, each]) => each !== undefined && each !== '' && !(Array.isArray(each) && each.length === 0)),
  );
}

type Tree = Readonly<Record<string, unknown>>;

/**
 * A three-way merge: what is different between two of our own pictures of a post is put into the post as it came, and
 * nothing else of it is touched.
 */
function merged(whole: Tree, from: Tree, to: Tree, saysPictures: boolean): Tree {
  const result = new Map(Object.entries(whole));
  for (const name of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [before, after] = [from[name] ?? undefined, to[name] ?? undefined];
    if (isDeepStrictEqual(before, after)) continue;
    const known = whole[name];
    if (name === 'thread') result.set(name, mergedThread(asParts(known), asParts(after), saysPictures));
    else if (after === undefined) result.delete(name);
    else if (isTree(after) && isTree(known)) result.set(name, merged(known, isTree(before) ? before : {}, after, saysPictures));
    else result.set(name, after);
  }
  return Object.fromEntries(result);
}

type Part = Pick<ThreadInput, 'text' | 'metadata'> & { readonly assets: readonly AssetInput[] };

/** Whether a part has more than its text. */
function carries({ assets, metadata }: Part): boolean {
  return assets.length > 0 || Boolean(metadata);
}

/**
 * A thread's parts with new texts, each with what it carried: found by its text, else by its place where as many are
 * left, else by what is alike in it. Of several with one text, those that carry something stay. One that was emptied
 * stays for what it carries.
 * @param saysPictures  `wanted` says the pictures of the further parts: these take the place of the files that a part
 *                      had, each with all that was known of it; its card stays, and so do the files of the first part
 */
function mergedThread(known: readonly Part[], wanted: readonly Part[], saysPictures: boolean): Part[] {
  // No further parts are left; what the first one carries has no other place.
  if (wanted.length === 0) return known.slice(0, known[0] && carries(known[0]) ? 1 : 0);
  const free = new Set(known.keys());
  const take = (index: number | undefined) => (index !== undefined && free.delete(index) ? known[index] : undefined);
  const textOf = (index: number) => known[index]?.text ?? '';
  const isOneForOne = known.length === wanted.length;
  const inPlace = wanted.map(({ text }, index) => (isOneForOne && textOf(index) === (text ?? '') ? take(index) : undefined));
  const byText = wanted.map(({ text }, index) => {
    if (inPlace[index]) return inPlace[index];
    const same = [...free].filter((each) => textOf(each) === (text ?? ''));
    const left = wanted.filter((part, at) => at >= index && part.text === text && !inPlace[at]).length;
    return take(staying(same, left, (each) => carries(known[each]!))[0]);
  });
  return wanted.flatMap((part, index) => {
    const same = byText[index];
    const found = same ?? take(isOneForOne ? index : mostAlike(part, known, free));
    const text = part.text ?? '';
    const { text: _, ...carried } = found ?? { assets: [] };
    if (!saysPictures || index === 0) return text.trim() || (found && carries(found)) || same ? [{ ...carried, text }] : [];
    const files = part.assets.map((each) =>
      each.image
        ? {
            image: knownImage(
              pictureIn(each.image),
              known.flatMap(({ assets }) => assets),
            ),
          }
        : each,
    );
    const all = { ...carried, assets: [...files, ...carried.assets.filter(({ link }) => link)] };
    return text.trim() || carries(all) || same ? [{ ...all, text }] : [];
  });
}

function pictureIn({ url, metadata }: Image): Picture {
  return { url, description: metadata?.altText, taggedUsers: metadata?.userTags ?? undefined };
}

/** So many of these as stay, in their order: rather those that carry something. */
function staying(indices: readonly number[], count: number, carries: (index: number) => boolean): readonly number[] {
  const kept = new Set([...indices.filter(carries), ...indices.filter((each) => !carries(each))].slice(0, count));
  return indices.filter((each) => kept.has(each));
}

/** Which of the parts that are left a changed one was; none where hardly anything is alike. */
function mostAlike({ text }: Part, known: readonly Part[], free: ReadonlySet<number>): number | undefined {
  const alike = (index: number) => {
    const [before, after] = [known[index]!.text ?? '', text ?? ''];
    const { head, tail } = commonEnds(before, after);
    return (head + tail) / Math.max(1, Math.min(before.length, after.length));
  };
  const [best] = [...free].sort((a, b) => alike(b) - alike(a));
  return best !== undefined && alike(best) >= 0.5 ? best : undefined;
}

function asParts(value: unknown): readonly Part[] {
  return Array.isArray(value)
    ? (value as Partial<Part>[]).map(({ text, assets, ...rest }) => ({ ...rest, text: text ?? '', assets: assets ?? [] }))
    : [];
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A new text is also the first of its thread, and moves the mentions that stand behind what was changed. */
function withText(metadata: Metadata | undefined, before: string, after: string): Metadata | undefined {
  if (!metadata || before === after) return metadata;
  const all = Object.entries(metadata).map(([key, value]) => {
    const { thread, annotations, ...rest } = value as { thread?: readonly Part[] | null; annotations?: readonly Mention[] | null };
    return [
      key,
      {
        ...rest,
        ...(thread && { thread: thread.map((part, index) => (index === 0 ? { ...part, text: after } : part)) }),
        ...(annotations && { annotations: annotations.flatMap((each) => moved(each, before, after) ?? []) }),
      },
    ] as const;
  });
  return Object.fromEntries(all);
}

/** Facebook tells where a mention starts and ends, LinkedIn where it starts and how long it is; in UTF-16 units. */
type Mention = { readonly indices?: readonly number[] } & { readonly start?: number; readonly length?: number };

/** A mention where it stands after a change of the text; nothing where the change went through it. */
function moved(mention: Mention, before: string, after: string): Mention | undefined {
  const start = mention.indices?.[0] ?? mention.start ?? 0;
  const span = movedSpan({ start, end: mention.indices?.[1] ?? start + (mention.length ?? 0) }, before, after);
  if (!span || span.start === start) return span && mention;
  return mention.indices ? { ...mention, indices: [span.start, span.end] } : { ...mention, start: span.start };
}
