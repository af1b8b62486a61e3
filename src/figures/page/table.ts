import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { MeasuredUpdate } from '../../core/buffer/model.ts';
import { type Group, grouped, sorted } from '../../core/figures/rows.ts';
import { figureNames, isAwaited, sumsOf } from '../../core/figures/sums.ts';
import { alphabetically, asNumber } from '../../page/format.ts';
import { zonesOf } from './chart.ts';
import { type Page, rowsAtFirst } from './state.ts';
import type { Act } from './act.ts';
import { figureText, figureWord, timeText } from './words.ts';

/** All updates with their figures, sortable, in groups where somebody wants them. */
export function table(page: Page, rows: readonly MeasuredUpdate[], act: Act): TemplateResult {
  const { look, told, open, most } = page;
  const names = figureNames(rows);
  const profiles = new Map(told?.profiles.map((each) => [each.id, each]));
  const nameOf = (id: string) => profiles.get(id)?.name ?? '';
  const groups = grouped(sorted(rows, look, nameOf, alphabetically), look.groupBy);
  const tags = new Map(rows.flatMap((each) => each.tags ?? []).map((tag) => [tag.id, tag.name]));
  const titleOf = ({ key }: Group) => {
    if (look.groupBy === 'tag') return key === '' ? l10n.t('Without a Tag') : (tags.get(key) ?? key);
    const profile = profiles.get(key);
    return profile ? `${profile.name} (${profile.network})` : key;
  };
  const isGrouped = look.groupBy !== 'nothing';
  const columns = 4 + names.length;
  const zoneOf = zonesOf(page);

  const heading = (key: string, label: string, isNumber = false) => {
    const isSorted = look.sortBy === key;
    const direction = look.isAscending ? 'ascending' : 'descending';
    // Numbers and times begin with the most, texts with A.
    const isAscending = isSorted ? !look.isAscending : key === 'profile' || key === 'text';
    return html`<th scope="col" class=${isNumber ? 'number' : ''} aria-sort=${isSorted ? direction : nothing}>
      <button type="button" class="sort" @click=${() => act.change({ look: { ...look, sortBy: key, isAscending } })}>
        ${label}<span
          class=${`codicon is-small codicon-${isSorted ? (look.isAscending ? 'arrow-up' : 'arrow-down') : 'blank'}`}
          aria-hidden="true"
        ></span>
      </button>
    </th>`;
  };

  const row = (update: MeasuredUpdate) => {
    const { id, sentAt, profileId, text, figures, url, measuredAt } = update;
    const words = text || '–';
    return html`<tr>
      <td class="time" title=${timeText(sentAt, { dateStyle: 'medium', timeStyle: 'long', timeZone: zoneOf(profileId) })}>
        ${timeText(sentAt, { dateStyle: 'medium', timeStyle: 'short' })}
      </td>
      <td class="profile"><bdi>${nameOf(profileId)}</bdi></td>
      <th scope="row" class="text" title=${words}>
        ${url ? html`<button type="button" class="link" @click=${() => act.ask({ type: 'open', updateId: id })}>${words}</button>` : words}
      </th>
      ${
        !isAwaited(update, told?.readAt ?? Date.now())
          ? names.map((name) => html`<td class="number">${figureText(name, figures?.[name])}</td>`)
          : html`<td class="muted" colspan=${names.length || 1}>${l10n.t('not yet measured')}</td>`
      }
      <td class="time">${measuredAt ? timeText(measuredAt, { dateStyle: 'medium', timeStyle: 'short' }) : '–'}</td>
    </tr>`;
  };

  const group = (each: Group) => {
    const { posts, figures } = sumsOf(each.updates);
    const isOpen = open.includes(each.key);
    const toggle = () => act.change({ open: isOpen ? open.filter((key) => key !== each.key) : [...open, each.key] });
    return html`<tbody>
      <tr class="group">
        <th scope="rowgroup" colspan="3">
          <button type="button" class="fold" aria-expanded=${isOpen} @click=${toggle}>
            <span class=${`codicon codicon-${isOpen ? 'chevron-down' : 'chevron-right'}`} aria-hidden="true"></span>${titleOf(each)}
            <span class="muted">${l10n.t('updates: {0}', asNumber(posts))}</span>
          </button>
        </th>
        ${names.map((name) => html`<td class="number">${figureText(name, figures[name])}</td>`)}
        <td></td>
      </tr>
      ${isOpen ? limited(each.updates) : nothing}
    </tbody>`;
  };

  const limited = (updates: readonly MeasuredUpdate[]) => {
    const rest = updates.length - most;
    return html`${updates.slice(0, most).map(row)}
    ${
      rest > 0
        ? html`<tr>
            <td colspan=${columns}>
              <button type="button" class="button is-secondary" @click=${() => act.change({ most: most + 5 * rowsAtFirst })}>
                ${l10n.t('Show {0} More', asNumber(Math.min(rest, 5 * rowsAtFirst)))}
              </button>
            </td>
          </tr>`
        : nothing
    }`;
  };

  return html`<section class="rows">
    <h2 id="rows-title">${l10n.t('Sent Updates')}</h2>
    <div class="scroller" tabindex="0" role="region" aria-labelledby="rows-title">
      <table aria-labelledby="rows-title">
        <thead>
          <tr>
            ${heading('sentAt', l10n.t('Sent'))} ${heading('profile', l10n.t('Profile'))} ${heading('text', l10n.t('Text'))}
            ${names.map((name) => heading(name, figureWord(name), true))}
            <th scope="col">${l10n.t('Measured')}</th>
          </tr>
        </thead>
        ${
          isGrouped
            ? groups.map(group)
            : html`<tbody>
                ${groups.map(({ updates }) => limited(updates))}
              </tbody>`
        }
      </table>
    </div>
  </section>`;
}
