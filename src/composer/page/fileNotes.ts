import * as l10n from '@vscode/l10n';
import { picturesOf } from '../../core/drafts/draft.ts';
import { isGif, networkNeeds } from '../../core/networks/networkNeeds.ts';
import { type ChosenNetwork, chosenNetworks } from './chosen.ts';
import { partPictures } from './details.ts';
import { asNumber } from '../../page/format.ts';
import type { Page } from './page.ts';

/**
 * What the chosen networks do not take of the files as they are, in sentences. Only some of it is Buffer's own word, so
 * it is no obstacle.
 */
export function fileNotes(page: Page): readonly string[] {
  const media = page.draft?.media;
  const pictures = picturesOf(media);
  const hasGif = pictures.some(({ url }) => isGif(url));
  const notesOf = ({ service, label, thread }: ChosenNetwork): string[] => {
    const { gif, altText = Number.POSITIVE_INFINITY, takesDocument, fields } = networkNeeds(service);
    const inParts = (thread?.texts ?? []).flatMap((_, index) => partPictures(page.draft!, service, index));
    const longest = Math.max(0, ...[...pictures, ...inParts].map(({ description = '' }) => [...description].length));
    return [
      ...(hasGif && gif === 'none' ? [l10n.t('{0}: Buffer takes no GIF for it.', label)] : []),
      ...(hasGif && gif === 'alone' && pictures.length > 1 ? [l10n.t('{0} takes a GIF alone, without other pictures.', label)] : []),
      ...(longest > altText ? [l10n.t('{0}: a description is too long by {1}.', label, asNumber(longest - altText))] : []),
      ...(media?.kind === 'document' && !takesDocument && fields.length > 0 ? [l10n.t('{0} shows no documents.', label)] : []),
    ];
  };
  return chosenNetworks(page).flatMap(notesOf);
}
