import { besideKinds, refuseFile } from './fileRefusal.ts';
import { focusOn } from './focus.ts';
import { isComplete, isSending, type Page, type RefusedFile } from './page.ts';
import type { Act } from './view/act.ts';

/** Keys, and files that are pasted or dropped, wherever on the page. */
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

  // What is written in stays in sight when its window gets lower.
  window.addEventListener('resize', () => {
    const { activeElement } = document;
    if (activeElement?.matches('input, textarea')) activeElement.scrollIntoView({ block: 'nearest' });
  });

  document.addEventListener('paste', (event) => {
    const { clipboardData } = event;
    // Word processors put a picture of the text beside it.
    if (!clipboardData || clipboardData.types.includes('text/plain')) return;
    const kind = kindIn(clipboardData);
    if (!kind) return;
    event.preventDefault();
    refuse(act, kind);
  });
  document.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    refuse(act, kindIn(event.dataTransfer) ?? 'other');
  });
}

/** What the files among it are; nothing where there are none. */
function kindIn({ items }: DataTransfer): RefusedFile['kind'] | undefined {
  const types = [...items].flatMap(({ kind, type }) => (kind === 'file' ? [type] : []));
  const has = (family: string) => types.some((type) => type.startsWith(family));
  if (has('image/')) return 'picture';
  if (has('video/')) return 'video';
  if (has('application/pdf')) return 'document';
  return types.length > 0 ? 'other' : undefined;
}

/** Says that files are not taken, where an address can be entered instead. */
function refuse(act: Act & { page(): Page }, kind: RefusedFile['kind']): void {
  const before = act.page();
  act.change((page) => refuseFile(page, kind));
  const field = () => act.page().refusedFile?.field;
  if (act.page() === before) return;
  requestAnimationFrame(() => requestAnimationFrame(() => focusOn('media', field() === besideKinds ? undefined : field())));
}
