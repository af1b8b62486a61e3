import type { Update } from '../buffer/model.ts';
import { draftOf } from '../drafts/draftUpdate.ts';
import { draftPreview } from './draftPreview.ts';
import type { PreviewProfile, PreviewText, PreviewUpdate } from './previewUpdate.ts';

/**
 * An update as its network shows it.
 * @param text  what is written of it now, where that is not yet saved
 * @param sent  a text with what its network makes of it
 */
export function updatePreview(
  update: Update,
  profile: PreviewProfile,
  text = update.text,
  sent?: (text: string) => PreviewText,
): PreviewUpdate {
  return draftPreview({ ...draftOf(update), text }, profile, update.id, { takesDetails: true, ...(sent && { sent }) });
}
