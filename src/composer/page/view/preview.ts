import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { repeat } from 'lit-html/directives/repeat.js';
import type { NetworkDetails } from '../../../core/buffer/model.ts';
import type { ComposerProfile } from '../../messages.ts';
import { tagged } from '../../../core/networks/utm.ts';
import { type DraftMedia, type DraftPicture, picturesOf, textFor } from '../../../core/drafts/draft.ts';
import { hostOf, isLinkAddress, isPictureAddress } from '../../../page/addresses.ts';
import { chosenProfiles, rulesOf } from '../chosen.ts';
import { threadKey } from '../counting.ts';
import { asksFor, detailsFor } from '../details.ts';
import { partsOf } from '../edits.ts';
import { asNumber } from '../../../page/format.ts';
import type { Page, TextCount } from '../page.ts';
import { type Piece, richText } from '../../../page/richText.ts';
import type { Act } from './act.ts';
import { profileAvatar } from './profileAvatar.ts';
import { webPicture } from './webPicture.ts';

/** This much beyond its limit is shown of a text that is too long, and of one that has no limit. */
const beyond = 1_000;
const unlimited = 10_000;

/** How the update will look, for each chosen profile. */
export function preview(page: Page, act: Act): TemplateResult {
  const chosen = chosenProfiles(page);
  return html`<section class="part preview" id="preview" aria-labelledby="preview-title">
    <h2 id="preview-title">${l10n.t('Preview')}</h2>
    ${
      chosen.length === 0 ? html`<p class="help empty-preview">${l10n.t('Choose a profile to see how the update will look.')}</p>` : nothing
    }
    ${repeat(
      chosen,
      ({ id }) => id,
      (profile) => card(profile, page, act),
    )}
  </section>`;
}

function card(profile: ComposerProfile, page: Page, act: Act): TemplateResult {
  const { name, network, service } = profile;
  const { settled } = page;
  const text = settled ? textFor(settled, service) : '';
  const details = settled && page.profiles.abilities.details ? detailsFor(settled, profile) : {};
  const shows = (name: keyof NetworkDetails) => asksFor(page, service, name);
  return html`<article class="card" aria-label=${l10n.t('{0} on {1}', name, network)}>
    <div class="card-head">
      ${profileAvatar(profile, page, act)}<span class="who"><span class="name">${name}</span><span class="about">${network}</span></span>
    </div>
    ${shows('title') && details.title?.trim() ? html`<p class="card-title">${details.title}</p>` : nothing}
    ${
      shows('spoiler') && details.spoiler?.trim()
        ? html`<p class="about">${l10n.t('Content warning: {0}', shortened(details.spoiler))}</p>`
        : nothing
    }
    ${counted(text, page.counts.get(service))} ${attachment(page, act)} ${shows('thread') ? thread(profile, page, act) : nothing}
    ${shows('firstComment') && details.firstComment?.trim() ? comment(tagged(details.firstComment, service, rulesOf(page) ?? [])) : nothing}
  </article>`;
}

/** The parts that follow, as far as there is something in them. */
function thread({ service }: ComposerProfile, page: Page, act: Act): TemplateResult | typeof nothing {
  const parts = (page.settled ? partsOf(page.settled, service) : [])
    .map((part, index) => ({ ...part, count: page.counts.get(threadKey(service, index)) }))
    .filter(({ text, pictures }) => text.trim() || pictures.length > 0);
  if (parts.length === 0) return nothing;
  return html`<ol class="card-thread" aria-label=${l10n.t('Thread')}>
    ${parts.map(
      ({ text, pictures, count }) =>
        html`<li>
          ${text.trim() ? counted(text, count) : nothing} ${pictures.length > 0 ? pictureFigure(pictures, page, act) : nothing}
        </li>`,
    )}
  </ol>`;
}

function comment(text: string): TemplateResult {
  return html`<div class="card-comment">
    <span class="about">${l10n.t('First comment')}</span>
    <p class="card-text">${shortened(text)}</p>
  </div>`;
}

