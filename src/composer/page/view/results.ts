import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { ProfileResult } from '../../messages.ts';
import type { Page, Sending } from '../page.ts';
import { sentTitle } from '../words.ts';
import type { Act } from './act.ts';
import { avatar } from './avatar.ts';

/** How it went with each profile. */
export function results(sending: Sending, page: Page, act: Act): TemplateResult {
  return html`<ul class="results" id="results" tabindex="-1" aria-label=${l10n.t('Results')}>
    ${Object.entries(sending.results).map(([id, result]) => row(id, result, page, act))}
  </ul>`;
}

/** What takes the page's place once every profile has the update. */
export function finished(sending: Sending, page: Page, act: Act): TemplateResult {
  const isWaiting = Object.values(sending.results).every(({ kind }) => kind === 'waiting');
  return html`<section class="finished ${isWaiting ? 'is-waiting' : ''}" aria-labelledby="finished-title">
    <vscode-icon class="finished-icon" name=${isWaiting ? 'watch' : 'pass'} size="32"></vscode-icon>
    <h1 id="finished-title" tabindex="-1">${sentTitle(sending)}</h1>
    ${results(sending, page, act)}
    <div class="finished-buttons">
      <vscode-button @click=${() => act.post({ type: 'another' })}>${l10n.t('Write Another')}</vscode-button>
      <vscode-button secondary @click=${() => act.post({ type: 'close' })}>${l10n.t('Close')}</vscode-button>
    </div>
  </section>`;
}

function row(id: string, result: ProfileResult, page: Page, act: Act): TemplateResult {
  const profile = page.profiles.profiles.find((each) => each.id === id);
  const name = profile ? l10n.t('{0} on {1}', profile.name, profile.network) : id;
  return html`<li class="result is-${result.kind}">
    ${profile ? avatar(profile, page, act) : nothing}
    <span class="who"
      ><span class="name">${name}</span><span class="about">${icon(result)}<span>${words(result)}</span></span></span
    >
    ${
      result.kind === 'done' || result.kind === 'unclear'
        ? html`<vscode-button secondary aria-label=${l10n.t('Show {0}', name)} @click=${() => act.post({ type: 'show', profileId: id })}
            >${l10n.t('Show')}</vscode-button
          >`
        : nothing
    }
    ${
      result.kind === 'waiting'
        ? html`<vscode-button secondary @click=${() => act.post({ type: 'showOutbox' })}>${l10n.t('Show Outbox')}</vscode-button>`
        : nothing
    }
  </li>`;
}

const stillMotion = typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches;

function icon({ kind }: ProfileResult): TemplateResult {
  const name = { sending: 'loading', done: 'pass', failed: 'error', unclear: 'warning', waiting: 'watch' }[kind];
  return html`<vscode-icon name=${name} ?spin=${kind === 'sending' && !stillMotion}></vscode-icon>`;
}

function words(result: ProfileResult): string {
  switch (result.kind) {
    case 'sending':
      return l10n.t('Sending…');
    case 'done':
      return result.shown;
    case 'failed':
      return l10n.t('Not sent: {0}', result.reason);
    case 'waiting':
      return l10n.t('Waits in the outbox: {0}', result.reason);
    case 'unclear':
      return l10n.t('May have been sent: {0}', result.reason);
  }
}
