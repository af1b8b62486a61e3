import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { PreviewBusiness } from '../../core/preview/previewUpdate.ts';
import { hostOf, isLinkAddress } from '../addresses.ts';
import { buttonWord } from '../buttonWord.ts';
import { asPeriod } from '../format.ts';

/** When an offer or an event of Google Business is. */
export function businessTime({ kind, startsAt, endsAt, isAllDay }: PreviewBusiness, timeZone?: string): TemplateResult | typeof nothing {
  const asTime = (text: string | undefined) => (text === undefined ? undefined : new Date(text));
  // An offer holds for whole days.
  const period = asPeriod(asTime(startsAt), asTime(endsAt), kind === 'event' && !isAllDay, timeZone);
  return period === undefined ? nothing : html`<p class="card-text about">${period}</p>`;
}

/** What stands below the text: how an offer is taken, and the button. */
export function businessEnd({ coupon, terms, button, link = '' }: PreviewBusiness): TemplateResult {
  const host = isLinkAddress(link) ? hostOf(link) : '';
  return html`${coupon ? html`<p class="card-coupon">${l10n.t('Coupon code:')} <bdi>${coupon}</bdi></p>` : nothing}
  ${
    button
      ? html`<p class="card-button"><span>${buttonWord(button)}</span>${host ? html` <bdi class="about">${host}</bdi>` : nothing}</p>`
      : host
        ? html`<p class="card-text about"><bdi>${host}</bdi></p>`
        : nothing
  }
  ${terms ? html`<p class="card-text about card-terms" dir="auto">${terms}</p>` : nothing}`;
}
