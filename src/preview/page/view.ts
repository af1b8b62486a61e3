import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { repeat } from 'lit-html/directives/repeat.js';
import type { PreviewUpdate } from '../../core/preview/previewUpdate.ts';
import type { CardContext } from '../../page/preview/cardContext.ts';
import { updateCard } from '../../page/preview/updateCard.ts';

/** All updates that are shown, one below the other. @param updates  undefined while they are not known */
export function previewView(updates: readonly PreviewUpdate[] | undefined, context: CardContext): TemplateResult {
  if (!updates) return html`<p class="help empty">${l10n.t('Loading…')}</p>`;
  if (updates.length === 0)
    return html`<p class="help empty">${l10n.t('Open an update, a composer or a file of posts to see how it will look.')}</p>`;
  return html`<div class="cards">
    ${repeat(
      updates,
      ({ id }) => id,
      (update) => html`${guard([update, context.pictures, context.broken], () => updateCard(update, context))}`,
    )}
  </div>`;
}
