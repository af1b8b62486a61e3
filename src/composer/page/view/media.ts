import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { DraftMedia, KeptFile } from '../../../core/drafts/draft.ts';
import { hostOf, isLinkAddress } from '../../../page/addresses.ts';
import { firstLink } from '../../../core/networks/links.ts';
import { chooseMedia, putLinkIntoText, setMedia } from '../edits.ts';
import { besideKinds, refusalOf, takesDocument } from '../fileRefusal.ts';
import { asList, asNumber } from '../../../page/format.ts';
import type { Page } from '../page.ts';
import { withoutLink } from '../readiness.ts';
import type { Act } from './act.ts';
import { field } from './field.ts';
import { files, fillCard } from './later.ts';
import { describedBy, note } from './note.ts';
import { pictureField } from './pictureField.ts';
import { segments } from './segments.ts';
import { problemOfPart } from './toldProblem.ts';
import { webPicture } from './webPicture.ts';

/** What goes with the text. */
export function media(page: Page, act: Act): TemplateResult {
  const chosen = page.draft?.media ?? { kind: 'none' };
  const kinds = [
    { value: 'none', label: l10n.t('Text Only'), icon: 'dash' },
    { value: 'link', label: l10n.t('Link'), icon: 'link' },
    { value: 'picture', label: l10n.t('Picture'), icon: 'device-camera' },
    // One that came along from elsewhere is shown, and why it cannot be sent.
    ...(page.profiles.abilities.details || chosen.kind === 'video'
      ? [{ value: 'video', label: l10n.t('Video'), icon: 'device-camera-video' } as const]
      : []),
    ...(chosen.kind === 'document' || takesDocument(page)
      ? [{ value: 'document', label: l10n.t('Document'), icon: 'file-pdf' } as const]
      : []),
  ] as const;
  const problem = problemOfPart('media') ?? refusalOf(page, besideKinds);
  return html`<section class="part" id="media" aria-labelledby="media-title">
    <h2 id="media-title">${l10n.t('Attachment')}</h2>
    ${segments(
      'media',
      'media-title',
      kinds,
      chosen.kind,
      (kind) => act.change((now) => chooseMedia(now, kind)),
      describedBy('media', problem),
    )}
    ${note('media', problem)} ${chosen.kind === 'none' ? offerLink(page, act) : nothing}
    ${chosen.kind === 'link' ? link(chosen, page, act) : nothing} ${files(page, act)} ${kept(page, act)}
  </section>`;
}

/** The files of an update that is edited which stay as they are, with what describes them. */
function kept(page: Page, act: Act): TemplateResult | typeof nothing {
  const files = page.draft?.editing?.kept ?? [];
  if (files.length === 0) return nothing;
  const { kind } = page.draft!.media;
  const own = files.filter(({ part }) => part === undefined);
  // A card, a video or a document takes no pictures beside it.
  const isReplaced =
    own.length > 0 && (kind === 'link' || kind === 'video' || kind === 'document') && kind !== page.draft?.editing?.media?.kind;
  const title = isReplaced ? l10n.t('It replaces:') : keptTitle(files, kind !== 'none');
  return html`<div class="kept-attachments" role="group" aria-label=${title}>
    <p class="help">${title}</p>
    <ul class="kept-files">
      ${files.map((file) => html`<li class="kept-file">${keptPicture(file, page, act)}<span>${keptWords(file)}</span></li>`)}
    </ul>
  </div>`;
}

function keptTitle(files: readonly KeptFile[], isMore: boolean): string {
  const { length } = files;
  if (files.every(({ kind }) => kind === 'picture')) {
    if (length === 1) return isMore ? l10n.t('and 1 more picture, kept as it is') : l10n.t('1 picture, kept as it is');
    return isMore
      ? l10n.t('and {0} more pictures, kept as they are', asNumber(length))
      : l10n.t('{0} pictures, kept as they are', asNumber(length));
  }
  if (length === 1) return files[0]!.kind === 'document' ? l10n.t('A document, kept as it is') : l10n.t('A file, kept as it is');
  return l10n.t('{0} files, kept as they are', asNumber(length));
}

function keptPicture({ kind, picture = '', description = '' }: KeptFile, page: Page, act: Act): TemplateResult {
  const icon = kind === 'document' ? 'file-pdf' : kind === 'video' ? 'device-camera-video' : 'file-media';
  return (
    webPicture(picture, { className: 'kept-picture', alt: description }, page, act) ??
    html`<span class="codicon codicon-${icon}" aria-hidden="true"></span>`
  );
}

function keptWords({ description, part }: KeptFile): string {
  const words = description?.trim() || l10n.t('No description');
  return part === undefined ? words : l10n.t('Part {0}: {1}', asNumber(part), words);
}

function offerLink({ settled }: Page, act: Act): TemplateResult | typeof nothing {
  const url = settled && firstLink(settled.text);
  if (!url) return nothing;
  const attach = () => act.change((page) => setMedia(chooseMedia(page, 'link'), { kind: 'link', url }));
  return html`<button class="link offer" type="button" @click=${attach}>
    <span class="codicon codicon-add" aria-hidden="true"></span><span>${l10n.t('Attach {0} as a card', hostOf(url))}</span>
  </button>`;
}

function link(chosen: Extract<DraftMedia, { kind: 'link' }>, page: Page, act: Act): TemplateResult {
  const set = (change: Partial<typeof chosen>) => act.change((now) => setMedia(now, { ...chosen, ...change }));
  const url = page.settled && firstLink(page.settled.text);
  return html`<div class="fields">
    ${field({
      id: 'link-url',
      label: l10n.t('Address'),
      value: chosen.url,
      type: 'url',
      placeholder: url ?? 'https://',
      problem: chosen.url.trim() && !isLinkAddress(chosen.url) ? l10n.t('This is not a web address.') : refusalOf(page, 'link-url'),
      input: (value) => set({ url: value }),
    })}
    ${
      url && !chosen.url
        ? html`<button class="link offer" type="button" @click=${() => set({ url })}>${l10n.t('Use {0}', hostOf(url))}</button>`
        : nothing
    }
    ${fillCard(chosen, page, act)} ${intoText(page, act)}
    ${field({
      id: 'link-title',
      label: l10n.t('Title'),
      value: chosen.title ?? '',
      placeholder: l10n.t('The title of the page'),
      input: (title) => set({ title }),
    })}
    ${field({
      id: 'link-description',
      label: l10n.t('Description'),
      value: chosen.description ?? '',
      rows: 2,
      input: (description) => set({ description }),
    })}
    ${pictureField('link-picture', l10n.t('Picture Address'), chosen.picture ?? '', page, act, (value) => set({ picture: value }))}
  </div>`;
}

/** Networks that show no card get the link in their text. */
function intoText(page: Page, act: Act): TemplateResult | typeof nothing {
  const labels = withoutLink(page).map(({ label }) => label);
  if (labels.length === 0) return nothing;
  return html`<div class="state">
    <span class="codicon codicon-info" aria-hidden="true"></span
    ><span>${labels.length === 1 ? l10n.t('{0} shows no link card.', labels[0]!) : l10n.t('{0} show no link card.', asList(labels))}</span>
    <button class="link" type="button" @click=${() => act.change(putLinkIntoText)}>${l10n.t('Add the Link to the Text')}</button>
  </div>`;
}
