import type { Picture } from './picture.ts';

/**
 * What a network asks for beside text and media. `networkNeeds.ts` tells which network takes what. Everything that keeps
 * such details, checks them or asks a person for them follows from this one table.
 *
 * - `text`, `longText`, `address`  words as typed; a long text is asked for in several lines
 * - `choice`  a word of the service's own, as it is
 * - `flag`    yes or no
 * - `time`    an instant
 * - `texts`   a list of texts
 * - `pictures` a list of pictures for each text of such a list
 * - `board`   the id of one of the profile's boards
 */
export const detailKinds = {
  /** `post`, `story`, `reel`; Google Business: `whats_new`, `event`, `offer`. */
  type: 'choice',
  /** Instagram: whether a reel is shown in the feed as well. */
  shareToFeed: 'flag',
  firstComment: 'longText',
  /** The texts that follow the first one. */
  thread: 'texts',
  /** The pictures of each of them, in their places. Absent where they are not told, or not all are pictures: they stay. */
  threadPictures: 'pictures',
  /** Pinterest: `Board.id`. */
  board: 'board',
  title: 'text',
  /** Where a pin or a button leads. */
  link: 'address',
  /** YouTube: a category's number. */
  category: 'choice',
  privacy: 'choice',
  isMadeForKids: 'flag',
  license: 'choice',
  isEmbeddable: 'flag',
  notifiesSubscribers: 'flag',
  /** Google Business: what the button says. */
  button: 'choice',
  startsAt: 'time',
  endsAt: 'time',
  /** Google Business: an event of whole days, whose hours are not shown. */
  isAllDay: 'flag',
  coupon: 'text',
  terms: 'longText',
  /** Mastodon: what stands before a text that is folded away. */
  spoiler: 'text',
  /** Threads. */
  topic: 'text',
  /** Threads: text alone, which is archived after a day. */
  isGhost: 'flag',
  /** Instagram, Threads: where it was; the network knows the place by its id. */
  place: 'text',
  placeId: 'text',
  /** Instagram: what a person who is reminded to publish it puts in there. */
  stickerText: 'text',
  stickerMusic: 'text',
  stickerProducts: 'text',
  stickerTopics: 'text',
  stickerOther: 'longText',
  /** It is marked as made with artificial intelligence. */
  isAiGenerated: 'flag',
  /** Instagram: where the picture leads in the profile's shop grid. */
  shopLink: 'address',
} as const satisfies Readonly<Record<string, DetailKind>>;

export type DetailKind = 'text' | 'longText' | 'address' | 'choice' | 'flag' | 'time' | 'texts' | 'pictures' | 'board';
export type DetailName = keyof typeof detailKinds;

/** What a detail of a kind is, by kind. */
interface Values {
  text: string;
  longText: string;
  address: string;
  choice: string;
  board: string;
  flag: boolean;
  time: Date;
  texts: readonly string[];
  pictures: readonly (readonly Picture[])[];
}

export type NetworkDetails = { readonly [Name in DetailName]?: Values[(typeof detailKinds)[Name]] };

/** The names of the details of some kinds. */
export type DetailOf<Kind extends DetailKind> = {
  [Name in DetailName]: (typeof detailKinds)[Name] extends Kind ? Name : never;
}[DetailName];

/** One value for each detail, made of its kind. */
export function byDetail<Value>(valueOf: (kind: DetailKind, name: DetailName) => Value): Record<DetailName, Value> {
  const entries = Object.entries(detailKinds).map(([name, kind]) => [name, valueOf(kind, name as DetailName)] as const);
  return Object.fromEntries(entries) as Record<DetailName, Value>;
}
