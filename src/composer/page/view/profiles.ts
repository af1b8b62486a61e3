import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { ComposerGroup, ComposerProfile } from '../../messages.ts';
import { chosenProfiles } from '../chosen.ts';
import { chooseProfiles, isGroupChosen, toggleGroup, toggleProfile, unfoldProfiles } from '../edits.ts';
import { asNumber } from '../../../page/format.ts';
import type { Page } from '../page.ts';
import { warnings } from '../readiness.ts';
import type { Act } from './act.ts';
import { profileAvatar } from './profileAvatar.ts';
import { note, notes } from './note.ts';
import { problemOfPart } from './toldProblem.ts';

/** Where the update goes. */
export function profiles(page: Page, act: Act): TemplateResult {
  return html`<section class="part" id="profiles" aria-labelledby="profiles-title">
    <div class="part-head">
      <h2 id="profiles-title">${page.draft?.editing ? l10n.t('Profile') : l10n.t('Profiles')}</h2>
      ${choices(page, act)}
    </div>
    ${content(page, act)} ${note('profiles', problemOfPart('profiles'))} ${notes(warnings(page))}
  </section>`;
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
  const first = new Set(page.first);
  return html`${groups(page, act)}
    <chip-row
      class="profiles"
      role="group"
      aria-labelledby="profiles-title"
      aria-describedby=${problemOfPart('profiles') === undefined ? nothing : 'profiles-note'}
      ?unfolded=${page.isUnfolded}
    >
      ${repeat(
        page.isUnfolded ? list : [...list.filter(({ id }) => first.has(id)), ...list.filter(({ id }) => !first.has(id))],
        ({ id }) => id,
        (profile) => chip(profile, page, act),
      )}
      ${counter(page, act)}
    </chip-row>
    ${refusal(page)}`;
}

/** Says how many there are beyond those that are shown; the row writes its words. */
function counter({ isUnfolded }: Page, act: Act): TemplateResult {
  const unfold = ({ currentTarget }: Event) => {
    const next = (currentTarget as HTMLElement).parentElement!.querySelector<HTMLElement>('[hidden]');
    act.change((now) => unfoldProfiles(now, !now.isUnfolded));
    // What was asked for comes next.
    if (next?.id) act.focus(next.id);
  };
  return html`<button class="counter" type="button" aria-expanded=${isUnfolded} hidden @click=${unfold}></button>`;
}

/** Why a profile cannot be chosen that someone wanted to choose. */
function refusal({ profiles: { profiles: list }, refusedId }: Page): TemplateResult | typeof nothing {
  const profile = list.find(({ id }) => id === refusedId);
  if (!profile?.trouble) return nothing;
  return html`<p class="note" role="status">
    <span class="codicon codicon-warning" aria-hidden="true"></span
    ><span>${l10n.t('{0} ({1}): {2}', profile.name, profile.network, profile.trouble)}</span>
  </p>`;
}

function chip(profile: ComposerProfile, page: Page, act: Act): TemplateResult {
  const { id, trouble, name } = profile;
  const isChosen = page.draft?.profileIds.includes(id) ?? false;
  const cannot = trouble !== undefined && !isChosen;
  const toggle = () => act.change((now) => (cannot ? { ...now, refusedId: id } : toggleProfile(now, id)));
  return html`<button
    class=${trouble === undefined ? 'chip' : 'chip is-troubled'}
    type="button"
    id=${`profile-${id}`}
    aria-pressed=${isChosen}
    aria-disabled=${cannot ? 'true' : nothing}
    title=${`${name} · ${about(profile)}`}
    @click=${toggle}
  >
    ${face(profile, page, act)}
    <span class="codicon codicon-${trouble === undefined ? 'check' : 'warning'} mark" aria-hidden="true"></span>
  </button>`;
}

/** Its name is to be seen; what else there is to know of it is told by its sign, and in its tooltip. */
function face(profile: ComposerProfile, page: Page, act: Act): TemplateResult {
  return html`${profileAvatar(profile, page, act)}<span class="name">${profile.name}</span><span class="unseen">${about(profile)}</span>`;
}

function about({ network, pending, trouble }: ComposerProfile): string {
  const more = trouble ?? (pending === undefined ? undefined : l10n.t('{0} pending', asNumber(pending)));
  return more === undefined ? network : `${network} · ${more}`;
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
      aria-label=${l10n.t('All Profiles')}
      @click=${choose(free.map(({ id }) => id))}
    >
      ${l10n.t('All')}
    </button>
    <button
      class="link"
      type="button"
      aria-disabled=${chosen.length === 0}
      aria-label=${l10n.t('None of the Profiles')}
      @click=${choose([])}
    >
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
      <span class="codicon codicon-organization" aria-hidden="true"></span>${name}<span class="about">${profileIds.length}</span>
    </button>`;
  return html`<chip-row class="groups" role="group" aria-label=${l10n.t('Groups')} lines="1" ?unfolded=${page.isUnfolded}
    >${named.map(group)}${counter(page, act)}</chip-row
  >`;
}

function state(icon: string, text: string, label: string, press: () => void): TemplateResult {
  return html`<div class="state">
    <span class="codicon codicon-${icon}" aria-hidden="true"></span><span>${text}</span>
    <button class="button is-secondary" type="button" @click=${press}>${label}</button>
  </div>`;
}
