import { createHash } from 'node:crypto';
import type { Settings } from './behaviours.ts';
import type { ThreadPart } from './content.ts';
import type { Content } from './metadata.ts';
import type { Profile } from './state.ts';

/** What the service keeps of a post's content; some of it goes without a word. */
export function asStored(profile: Profile, content: Content, settings: Settings): Content {
  if (profile.service === 'linkedin') return storedForLinkedIn(content, settings);
  if (profile.service !== 'twitter') return content;
  const kept = settings.retweetComment === 'asText' ? withComment(content) : content;
  return settings.xLoneVideo === 'stripped' ? withoutLoneVideo(kept) : kept;
}

/** What a post is shared with, as its text, where it has no other. */
function withComment(content: Content): Content {
  const { comment } = (content.details?.retweet ?? {}) as { readonly comment?: string | null };
  return content.text.trim() || !comment ? content : { ...content, text: comment };
}

/** Which of card and picture goes is the sandbox's own choice. */
function storedForLinkedIn(content: Content, settings: Settings): Content {
  const dropsCard = settings.linkedinCard === 'dropped' && content.assets.length > 0;
  return { ...content, text: storedText('linkedin', content.text, settings), link: dropsCard ? undefined : content.link };
}

/** What the service keeps of a text: LinkedIn's gets short links. */
export function storedText(service: string, text: string, { links }: Settings): string {
  return service === 'linkedin' && links !== 'kept' ? shortened(text) : text;
}

/** The short addresses are the sandbox's own; what ends a sentence or a bracket is no part of a link. */
function shortened(text: string): string {
  return text.replace(
    /https?:\/\/(?!lnkd\.in\/)[^\s<>"]*[^\s<>"'.,;:!?…()[\]{}»”’]/gu,
    (url) => `https://lnkd.in/${createHash('sha256').update(url).digest('base64url').slice(0, 8)}`,
  );
}

function withoutLoneVideo(content: Content): Content {
  const thread = (content.details?.thread ?? []) as readonly ThreadPart[];
  const [first, ...others] = thread;
  if (first?.assets.length !== 1 || first.assets[0]!.kind !== 'video') return content;
  return { ...content, details: { ...content.details, thread: [{ ...first, assets: [] }, ...others] } };
}
