import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { hoursOf } from '../../../core/time/zonedDays.ts';
import type { Act } from '../act.ts';
import { inLanes } from '../lanes.ts';
import { place } from '../place.ts';
import { type Day, type Item, type State, today, zoneOf } from '../state.ts';
import { clock, hour, longDay, shortDay } from '../times.ts';
import { itemButton } from './item.ts';

/** Of an hour, in pixels. The mouse reckons with it, too. */
export const hourHeight = 48;
const hourLength = 3_600_000;
const boxHeight = 22;
/** Beside one another; with more, the last lane says how many there are. */
const mostLanes = 3;

/** Seven days beside one another, as long as they are: where clocks change, a day has an hour less or more. */
export function week(days: readonly Day[], state: State, act: Act): TemplateResult {
  const zone = zoneOf(state);
  const regular = days.find(({ start, end }) => end - start === 24 * hourLength) ?? days[0]!;
  const current = today(state);
  return html`<div class="week">
    <div class="heads">
      <span class="gutter"></span>
      ${days.map(
        ({ date, start, end }) =>
          html`<h2 class="head${date === current ? ' is-today' : ''}" id="day-${date}" aria-label=${longDay(date)}>
            ${shortDay(date)}${end - start === 24 * hourLength ? nothing : html` <small>${lengthWords(end - start)}</small>`}
          </h2>`,
      )}
    </div>
    <div class="columns">
      <div class="gutter" aria-hidden="true">
        ${hoursOf(regular.date, zone).map(
          (at) => html`<span class="hour" ${place({ top: `${heightAt(at - regular.start)}px` })}>${hour(at, zone)}</span>`,
        )}
      </div>
      ${repeat(
        days,
        ({ date }) => date,
        (day) => column(day, day === regular || day.end - day.start === 24 * hourLength, state, act),
      )}
    </div>
  </div>`;
}

function lengthWords(length: number): string {
  return l10n.t('{0} hours', length / hourLength);
}

function heightAt(time: number): number {
  return Math.round((time / hourLength) * hourHeight);
}

function column(day: Day, isRegular: boolean, state: State, act: Act): TemplateResult {
  const { date, start, end, items } = day;
  const zone = zoneOf(state);
  const boxOf = ({ at }: Item) => ({ top: Math.min(heightAt(at - start), heightAt(end - start) - boxHeight), height: boxHeight });
  const isInSight = (top: number) => !state.sight || (top + boxHeight > state.sight.top && top < state.sight.bottom);
  const clusters = inLanes(items, boxOf, mostLanes);
  const placed = clusters.flatMap((cluster) => cluster.placed.filter(({ item }) => isInSight(boxOf(item).top)));
  const isToday = state.now >= start && state.now < end;
  return html`<section
    class="day"
    data-date=${date}
    data-start=${start}
    data-end=${end}
    aria-labelledby="day-${date}"
    ${place({ height: `${heightAt(end - start)}px` })}
  >
    ${
      isRegular
        ? nothing
        : hoursOf(date, zone).map(
            (at) =>
              html`<span class="line" aria-hidden="true" ${place({ top: `${heightAt(at - start)}px` })}><i>${clock(at, zone)}</i></span>`,
          )
    }
    ${isToday ? html`<span class="now" aria-hidden="true" ${place({ top: `${heightAt(state.now - start)}px` })}></span>` : nothing}
    ${repeat(
      placed,
      ({ item }) => item.key,
      ({ item, lane, lanes }) => itemButton(item, state, act, { top: `${boxOf(item).top}px`, ...inLane(lane, lanes) }, lanes > 1),
    )}
    ${clusters
      .filter(({ left, top }) => left.length > 0 && isInSight(top))
      .map(
        ({ left, top }) =>
          html`<button
            class="more"
            type="button"
            title=${l10n.t('Show the other {0} in the list', left.length)}
            aria-label=${l10n.t('Show the other {0} in the list', left.length)}
            @click=${() => act.show('list', date)}
            ${place({ top: `${top}px`, ...inLane(mostLanes - 1, mostLanes) })}
          >
            +${left.length}
          </button>`,
      )}
  </section>`;
}

/** One of so many lanes side by side, from where one begins to read. */
function inLane(lane: number, lanes: number): Record<string, string> {
  return { 'inset-inline-start': `${(lane / lanes) * 100}%`, width: `calc(${100 / lanes}% - 2px)` };
}
