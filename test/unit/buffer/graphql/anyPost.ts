import * as fc from 'fast-check';
import { createRequire } from 'node:module';
import type * as GraphqlJs from 'graphql';
import { networks } from '../../../sandbox/networks.ts';
import type { Settings } from '../../../sandbox/behaviours.ts';
import type { Profile } from '../../../sandbox/state.ts';
import { publicSchema } from './wholeType.ts';

// Any post that a service takes, made from the inputs of the published schema: a field that joins it is in the tests at
// once. What the schema allows and the service does not is said in `rules` and `completed`, and nowhere else.

const graphql = createRequire(import.meta.url)('graphql') as typeof GraphqlJs;

/** An input as it goes over the wire. */
export type Input = Record<string, unknown>;
type Rule = (channel: Channel) => fc.Arbitrary<unknown> | 'never';

/** What a channel offers to choose from. */
export interface Channel {
  readonly profile: Profile;
  readonly tagIds: readonly string[];
  /** What YouTube knows. */
  readonly categoryIds: readonly string[];
}

/**
 * Any input for `createPost` on a channel. The service is not asked what it takes, so some are refused.
 * @param mayLack  a draft may lack what its network needs before it goes out
 */
export function anyPost(channel: Channel, mayLack: boolean): fc.Arbitrary<Input> {
  return inputs('CreatePostInput', channel).map((input) => completed(input, channel.profile, mayLack));
}

/** Whole minutes and others, long after the sandbox's clock and our own. */
const later = fc
  .integer({ min: Date.UTC(2040, 0, 1) / 1000, max: Date.UTC(2045, 0, 1) / 1000 })
  .map((seconds) => new Date(seconds * 1000).toISOString());

/** What nobody's text holds, so that it tells where an edit was made. */
export const mark = '‡';

const pieces = [
  'Ünïcødé',
  ' two  spaces ',
  '\n',
  '\n\n',
  '\r\n',
  '#tag',
  '@name',
  '👩‍👩‍👧',
  '🇳🇿',
  'مرحبا',
  '"quoted"',
  '\\',
  '&amp;',
  '<b>',
  '%20',
  'https://larkspur.example/a?b=c&d=e#f',
  '\u00a0',
  '{0}',
  '$&',
];
/** A text for people: no control characters, which are refused, but white space. */
export const words = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .array(fc.constantFrom(...pieces, 'and', 'what', 'we', 'learned', ' ', ' '), { maxLength: 8 })
      .map((each) => each.join('')),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 24 }).filter((text) => !/[\p{Cc}‡]/u.test(text)) },
);

const addressTail = fc.tuple(fc.stringMatching(/^[a-z0-9-]{1,12}$/u), fc.constantFrom('', '?size=2&v=1', '#part'));
export function address(...extensions: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(addressTail, fc.constantFrom(...extensions))
    .map(([[name, tail], extension]) => `https://larkspur.example/${name}${extension}${tail}`);
}
export const image = address('.png', '.jpg', '.gif', '');
export const page = address('', '/', '.html');

