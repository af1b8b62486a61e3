import type { Draft } from '../../core/drafts/draft.ts';
import { isPictureAddress } from '../../page/addresses.ts';

/** A longer address is not asked for. */
const longestAddress = 10_000;

/** The addresses whose pictures are shown: those that nobody types at any more, and those of an update that it keeps. */
export function wantedPictures({ draft, settledPicture = '' }: { draft?: Draft; settledPicture?: string }): ReadonlySet<string> {
  const kept = draft?.editing?.kept?.flatMap(({ picture }) => picture ?? []) ?? [];
  return new Set([...settledPicture.split('\n'), ...kept].filter((each) => isPictureAddress(each) && each.length <= longestAddress));
}
