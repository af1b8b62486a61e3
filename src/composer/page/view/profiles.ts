import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ComposerGroup, ComposerProfile } from '../../messages.ts';
import { chosenProfiles } from '../chosen.ts';
import { chooseProfiles, isGroupChosen, toggleGroup, toggleProfile } from '../edits.ts';
import { asNumber } from '../format.ts';
import type { Page } from '../page.ts';
import { warnings } from '../readiness.ts';
import type { Act } from './act.ts';
import { avatar } from './avatar.ts';

/** Where the update goes. */
export function profiles(page: Page, act: Act): TemplateResult {
  return html`<section class="part" id="profiles" aria-labelledby="profiles-title">
    <div class="part-head">
      <h2 id="profiles-title">${page.draft?.editing ? l10n.t('Profile') : l10n.t('Profiles')}</h2>
      ${choices(page, act)}
    </div>
    ${content(page, act)} ${notes(page)}
  </section>`;
}

/** What to know of the chosen profiles before it is sent. */
function notes(page: Page): TemplateResult | typeof nothing {
  const all = [...new Set(warnings(page))];
  if (all.length === 0) return nothing;
  return html`<ul class="notes" aria-label=${l10n.t('Before you send')}>
    ${all.map((note) => html`<li class="note"><vscode-icon name="warning"></vscode-icon><span>${note}</span></li>`)}
  </ul>`;
}

function content(page: Page, act: Act): TemplateResult {
  const { status, reason, profiles: list } = page.profiles;
  if (status === 'signedOut') {
    return state('account', l10n.t('Sign in to Buffer to see your profiles. Your draft stays.'), l10n.t('Sign In'), () =>
      act.post({ type: 'signIn' }),
    );
  }
  if (status === 'failed' && list.length === 0) {
    return state('warning', reason ?? l10n.t('Profiles could not be loaded.'), l10n.t('Retry'), () => act.post({ type: 'retryProfiles' }));
  }
  if (status === 'loading' && list.length === 0) {
    return html`<div class="profiles" aria-busy="true" aria-label=${l10n.t('Profiles are loading.')} role="group">
      ${[1, 2, 3].map(() => html`<div class="chip is-loading"></div>`)}
    </div>`;
  }
  if (list.length === 0) return html`<p class="help">${l10n.t('There are no profiles in this Buffer account yet.')}</p>`;
  if (page.draft?.editing) {
    const { profileId } = page.draft.editing;
    return html`<div class="profiles">
      ${list.filter(({ id }) => id === profileId).map((profile) => html`<div class="chip is-fixed">${face(profile, page, act)}</div>`)}
    </div>`;
  }
  return html`${groups(page, act)}
    <div class="profiles" role="group" aria-labelledby="profiles-title">
      ${repeat(
        list,
        ({ id }) => id,
        (profile) => chip(profile, page, act),
      )}
    </div>`;
}

function chip(profile: ComposerProfile, page: Page, act: Act): TemplateResult {
  const { id, trouble } = profile;
  const isChosen = page.draft?.profileIds.includes(id) ?? false;
  const cannot = trouble !== undefined && !isChosen;
  const toggle = () => (cannot ? act.say(trouble) : act.change((now) => toggleProfile(now, id)));
  return html`<button
    class="chip"
    type="button"
    aria-pressed=${isChosen}
    aria-disabled=${cannot ? 'true' : nothing}
    title=${trouble ?? `${profile.name} · ${profile.network}`}
    @click=${toggle}
  >
    ${face(profile, page, act)}
    <vscode-icon class="check" name=${trouble ? 'warning' : 'check'}></vscode-icon>
  </button>`;
}

function face(profile: ComposerProfile, page: Page, act: Act): TemplateResult {
  const { name, network, pending, trouble } = profile;
  const about = trouble ?? (pending === undefined ? undefined : l10n.t('{0} pending', asNumber(pending)));
  return html`${avatar(profile, page, act)}
    <span class="who"
      ><span class="name">${name}</span><span class="about">${about === undefined ? network : `${network} · ${about}`}</span></span
    >`;
}

function choices(page: Page, act: Act): TemplateResult | typeof nothing {
  const { profiles: list, groups: named, status } = page.profiles;
  if (page.draft?.editing || list.length < 2 || status === 'signedOut') return nothing;
  const chosen = chosenProfiles(page);
  const free = list.filter(({ trouble }) => !trouble);
  // A group can hold profiles that cannot be chosen now.
  const isNamed = named.some(({ profileIds }) => isGroupChosen(page, profileIds) && chosen.every(({ id }) => profileIds.includes(id)));
  const choose = (ids: readonly string[]) => () => act.change((now) => chooseProfiles(now, ids));
  const save = () => act.post({ type: 'saveGroup', profileIds: chosen.map(({ id }) => id) });
  return html`<div class="links">
    ${
      chosen.length > 1 && !isNamed ? html`<button class="link" type="button" @click=${save}>${l10n.t('Save as Group…')}</button>` : nothing
    }
    <button
      class="link"
      type="button"
      aria-disabled=${chosen.length >= free.length}
      aria-label=${l10n.t('Choose all profiles')}
      @click=${choose(free.map(({ id }) => id))}
    >
      ${l10n.t('All')}
    </button>
    <button class="link" type="button" aria-disabled=${chosen.length === 0} aria-label=${l10n.t('Choose no profile')} @click=${choose([])}>
      ${l10n.t('None')}
    </button>
  </div>`;
}

function groups(page: Page, act: Act): TemplateResult | typeof nothing {
  const { groups: named } = page.profiles;
  if (named.length === 0) return nothing;
  const group = ({ name, profileIds }: ComposerGroup) =>
    html`<button
      class="group"
      type="button"
      aria-pressed=${isGroupChosen(page, profileIds)}
      @click=${() => act.change((now) => toggleGroup(now, profileIds))}
    >
      <vscode-icon name="organization"></vscode-icon>${name}<span class="about">${profileIds.length}</span>
    </button>`;
  return html`<div class="groups" role="group" aria-label=${l10n.t('Groups')}>${named.map(group)}</div>`;
}

function state(icon: string, text: string, label: string, press: () => void): TemplateResult {
  return html`<div class="state">
    <vscode-icon name=${icon}></vscode-icon><span>${text}</span>
    <vscode-button secondary @click=${press}>${label}</vscode-button>
  </div>`;
}