/** By `Type.field`; what is named in none is as its type allows. */
const rules: Readonly<Record<string, Rule>> = {
  'CreatePostInput.channelId': ({ profile }) => fc.constant(profile.id),
  // What was sent cannot be edited.
  'CreatePostInput.mode': () => fc.constantFrom(...valuesOf('ShareMode').filter((mode) => mode !== 'shareNow')),
  // The past is refused.
  'CreatePostInput.dueAt': () => later,
  // Unknown ones are refused.
  'CreatePostInput.tagIds': ({ tagIds }) => fc.subarray([...tagIds]),
  // Where no policy asks for it, it is refused.
  'CreatePostInput.needsApproval': () => seldom(fc.constant(true), false),
  'CreatePostInput.saveToDraft': () => fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  'CreatePostInput.metadata': (channel) => metadataOf(channel),
  // The service measures a picture itself, whatever it is told.
  'ImageMetadataInput.dimensions': () => 'never',
  // The whole post is refused for it.
  'VideoAssetInput.thumbnailUrl': () => 'never',
  'ImageAssetInput.url': () => image,
  'ImageAssetInput.thumbnailUrl': () => image,
  'ImageMetadataInput.animatedThumbnail': () => image,
  'VideoAssetInput.url': () => address('.mp4', '.mov'),
  'DocumentAssetInput.url': () => address('.pdf'),
  'DocumentAssetInput.thumbnailUrl': () => image,
  'LinkAssetInput.url': () => page,
  'LinkAssetInput.thumbnailUrl': () => image,
  // The key is the channel's network; others have no place for a card.
  'ThreadedPostInput.metadata': (channel) => {
    const type = { bluesky: 'ThreadItemBlueskyMetadataInput', threads: 'ThreadItemThreadsMetadataInput' }[channel.profile.service];
    return type ? inputs(type, channel).map((value) => ({ [channel.profile.service]: value })) : 'never';
  },
  'LinkAttachmentInput.url': () => page,
  'LinkAttachmentThumbnailInput.url': () => image,
  // A carousel is refused, and what Instagram has are these.
  'InstagramPostMetadataInput.type': () => fc.constantFrom('post', 'story', 'reel'),
  // One of the channel's own.
  'PinterestPostMetadataInput.boardServiceId': ({ profile }) =>
    fc.constantFrom(...(profile.boards ?? []).map(({ serviceId }) => serviceId)),
  'YoutubePostMetadataInput.categoryId': ({ categoryIds }) => fc.constantFrom(...categoryIds),
};

/** Nothing most of the time. */
export function seldom<Value>(value: fc.Arbitrary<Value>, nothing: Value): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 7, arbitrary: fc.constant(nothing) }, { weight: 1, arbitrary: value });
}

/** What is told to a channel's network, and now and then to another, which is passed over. */
function metadataOf(channel: Channel): fc.Arbitrary<Input> {
  const { service } = channel.profile;
  const fields = (publicSchema.getType('PostInputMetaData') as GraphqlJs.GraphQLInputObjectType).getFields();
  const field = fields[service];
  // A network that the schema does not know takes no more than text and files.
  if (!field) return fc.constant({});
  const own = inputs(graphql.getNamedType(field.type).name, channel);
  const others = Object.keys(fields).filter((name) => name !== service && name !== 'pinterest');
  const another = fc
    .constantFrom(...others)
    .chain((name) => inputs(graphql.getNamedType(fields[name]!.type).name, channel).map((value) => ({ [name]: value })));
  return fc.tuple(own, seldom(another, {})).map(([value, more]) => ({ ...more, [service]: value }));
}

function inputs(typeName: string, channel: Channel): fc.Arbitrary<Input> {
  const type = publicSchema.getType(typeName) as GraphqlJs.GraphQLInputObjectType;
  const fields = Object.values(type.getFields());
  const arbitraries = new Map(
    fields.flatMap((field) => {
      const ruled = Object.hasOwn(rules, `${typeName}.${field.name}`)
        ? rules[`${typeName}.${field.name}`]!(channel)
        : values(field.type, channel);
      return ruled === 'never' ? [] : [[field.name, ruled] as const];
    }),
  );
  // An asset is one of its kinds.
  if (typeName === 'AssetInput') return fc.oneof(...[...arbitraries].map(([name, value]) => value.map((each) => ({ [name]: each }))));
  const required = fields.filter((field) => graphql.isRequiredInputField(field)).map(({ name }) => name);
  return fc.record(Object.fromEntries(arbitraries), { requiredKeys: required });
}

function values(type: GraphqlJs.GraphQLInputType, channel: Channel): fc.Arbitrary<unknown> {
  const nullable = graphql.getNullableType(type);
  if (graphql.isListType(nullable)) return fc.array(values(nullable.ofType, channel), { maxLength: 4 });
  if (graphql.isEnumType(nullable)) return fc.constantFrom(...nullable.getValues().map(({ name }) => name));
  if (graphql.isInputObjectType(nullable)) return inputs(nullable.name, channel);
  switch (nullable.name) {
    case 'Boolean':
      return fc.boolean();
    case 'Int':
      return fc.nat(100_000);
    case 'Float':
      return fc.double({ min: 0, max: 1, noNaN: true });
    case 'DateTime':
      return later;
    default:
      return words;
  }
}

function valuesOf(enumName: string): string[] {
  return (publicSchema.getType(enumName) as GraphqlJs.GraphQLEnumType).getValues().map(({ name }) => name);
}

