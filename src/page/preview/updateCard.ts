import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { PreviewBusiness, PreviewPart, PreviewUpdate } from '../../core/preview/previewUpdate.ts';
import { avatar } from '../avatar.ts';
import { businessEnd, businessTime } from './businessPart.ts';
import type { CardContext } from './cardContext.ts';
import { cardFiles, linkCard } from './cardFiles.ts';
import { cardText, plainCardText } from './cardText.ts';
import { lookOf, type NetworkLook } from './networkLook.ts';

/** An update as its network shows it: whose it is, its text, what goes with it, and what follows it. All of it is data. */
export function updateCard(update: PreviewUpdate, context: CardContext): TemplateResult {
  const { profile, title, warning, topic, place, business, parts, firstComment } = update;
  const { name, network, service, handle } = profile;
  const look = lookOf(service);
  const [first, ...following] = parts;
  const about = [handle, network, place].filter(Boolean).join(' · ');
  return html`<article class="card" data-service=${service} aria-label=${l10n.t('{0} on {1}', name, network)}>
    <div class="card-head">
      ${avatar(profile, context.broken, context.onBrokenAvatar)}<span class="who"
        ><span class="name" dir="auto">${name}${topic ? html`<span class="about"> › <bdi>${topic}</bdi></span>` : nothing}</span
        ><span class="about" dir="auto">${about}</span></span
      >
    </div>
    ${first ? folded(warning, part(first, { look, title, business, timeZone: profile.timeZone }, context)) : nothing}
    ${
      following.length > 0
        ? html`<ol class="card-thread" aria-label=${l10n.t('Thread')}>
            ${following.map((each) => html`<li data-part=${each.index}>${part(each, { look }, context)}</li>`)}
          </ol>`
        : nothing
    }
    ${firstComment ? comment(firstComment) : nothing}
  </article>`;
}

/** Behind a content warning, until somebody looks at it. */
function folded(warning: string | undefined, content: TemplateResult): TemplateResult {
  if (!warning) return html`<div class="card-part" data-part="0">${content}</div>`;
  return html`<details class="card-warning" data-part="0">
    <summary dir="auto">${l10n.t('Content warning: {0}', warning)}</summary>
    <div class="card-part">${content}</div>
  </details>`;
}

interface Surroundings {
  readonly look: NetworkLook;
  readonly title?: string | undefined;
  readonly business?: PreviewBusiness | undefined;
  readonly timeZone?: string | undefined;
}

function part(shown: PreviewPart, { look, title, business, timeZone }: Surroundings, context: CardContext): TemplateResult {
  const { files, card, index } = shown;
  const attached = html`${cardFiles(files, look, context)}${card && files.length === 0 ? linkCard(card, context) : nothing}`;
  const heading = title ? html`<p class="card-title" dir="auto">${title}</p>` : nothing;
  const time = business ? businessTime(business, timeZone) : nothing;
  const end = business ? businessEnd(business) : nothing;
  const text = shown.text.trim()
    ? cardText(shown, look.fold)
    : index === 0
      ? html`<p class="card-text help">${l10n.t('Nothing written yet')}</p>`
      : nothing;
  return look.isPictureFirst ? html`${attached}${heading}${time}${text}${end}` : html`${heading}${text}${attached}`;
}

function comment(text: string): TemplateResult {
  return html`<div class="card-comment"><span class="about">${l10n.t('First comment')}</span>${plainCardText(text)}</div>`;
}