const shortened = (text: string) => (text.length > unlimited ? `${text.slice(0, unlimited)}…` : text);

function counted(text: string, count: TextCount | undefined): unknown {
  const { text: shown, overflowsAt } = count?.text === text ? (count.sent ?? count) : { text, overflowsAt: undefined };
  return guard([shown, overflowsAt, count?.limit], () => body(shown, overflowsAt, count?.limit));
}

function body(text: string, overflowsAt: number | undefined, limit = Number.POSITIVE_INFINITY): TemplateResult {
  if (!text.trim()) return html`<p class="card-text help">${l10n.t('Nothing written yet')}</p>`;
  const end = overflowsAt === undefined ? (Number.isFinite(limit) ? text.length : unlimited) : overflowsAt + beyond;
  const shown = text.slice(0, end);
  const pieces = richText(shown.slice(0, overflowsAt));
  const over = overflowsAt === undefined ? [] : richText(shown.slice(overflowsAt));
  return html`<p class="card-text">${pieces.map(piece)}${over.length > 0 ? html`<mark>${over.map(piece)}</mark>` : nothing}</p>
    ${text.length > end ? html`<p class="help">${l10n.t('And {0} more characters', asNumber(text.length - end))}</p>` : nothing}`;
}

const piece = ({ text, kind }: Piece) => (kind === 'plain' ? text : html`<span class="rich">${text}</span>`);

/** Pictures as a network shows them together, and what is said of them. */
function pictureFigure(pictures: readonly DraftPicture[], page: Page, act: Act): TemplateResult {
  const words = ({ description }: { description?: string | undefined }) => description?.trim() || l10n.t('Picture without a description');
  const [only] = pictures.length === 1 ? pictures : [];
  const shown = pictures.flatMap((each) => webPicture(each.url, { className: only && 'card-picture', alt: words(each) }, page, act) ?? []);
  if (shown.length === 0)
    return html`<div class="card-missing">
      <span class="codicon codicon-device-camera" aria-hidden="true"></span>${l10n.t('No picture yet')}
    </div>`;
  if (only)
    return html`<figure class="card-figure">
      ${shown}
      <figcaption class="about">${only.description?.trim() ? l10n.t('Alt text: {0}', only.description) : l10n.t('No alt text')}</figcaption>
    </figure>`;
  const lacking = pictures.filter(({ description }) => !description?.trim()).length;
  const count = asNumber(pictures.length);
  const about = lacking ? l10n.t('{0} pictures, {1} without alt text', count, asNumber(lacking)) : l10n.t('{0} pictures', count);
  return html`<figure class="card-figure">
    <div class="card-pictures">${shown}</div>
    <figcaption class="about">${about}</figcaption>
  </figure>`;
}

function attachment(page: Page, act: Act): TemplateResult | typeof nothing {
  const media: DraftMedia = page.draft?.media ?? { kind: 'none' };
  if (media.kind === 'none') return nothing;
  if (media.kind === 'picture') return pictureFigure(picturesOf(media), page, act);
  if (media.kind === 'video') {
    const name = isPictureAddress(media.url) ? hostOf(media.url) : '';
    return html`<div class="card-missing">
      <span class="codicon codicon-device-camera-video" aria-hidden="true"></span
      >${name ? l10n.t('Video from {0}', name) : l10n.t('No video yet')}
    </div>`;
  }
  if (media.kind === 'document')
    return html`<div class="card-missing">
      <span class="codicon codicon-file-pdf" aria-hidden="true"></span
      >${media.title?.trim() || hostOf(media.url) || l10n.t('No document yet')}
    </div>`;
  if (!isLinkAddress(media.url)) return nothing;
  return html`<div class="card-link">
    ${webPicture(media.picture ?? '', { className: 'card-picture', alt: '' }, page, act) ?? nothing}
    <div class="card-link-text">
      <span class="about">${hostOf(media.url)}</span>
      <span class="name">${media.title?.trim() || media.url}</span>
      ${media.description?.trim() ? html`<span class="about">${media.description}</span>` : nothing}
    </div>
  </div>`;
}
