import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Act } from '../act.ts';
import { place } from '../place.ts';
import type { Item, State } from '../state.ts';
import { zoneOf } from '../state.ts';
import { clock } from '../times.ts';
import { entryLabel, profileName, profileOf, slotLabel, slotProfiles, stateIcon } from '../words.ts';

type Style = Readonly<Record<string, string>>;
const nowhere: Style = {};

/** An update or a free posting time, as a button: Enter opens it, or writes into it. */
export function itemButton(item: Item, state: State, act: Act, style: Style = nowhere, isSlim = false): TemplateResult {
  const isCurrent = state.current === item.key;
  const zone = zoneOf(state);
  if (item.slot) {
    const { slot, key, at } = item;
    return html`<button
      class="item is-free${isSlim ? ' is-slim' : ''}"
      type="button"
      data-key=${key}
      data-at=${at}
      tabindex=${isCurrent ? 0 : -1}
      aria-label=${slotLabel(slot, zone, state)}
      ?disabled=${!state.canPost}
      @click=${() => act.post({ type: 'compose', at, profileIds: [...slot.profileIds] })}
      @focus=${() => setCurrent(act, key)}
      ${place(style)}
    >
      <span class="codicon codicon-add is-small" aria-hidden="true"></span>
      <span class="time">${clock(at, zone)}</span>
      <span class="words" dir="auto">${slotProfiles(slot, state)}</span>
    </button>`;
  }
  const { entry, key, at } = item;
  const profile = profileOf(state, entry.profileId);
  const isHeld = state.held?.id === entry.id;
  const isMoving = state.moves.has(entry.id);
  const label = entryLabel(entry, at, zone, state);
  return html`<button
    class="item is-${entry.state}${isSlim ? ' is-slim' : ''}${isHeld ? ' is-held' : ''}${isMoving ? ' is-moving' : ''}"
    type="button"
    data-key=${key}
    data-at=${at}
    data-id=${entry.id}
    tabindex=${isCurrent ? 0 : -1}
    aria-label=${label}
    aria-describedby=${entry.isMovable ? 'how-to-move' : nothing}
    aria-busy=${isMoving ? 'true' : nothing}
    @click=${() => act.post({ type: 'open', id: entry.id })}
    @focus=${() => setCurrent(act, key)}
    ${place(style)}
  >
    <span class="codicon codicon-${stateIcon(entry.state)} is-small" aria-hidden="true"></span>
    <span class="time">${clock(at, zone)}</span>
    <span class="network" data-service=${profile?.service ?? nothing} aria-hidden="true"></span>
    <span class="words" dir="auto"><b>${profileName(profile, state)}</b> <bdi>${entry.text}</bdi></span>
  </button>`;
}

function setCurrent(act: Act, key: string): void {
  if (act.state().current !== key) act.change((state) => ({ ...state, current: key }));
}

/** How an update is moved without a mouse; each that can be is described by it. */
export function howToMove(): TemplateResult {
  return html`<p id="how-to-move" hidden>
    ${l10n.t('Press Space to move it: the arrow keys choose a time, Enter moves it there, Escape leaves it.')}
  </p>`;
}
