import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Figures, MeasuredUpdate, Tag } from '../../core/buffer/model.ts';
import { chosen, type Look } from '../../core/figures/rows.ts';
import { figureNames, isAwaited, isPercentage, sumsOf } from '../../core/figures/sums.ts';
import { asNumber } from '../../page/format.ts';
import { toolButton } from '../../page/toolButton.ts';
import type { Act } from './act.ts';
import { pictures } from './pictures.ts';
import { type Page, rowsAtFirst, type Span, tagsOf } from './state.ts';
import { table } from './table.ts';
import { figureText, figureWord, timeText } from './words.ts';

/** The whole page. */
export function view(page: Page, act: Act): TemplateResult {
  const rows = chosen(page.updates, page.look);
  return html`
    <h1 class="unseen">${l10n.t('Insights')}</h1>
    ${controls(page, act)} ${standing(page, act)}
    ${page.updates.length === 0 ? empty(page) : html`${sums(page, rows)} ${pictures(page, rows)} ${table(page, rows, act)}`}
  `;
}

function controls(page: Page, act: Act): TemplateResult {
  const { span, look, figure, updates, told } = page;
  const choose = (change: Partial<Look>) => act.change({ look: { ...look, ...change }, most: rowsAtFirst });
  const tags = tagsOf(page);
  const names = figureNames(updates);
  return html`<div class="controls" role="group" aria-label=${l10n.t('What Is Shown')}>
    <label class="control"
      >${l10n.t('Period')}
      <select
        id="period"
        @change=${(event: Event) => {
          const { value } = event.target as HTMLSelectElement;
          act.change({ span: value === 'custom' ? value : (Number(value) as Span), most: rowsAtFirst });
        }}
      >
        ${([7, 30, 90] as const).map(
          (days) => html`<option value=${days} ?selected=${span === days}>${l10n.t('Last {0} Days', days)}</option>`,
        )}
        <option value="custom" ?selected=${span === 'custom'}>${l10n.t('Custom')}</option>
      </select></label
    >
    ${
      span === 'custom'
        ? html`${dayField(l10n.t('From'), page.from, (from) => act.change({ from }))}
          ${dayField(l10n.t('To'), page.to, (to) => act.change({ to }))}`
        : nothing
    }
    ${picker(
      l10n.t('Profiles'),
      l10n.t('All Profiles'),
      (told?.profiles ?? []).map(({ id, name, network }) => ({ id, name: `${name} (${network})` })),
      look.profileIds,
      (profileIds) => choose({ profileIds }),
    )}
    ${tags.length > 0 ? picker(l10n.t('Tags'), l10n.t('All Tags'), tags, look.tagIds, (tagIds) => choose({ tagIds })) : nothing}
    <label class="control"
      >${l10n.t('Group By')}
      <select id="group-by" @change=${(event: Event) => choose({ groupBy: (event.target as HTMLSelectElement).value as Look['groupBy'] })}>
        ${[['nothing', l10n.t('Nothing')] as const, ['profile', l10n.t('Profile')] as const, ['tag', l10n.t('Tag')] as const].map(
          ([value, label]) => html`<option value=${value} ?selected=${look.groupBy === value}>${label}</option>`,
        )}
      </select></label
    >
    ${
      names.length > 0
        ? html`<label class="control"
            >${l10n.t('Figure')}
            <select id="figure" @change=${(event: Event) => act.change({ figure: (event.target as HTMLSelectElement).value })}>
              ${names.map((name) => html`<option value=${name} ?selected=${figure === name}>${figureWord(name)}</option>`)}
            </select></label
          >`
        : nothing
    }
    <span class="tools">
      ${toolButton('refresh', l10n.t('Read Anew'), () => act.ask({ type: 'refresh' }))}
      ${toolButton('copy', l10n.t('Copy as CSV'), () => act.ask({ type: 'copy', look }))}
      <button class="button is-secondary" type="button" id="save" @click=${() => act.ask({ type: 'save', look })}>
        ${l10n.t('Save as CSV…')}
      </button>
    </span>
  </div>`;
}

function dayField(label: string, value: string, choose: (day: string) => void): TemplateResult {
  return html`<label class="control"
    >${label}
    <input
      class="input"
      type="date"
      .value=${value}
      @change=${(event: Event) => {
        const day = (event.target as HTMLInputElement).value;
        if (day) choose(day);
      }}
  /></label>`;
}