type Asset = Record<string, unknown>;
const picture = { image: { url: 'https://larkspur.example/needed.png', metadata: { altText: 'What is needed' } } };
const film = { video: { url: 'https://larkspur.example/needed.mp4', metadata: { thumbnailOffset: 1500 } } };

/** What goes together: what the documents and clients say of a network, of a field beside another. */
function completed(input: Input, { service, serviceType, boards = [] }: Profile, mayLack: boolean): Input {
  const post: Input = { assets: [], ...input };
  // Nothing goes out to some kinds of channel by itself.
  if (networks[service]!.types[serviceType]!.isReminderOnly) post.schedulingType = 'notification';
  const isLoose = mayLack && post.saveToDraft === true;
  const all = neededOf(service, boards[0]?.serviceId);
  const needed = isLoose
    ? { files: [], metadata: all.ofDrafts ?? {} }
    : { files: all.files, metadata: { ...all.ofDrafts, ...all.metadata } };
  const metadata = (post.metadata ?? (Object.keys(needed.metadata).length > 0 ? { [service]: {} } : undefined)) as
    Record<string, Input> | undefined;
  const own: Input = { ...needed.metadata, ...withoutBlanks(metadata?.[service] ?? {}, Object.keys(needed.metadata)) };
  // Text may be missing where there is a file; most networks want one of them.
  const given = (post.text ?? '') as string;
  if (!given.trim() && needed.files.length === 0) post.text = 'What we learned.';
  const text = (post.text ?? '') as string;
  // A time of its own is for a post with such a time.
  if (post.mode === 'customScheduled') post.dueAt ??= '2041-05-06T07:08:09.000Z';
  else delete post.dueAt;

  const files = post.assets as Asset[];
  const wanted = [
    needed.files,
    ...(isLoose ? [] : own.type === 'reel' ? [['video']] : own.type === 'story' ? [['image', 'video']] : []),
  ].filter((kinds) => kinds.length > 0);
  const lacking = wanted.filter((kinds) => !kinds.some((kind) => files.some((each) => kind in each)));
  // A link's card excludes files.
  if (wanted.length > 0) {
    delete own.linkAttachment;
    post.assets = [...lacking.map((kinds) => (kinds.includes('image') ? picture : film)), ...files.filter((each) => !('link' in each))];
  } else if (own.linkAttachment) {
    post.assets = [];
  } else {
    const [card] = files.filter((each) => 'link' in each);
    post.assets = card && files[0] === card ? [card] : files.filter((each) => !('link' in each));
  }
  const thread = own.thread as Part[] | undefined;
  // The first part of a thread is the text, and a part has one card.
  if (thread)
    own.thread = thread.map((part, index) => ({
      ...part,
      ...(index === 0 && { text }),
      // A card of its own excludes files, and another card.
      ...(part.assets && { assets: cardIn(part, service) ? [] : withOneCard(part.assets) }),
    }));
  // creating-15: Threads publishes what the parts carry, so whoever gives the post files gives them to its first part.
  const [first] = service === 'threads' ? ((own.thread ?? []) as Part[]) : [];
  const ownFiles = (post.assets as Asset[]).filter((each) => !('link' in each));
  if (first && ownFiles.length > 0) delete first.metadata;
  if (first && ownFiles.length > 0) first.assets = [...ownFiles, ...(first.assets ?? []).filter((each) => 'link' in each)];
  // A mention stands in the text.
  if (own.annotations) own.annotations = (own.annotations as Input[]).map((each) => within(each, text));
  if (service === 'google') Object.assign(own, googleDetails(own));
  if (metadata) post.metadata = { ...metadata, [service]: withoutGaps(own) };
  return withoutGaps(post);
}

interface Part {
  text?: string;
  assets?: Asset[];
  metadata?: Record<string, { linkAttachment?: Input }>;
}

/** The card that a thread's part has in its own place. */
function cardIn({ metadata }: Part, service: string): Input | undefined {
  return metadata?.[service]?.linkAttachment;
}

