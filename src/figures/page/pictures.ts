import * as l10n from '@vscode/l10n';
import { html, nothing, svg, type TemplateResult } from 'lit-html';
import type { MeasuredUpdate } from '../../core/buffer/model.ts';
import { groupBy } from '../../core/collections/groupBy.ts';
import { bestAndWorst } from '../../core/figures/rows.ts';
import { averageOf, isPercentage, summable } from '../../core/figures/sums.ts';
import { heatMap, overTime } from '../../core/figures/times.ts';
import { networkOf } from '../../core/networks/networks.ts';
import { asNumber } from '../../page/format.ts';
import { shownPeriod, zonesOf } from './chart.ts';
import type { Page } from './state.ts';
import { figureText, figureWord, hourText, timeText, weekdayText } from './words.ts';

const howMany = 3;
/** Steps of the heat map's colour. */
const steps = 4;

/** The pictures, each with its numbers and a sentence that says what it shows. */
export function pictures(page: Page, rows: readonly MeasuredUpdate[]): TemplateResult {
  const isOneMeaning = summable(rows, [page.figure]).length > 0;
  return html`<div class="pictures">
    ${isOneMeaning ? byTime(page, rows) : notAdded(page.figure)} ${byNetwork(page, rows)} ${extremes(page, rows)}
    ${isOneMeaning ? byHour(page, rows) : nothing}
  </div>`;
}

function notAdded(figure: string): TemplateResult {
  return html`<section>
    <p class="muted">
      ${l10n.t('{0} means something else on each network: choose the profiles of one to see it over time.', figureWord(figure))}
    </p>
  </section>`;
}

