import { type Draft, type DraftDetails, type DraftMedia, type KeptFile, picturesOf, textFor, typedFor } from '../drafts/draft.ts';
import { fieldsFor } from '../networks/networkNeeds.ts';
import type {
  PreviewBusiness,
  PreviewCard,
  PreviewFile,
  PreviewPart,
  PreviewProfile,
  PreviewText,
  PreviewUpdate,
} from './previewUpdate.ts';

export interface DraftPreviewOptions {
  /** The service takes what networks ask for beside text and media. */
  readonly takesDetails: boolean;
  /** A text as it is sent. `index` is its place in the thread, 0 for the text of all; a first comment has none. */
  readonly sent?: (text: string, index?: number) => PreviewText;
}

/** A draft as a network will show it. @param id  tells it from others that are shown with it */
export function draftPreview(
  draft: Pick<Draft, 'text' | 'variants' | 'details' | 'media' | 'editing'>,
  profile: PreviewProfile,
  id: string,
  { takesDetails, sent = (text) => ({ text }) }: DraftPreviewOptions,
): PreviewUpdate {
  const { service } = profile;
  const typed = takesDetails ? typedFor(draft, service) : {};
  const asked = new Set(takesDetails ? fieldsFor(service, { type: typed.type, button: typed.button }).map(({ name }) => name) : []);
  const words = (name: 'title' | 'spoiler' | 'topic' | 'place' | 'firstComment' | 'coupon' | 'terms' | 'link') =>
    (asked.has(name) && typed[name]?.trim()) || undefined;
  const firstComment = words('firstComment');
  const card = cardOf(draft.media);
  const business = service === 'googlebusiness' && takesDetails ? businessOf(typed, asked, words) : undefined;
  const kept = draft.editing?.kept ?? [];
  const keptIn = (index: number) => kept.filter(({ part = 1 }) => part === index + 1).map(keptFile);
  const following = asked.has('thread') ? (typed.thread ?? []) : [];
  const parts: PreviewPart[] = following.map((text, place) => ({
    ...sent(text, place + 1),
    index: place + 1,
    files: [...(typed.threadPictures?.[place] ?? []).map(({ url, description }) => picture(url, description)), ...keptIn(place + 1)],
  }));
  return {
    id,
    profile,
    ...defined({ title: words('title'), warning: words('spoiler'), topic: words('topic'), place: words('place') }),
    ...(business && { business }),
    parts: [
      {
        ...sent(textFor(draft, service), 0),
        index: 0,
        files: [...filesOf(draft.media), ...keptIn(0)],
        ...(card && { card }),
      },
      ...parts.filter(({ text, files }) => text.trim() || files.length > 0),
    ],
    ...defined({ firstComment: firstComment && sent(firstComment).text }),
  };
}

type Word = 'coupon' | 'terms' | 'link';

function businessOf(
  { type, button, startsAt, endsAt, isAllDay }: DraftDetails,
  asked: ReadonlySet<string>,
  words: (name: Word) => string | undefined,
): PreviewBusiness | undefined {
  const kind = type === 'offer' || type === 'event' ? type : undefined;
  const link = words('link');
  // A link without a button gets one that leads there.
  const shown = asked.has('button') ? (button && button !== 'none' ? button : link && 'learn_more') : undefined;
  if (!kind && !shown) return undefined;
  return {
    ...(kind && { kind, ...defined({ startsAt, endsAt }) }),
    ...(kind === 'event' && isAllDay && { isAllDay }),
    ...defined({ coupon: words('coupon'), terms: words('terms'), button: shown, link }),
  };
}

function cardOf(media: DraftMedia): PreviewCard | undefined {
  if (media.kind !== 'link') return undefined;
  const { url, title, description, picture } = media;
  return { url: url.trim(), ...defined({ title: title?.trim(), description: description?.trim(), picture: picture?.trim() }) };
}

function filesOf(media: DraftMedia): PreviewFile[] {
  switch (media.kind) {
    case 'picture':
      return picturesOf(media).map(({ url, description }) => picture(url, description));
    case 'video':
      return [{ kind: 'video', url: media.url.trim(), ...defined({ title: media.title?.trim() }) }];
    case 'document':
      return [{ kind: 'document', url: media.url.trim(), ...defined({ title: media.title?.trim(), picture: media.cover?.trim() }) }];
    case 'link':
    case 'none':
      return [];
  }
}

function picture(url: string, description: string | undefined): PreviewFile {
  return { kind: 'picture', picture: url.trim(), ...defined({ alt: description?.trim() }) };
}

function keptFile({ kind, picture, description }: KeptFile): PreviewFile {
  return { kind, ...defined({ picture, [kind === 'picture' ? 'alt' : 'title']: description }) };
}

/** Without what is not there: nothing, or no words. */
function defined<Given extends Readonly<Record<string, string | undefined>>>(
  given: Given,
): { [Name in keyof Given]?: Exclude<Given[Name], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value)) as never;
}
