import * as l10n from '@vscode/l10n';
import { placeholderFrom } from '../../core/templates/placeholders.ts';
import type { Act } from './view/act.ts';

/** Ends the walk through the placeholders of the last template. */
let end: () => void = () => undefined;

/** The text field that had the focus last: the button that asks for a template takes it away. */
let last: HTMLTextAreaElement | undefined;
document.addEventListener('focusin', ({ target }) => {
  if (target instanceof HTMLTextAreaElement) last = target;
});

/**
 * Puts a template's text at the cursor of the text field that had the focus last, and selects its first placeholder. Tab goes to the
 * next one, behind the last one it goes to the end of what was put in; Escape leaves them as they are.
 */
export function insertTemplate(text: string, act: Pick<Act, 'say' | 'change'>): void {
  const tell = (notice: string) => {
    act.change((page) => ({ ...page, notice }));
    act.say(notice);
  };
  const field = last ?? document.querySelector<HTMLTextAreaElement>('#text-field');
  if (!field?.isConnected) {
    last = undefined;
    tell(l10n.t('The template was not inserted: its text field is gone. Choose another one and try again.'));
    return;
  }
  if (field.readOnly || field.closest('[inert]')) {
    tell(l10n.t('The template was not inserted: the update is being sent.'));
    return;
  }
  end();
  const folded = field.closest('details');
  if (folded) folded.open = true;
  const start = field.selectionStart;
  field.focus();
  // As typed, so that it can be undone: nothing that is newer does this. Where the browser does not, the field is told as well.
  // oxlint-disable-next-line typescript/no-deprecated
  if (!document.execCommand('insertText', false, text)) {
    field.setRangeText(text, start, field.selectionEnd, 'end');
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
  /** What stands behind it, which typing does not change. */
  const behind = field.value.length - field.selectionEnd;
  const select = (from: number): boolean => {
    const found = placeholderFrom(field.value, from);
    if (!found || found.end > field.value.length - behind) return false;
    field.setSelectionRange(found.start, found.end);
    act.say(l10n.t('{0}: type to replace it, press Tab for the next', found.name));
    return true;
  };
  if (!select(start)) return;
  const onKey = (event: KeyboardEvent) => {
    if (event.target !== field || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.key !== 'Tab' && event.key !== 'Escape') return;
    // Escape would close the composer, Tab leave the field.
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Tab' && select(field.selectionEnd)) return;
    if (event.key === 'Tab') field.setSelectionRange(field.value.length - behind, field.value.length - behind);
    end();
  };
  window.addEventListener('keydown', onKey, { capture: true });
  end = () => window.removeEventListener('keydown', onKey, { capture: true });
}
