import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { toolButton } from '../../../page/toolButton.ts';
import type { Act } from '../act.ts';
import { datesOf, filterCount, kinds, type State, today, turned, viewOf, views, zoneOf, zonesOf } from '../state.ts';
import { dayRange, month, ownZone, zoneName } from '../times.ts';
import { kindWord, profileName, viewWord } from '../words.ts';

/** What is shown: when, how, in which zone, and of what. */
export function toolbar(state: State, act: Act): TemplateResult {
  const view = viewOf(state);
  const dates = datesOf(state);
  const title = view === 'month' ? month(state.kept.date) : dayRange(dates[0]!, dates.at(-1)!);
  const [before, after] =
    view === 'month' ? [l10n.t('Previous Month'), l10n.t('Next Month')] : [l10n.t('Previous Week'), l10n.t('Next Week')];
  const count = filterCount(state);
  return html`<header class="bar">
    <div class="group">
      <button class="button is-secondary" type="button" @click=${() => act.keep({ date: today(state) })}>${l10n.t('Today')}</button>
      ${toolButton('chevron-left', before, () => act.keep({ date: turned(state, -1) }))}
      ${toolButton('chevron-right', after, () => act.keep({ date: turned(state, 1) }))}
    </div>
    <h1 class="title" aria-live="polite">${title}</h1>
    <div class="group views" role="group" aria-label=${l10n.t('View')}>
      ${views.map(
        (each) =>
          html`<button
            class="choice"
            type="button"
            aria-pressed=${each === view ? 'true' : 'false'}
            @click=${() => act.keep({ view: each })}
          >
            ${viewWord(each)}
          </button>`,
      )}
    </div>
    <div class="group">
      ${zoneChoice(state, act)}
      <button
        class="choice"
        type="button"
        aria-expanded=${state.areFiltersOpen ? 'true' : 'false'}
        aria-controls="filters"
        @click=${() => act.change((now) => ({ ...now, areFiltersOpen: !now.areFiltersOpen }))}
      >
        <span class="codicon codicon-filter${count > 0 ? '-filled' : ''} is-small" aria-hidden="true"></span> ${
          count > 0 ? l10n.t('Filters ({0})', count) : l10n.t('Filters')
        }
      </button>
      ${toolButton('refresh', l10n.t('Refresh'), () => act.post({ type: 'refresh' }))}
    </div>
  </header>`;
}

function zoneChoice(state: State, act: Act): TemplateResult {
  const chosen = zoneOf(state);
  const choose = (event: Event) => {
    const { value } = event.target as HTMLSelectElement;
    act.keep({ zone: value === ownZone ? undefined : value });
  };
  return html`<select class="zone" aria-label=${l10n.t('Time zone')} @change=${choose}>
    ${zonesOf(state).map(
      (zone) =>
        html`<option value=${zone} ?selected=${zone === chosen}>
          ${zone === ownZone ? l10n.t('{0}, your own', zoneWords(zone, state)) : zoneWords(zone, state)}
        </option>`,
    )}
  </select>`;
}

function zoneWords(zone: string, { now }: State): string {
  const place = zone.split('/').at(-1)!.replaceAll('_', ' ');
  const name = zoneName(zone, now);
  return place === name ? place : `${place} (${name})`;
}

/** What is left out of sight, by profile, state and tag. */
export function filters(state: State, act: Act): TemplateResult | typeof nothing {
  if (!state.areFiltersOpen) return html`<section id="filters" hidden></section>`;
  const { hiddenProfiles, hiddenKinds, tagIds } = state.kept;
  const toggled = <Each>(list: readonly Each[], each: Each) => (list.includes(each) ? list.filter((one) => one !== each) : [...list, each]);
  return html`<section id="filters" class="filters" aria-label=${l10n.t('Filters')}>
    <fieldset>
      <legend>${l10n.t('Profiles')}</legend>
      ${state.profiles.map((profile) =>
        check(profileName(profile, state), !hiddenProfiles.includes(profile.id), () =>
          act.keep({ hiddenProfiles: toggled(hiddenProfiles, profile.id) }),
        ),
      )}
      <button
        class="choice"
        type="button"
        @click=${() => act.keep({ hiddenProfiles: hiddenProfiles.length > 0 ? [] : state.profiles.map(({ id }) => id) })}
      >
        ${hiddenProfiles.length > 0 ? l10n.t('Show All') : l10n.t('Hide All')}
      </button>
    </fieldset>
    <fieldset>
      <legend>${l10n.t('Updates')}</legend>
      ${kinds.map((kind) =>
        check(kindWord(kind), !hiddenKinds.includes(kind), () => act.keep({ hiddenKinds: toggled(hiddenKinds, kind) })),
      )}
    </fieldset>
    ${
      state.tags.length > 0
        ? html`<fieldset>
            <legend>${l10n.t('Only with tag')}</legend>
            ${state.tags.map(({ id, name }) => check(name, tagIds.includes(id), () => act.keep({ tagIds: toggled(tagIds, id) })))}
          </fieldset>`
        : nothing
    }
  </section>`;
}

function check(label: string, isOn: boolean, toggle: () => void): TemplateResult {
  return html`<label class="check"><input type="checkbox" .checked=${isOn} @change=${toggle} />${label}</label>`;
}
