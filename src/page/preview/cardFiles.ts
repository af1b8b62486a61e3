import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { PreviewCard, PreviewFile } from '../../core/preview/previewUpdate.ts';
import { hostOf, isLinkAddress, isPictureAddress } from '../addresses.ts';
import { asNumber } from '../format.ts';
import { webPicture } from '../webPicture.ts';
import type { CardContext } from './cardContext.ts';
import type { NetworkLook } from './networkLook.ts';

/** The files of a part as its network puts them together, and what is said of their descriptions. */
export function cardFiles(files: readonly PreviewFile[], look: NetworkLook, context: CardContext): TemplateResult | typeof nothing {
  if (files.length === 0) return nothing;
  const { layout, inSight = Number.POSITIVE_INFINITY } = look;
  // One beyond what is in sight is no reason to say how many more there are.
  const hidden = files.length > inSight ? files.length - inSight : 0;
  const tile = (file: PreviewFile, index: number) => {
    const isBeyond = hidden > 0 && index >= inSight;
    const more = hidden > 0 && index === inSight - 1 ? moreButton(hidden) : nothing;
    return html`<div class="tile" data-kind=${file.kind} ?data-beyond=${isBeyond}>
      ${fileTile(file, index, files.length, context)}${more}
    </div>`;
  };
  const count = Math.min(files.length, inSight);
  const scrolls = files.length > 1 && (layout === 'row' || layout === 'carousel');
  return html`<figure class="card-figure">
    <div
      class="card-pictures"
      data-layout=${files.length === 1 ? 'one' : layout}
      data-count=${count}
      role=${scrolls ? 'group' : nothing}
      aria-label=${scrolls ? l10n.t('{0} files', asNumber(files.length)) : nothing}
      tabindex=${scrolls ? 0 : nothing}
    >
      ${files.map(tile)}
    </div>
    ${caption(files)}
  </figure>`;
}

/** Shows those that are out of sight, and the focus goes to the first of them. */
function moreButton(hidden: number): TemplateResult {
  const open = ({ currentTarget }: Event) => {
    const button = currentTarget as HTMLElement;
    const all = button.closest<HTMLElement>('.card-pictures')!;
    all.toggleAttribute('data-open', true);
    all.querySelector<HTMLElement>('[data-beyond] summary')?.focus();
  };
  const label = hidden === 1 ? l10n.t('Show 1 More') : l10n.t('Show {0} More', asNumber(hidden));
  return html`<button class="more-files" type="button" title=${label} aria-label=${label} @click=${open}>+${asNumber(hidden)}</button>`;
}

function fileTile(file: PreviewFile, index: number, all: number, context: CardContext): TemplateResult {
  const { kind, picture = '', alt, title } = file;
  const words = kind === 'picture' ? alt || l10n.t('Picture without a description') : (title ?? '');
  const shown = picture ? webPicture(picture, { className: 'card-picture', alt: words }, context.pictures, context.onNoPicture) : undefined;
  if (!shown) return missing(file, context);
  if (kind !== 'picture') return html`${shown}<span class="sign">${sign(file)}</span>`;
  return html`${shown}${alt ? altText(alt, index, all) : nothing}`;
}

/** The alternative text, on demand as networks show it. */
function altText(alt: string, index: number, all: number): TemplateResult {
  const label = all === 1 ? l10n.t('Alt text') : l10n.t('Alt text of picture {0}', asNumber(index + 1));
  return html`<details class="alt">
    <summary aria-label=${label} title=${label}>${l10n.t('ALT')}</summary>
    <p dir="auto">${alt}</p>
  </details>`;
}

/** What stands in the place of a file that is not shown: not yet, or never. */
function missing(file: PreviewFile, { pictures }: CardContext): TemplateResult {
  const { kind, picture = '' } = file;
  const state = pictures.get(picture);
  if (kind === 'picture' && state?.kind === 'reading')
    return html`<div class="card-missing" aria-busy="true"><span class="unseen">${l10n.t('Reading the picture…')}</span></div>`;
  return html`<div class="card-missing">${sign(file)}</div>`;
}

function sign({ kind, title, url = '', picture = '' }: PreviewFile): TemplateResult {
  const host = isPictureAddress(url) ? hostOf(url) : '';
  switch (kind) {
    case 'picture':
      return icon('device-camera', isPictureAddress(picture) ? l10n.t('Picture from {0}', hostOf(picture)) : l10n.t('No picture yet'));
    case 'video':
      return icon('device-camera-video', title || (host ? l10n.t('Video from {0}', host) : url ? l10n.t('Video') : l10n.t('No video yet')));
    case 'document':
      return icon('file-pdf', title || host || l10n.t('No document yet'));
  }
}

function icon(name: string, words: string): TemplateResult {
  return html`<span class="codicon codicon-${name}" aria-hidden="true"></span><span dir="auto">${words}</span>`;
}

/** What is missing of descriptions; how many pictures there are where there are several. */
function caption(files: readonly PreviewFile[]): TemplateResult | typeof nothing {
  const pictures = files.filter(({ kind, picture }) => kind === 'picture' && picture);
  if (pictures.length === 0) return nothing;
  const lacking = pictures.filter(({ alt }) => !alt).length;
  const count = asNumber(pictures.length);
  if (pictures.length === 1) return lacking ? html`<figcaption class="about">${l10n.t('No alt text')}</figcaption>` : nothing;
  return html`<figcaption class="about">
    ${lacking ? l10n.t('{0} pictures, {1} without alt text', count, asNumber(lacking)) : l10n.t('{0} pictures', count)}
  </figcaption>`;
}

/** What is shown of the page that a link leads to. */
export function linkCard({ url, title, description, picture = '' }: PreviewCard, context: CardContext): TemplateResult | typeof nothing {
  if (!isLinkAddress(url)) return nothing;
  return html`<div class="card-link">
    ${webPicture(picture, { className: 'card-picture', alt: '' }, context.pictures, context.onNoPicture) ?? nothing}
    <div class="card-link-text">
      <span class="about">${hostOf(url)}</span>
      <span class="name" dir="auto">${title || url}</span>
      ${description ? html`<span class="about" dir="auto">${description}</span>` : nothing}
    </div>
  </div>`;
}
