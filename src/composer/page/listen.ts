import { refuseFile } from './fileRefusal.ts';
import { focusOn } from './focus.ts';
import { isComplete, isSending, type Page, type RefusedFile } from './page.ts';
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
    refuse(act, 'picture');
  });
  document.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    if (holds(event.dataTransfer, 'image/')) refuse(act, 'picture');
    else if (act.page().profiles.abilities.details && holds(event.dataTransfer, 'video/')) refuse(act, 'video');
    else if (holds(event.dataTransfer, 'application/pdf')) refuse(act, 'document');
  });
}

function holds({ items }: DataTransfer, family: 'image/' | 'video/' | 'application/pdf'): boolean {
  return [...items].some(({ kind, type }) => kind === 'file' && type.startsWith(family));
}

/** Says that files are not taken, where an address can be entered instead. */
function refuse(act: Act & { page(): Page }, kind: RefusedFile['kind']): void {
  const before = act.page();
  act.change((page) => refuseFile(page, kind));
  if (act.page() !== before) requestAnimationFrame(() => requestAnimationFrame(() => focusOn('media', act.page().refusedFile?.field)));
}
