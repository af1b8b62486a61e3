import * as l10n from '@vscode/l10n';
import { type DraftMedia, picturesOf } from '../../core/drafts/draft.ts';
import { networkNeeds } from '../../core/networks/networkNeeds.ts';
import { chosenNetworks } from './chosen.ts';
import { chooseMedia } from './edits.ts';
import { pictureFieldId } from './fieldIds.ts';
import { isSending, type Page, type RefusedFile } from './page.ts';

/** Where it is told of a file that no field asks for: beside the kinds of attachment. */
export const besideKinds = 'media';

/** Whether a document can be attached: the service takes some, and a chosen network shows them. */
export function takesDocument(page: Page): boolean {
  return page.profiles.abilities.details && chosenNetworks(page).some(({ service }) => networkNeeds(service).takesDocument);
}

/** The page once a file was pasted or dropped. */
export function refuseFile(page: Page, kind: RefusedFile['kind']): Page {
  const media = page.draft?.media;
  if (!media || isSending(page)) return page;
  const told = (field: string, now = page): Page => ({ ...now, refusedFile: { kind, field } });
  if (kind === 'picture' && media.kind === 'link') return told('link-picture');
  if (kind === 'picture' && media.kind === 'document') return told('document-cover');
  const isAskedFor = { picture: true, video: page.profiles.abilities.details, document: takesDocument(page), other: false }[kind];
  if (!isAskedFor && media.kind !== kind) return told(besideKinds);
  if (media.kind !== kind && hasWords(media)) return { ...page, refusedFile: { kind, field: `${media.kind}-url`, isBeside: true } };
  if (kind === 'other') return page;
  if (kind !== 'picture') return told(`${kind}-url`, chooseMedia(page, kind));
  const next = chooseMedia(page, kind);
  const blank = picturesOf(next.draft?.media).findIndex(({ url }) => !url.trim());
  return told(pictureFieldId(Math.max(0, blank)), next);
}

function hasWords({ kind: _, ...written }: DraftMedia): boolean {
  const holds = (value: unknown): boolean =>
    typeof value === 'string' ? value.trim() !== '' : typeof value === 'object' && value !== null && Object.values(value).some(holds);
  return holds(written);
}

/** Why the file was not taken, for the field where that is told. */
export function refusalOf({ refusedFile }: Pick<Page, 'refusedFile'>, field: string): string | undefined {
  if (refusedFile?.field !== field) return undefined;
  if (field === besideKinds)
    return refusedFile.kind === 'document'
      ? l10n.t('None of the chosen networks shows documents. Buffer takes no files, only public addresses.')
      : l10n.t('Buffer takes no files, only public addresses of pictures, videos and documents.');
  if (refusedFile.isBeside) return l10n.t('Buffer takes no files, only public addresses. What is attached stays as it is.');
  switch (refusedFile.kind) {
    case 'picture':
      return l10n.t('Buffer takes pictures by a public address only, not as a file. Put the picture online and enter its address here.');
    case 'video':
      return l10n.t('Buffer takes videos by a public address only, not as a file. Put the video online and enter its address here.');
    case 'document':
      return l10n.t('Buffer takes documents by a public address only, not as a file. Put the document online and enter its address here.');
    case 'other':
      return undefined;
  }
}