function byTime(page: Page, rows: readonly MeasuredUpdate[]): TemplateResult {
  const { figure } = page;
  const { points, step } = overTime(rows, figure, shownPeriod(page), zonesOf(page));
  const known = points.filter(({ total }) => total !== undefined);
  const most = known.toSorted((one, other) => other.total! - one.total!)[0];
  const dayText = (day: number) => timeText(new Date(day), { dateStyle: 'medium', timeZone: 'UTC' });
  const word = figureWord(figure);
  const title = step === 'week' ? l10n.t('{0} by Week Sent', word) : l10n.t('{0} by Day Sent', word);
  const isPart = known.some(({ isWhole }) => !isWhole);
  const partly = l10n.t('Dashed: not complete, as the period holds only a part of it, or its figures still grow.');
  const sentence = most
    ? l10n.t(
        '{0}, from {1} to {2}. The most, {3}, came of what was sent from {4} on.',
        title,
        dayText(points[0]!.day),
        dayText(points.at(-1)!.day),
        figureText(figure, most.total),
        dayText(most.day),
      )
    : l10n.t('{0}: nothing is measured yet.', title);
  return html`<section class="is-wide">
    <h2>${title}</h2>
    <div id="over-time" role="img" aria-label=${sentence}></div>
    ${isPart ? html`<p class="muted">${partly}</p>` : nothing}
    <details class="numbers">
      <summary>${l10n.t('As a Table')}</summary>
      <table>
        <caption class="unseen">
          ${title}
        </caption>
        <thead>
          <tr>
            <th scope="col">${step === 'week' ? l10n.t('Week From') : l10n.t('Day')}</th>
            <th scope="col" class="number">${l10n.t('Updates')}</th>
            <th scope="col" class="number">${word}</th>
          </tr>
        </thead>
        <tbody>
          ${points.map(
            ({ day, posts, total, isWhole }) =>
              html`<tr>
                <th scope="row">${dayText(day)}${isWhole ? nothing : html` <span class="muted">${l10n.t('not complete')}</span>`}</th>
                <td class="number">${asNumber(posts)}</td>
                <td class="number">${figureText(figure, total)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </details>
  </section>`;
}

function byNetwork({ figure }: Page, rows: readonly MeasuredUpdate[]): TemplateResult {
  const networks = [...groupBy(rows, ({ service }) => service)]
    .map(([service, updates]) => ({ name: networkOf(service).label, posts: updates.length, average: averageOf(updates, figure) }))
    .sort((one, other) => (other.average ?? -1) - (one.average ?? -1));
  const most = Math.max(...networks.map(({ average }) => average ?? 0), 1e-9);
  const title = l10n.t('{0} of an Update on Average', figureWord(figure));
  return html`<section>
    <h2 id="by-network">${title}</h2>
    <table class="bars" aria-labelledby="by-network">
      <thead class="unseen-head">
        <tr>
          <th scope="col">${l10n.t('Network')}</th>
          <th scope="col" class="number">${l10n.t('Updates')}</th>
          <th scope="col" class="number">${figureWord(figure)}</th>
          <td></td>
        </tr>
      </thead>
      <tbody>
        ${networks.map(
          ({ name, posts, average }) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td class="number">${asNumber(posts)}</td>
              <td class="number">${figureText(figure, average)}</td>
              <td class="bar" aria-hidden="true">
                <svg viewBox="0 0 100 10" preserveAspectRatio="none">
                  ${svg`<rect height="10" width=${(100 * (average ?? 0)) / most}></rect>`}
                </svg>
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function extremes(page: Page, rows: readonly MeasuredUpdate[]): TemplateResult {
  const { figure, told } = page;
  const { best, worst } = bestAndWorst(rows, figure, howMany);
  const names = new Map(told?.profiles.map(({ id, name }) => [id, name]));
  const list = (title: string, updates: readonly MeasuredUpdate[]) =>
    html`<h2>${title}</h2>
      <ol class="ranking">
        ${updates.map(
          ({ figures, text, profileId }) =>
            html`<li>
              <strong>${figureText(figure, figures?.[figure])}</strong> <span class="line" dir="auto" title=${text}>${text || '–'}</span>
              <bdi class="muted">${names.get(profileId) ?? ''}</bdi>
            </li>`,
        )}
      </ol>`;
  if (best.length === 0) return html``;
  return html`<section>
    ${list(l10n.t('Most {0}', figureWord(figure)), best)}
    ${worst.length > 0 ? list(l10n.t('Fewest {0}', figureWord(figure)), worst) : nothing}
  </section>`;
}

function byHour(page: Page, rows: readonly MeasuredUpdate[]): TemplateResult {
  const { figure } = page;
  const cells = heatMap(rows, figure, zonesOf(page));
  const averages = cells.flat().flatMap(({ average }) => average ?? []);
  const most = Math.max(...averages, 0);
  const level = (average: number | undefined) => (average === undefined ? 0 : Math.max(1, Math.ceil((steps * average) / (most || 1))));
  let peak: { readonly day: number; readonly hour: number } | undefined;
  cells.forEach((hours, day) =>
    hours.forEach(({ average }, hour) => average !== undefined && average === most && (peak ??= { day, hour })),
  );
  const title = isPercentage(figure)
    ? l10n.t('{0} by Weekday and Hour', figureWord(figure))
    : l10n.t('{0} of an Update by Weekday and Hour', figureWord(figure));
  const summary = peak
    ? l10n.t(
        'By the clocks of each profile. The most, {0} on average: {1}, {2}.',
        figureText(figure, most),
        weekdayText(peak.day, 'long'),
        hourText(peak.hour),
      )
    : l10n.t('Nothing is measured yet.');
  return html`<section class="is-wide">
    <h2 id="by-hour">${title}</h2>
    <p class="muted">${summary}</p>
    <div class="scroller" tabindex="0" role="region" aria-labelledby="by-hour">
      <table class="heat" aria-labelledby="by-hour">
        <thead>
          <tr>
            <td></td>
            ${cells[0]!.map(
              (_, hour) =>
                html`<th scope="col">
                  <span class="unseen">${hourText(hour)}</span><span aria-hidden="true">${hour % 3 === 0 ? hour : ''}</span>
                </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${cells.map(
            (hours, day) =>
              html`<tr>
                <th scope="row">${weekdayText(day)}</th>
                ${hours.map(({ posts, average }, hour) => {
                  if (posts === 0) return html`<td class="level-none"><span class="unseen">–</span></td>`;
                  const words = l10n.t(
                    '{0}, {1}: {2}, updates: {3}',
                    weekdayText(day, 'long'),
                    hourText(hour),
                    figureText(figure, average),
                    asNumber(posts),
                  );
                  return html`<td class=${`level-${level(average)}`} title=${words}>
                    <span class="unseen">${figureText(figure, average)}</span>
                  </td>`;
                })}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}