/** The same post where the cards of a thread's parts have both places, or one of them: creating-22. */
export function withCardsOf(threadCards: Settings['threadCards'], input: Input): Input {
  if (threadCards === 'both') return input;
  const isCard = (each: Asset) => 'link' in each;
  const partOf = (service: string, { metadata: own, ...part }: Part): Part => {
    const { assets = [] } = part;
    const card = cardIn({ metadata: own }, service);
    if (threadCards === 'oldOnly') {
      const { thumbnail, ...rest } = card ?? {};
      const link = { ...rest, ...(thumbnail !== undefined && { thumbnailUrl: (thumbnail as { url: string }).url }) };
      return { ...part, ...(card && { assets: [{ link }] }) };
    }
    return { ...part, ...(own && { metadata: own }), ...(part.assets && { assets: assets.filter((each) => !isCard(each)) }) };
  };
  const metadata = Object.entries((input.metadata ?? {}) as Record<string, { thread?: Part[] }>).map(([service, { thread, ...rest }]) => [
    service,
    { ...rest, ...(thread && { thread: thread.map((part) => partOf(service, part)) }) },
  ]);
  const assets = (input.assets ?? []) as Asset[];
  return {
    ...input,
    assets: threadCards === 'newOnly' ? assets.filter((each) => !isCard(each)) : assets,
    ...(input.metadata !== undefined && { metadata: Object.fromEntries(metadata) as Input }),
  };
}

interface Needed {
  readonly files: readonly ('image' | 'video')[];
  readonly metadata?: Input;
  /** What is asked even of drafts. */
  readonly ofDrafts?: Input;
}

/** "Per-service needs beside text" of the notes on GraphQL. */
function neededOf(service: string, board: string | undefined): Needed {
  switch (service) {
    case 'facebook':
      return { files: [], ofDrafts: { type: 'post' } };
    case 'instagram':
      return { files: ['image', 'video'], ofDrafts: { type: 'post', shouldShareToFeed: true } };
    case 'tiktok':
      return { files: ['image', 'video'] };
    case 'pinterest':
      return { files: ['image'], metadata: { boardServiceId: board } };
    case 'youtube':
      return { files: ['video'], metadata: { title: 'A film', categoryId: '28' } };
    case 'google':
      return { files: [], ofDrafts: { type: 'whats_new', detailsWhatsNew: { button: 'none' } } };
    default:
      return { files: [] };
  }
}

/** What must be there is there with something in it. */
function withoutBlanks(value: Input, required: readonly string[]): Input {
  return Object.fromEntries(Object.entries(value).filter(([name, each]) => !(required.includes(name) && each === '')));
}

function withOneCard(assets: readonly Asset[]): Asset[] {
  const card = assets.find((each) => 'link' in each);
  return assets.filter((each) => !('link' in each) || each === card);
}

/** Facebook tells where a mention begins and ends, LinkedIn where it begins and how long it is. */
function within(mention: Input, text: string): Input {
  const place = (value: unknown) => (typeof value === 'number' ? value % (text.length + 1) : 0);
  if ('indices' in mention) {
    const [one, other] = mention.indices as number[];
    return { ...mention, indices: [place(one), place(other)].sort((a, b) => a - b) };
  }
  const start = place(mention.start);
  return { ...mention, start, length: place(mention.length) % (text.length - start + 1) };
}

/** Google takes the details of a post's type, whole; an end is after its start. */
function googleDetails({ type, detailsEvent, detailsOffer, detailsWhatsNew }: Input): Input {
  const none = { detailsEvent: undefined, detailsOffer: undefined, detailsWhatsNew: undefined };
  const dated = (given: unknown): Input => {
    const { title, startDate, endDate, ...rest } = (given ?? {}) as { title?: string; startDate?: string; endDate?: string };
    const [start, end] = [startDate ?? '2040-06-01T10:00:00.000Z', endDate ?? '2041-06-01T10:00:00.000Z'].sort();
    return { ...rest, title: title || 'Open day', startDate: start, endDate: end };
  };
  switch (type) {
    case 'event':
      return { ...none, detailsEvent: { isFullDayEvent: false, ...dated(detailsEvent) } };
    case 'offer':
      return { ...none, detailsOffer: dated(detailsOffer) };
    default:
      return { ...none, detailsWhatsNew: detailsWhatsNew ?? { button: 'none' } };
  }
}

function withoutGaps(value: Input): Input {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
}
