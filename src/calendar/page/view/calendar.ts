import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Act } from '../act.ts';
import { currentIn } from '../grid.ts';
import { daysOf, type State, viewOf } from '../state.ts';
import { howToMove } from './item.ts';
import { list } from './list.ts';
import { monthGrid } from './month.ts';
import { filters, toolbar } from './toolbar.ts';
import { week } from './week.ts';

/** The whole page. */
export function calendar(before: State, act: Act): TemplateResult {
  const days = daysOf(before);
  // One item is reached by Tab; from there the arrow keys go on.
  const state: State = { ...before, current: currentIn(days, before) };
  return html`${toolbar(state, act)}${filters(state, act)}${notices(state, act)}
  ${state.trouble === undefined ? body(state, act, days) : html`<p class="empty">${state.trouble}</p>`}${howToMove()}`;
}

function body(state: State, act: Act, days: ReturnType<typeof daysOf>): TemplateResult {
  const view = viewOf(state);
  if (view === 'month') return monthGrid(days, state, act);
  return view === 'list' ? list(days, state, act) : week(days, state, act);
}

/** What is not known of what is shown, and what went wrong. */
function notices({ isReading, left, requests, readTrouble, trouble }: State, act: Act): TemplateResult {
  const more = () => act.post({ type: 'more' });
  const hasMore = left !== undefined && !isReading && trouble === undefined;
  return html`<div class="notices" role="status">
    ${isReading ? notice('loading', l10n.t('Loading…')) : nothing}
    ${readTrouble !== undefined && !isReading ? notice('warning', readTrouble) : nothing}
    ${
      hasMore
        ? html`<p class="notice">
            ${
              left === 'queues'
                ? l10n.t('Buffer’s old API lists no ranges of time: the calendar shows the queues as far as they are loaded.')
                : l10n.t('Not all of this time is loaded.')
            }
            <button class="button is-secondary" type="button" @click=${more}>
              ${left === 'queues' ? l10n.t('Load Queues ({0} requests)', requests ?? 0) : l10n.t('Load More')}
            </button>
          </p>`
        : nothing
    }
  </div>`;
}

function notice(icon: string, words: string): TemplateResult {
  return html`<p class="notice">
    <span class="codicon codicon-${icon}${icon === 'loading' ? ' codicon-modifier-spin' : ''} is-small" aria-hidden="true"></span> ${words}
  </p>`;
}
