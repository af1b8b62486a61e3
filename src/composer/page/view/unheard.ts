import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Page } from '../page.ts';

/**
 * Says that the extension does not hear this page any more. It cannot be told so by a message: a link is what VS Code
 * itself follows, to the extension as it runs now.
 */
export function unheard({ isUnheard, draft }: Page): TemplateResult | typeof nothing {
  if (!isUnheard || !draft) return nothing;
  const link = `command:buffer.continueDraft?${encodeURIComponent(JSON.stringify([draft]))}`;
  return html`<div class="notice is-unheard" id="unheard" role="alert" tabindex="-1">
    <span class="codicon codicon-debug-disconnect" aria-hidden="true"></span>
    <span
      >${l10n.t('The extension does not answer; it may have restarted. Your text is kept.')}
      <a href=${link}>${l10n.t('Continue in a New Composer')}</a></span
    >
  </div>`;
}
