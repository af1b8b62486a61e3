import * as v from 'valibot';
import { draft } from '../core/drafts/draftSchema.ts';
import type { Draft } from '../core/drafts/draft.ts';
import type { UtmRule } from '../core/networks/utmRule.ts';

/**
 * What the composer's two sides say to each other. The extension and the page in the webview share this file and the
 * draft alone; each checks what it is told, as either could be asked by something hostile.
 */

/** A profile as the composer shows it. */
export interface ComposerProfile {
  readonly id: string;
  readonly service: string;
  /** The network's name for people, such as `X`. */
  readonly network: string;
  readonly name: string;
  /** What the network shows beside the name. */
  readonly handle?: string;
  /** Its picture, as a file that the page may show. */
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
  /** The service keeps drafts of its own, and reminds people to publish. */
  readonly drafts: boolean;
  /** There are templates to insert. */
  readonly templates?: boolean;
  /** An update can have tags. */
  readonly tags?: boolean;
  /** The tags that there are can be read, to choose from them. */
  readonly tagList?: boolean;
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

/** A tag as the composer shows it. */
export interface ComposerTag {
  readonly id: string;
  readonly name: string;
  /** As `#rrggbb`. */
  readonly color?: string;
}

/** What a page says of itself. */
export interface ComposerCard {
  readonly title?: string;
  readonly description?: string;
  readonly picture?: string;
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
      /** What is added to the links of a new update when it is sent. */
      readonly utmRules?: readonly UtmRule[];
      readonly reason?: string;
    }
  /** Answers `readTime`: what the words mean, or why they mean nothing. */
  | { readonly type: 'time'; readonly words: string; readonly at?: string; readonly shown?: string; readonly problem?: string }
  /** Answers `askSlots`: posting times of the first chosen profile, free ones where that can be told. */
  | {
      readonly type: 'slots';
      readonly profileId: string;
      readonly zone: string;
      readonly areFree: boolean;
      readonly slots: readonly { readonly at: string; readonly shown: string }[];
      /** Words for times, in the person's language. */
      readonly examples?: string;
    }
  /** Answers `readPicture`: a picture of the web with its type by its bytes, or why there is none, in a sentence. */
  | {
      readonly type: 'picture';
      readonly address: string;
      readonly picture?: { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> };
      readonly trouble?: string;
    }
  /** Answers `readCard`: what a page says of itself, or why that could not be read, in a sentence. */
  | { readonly type: 'card'; readonly address: string; readonly card?: ComposerCard; readonly trouble?: string }
  /** Tags that are known by name. `chosen` answers `pickTags`: what the draft is to have. */
  | { readonly type: 'tags'; readonly draftId: string; readonly tags: readonly ComposerTag[]; readonly chosen?: readonly string[] }
  /** What there is like the draft, in sentences: to know before it is sent, and nothing against it. */
  | { readonly type: 'twins'; readonly draftId: string; readonly notes: readonly string[] }
  /** A template's text for where the cursor is. */
  | { readonly type: 'insert'; readonly draftId: string; readonly text: string }
  /** How sending stands. When `isOver`, what failed stays in the draft and the rest has left it. */
  | { readonly type: 'sent'; readonly results: Readonly<Record<string, ProfileResult>>; readonly isOver: boolean }
  /** Answers `ping`. */
  | { readonly type: 'pong' }
  /** Kept on disk up to this revision. */
  | { readonly type: 'kept'; readonly revision: number }
  /** Something to tell at the top of the page. `endsSending` where it is why nothing is sent: what is there can be changed again. */
  | { readonly type: 'notice'; readonly text: string; readonly endsSending?: boolean };

const address = v.pipe(v.string(), v.maxLength(10_000));

/** From the page to the extension. */
export const toHost = v.variant('type', [
  /** The page can listen. `draft` is what it kept through a reload, if anything. */
  v.object({ type: v.literal('ready'), draft: v.optional(draft) }),
  /** Whether anybody hears the page. */
  v.object({ type: v.literal('ping') }),
  /** Every change, at most a few a second. */
  v.object({ type: v.literal('changed'), draft }),
  v.object({ type: v.literal('send'), draft }),
  /** The cursor is in this part of the thread of a network, 0 being the text before it; in the text for all where there is none. */
  v.object({
    type: v.literal('cursor'),
    service: v.optional(v.pipe(v.string(), v.maxLength(200))),
    part: v.pipe(v.number(), v.integer(), v.minValue(0)),
    fraction: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  }),
  v.object({ type: v.literal('readTime'), words: v.string(), profileIds: v.array(v.string()) }),
  v.object({ type: v.literal('askSlots'), profileIds: v.array(v.string()) }),
  /** The person wants to throw the draft away; the extension asks first. */
  v.object({ type: v.literal('discard') }),
  v.object({ type: v.literal('close') }),
  /** A new, empty draft in the place of the one that was sent; answered with `open`. */
  v.object({ type: v.literal('another') }),
  /** Keeps the chosen profiles as a group; the extension asks for its name. */
  v.object({ type: v.literal('saveGroup'), profileIds: v.array(v.string()) }),
  /** The page reaches nothing itself: pictures and pages of the web are read for it. */
  v.object({ type: v.literal('readPicture'), address }),
  v.object({ type: v.literal('readCard'), address }),
  v.object({ type: v.literal('stopCard') }),
  /** The extension lets the person choose; the list of tags is read then, not before. */
  v.object({ type: v.literal('pickTags') }),
  /** The extension lets the person choose a template; answered with `insert`. */
  v.object({ type: v.literal('pickTemplate') }),
  v.object({ type: v.literal('signIn') }),
  v.object({ type: v.literal('retryProfiles') }),
  /** Shows an update that was sent in the sidebar. */
  v.object({ type: v.literal('show'), profileId: v.string() }),
  v.object({ type: v.literal('showOutbox') }),
]);
export type ToHost = v.InferOutput<typeof toHost>;
