import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { Act } from '../act.ts';
import { type Day, type State, today } from '../state.ts';
import { dayNumber, longDay, weekday } from '../times.ts';
import { itemButton } from './item.ts';

/** So many stand in a day; the others are counted. */
export const mostInCell = 4;

/** The weeks of a month, a day in each cell. Free posting times are counted: they are in the week and in the list. */
export function monthGrid(days: readonly Day[], state: State, act: Act): TemplateResult {
  const current = today(state);
  const { date: shown } = state.kept;
  return html`<div class="month">
    <div class="heads" aria-hidden="true">${days.slice(0, 7).map(({ date }) => html`<span class="head">${weekday(date)}</span>`)}</div>
    <div class="cells">
      ${repeat(
        days,
        ({ date }) => date,
        ({ date, start, end, items, free }) => {
          const left = items.length - mostInCell;
          return html`<section
            class="cell${date === current ? ' is-today' : ''}${date.slice(0, 7) === shown.slice(0, 7) ? '' : ' is-beside'}"
            data-date=${date}
            data-start=${start}
            data-end=${end}
            aria-labelledby="day-${date}"
          >
            <div class="cell-head">
              <h2 id="day-${date}" aria-label=${longDay(date)}>${dayNumber(date)}</h2>
              ${free > 0 ? freeCount(date, free, act) : nothing}
            </div>
            ${repeat(
              items.slice(0, mostInCell),
              ({ key }) => key,
              (item) => itemButton(item, state, act),
            )}
            ${
              left > 0
                ? html`<button
                    class="more"
                    type="button"
                    aria-label=${l10n.t('{0}: show {1} more', longDay(date), left)}
                    @click=${() => act.show('list', date)}
                  >
                    ${l10n.t('{0} more', left)}
                  </button>`
                : nothing
            }
          </section>`;
        },
      )}
    </div>
  </div>`;
}

function freeCount(date: string, free: number, act: Act): TemplateResult {
  const words = l10n.t('{0}, free posting times: {1}', longDay(date), free);
  return html`<button class="more is-free" type="button" title=${words} aria-label=${words} @click=${() => act.show('list', date)}>
    ${l10n.t('{0} free', free)}
  </button>`;
}
