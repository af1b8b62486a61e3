import * as l10n from '@vscode/l10n';
import { setLanguage } from './format.ts';

/** Takes over VS Code's language and words. To be called before anything is drawn. Gives the element that a page draws itself in. */
export function startPage(): HTMLElement {
  const { strings } = document.body.dataset;
  setLanguage(document.documentElement.lang);
  if (strings) l10n.config({ contents: strings });
  return document.getElementById('app')!;
}
