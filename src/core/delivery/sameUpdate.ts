import type { Attachment, Media, NetworkDetails, Update } from '../buffer/model.ts';
import { isSameLink, isSameText } from '../buffer/sameText.ts';

/** What was sent to a profile. */
export interface SentContent {
  readonly text: string;
  readonly media?: Media;
  readonly details?: NetworkDetails;
}

/**
 * Whether an update is what was sent, as far as it tells: its text, its link, how many files it has and of which kind,
 * and the texts of its thread. Files get addresses of the service's own, so theirs say nothing.
 */
export function isAsSent({ text, media, details }: SentContent, found: Update): boolean {
  if (!isSameText(text, found.text)) return false;
  if (media?.link && found.media?.link && !isSameLink(media.link, found.media.link)) return false;
  const files = filesOf(found);
  if (files && files !== kindsOf(media)) return false;
  const [sent, came] = [details?.thread ?? [], found.details?.thread];
  return came === undefined || (sent.length === came.length && sent.every((each, index) => isSameText(each, came[index]!)));
}

/** What an update's files are, in order; undefined where it tells of none, as those of a link's card are not its own. */
function filesOf({ attachments, media }: Update): string | undefined {
  const kinds = attachments?.map(({ kind }) => kind).join() ?? kindsOf(media);
  return kinds && !media?.link ? kinds : undefined;
}

function kindsOf(media: Media | undefined): string {
  if (!media || media.link) return '';
  const kinds: Attachment['kind'][] = [];
  if (media.video) kinds.push('video');
  else if (media.document) kinds.push('document');
  else if (media.picture) kinds.push('picture', ...(media.more ?? []).map(() => 'picture' as const));
  return kinds.join();
}
