import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Page } from '../page.ts';
import { webPicture as drawn } from '../../../page/webPicture.ts';
import { forgetPicture, withoutPicture } from '../../../page/webPictures.ts';
import type { Act } from './act.ts';

/** A picture of the web as the extension read it; undefined until it has, and where it could not. */
export function webPicture(
  url: string,
  about: { readonly className?: string; readonly alt: string },
  { pictures }: Page,
  act: Act,
): TemplateResult | undefined {
  return drawn(url, about, pictures, (address) => giveUp(act, address));
}

/** What begins as a picture does, and is none that can be drawn, is not shown again. */
export function giveUp(act: Act, address: string): void {
  act.change((page) => ({
    ...page,
    pictures: withoutPicture(page.pictures, address, l10n.t('The file at this address cannot be shown as a picture.')),
  }));
}

/** A small picture below its address, or why there is none: what only Buffer can know stands against nothing. */
export function thumbnail(url: string, page: Page, act: Act): TemplateResult | typeof nothing {
  const address = url.trim();
  const picture = page.pictures.get(address);
  if (picture?.kind === 'reading') return html`<p class="help">${l10n.t('Reading the picture…')}</p>`;
  if (picture?.kind !== 'unread')
    return webPicture(address, { className: 'thumbnail', alt: l10n.t('The picture at this address') }, page, act) ?? nothing;
  const again = () => act.change((now) => ({ ...now, pictures: forgetPicture(now.pictures, address) }));
  return html`<p class="problem unread-picture" role="status">
    <span class="codicon codicon-warning" aria-hidden="true"></span><span>${picture.trouble}</span>
    <button class="link" type="button" @click=${again}>${l10n.t('Try Again')}</button>
  </p>`;
}
