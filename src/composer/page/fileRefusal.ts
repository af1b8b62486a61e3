import * as l10n from '@vscode/l10n';
import { type DraftMedia, picturesOf } from '../../core/drafts/draft.ts';
import { chooseMedia } from './edits.ts';
import { pictureFieldId } from './fieldIds.ts';
import { isSending, type Page, type RefusedFile } from './page.ts';

/** The page once a file was pasted or dropped. One that no field asks for changes nothing. */
export function refuseFile(page: Page, kind: RefusedFile['kind']): Page {
  const media = page.draft?.media;
  if (!media || isSending(page)) return page;
  const told = (field: string, now = page): Page => ({ ...now, refusedFile: { kind, field } });
  if (kind === 'picture' && media.kind === 'link') return told('link-picture');
  if (kind === 'picture' && media.kind === 'document') return told('document-cover');
  if (kind === 'document') return media.kind === kind ? told('document-url') : page;
  if (media.kind !== kind && hasWords(media)) return { ...page, refusedFile: { kind, field: `${media.kind}-url`, isBeside: true } };
  if (kind === 'video') return told('video-url', chooseMedia(page, kind));
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
  if (refusedFile.isBeside) return l10n.t('Buffer takes no files, only public addresses. What is attached stays as it is.');
  switch (refusedFile.kind) {
    case 'picture':
      return l10n.t('Buffer takes pictures by a public address only, not as a file. Put the picture online and enter its address here.');
    case 'video':
      return l10n.t('Buffer takes videos by a public address only, not as a file. Put the video online and enter its address here.');
    case 'document':
      return l10n.t('Buffer takes documents by a public address only, not as a file. Put the document online and enter its address here.');
  }
}
