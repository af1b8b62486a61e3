import { isPictureAddress } from '../../page/addresses.ts';
import { takePicture, type WebPictures } from '../../page/webPictures.ts';
import type { CharacterCount } from '../../core/networks/characterCount.ts';
import type { UtmRule } from '../../core/networks/utmRule.ts';
import type { ComposerCard, ComposerTag, ProfileResult, ToApp } from '../messages.ts';
import { type Draft, type DraftMedia, type DraftPicture, type DraftTime, picturesOf } from '../../core/drafts/draft.ts';

type Message<Type extends ToApp['type']> = Extract<ToApp, { type: Type }>;

/** A count, and the text that was counted: a long text is counted after a pause. */
export interface TextCount extends CharacterCount {
  readonly text: string;
  /** What is sent for it, and where that grows too long, where rules add to its links. */
  readonly sent?: { readonly text: string; readonly overflowsAt: number | undefined; readonly rules: readonly UtmRule[] };
}

/** How sending stands, and how it was asked for. */
export interface Sending {
  readonly results: Readonly<Record<string, ProfileResult>>;
  readonly isOver: boolean;
  readonly when: DraftTime['kind'];
}

/** Buffer's service takes no files: it is told where an address can be entered instead. */
export interface RefusedFile {
  readonly kind: 'picture' | 'video' | 'document' | 'other';
  /** The id of the field where it is told. */
  readonly field: string;
  /** What is attached is of another kind, and is not put aside for a file that is not taken. */
  readonly isBeside?: true;
}

/** All that the page shows. It is never changed, only replaced. */
export interface Page {
  readonly draft?: Draft;
  readonly location: 'editor' | 'sidebar';
  readonly profiles: Omit<Message<'profiles'>, 'type'>;
  /** The network whose own text is shown; absent for the text of all. */
  readonly network?: string;
  readonly counts: ReadonlyMap<string, TextCount>;
  /** The texts as the preview shows them; they lag behind while a long text is typed. */
  readonly settled?: Pick<Draft, 'text' | 'variants' | 'details'>;
  /** The address whose picture is shown, once it was not typed on for a moment. */
  readonly settledPicture?: string;
  readonly time?: Omit<Message<'time'>, 'type'>;
  readonly slots?: Omit<Message<'slots'>, 'type'>;
  readonly sending?: Sending;
  /** Nothing was heard of the extension for some seconds: nothing can be sent, and what is there can be changed. */
  readonly isUnheard?: boolean;
  readonly notice?: string;
  /** What there is like this draft, in sentences. */
  readonly twins?: readonly string[];
  readonly keptRevision: number;
  /** Sending was asked for while something stood against it: now the reason is shown as an error. */
  readonly isWarned: boolean;
  /** All profiles are shown, not just two lines of them. */
  readonly isUnfolded: boolean;
  /** The profiles that stand first: those that were chosen when they were folded last, so that none moves under the mouse. */
  readonly first: readonly string[];
  /** A profile that was to be chosen and cannot be. */
  readonly refusedId?: string;
  /** Someone pasted or dropped a file. */
  readonly refusedFile?: RefusedFile;
  /** Pictures of profiles that did not load. */
  readonly broken: ReadonlySet<string>;
  /** What is shown of the web, by address. */
  readonly pictures: WebPictures;
  /** Tags that are known by name, by id. */
  readonly tags: ReadonlyMap<string, ComposerTag>;
  /** How the filling of a link's card from its page stands. */
  readonly filling?: CardFilling;
  /** What was typed for the other kinds of media, so that looking at another kind loses nothing. */
  readonly shelf: Readonly<Partial<Record<DraftMedia['kind'], DraftMedia>>>;
  /** Texts that were taken out of a thread, the last one last: each can come back. */
  readonly removed: readonly RemovedText[];
  /** The text that was last split into a thread, and what it was split into. */
  readonly split?: { readonly text: string; readonly parts: readonly string[] };
}

/** Filling a card from the page at an address, as it was asked for. */
export type CardFilling = { readonly address: string } & (
  | { readonly kind: 'reading'; readonly before: ComposerCard }
  /** Why it could not be read, in a sentence. */
  | { readonly kind: 'unread'; readonly trouble: string }
  /** The page says nothing of itself. */
  | { readonly kind: 'silent' }
  /** What was filled in, and what stood there before. */
  | { readonly kind: 'filled'; readonly filled: ComposerCard; readonly before: ComposerCard }
);

export interface RemovedText {
  readonly service: string;
  readonly index: number;
  readonly text: string;
  readonly pictures: readonly DraftPicture[];
}

