import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { DraftMedia } from '../../../core/drafts/draft.ts';
import { hostOf, isLinkAddress } from '../../../page/addresses.ts';
import { beginFilling, fillingOf, undoFilling } from '../cardFilling.ts';
import type { Page } from '../page.ts';
import type { Act } from './act.ts';

/** Fills a link's card from its page, on a click; beside it, what came of that. */
export function fillCard({ url }: Extract<DraftMedia, { kind: 'link' }>, page: Page, act: Act): TemplateResult | typeof nothing {
  if (!isLinkAddress(url)) return nothing;
  const filling = fillingOf(page);
  const isReading = filling?.kind === 'reading';
  const begin = () => {
    act.post({ type: 'readCard', address: url.trim() });
    act.change(beginFilling);
  };
  const stop = () => {
    act.post({ type: 'stopCard' });
    act.change((now) => ({ ...now, filling: undefined }));
  };
  return html`<div class="fill-card">
    <button class="link offer" type="button" id="fill-card" @click=${isReading ? stop : begin}>
      <span
        class="codicon codicon-${isReading ? 'loading' : 'cloud-download'} ${isReading ? 'codicon-modifier-spin' : ''}"
        aria-hidden="true"
      ></span
      ><span>${isReading ? l10n.t('Cancel Reading {0}', hostOf(url)) : l10n.t('Fill from Page')}</span>
    </button>
    <div role="status">${outcome(filling, hostOf(url), act)}</div>
  </div>`;
}

function outcome(filling: Page['filling'], host: string, act: Act): TemplateResult | typeof nothing {
  switch (filling?.kind) {
    case undefined:
      return nothing;
    case 'reading':
      return html`<span class="unseen">${l10n.t('Reading {0}…', host)}</span>`;
    case 'unread':
      return html`<p class="problem"><span class="codicon codicon-warning" aria-hidden="true"></span><span>${filling.trouble}</span></p>`;
    case 'silent':
      return html`<p class="help">${l10n.t('{0} gives no title, description or picture for this page.', host)}</p>`;
    case 'filled':
      return html`<p class="undo">
        <span>${l10n.t('Filled from {0}.', host)}</span>
        <button class="link" type="button" @click=${() => act.change(undoFilling)}>${l10n.t('Undo')}</button>
      </p>`;
  }
}
