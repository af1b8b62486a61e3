import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { isSending, type Page } from '../page.ts';
import type { Act } from './act.ts';

/** The page's title, where it can go, and what the extension has to tell. */
export function header(page: Page, act: Act): TemplateResult {
  const { draft, location, notice, keptRevision } = page;
  const isKept = draft && keptRevision >= draft.revision;
  const move = location === 'editor' ? l10n.t('Move to the Sidebar') : l10n.t('Move to an Editor Tab');
  return html`<header class="header">
      <h1>${draft?.editing ? l10n.t('Edit Update') : l10n.t('New Update')}</h1>
      <span class="kept ${isKept ? '' : 'is-stale'}">${keptRevision < 0 ? nothing : l10n.t('Draft saved')}</span>
      <div class="tools" ?inert=${isSending(page)}>
        ${
          page.profiles.abilities.templates
            ? html`<vscode-toolbar-button
                icon="note"
                label=${l10n.t('Insert Template…')}
                title=${l10n.t('Insert Template…')}
                @click=${() => act.post({ type: 'pickTemplate' })}
              ></vscode-toolbar-button>`
            : nothing
        }
        <vscode-toolbar-button
          icon=${location === 'editor' ? 'layout-sidebar-left' : 'link-external'}
          label=${move}
          title=${move}
          @click=${() => act.post({ type: 'move' })}
        ></vscode-toolbar-button>
        <vscode-toolbar-button
          icon="trash"
          label=${l10n.t('Discard')}
          title=${l10n.t('Discard')}
          @click=${() => act.post({ type: 'discard' })}
        ></vscode-toolbar-button>
      </div>
    </header>
    ${notice ? noticeBar(notice, act) : nothing}`;
}

function noticeBar(notice: string, act: Act): TemplateResult {
  const close = () => act.change((page) => ({ ...page, notice: undefined }));
  return html`<div class="notice" role="note">
    <vscode-icon name="info"></vscode-icon><span>${notice}</span>
    <vscode-toolbar-button icon="close" label=${l10n.t('Close')} title=${l10n.t('Close')} @click=${close}></vscode-toolbar-button>
  </div>`;
}
