import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { ProfileResult } from '../../messages.ts';
import type { Page, Sending } from '../page.ts';
import { sentTitle } from '../words.ts';
import type { Act } from './act.ts';
import { profileAvatar } from './profileAvatar.ts';

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
    <span class="codicon codicon-${isWaiting ? 'watch' : 'pass'} finished-icon" aria-hidden="true"></span>
    <h1 id="finished-title" tabindex="-1">${sentTitle(sending)}</h1>
    ${results(sending, page, act)}
    <div class="finished-buttons">
      <button class="button" type="button" @click=${() => act.post({ type: 'another' })}>${l10n.t('Write Another')}</button>
      <button class="button is-secondary" type="button" @click=${() => act.post({ type: 'close' })}>${l10n.t('Close')}</button>
    </div>
  </section>`;
}

function row(id: string, result: ProfileResult, page: Page, act: Act): TemplateResult {
  const profile = page.profiles.profiles.find((each) => each.id === id);
  const name = profile ? l10n.t('{0} on {1}', profile.name, profile.network) : id;
  return html`<li class="result is-${result.kind}">
    ${profile ? profileAvatar(profile, page, act) : nothing}
    <span class="who"
      ><span class="name">${name}</span><span class="about">${icon(result)}<span>${words(result)}</span></span></span
    >
    ${
      result.kind === 'done' || result.kind === 'unclear'
        ? html`<button
            class="button is-secondary"
            type="button"
            aria-label=${l10n.t('Show {0}', name)}
            @click=${() => act.post({ type: 'show', profileId: id })}
          >
            ${l10n.t('Show')}
          </button>`
        : nothing
    }
    ${
      result.kind === 'waiting'
        ? html`<button class="button is-secondary" type="button" @click=${() => act.post({ type: 'showOutbox' })}>
            ${l10n.t('Show Outbox')}
          </button>`
        : nothing
    }
  </li>`;
}

function icon({ kind }: ProfileResult): TemplateResult {
  const name = { sending: 'loading', done: 'pass', failed: 'error', unclear: 'warning', waiting: 'watch' }[kind];
  return html`<span class="codicon codicon-${name} ${kind === 'sending' ? 'codicon-modifier-spin' : ''}" aria-hidden="true"></span>`;
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
