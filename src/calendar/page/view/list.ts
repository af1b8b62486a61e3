import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { Act } from '../act.ts';
import { type Day, type State, today } from '../state.ts';
import { longDay } from '../times.ts';
import { itemButton } from './item.ts';

/** A week as a list, which needs no more room than a side bar has. */
export function list(days: readonly Day[], state: State, act: Act): TemplateResult {
  const current = today(state);
  return html`<div class="list">
    ${repeat(
      days,
      ({ date }) => date,
      ({ date, start, end, items }) =>
        html`<section
          class="listed${date === current ? ' is-today' : ''}"
          data-date=${date}
          data-start=${start}
          data-end=${end}
          aria-labelledby="day-${date}"
        >
          <h2 id="day-${date}">${longDay(date)}${date === current ? html` <small>${l10n.t('Today')}</small>` : nothing}</h2>
          ${items.length === 0 ? html`<p class="help">${state.left ? l10n.t('Nothing loaded') : l10n.t('Nothing planned')}</p>` : nothing}
          ${repeat(
            items,
            ({ key }) => key,
            (item) => itemButton(item, state, act),
          )}
        </section>`,
    )}
  </div>`;
}