/** Several of a list; none chosen is all of them. */
function picker(
  label: string,
  all: string,
  items: readonly Pick<Tag, 'id' | 'name'>[],
  picked: readonly string[],
  choose: (ids: readonly string[]) => void,
): TemplateResult {
  const names = items.filter(({ id }) => picked.includes(id)).map(({ name }) => name);
  const words = names.length === 0 ? all : names.length === 1 ? names[0]! : l10n.t('{0}: {1} of {2}', label, names.length, items.length);
  const toggle = (id: string) => choose(picked.includes(id) ? picked.filter((each) => each !== id) : [...picked, id]);
  const close = (event: KeyboardEvent) => {
    const details = event.currentTarget as HTMLDetailsElement;
    if (event.key !== 'Escape' || !details.open) return;
    details.open = false;
    details.querySelector('summary')?.focus();
  };
  return html`<details class="picker" @keydown=${close}>
    <summary>${words}</summary>
    <fieldset>
      <legend class="unseen">${label}</legend>
      ${items.map(
        ({ id, name }) =>
          html`<label><input type="checkbox" .checked=${picked.includes(id)} @change=${() => toggle(id)} /> ${name}</label>`,
      )}
    </fieldset>
  </details>`;
}

/** How old what is shown is, what is missing, and what that would take. */
function standing({ told }: Page, act: Act): TemplateResult {
  const words: string[] = [];
  if (told?.readAt !== undefined)
    words.push(l10n.t('As of {0}.', timeText(new Date(told.readAt), { dateStyle: 'medium', timeStyle: 'short' })));
  if (told?.isReading)
    words.push(told.requestsLeft === undefined ? l10n.t('Reading…') : l10n.t('Reading… {0} requests left.', asNumber(told.requestsLeft)));
  const isMissing = told && !told.isReading && !told.isWhole && !told.problem;
  if (isMissing) {
    const { requestsLeft, requestsToday } = told;
    if (requestsLeft === undefined) words.push(l10n.t('This is not all of the period.'));
    else if (requestsToday === undefined)
      words.push(l10n.t('This is not all of the period: {0} requests read the rest.', asNumber(requestsLeft)));
    else
      words.push(
        l10n.t(
          'This is not all of the period: {0} requests read the rest, of {1} that are left today.',
          asNumber(requestsLeft),
          asNumber(requestsToday),
        ),
      );
  }
  return html`${
      told?.problem
        ? html`<p class="problem" role="alert">
            <span class="codicon codicon-error" aria-hidden="true"></span><span>${told.problem}</span>
          </p>`
        : nothing
    }
    <p class="standing" id="standing">
      ${words.join(' ')}
      ${
        isMissing
          ? html`<button class="button" id="read-all" type="button" @click=${() => act.ask({ type: 'readAll' })}>
              ${l10n.t('Read All')}
            </button>`
          : nothing
      }
    </p>`;
}

function empty({ told }: Page): TemplateResult {
  if (told?.problem) return html``;
  const isOver = told && !told.isReading;
  // What is missing, and how to read it, is said above.
  if (isOver && !told.isWhole) return html``;
  return html`<p class="empty">${isOver ? l10n.t('Nothing was sent in this period.') : l10n.t('Reading…')}</p>`;
}

/** The sums of all that is looked at, beside those of the time before. */
function sums(page: Page, rows: readonly MeasuredUpdate[]): TemplateResult {
  const { look, told, before } = page;
  const own = sumsOf(rows);
  const isAll = look.profileIds.length === 0 && look.tagIds.length === 0;
  // What Buffer sums up is whole even where not all rows were read.
  const isBuffers = isAll && told?.sums && !told.isWhole;
  const now: Figures = isBuffers ? { postCount: own.posts, ...told.sums.figures } : { postCount: own.posts, ...own.figures };
  const earlier = before && sumsOf(chosen(before, look));
  const then: Figures | undefined = earlier
    ? { postCount: earlier.posts, ...earlier.figures }
    : isAll
      ? told?.sumsBefore?.figures
      : undefined;
  const young = rows.filter((each) => isAwaited(each, told?.readAt ?? Date.now())).length;
  return html`<dl class="sums">
      ${Object.entries(now).map(
        ([name, value]) =>
          html`<div>
            <dt>
              ${name === 'postCount' ? l10n.t('Updates') : isPercentage(name) ? l10n.t('{0}, Average', figureWord(name)) : figureWord(name)}
            </dt>
            <dd>
              <strong>${figureText(name, value)}</strong>
              ${
                then?.[name] === undefined
                  ? nothing
                  : html`<span class="muted">${l10n.t('before: {0}', figureText(name, then[name]))}</span>`
              }
            </dd>
          </div>`,
      )}
    </dl>
    ${
      young > 0
        ? html`<p class="muted">${l10n.t('Not yet measured: {0}. Buffer takes figures in once a day.', asNumber(young))}</p>`
        : nothing
    }`;
}
