import * as v from 'valibot';

/**
 * What the composer's two sides say to each other, and the draft that both hold. The extension and the page in the
 * webview share this file alone; each checks what it is told, as either could be asked by something hostile.
 */

const optionalText = v.optional(v.pipe(v.string(), v.maxLength(100_000)));

/** What goes with the text. Addresses stay as typed until they are sent. */
export const draftMedia = v.variant('kind', [
  v.object({ kind: v.literal('none') }),
  v.object({ kind: v.literal('link'), url: v.string(), title: optionalText, description: optionalText, picture: optionalText }),
  /** `description` is the alternative text. */
  v.object({ kind: v.literal('picture'), url: v.string(), description: optionalText }),
  v.object({ kind: v.literal('video'), url: v.string() }),
]);
export type DraftMedia = v.InferOutput<typeof draftMedia>;

/** When it goes out. `keep` is for an update that is edited and keeps its time. `at` is an instant as ISO 8601. */
export const draftTime = v.variant('kind', [
  v.object({ kind: v.picklist(['queue', 'next', 'now', 'keep']) }),
  v.object({ kind: v.literal('at'), at: v.optional(v.pipe(v.string(), v.isoTimestamp())), words: v.optional(v.string()) }),
]);
export type DraftTime = v.InferOutput<typeof draftTime>;

/** What one network asks for beside text and media, as typed; `NetworkDetails` of the model, with times as ISO 8601. */
export const draftDetails = v.object({
  type: optionalText,
  shareToFeed: v.optional(v.boolean()),
  firstComment: optionalText,
  thread: v.optional(v.pipe(v.array(v.string()), v.maxLength(100))),
  /** By profile. */
  boards: v.optional(v.record(v.string(), v.string())),
  title: optionalText,
  link: optionalText,
  category: optionalText,
  privacy: optionalText,
  isMadeForKids: v.optional(v.boolean()),
  button: optionalText,
  startsAt: optionalText,
  endsAt: optionalText,
  coupon: optionalText,
  terms: optionalText,
  spoiler: optionalText,
  topic: optionalText,
});
export type DraftDetails = v.InferOutput<typeof draftDetails>;

/** A file of an update that is edited, and that stays as it is. */
export const keptFile = v.object({
  kind: v.picklist(['picture', 'video', 'document']),
  /** What is shown of it: the picture, or one that stands for it. */
  picture: optionalText,
  description: optionalText,
  /** The part of a thread that has it, from 1; absent for the update's own. */
  part: v.optional(v.number()),
});
export type KeptFile = v.InferOutput<typeof keptFile>;

/** One thought on its way to some networks. */
export const draft = v.object({
  id: v.pipe(v.string(), v.uuid()),
  /** Grows with every change, so that the newer of two copies can be told. */
  revision: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** What every network gets that has no text of its own. */
  text: v.string(),
  /** Texts of their own, by network (`twitter` …). */
  variants: v.record(v.string(), v.string()),
  profileIds: v.array(v.string()),
  media: draftMedia,
  /** By network. Absent in drafts of before there were any. */
  details: v.optional(v.record(v.string(), draftDetails)),
  when: draftTime,
  /** The update that is edited, and what it held when the editing began; of before there was more, its text alone. */
  editing: v.optional(
    v.object({
      updateId: v.string(),
      profileId: v.string(),
      text: v.string(),
      media: v.optional(draftMedia),
      details: v.optional(draftDetails),
      kept: v.optional(v.array(keptFile)),
    }),
  ),
});
export type Draft = v.InferOutput<typeof draft>;

/** A profile as the composer shows it. */
export interface ComposerProfile {
  readonly id: string;
  readonly service: string;
  /** The network's name for people, such as `X`. */
  readonly network: string;
  readonly name: string;
  readonly avatarUrl?: string;
  /** Why nothing can be posted to it; it can be chosen where this is absent. */
  readonly trouble?: string;
  /** Characters its network takes; absent where there is no limit. */
  readonly characters?: number;
  readonly pending?: number;
  /** IANA name. */
  readonly timeZone?: string;
  /** Where a pin can go. */
  readonly boards?: readonly { readonly id: string; readonly name: string }[];
  /** What to know before posting to it, in sentences. */
  readonly notes?: readonly string[];
}

/** What the service behind the composer can do. */
export interface ComposerAbilities {
  /** Asks for what networks need beside text and media, and takes videos. */
  readonly details: boolean;
  /** An update that is edited can go back to its queue. */
  readonly requeue: boolean;
  /** The plan is the free one, which refuses an update with a first comment. */
  readonly isFree?: boolean;
  /** Why nothing new can be sent, and why no update can be edited, where that is so. */
  readonly postRefusal?: string;
  readonly changeRefusal?: string;
}

