import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { chosenProfiles } from '../chosen.ts';
import { isSending, type Page } from '../page.ts';
import { obstacle } from '../readiness.ts';
import { sendLabel } from '../words.ts';
import type { Act } from './act.ts';
import { timeNote, timeProblem, when, whenHelp } from './when.ts';

const isMac = navigator.userAgent.includes('Macintosh');

/** When it goes out, the button that sends, and what stands against it. */
export function sendBar(page: Page, act: Act): TemplateResult {
  const { draft, sending, isWarned } = page;
  const isBusy = isSending(page);
  const against = isBusy ? undefined : obstacle(page);
  const chosen = chosenProfiles(page);
  const isRetry = sending?.isOver === true && chosen.length > 0 && chosen.every(({ id }) => sending.results[id]?.kind === 'failed');
  const keys = isMac ? '⌘↩' : l10n.t('Ctrl+Enter');
  // That of the time stands beside it already.
  const isTold = against?.part === 'when' && timeProblem(page) !== undefined;
  return html`<footer class="send" data-location=${page.location}>
    <div class="send-row">
      ${when(page, act)}
      <div class="send-words">
        ${timeNote(page)}
        <span class=${isTold ? 'unseen' : isWarned ? 'reason is-warned' : 'reason'} id="reason"
          >${against ? told(against.reason, isWarned) : nothing}</span
        >
        <span class=${against ? 'unseen' : 'help'} id="when-help">${whenHelp(page)}</span>
      </div>
      <span class="keys" aria-hidden="true">${keys}</span>
      <button
        class="button ${against !== undefined || isBusy ? 'is-secondary' : ''}"
        type="button"
        id="send"
        aria-disabled=${against || isBusy ? 'true' : nothing}
        aria-describedby="reason"
        aria-keyshortcuts=${isMac ? 'Meta+Enter' : 'Control+Enter'}
        @click=${() => act.send()}
      >
        <span class="codicon codicon-${isBusy ? 'loading codicon-modifier-spin' : isRetry ? 'refresh' : 'send'}" aria-hidden="true"></span
        >${isBusy ? l10n.t('Sending…') : draft ? sendLabel(draft, chosen.length, isRetry) : l10n.t('Send')}
      </button>
    </div>
  </footer>`;
}

function told(reason: string, isWarned: boolean): TemplateResult {
  return html`<span class="codicon codicon-${isWarned ? 'error' : 'info'}" aria-hidden="true"></span><span>${reason}</span>`;
}
