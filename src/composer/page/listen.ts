import { chooseMedia } from './edits.ts';
import { focusOn } from './focus.ts';
import { isComplete, isSending, type Page } from './page.ts';
import type { Act } from './view/act.ts';

/** Keys, and pictures and videos that are pasted or dropped, wherever on the page. */
export function listen(act: Act & { page(): Page }): void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      // A button that has the focus would be pressed as well.
      event.stopPropagation();
      act.send();
    } else if (event.key === 'Escape' && !isSending(act.page())) {
      event.preventDefault();
      act.post({ type: isComplete(act.page()) ? 'close' : 'discard' });
    }
  };
  document.addEventListener('keydown', onKey, { capture: true });

  document.addEventListener('paste', (event) => {
    const { clipboardData } = event;
    // Word processors put a picture of the text beside it.
    if (!clipboardData || !holds(clipboardData, 'image/') || clipboardData.types.includes('text/plain')) return;
    event.preventDefault();
    refuseFile(act, 'picture');
  });
  document.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    if (holds(event.dataTransfer, 'image/')) refuseFile(act, 'picture');
    else if (act.page().profiles.abilities.details && holds(event.dataTransfer, 'video/')) refuseFile(act, 'video');
  });
}

function holds({ items }: DataTransfer, family: 'image/' | 'video/'): boolean {
  return [...items].some(({ kind, type }) => kind === 'file' && type.startsWith(family));
}

/** Buffer's service takes no files: says so, where an address can be entered instead. */
function refuseFile(act: Act & { page(): Page }, kind: 'picture' | 'video'): void {
  if (isSending(act.page()) || !act.page().draft) return;
  act.change((page) => ({
    ...(kind === 'picture' && page.draft?.media.kind === 'link' ? page : chooseMedia(page, kind)),
    isFileRefused: true,
  }));
  requestAnimationFrame(() => requestAnimationFrame(() => focusOn('picture')));
}