/** A named set of profiles that is chosen at once. */
export interface ComposerGroup {
  readonly name: string;
  readonly profileIds: readonly string[];
}

export type ProfileResult =
  | { readonly kind: 'sending' }
  /** `shown` tells when it goes out, in words. */
  | { readonly kind: 'done'; readonly shown: string }
  | { readonly kind: 'failed'; readonly reason: string }
  /** In the outbox: it goes out by itself. */
  | { readonly kind: 'waiting'; readonly reason: string }
  /** It may have been done. It is not sent again before someone looked. */
  | { readonly kind: 'unclear'; readonly reason: string };

/** From the extension to the page. */
export type ToApp =
  /**
   * Answers `ready`; also sent when another draft takes the place. `formerId` is for a draft that got a new id:
   * letters that were typed meanwhile stay.
   */
  | { readonly type: 'open'; readonly draft: Draft; readonly location: 'editor' | 'sidebar'; readonly formerId?: string }
  | {
      readonly type: 'profiles';
      readonly status: 'loading' | 'loaded' | 'failed' | 'signedOut';
      readonly profiles: readonly ComposerProfile[];
      readonly groups: readonly ComposerGroup[];
      readonly abilities: ComposerAbilities;
      readonly reason?: string;
    }
  /** Answers `readTime`: what the words mean, or why they mean nothing. */
  | { readonly type: 'time'; readonly words: string; readonly at?: string; readonly shown?: string; readonly problem?: string }
  /** Answers `askSlots`: free posting times of the first chosen profile. */
  | {
      readonly type: 'slots';
      readonly profileId: string;
      readonly zone: string;
      readonly slots: readonly { readonly at: string; readonly shown: string }[];
    }
  /** How sending stands. When `isOver`, what failed stays in the draft and the rest has left it. */
  | { readonly type: 'sent'; readonly results: Readonly<Record<string, ProfileResult>>; readonly isOver: boolean }
  /** Kept on disk up to this revision. */
  | { readonly type: 'kept'; readonly revision: number }
  /** Something to tell at the top of the page. */
  | { readonly type: 'notice'; readonly text: string };

/** From the page to the extension. */
export const toHost = v.variant('type', [
  /** The page can listen. `draft` is what it kept through a reload, if anything. */
  v.object({ type: v.literal('ready'), draft: v.optional(draft) }),
  /** Every change, at most a few a second. */
  v.object({ type: v.literal('changed'), draft }),
  v.object({ type: v.literal('send'), draft }),
  v.object({ type: v.literal('readTime'), words: v.string(), profileIds: v.array(v.string()) }),
  v.object({ type: v.literal('askSlots'), profileIds: v.array(v.string()) }),
  /** The person wants to throw the draft away; the extension asks first. */
  v.object({ type: v.literal('discard') }),
  v.object({ type: v.literal('close') }),
  /** A new, empty draft in the place of the one that was sent; answered with `open`. */
  v.object({ type: v.literal('another') }),
  /** To the sidebar or to an editor tab, the draft with it. */
  v.object({ type: v.literal('move') }),
  /** Keeps the chosen profiles as a group; the extension asks for its name. */
  v.object({ type: v.literal('saveGroup'), profileIds: v.array(v.string()) }),
  v.object({ type: v.literal('signIn') }),
  v.object({ type: v.literal('retryProfiles') }),
  /** Shows an update that was sent in the sidebar. */
  v.object({ type: v.literal('show'), profileId: v.string() }),
  v.object({ type: v.literal('showOutbox') }),
]);
export type ToHost = v.InferOutput<typeof toHost>;

/** A draft with nothing in it. */
export function emptyDraft(id: string, profileIds: readonly string[] = []): Draft {
  return { id, revision: 0, text: '', variants: {}, profileIds: [...profileIds], media: { kind: 'none' }, when: { kind: 'queue' } };
}

/** Whether a network has a text of its own. */
export function hasVariant({ variants }: Pick<Draft, 'variants'>, service: string): boolean {
  return Object.hasOwn(variants, service);
}

/** The text a network gets. */
export function textFor(draft: Pick<Draft, 'text' | 'variants'>, service: string): string {
  return hasVariant(draft, service) ? draft.variants[service]! : draft.text;
}

/** Whether there is nothing in a draft that someone would miss. */
export function isEmptyDraft({ text, variants, media, details = {} }: Draft): boolean {
  const isBlank = (value: unknown): boolean =>
    typeof value === 'string' ? !value.trim() : Array.isArray(value) ? value.every(isBlank) : true;
  const written = Object.values(details).flatMap(({ firstComment, thread, title, link, coupon, terms, spoiler, topic }) => [
    firstComment,
    thread,
    title,
    link,
    coupon,
    terms,
    spoiler,
    topic,
  ]);
  return !text.trim() && Object.values(variants).every(isBlank) && media.kind === 'none' && written.every(isBlank);
}
