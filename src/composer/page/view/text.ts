import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { hasVariant, textFor } from '../../../core/drafts/draft.ts';
import { type ChosenNetwork, chosenNetworks, shownNetworks } from '../chosen.ts';
import { resetVariant, setText, unfoldProfiles } from '../edits.ts';
import { textFieldId } from '../fieldIds.ts';
import { isSending, type Page, type TextCount } from '../page.ts';
import { tooMany } from '../words.ts';
import type { Act } from './act.ts';
import { hasSign, networkSign } from '../../../page/avatar.ts';
import { countClass, countWords } from './count.ts';
import { growingText } from './growingText.ts';
import { notes } from './note.ts';

/** The shared text, or that of one network, and how it counts. */
export function text(page: Page, act: Act): TemplateResult {
  const all = chosenNetworks(page);
  const { draft, network } = page;
  const hasTabs = !draft?.editing && (all.length > 1 || all.some(({ service }) => draft && hasVariant(draft, service)));
  const label = all.find(({ service }) => service === network)?.label;
  return html`<section class="part" id="text" aria-labelledby="text-title">
    <h2 class="unseen" id="text-title">${l10n.t('Text')}</h2>
    <div class="editor">
      ${hasTabs ? tabs(page, all, act) : nothing}
      <div
        class="panel"
        id="text-panel"
        role=${hasTabs ? 'tabpanel' : nothing}
        aria-labelledby=${hasTabs ? `tab-${network ?? ''}` : nothing}
        @focusin=${page.isUnfolded ? (event: Event) => foldProfiles(event, act) : nothing}
      >
        ${textField(page, label, act)} ${label === undefined ? nothing : variantBar(page, network!, label, act)}
      </div>
    </div>
    ${counts(page)} ${notes(page.twins ?? [])}
  </section>`;
}

/** Whoever writes has chosen: all profiles would keep the text out of sight. Nothing moves under a mouse that is pressed. */
function foldProfiles({ currentTarget }: Event, act: Act): void {
  const fold = () => act.change((now) => unfoldProfiles(now, false));
  if ((currentTarget as Element).matches(':active')) document.addEventListener('pointerup', fold, { once: true });
  else fold();
}

function textField(page: Page, label: string | undefined, act: Act): TemplateResult {
  const { draft, network } = page;
  const value = draft ? (network === undefined ? draft.text : textFor(draft, network)) : '';
  return growingText({
    id: textFieldId,
    label: label === undefined ? l10n.t('Text') : l10n.t('Text for {0}', label),
    describedBy: 'counts',
    value,
    rows: 6,
    placeholder: l10n.t('What do you want to share?'),
    isReadonly: isSending(page) || !draft,
    count: shortestCount(page),
    input: (typed) => act.change((now) => setText(now, typed)),
  });
}

/** The count of the strictest network that gets this text and has no room for it. */
function shortestCount(page: Page): TextCount | undefined {
  const overflows = shownNetworks(page).flatMap(({ service }) => {
    const count = page.counts.get(service);
    return count?.overflowsAt === undefined ? [] : [{ count, at: count.overflowsAt }];
  });
  return overflows.sort((a, b) => a.at - b.at)[0]?.count;
}

function tabs(page: Page, all: readonly ChosenNetwork[], act: Act): TemplateResult {
  const services = [undefined, ...all.map(({ service }) => service)];
  const show = (network: string | undefined) => act.change((now) => ({ ...now, network }));
  const onKey = (event: KeyboardEvent) => {
    const step = {
      ArrowRight: 1,
      ArrowLeft: -1,
      Home: -services.indexOf(page.network),
      End: services.length - 1 - services.indexOf(page.network),
    }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = services.at((services.indexOf(page.network) + step) % services.length);
    show(next);
    document.getElementById(`tab-${next ?? ''}`)?.focus();
  };
  const tab = (service: string | undefined, label: string, isOwn: boolean, over: number) => {
    const isShown = page.network === service;
    return html`<button
      class="tab"
      type="button"
      role="tab"
      id="tab-${service ?? ''}"
      aria-controls="text-panel"
      aria-selected=${isShown}
      title=${label}
      tabindex=${isShown ? 0 : -1}
      @click=${() => show(service)}
      @keydown=${onKey}
    >
      ${networkSign(service)}<span class=${hasSign(service) ? 'label' : ''}>${label}</span>
      ${
        isOwn
          ? html`<span class="codicon codicon-edit is-small" title=${l10n.t('Customized')} aria-hidden="true"></span
              ><span class="unseen">${l10n.t('Customized')}</span>`
          : nothing
      }
      ${
        over > 0
          ? html`<span class="codicon codicon-error error is-small" aria-hidden="true"></span
              ><span class="unseen">${l10n.t('Too long')}</span>`
          : nothing
      }
    </button>`;
  };
  return html`<div class="tabs ${all.length > 2 ? 'are-many' : ''}" role="tablist" aria-label=${l10n.t('Text for each network')}>
    ${tab(undefined, l10n.t('All Networks'), false, 0)}
    ${all.map(({ service, label }) => {
      const isOwn = page.draft ? hasVariant(page.draft, service) : false;
      return tab(service, label, isOwn, tooMany(page.counts.get(service)));
    })}
  </div>`;
}

function variantBar({ draft }: Page, network: string, label: string, act: Act): TemplateResult {
  if (!draft || !hasVariant(draft, network))
    return html`<div class="variant">
      <span>${l10n.t('{0} uses the shared text. Type here to customize it.', label)}</span>
    </div>`;
  return html`<div class="variant">
    <span>${l10n.t('Customized for {0}.', label)}</span>
    <button class="link" type="button" @click=${() => act.change((now) => resetVariant(now, network))}>${l10n.t('Use Shared Text')}</button>
  </div>`;
}

function counts(page: Page): TemplateResult {
  const { network } = page;
  const networks = chosenNetworks(page).filter(({ service }) => network === undefined || service === network);
  return html`<ul class="counts ${networks.length > 2 ? 'are-many' : ''}" id="counts" aria-label=${l10n.t('Characters')}>
    ${networks.map(({ service, label }) => {
      const count = page.counts.get(service);
      return count
        ? html`<li class=${countClass(count)}>
            ${networkSign(service)}<span class=${hasSign(service) ? 'label' : ''} title=${label}>${label}</span>
            <span class="number">${countWords(count)}</span>
          </li>`
        : nothing;
    })}
  </ul>`;
}