/** The page before anything is known. */
export const blankPage: Page = {
  location: 'editor',
  profiles: { status: 'loading', profiles: [], groups: [], abilities: { details: false, requeue: false, drafts: false } },
  counts: new Map(),
  keptRevision: -1,
  isWarned: false,
  isUnfolded: false,
  first: [],
  broken: new Set(),
  pictures: new Map(),
  tags: new Map(),
  shelf: {},
  removed: [],
};

/** The page once the extension said something. */
export function receive(page: Page, message: ToApp): Page {
  switch (message.type) {
    case 'open':
      return open(page, message);
    case 'profiles':
      return { ...page, profiles: message };
    case 'time':
      return readTime(page, message);
    case 'slots':
      return page.draft?.profileIds.includes(message.profileId) ? { ...page, slots: message } : page;
    case 'twins':
      return page.draft?.id === message.draftId ? { ...page, twins: message.notes } : page;
    case 'picture':
      return { ...page, pictures: takePicture(page.pictures, message) };
    case 'pong':
    case 'card':
    case 'tags':
    case 'insert':
      // What changes the draft does so, as a person does (answered.ts, insertion.ts).
      return page;
    case 'sent':
      return {
        ...page,
        sending: { when: page.draft?.when.kind ?? 'queue', ...page.sending, results: message.results, isOver: message.isOver },
      };
    case 'kept':
      return { ...page, keptRevision: message.revision };
    case 'notice':
      // What is typed while an update is sent would go with it, so the page stays locked for whatever else is told.
      return { ...page, notice: message.text, sending: message.endsSending && isSending(page) ? undefined : page.sending };
  }
}

/** Whether nobody is typing at a picture's address any more, so that it is worth loading. */
export function isSettled({ settledPicture }: Pick<Page, 'settledPicture'>, url: string): boolean {
  return isPictureAddress(url) && (settledPicture ?? '').split('\n').includes(url.trim());
}

/** Every profile has the update, or gets it from the outbox. */
export function isComplete({ sending }: Page): boolean {
  return sending?.isOver === true && Object.values(sending.results).every(({ kind }) => kind === 'done' || kind === 'waiting');
}

/** An update is on its way, and nothing is to be changed. */
export function isSending({ sending, isUnheard }: Page): boolean {
  return sending?.isOver === false && !isUnheard;
}

/** The addresses of the pictures, of whatever kind, as they are written: each in a line of its own. */
export function pictureOf({ draft }: Page): string {
  const parts = Object.values(draft?.details ?? {}).flatMap(({ threadPictures = [] }) => threadPictures.flat());
  return [...shownPictures(draft?.media), ...parts.map(({ url }) => url)]
    .map((url) => url.trim())
    .filter(Boolean)
    .join('\n');
}

function shownPictures(media: DraftMedia | undefined): readonly string[] {
  if (media?.kind === 'link') return [media.picture ?? ''];
  if (media?.kind === 'document') return [media.cover ?? ''];
  return picturesOf(media).map(({ url }) => url);
}

function open(page: Page, { draft, location, formerId }: Message<'open'>): Page {
  if (page.draft && page.draft.id === formerId) {
    const { id, revision } = draft;
    return { ...page, location, draft: { ...page.draft, id, revision: Math.max(revision, page.draft.revision + 1) } };
  }
  const isSame = page.draft?.id === draft.id;
  if (isSame && draft.revision <= page.draft.revision) return { ...page, location };
  const opened = withPlainLineBreaks(draft);
  const first = page.first.length > 0 && isSame ? page.first : opened.profileIds;
  if (isSame) return { ...page, location, draft: opened, first };
  const { profiles, notice, broken, pictures } = page;
  return { ...blankPage, profiles, notice, broken, pictures, location, draft: opened, first };
}

/** A text field knows one kind of line break; places in its text are to be those of the draft's. */
function withPlainLineBreaks(draft: Draft): Draft {
  const plain = (text: string) => text.replace(/\r\n?/g, '\n');
  const variants = Object.fromEntries(Object.entries(draft.variants).map(([service, text]) => [service, plain(text)]));
  const details =
    draft.details &&
    Object.fromEntries(
      Object.entries(draft.details).map(([service, each]) => [service, each.thread ? { ...each, thread: each.thread.map(plain) } : each]),
    );
  return { ...draft, text: plain(draft.text), variants, ...(details && { details }) };
}

function readTime(page: Page, time: Message<'time'>): Page {
  const { draft } = page;
  if (draft?.when.kind !== 'at') return page;
  const { at, words } = draft.when;
  // The instant itself was asked for, to learn how it is called in the profile's zone.
  if (time.words === at) return { ...page, time };
  if (time.words !== words) return page;
  const isNew = time.at !== at;
  return {
    ...page,
    time,
    draft: isNew ? { ...draft, revision: draft.revision + 1, when: { kind: 'at', words, at: time.at } } : draft,
  };
}
