import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { isSending, type Page } from '../page.ts';
import type { Act } from './act.ts';
import { toolButton } from '../../../page/toolButton.ts';

/** The page's title, what can be done with it all, and what the extension has to tell. */
export function header(page: Page, act: Act): TemplateResult {
  const { draft, notice, keptRevision } = page;
  const isKept = draft && keptRevision >= draft.revision;
  return html`<header class="header">
      <h1>${draft?.editing ? l10n.t('Edit Update') : l10n.t('New Update')}</h1>
      <span class="kept ${isKept ? '' : 'is-stale'}">${keptRevision < 0 ? nothing : l10n.t('Draft saved')}</span>
      <div class="tools" ?inert=${isSending(page)}>
        ${
          page.profiles.abilities.templates
            ? toolButton('note', l10n.t('Insert Template…'), () => act.post({ type: 'pickTemplate' }))
            : nothing
        }
        ${toolButton('trash', l10n.t('Discard'), () => act.post({ type: 'discard' }))}
      </div>
    </header>
    ${notice ? noticeBar(notice, act) : nothing}`;
}

function noticeBar(notice: string, act: Act): TemplateResult {
  const close = () => act.change((page) => ({ ...page, notice: undefined }));
  return html`<div class="notice" role="note">
    <span class="codicon codicon-info" aria-hidden="true"></span><span>${notice}</span>
    ${toolButton('close', l10n.t('Close'), close)}
  </div>`;
}
