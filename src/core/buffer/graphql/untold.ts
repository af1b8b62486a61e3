import { outputType } from './fieldTypes.ts';

/**
 * What of a post was not asked for, as the schema of the service lacks it. An edit sends a post back whole, so what could
 * not be read would be gone with it: the person is asked before, or edits it at Buffer.
 */

const leftOutOf = new WeakMap<object, readonly string[]>();

/** Notes at each post of an answer what was left out when it was asked for, as coordinates of the schema. */
export function noteLeftOut(data: unknown, names: readonly string[]): void {
  if (typeof data !== 'object' || data === null || names.length === 0) return;
  if ('__typename' in data && data.__typename === 'Post') leftOutOf.set(data, names);
  else for (const each of Object.values(data)) noteLeftOut(each, names);
}

/** What was left out when a post was asked for; nothing for what is no post. */
export function leftOutAt(post: object): readonly string[] {
  return leftOutOf.get(post) ?? [];
}

/** How much of a post is not told: nothing that an edit sends back, some of it, or so much that no edit can be sent. */
export type Untold = 'nothing' | 'some' | 'much';

/** Of a post, what is only shown. What its tags are called is not sent back, either. */
const shown = new Set([
  ...['Post.author', 'Author.name', 'Author.email', 'Author.isDeleted'],
  ...['allowedActions', 'channelService', 'createdAt', 'dueAt', 'error', 'externalLink', 'isCustomScheduled', 'metrics'].map(ofPost),
  ...['notificationStatus', 'sentAt', 'updatedAt', 'via'].map(ofPost),
  ...['Tag.color', 'Tag.name', 'Annotation.type', 'FacebookPostMetadata.title', 'ImageMetadata.isAnimated'],
]);
function ofPost(field: string): string {
  return `Post.${field}`;
}

/** Without these nothing is known of what is most of a post. */
const much = new Set([
  'Post.assets',
  'Post.metadata',
  'Asset.source',
  'DocumentAsset.document',
  'ThreadedPostMetadata',
  'ThreadedPostMetadata.thread',
]);

/** The two places of the card of a thread's part: what one lacks, the other tells. */
const newPlaces = [
  'ThreadedPost.metadata',
  'ThreadItemMetadata.bluesky',
  'ThreadItemMetadata.threads',
  'ThreadItemBlueskyMetadata.linkAttachment',
  'ThreadItemThreadsMetadata.linkAttachment',
];
export const cardPlaces = { old: 'ThreadedPost.linkAttachment', new: newPlaces } as const;

/** Whether what is left out is told in another place. */
export function isToldElsewhere(name: string, leftOut: readonly string[]): boolean {
  if (name === cardPlaces.old) return !newPlaces.some((each) => leftOut.includes(each));
  return newPlaces.includes(name) && !leftOut.includes(cardPlaces.old);
}

/** What a post may hold that was left out when it was asked for. */
export function untoldOf(post: object): Untold {
  const leftOut = leftOutAt(post);
  const content = leftOut.filter((name) => !shown.has(name) && !isToldElsewhere(name, leftOut));
  if (content.length === 0) return 'nothing';
  const types = typesIn(post, 'Post');
  const untold = content.filter((name) => types.has(name.split('.')[0]!) && isSentBack(name, types));
  if (untold.length === 0) return 'nothing';
  // A document is not taken without its cover.
  const isMuch = untold.some((name) => much.has(name) || (name === 'Asset.thumbnail' && types.has('DocumentAsset')));
  return isMuch ? 'much' : 'some';
}

/** Kinds and mentions are told of every network, and taken by some. */
function isSentBack(name: string, types: ReadonlySet<string>): boolean {
  const networks: Readonly<Record<string, readonly string[]>> = {
    'CommonPostMetadata.annotations': ['FacebookPostMetadata', 'LinkedInPostMetadata'],
    'CommonPostMetadata.type': ['FacebookPostMetadata', 'GoogleBusinessPostMetadata', 'InstagramPostMetadata', 'ThreadsPostMetadata'],
  };
  return !Object.hasOwn(networks, name) || networks[name]!.some((each) => types.has(each));
}

/** The types of all that is in a post. */
function typesIn(value: unknown, declared: string, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const each of value) typesIn(each, declared, found);
  else if (typeof value === 'object' && value !== null) {
    const types = typesOf(value, declared);
    for (const each of types) found.add(each);
    for (const [name, each] of Object.entries(value)) typesIn(each, typeIn(types, name), found);
  }
  return found;
}

const threaded = ['BlueskyPostMetadata', 'MastodonPostMetadata', 'ThreadsPostMetadata', 'TwitterPostMetadata'];

/** An object's own type, that of its field, and the interfaces that it is by them. */
function typesOf(value: object, declared: string): readonly string[] {
  const own = '__typename' in value && typeof value.__typename === 'string' ? [value.__typename] : [];
  const common = declared === 'PostMetadata' ? ['CommonPostMetadata'] : [];
  return [declared, ...own, ...common, ...(own.some((each) => threaded.includes(each)) ? ['ThreadedPostMetadata'] : [])];
}

function typeIn(types: readonly string[], field: string): string {
  return types.map((each) => outputType(each, field)).find((each) => each !== undefined) ?? '';
}

/** What stands for what was left out, where a post is read as if all of it had come. */
const standIns: Readonly<Record<string, unknown>> = {
  'Post.assets': [],
  'Post.metadata': null,
  'Post.tags': [],
  'CommonPostMetadata.annotations': [],
  'GoogleBusinessEventMetaData.isFullDayEvent': false,
  'ImageAsset.image': { altText: '' },
  'ImageMetadata.altText': '',
  'InstagramPostMetadata.shouldShareToFeed': true,
  'ThreadedPost.assets': [],
  'ThreadedPostMetadata.thread': [],
  'VideoAsset.video': {},
};

/** Without these an object says nothing that could be sent back. */
const telling = new Set([
  'Annotation.content',
  'Annotation.indices',
  'Annotation.text',
  'Annotation.url',
  'LinkAttachment.url',
  'Tag.id',
  'UserTag.handle',
  'UserTag.x',
  'UserTag.y',
]);

/** A post with something in every place that those who read it count on; the same one where nothing was left out. */
export function filledIn<Post extends object>(post: Post): Post {
  const leftOut = leftOutAt(post);
  return leftOut.length === 0 ? post : (filled(post, 'Post', new Set(leftOut)) as Post);
}

function filled(value: unknown, declared: string, leftOut: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((each) => filled(each, declared, leftOut)).filter((each) => each !== null);
  if (typeof value !== 'object' || value === null) return value;
  const types = typesOf(value, declared);
  if ([...telling].some((name) => leftOut.has(name) && types.includes(name.split('.')[0]!))) return null;
  const result = new Map(Object.entries(value).map(([name, each]) => [name, filled(each, typeIn(types, name), leftOut)]));
  for (const [name, standIn] of Object.entries(standIns)) {
    const [type, field] = name.split('.') as [string, string];
    const isLeftOut = leftOut.has(name) || (leftOut.has(type) && type === 'ThreadedPostMetadata');
    if (isLeftOut && types.includes(type)) result.set(field, standIn);
  }
  // Its kind is a post where nothing else is said.
  if (types.includes('InstagramPostMetadata') && !result.has('type')) result.set('type', 'post');
  return Object.fromEntries(result);
}
