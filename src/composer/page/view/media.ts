import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { DraftMedia, KeptFile } from '../../../core/drafts/draft.ts';
import { firstLink, hostOf, isLinkAddress, isPictureAddress } from '../addresses.ts';
import { chooseMedia, type DraftPicture, picturesOf, putLinkIntoText, setMedia, setPictures } from '../edits.ts';
import { pictureFieldId } from '../fieldIds.ts';
import { asList, asNumber } from '../format.ts';
import { isSettled, type Page } from '../page.ts';
import { withoutLink } from '../readiness.ts';
import { type Act, markBroken } from './act.ts';
import { field } from './field.ts';
import { describedBy, note } from './note.ts';
import { segments } from './segments.ts';
import { problemOfPart } from './toldProblem.ts';

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
  ] as const;
  const problem = problemOfPart('media');
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
    ${chosen.kind === 'link' ? link(chosen, page, act) : nothing} ${chosen.kind === 'picture' ? picture(chosen, page, act) : nothing}
    ${chosen.kind === 'video' ? video(chosen, page, act) : nothing} ${kept(page, act)}
  </section>`;
}

/** The files of an update that is edited which stay as they are, with what describes them. */
function kept(page: Page, act: Act): TemplateResult | typeof nothing {
  const files = page.draft?.editing?.kept ?? [];
  if (files.length === 0) return nothing;
  const { kind } = page.draft!.media;
  const own = files.filter(({ part }) => part === undefined);
  // A card or a video takes no pictures beside it.
  const isReplaced = own.length > 0 && (kind === 'link' || kind === 'video') && kind !== page.draft?.editing?.media?.kind;
  const title = isReplaced ? l10n.t('It takes the place of these:') : keptTitle(files, kind !== 'none');
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

function keptPicture({ kind, picture, description }: KeptFile, { broken }: Page, act: Act): TemplateResult {
  if (!picture || broken.has(picture))
    return html`<vscode-icon
      name=${kind === 'document' ? 'file-pdf' : kind === 'video' ? 'device-camera-video' : 'file-media'}
    ></vscode-icon>`;
  return html`<img
    class="kept-picture"
    src=${picture}
    alt=${description ?? ''}
    referrerpolicy="no-referrer"
    @error=${() => markBroken(act, picture)}
  />`;
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
    <vscode-icon name="add"></vscode-icon><span>${l10n.t('Attach {0} as a card', hostOf(url))}</span>
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
      problem: chosen.url.trim() && !isLinkAddress(chosen.url) ? l10n.t('This is no web address.') : undefined,
      input: (value) => set({ url: value }),
    })}
    ${
      url && !chosen.url
        ? html`<button class="link offer" type="button" @click=${() => set({ url })}>${l10n.t('Use {0}', hostOf(url))}</button>`
        : nothing
    }
    ${intoText(page, act)}
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
    <vscode-icon name="info"></vscode-icon
    ><span>${labels.length === 1 ? l10n.t('{0} shows no link card.', labels[0]!) : l10n.t('{0} show no link card.', asList(labels))}</span>
    <button class="link" type="button" @click=${() => act.change(putLinkIntoText)}>${l10n.t('Add the Link to the Text')}</button>
  </div>`;
}

function video(chosen: Extract<DraftMedia, { kind: 'video' }>, page: Page, act: Act): TemplateResult {
  const isBad = chosen.url.trim() !== '' && !isPictureAddress(chosen.url);
  const problem = isBad
    ? l10n.t('Buffer takes videos from https addresses only.')
    : page.isFileRefused
      ? l10n.t('Buffer takes videos by a public address only, not as a file. Put the video online and enter its address here.')
      : undefined;
  const help = l10n.t('Buffer fetches the video when the update goes out: its address has to be public, and to stay until then.');
  return html`<div class="fields">
    ${field({
      id: 'video-url',
      label: l10n.t('Video Address'),
      value: chosen.url,
      type: 'url',
      placeholder: 'https://',
      problem,
      help,
      input: (url) => act.change((now) => setMedia(now, { kind: 'video', url })),
    })}
  </div>`;
}

/** Pictures in their order, each with what it shows; where one is all there may be, without a word of more. */
function picture(chosen: Extract<DraftMedia, { kind: 'picture' }>, page: Page, act: Act): TemplateResult {
  const pictures = picturesOf(chosen);
  const set = (next: readonly DraftPicture[]) => act.change((now) => setPictures(now, next));
  const change = (index: number, part: Partial<DraftPicture>) =>
    act.change((now) => {
      const all = picturesOf(now.draft?.media);
      return setPictures(now, all.with(index, { ...all[index]!, ...part }));
    });
  const isOne = pictures.length === 1;
  const add = () => {
    set([...pictures, { url: '' }]);
    act.focus(pictureFieldId(pictures.length));
  };
  const moveUp = (index: number) => {
    set(pictures.with(index - 1, pictures[index]!).with(index, pictures[index - 1]!));
    act.say(l10n.t('Picture {0} of {1}', asNumber(index), asNumber(pictures.length)));
  };
  return html`<div class="fields pictures">
    ${pictures.map(({ url, description = '' }, index) => {
      const title = l10n.t('Picture {0} of {1}', asNumber(index + 1), asNumber(pictures.length));
      return html`<div class="fields picture" role=${isOne ? nothing : 'group'} aria-label=${isOne ? nothing : title}>
        ${
          isOne
            ? nothing
            : html`<div class="picture-head">
                <span class="field-label">${title}</span>
                ${
                  index > 0
                    ? html`<vscode-toolbar-button
                        icon="arrow-up"
                        label=${l10n.t('Move Up')}
                        @click=${() => moveUp(index)}
                      ></vscode-toolbar-button>`
                    : nothing
                }
                <vscode-toolbar-button
                  icon="trash"
                  label=${l10n.t('Remove Picture')}
                  @click=${() => set(pictures.toSpliced(index, 1))}
                ></vscode-toolbar-button>
              </div>`
        }
        ${pictureField(pictureFieldId(index), l10n.t('Picture Address'), url, page, act, (value) => change(index, { url: value }))}
        ${field({
          id: index === 0 ? 'picture-description' : `picture-description-${index}`,
          label: l10n.t('Description (Alt Text)'),
          value: description,
          rows: 2,
          help: index === 0 ? l10n.t('Says what the picture shows, for people who cannot see it.') : undefined,
          input: (value) => change(index, { description: value }),
        })}
      </div>`;
    })}
    ${
      page.profiles.abilities.details && pictures.every(({ url }) => url.trim())
        ? html`<button class="link offer" type="button" id="add-picture" @click=${add}>
            <vscode-icon name="add"></vscode-icon><span>${l10n.t('Add Picture')}</span>
          </button>`
        : nothing
    }
  </div>`;
}

function pictureField(id: string, label: string, value: string, page: Page, act: Act, input: (value: string) => void): TemplateResult {
  const isGood = isPictureAddress(value);
  const problem = value.trim() && !isGood ? l10n.t('Buffer takes pictures from https addresses only.') : undefined;
  const refused = l10n.t(
    'Buffer takes pictures by a public address only, not as a file. Put the picture online and enter its address here.',
  );
  return html`<div class="picture-field">
    ${field({
      id,
      label,
      value,
      type: 'url',
      placeholder: 'https://',
      problem: problem ?? (page.isFileRefused ? refused : undefined),
      input,
    })}
    ${isSettled(page, value) ? thumbnail(value.trim(), page, act) : nothing}
  </div>`;
}

/** A small picture that tells whether the address holds one. */
function thumbnail(url: string, { broken }: Page, act: Act): TemplateResult {
  if (broken.has(url))
    return html`<p class="problem" role="status">
      <vscode-icon name="warning"></vscode-icon>${l10n.t('No picture could be loaded from this address.')}
    </p>`;
  return html`<img
    class="thumbnail"
    src=${url}
    alt=${l10n.t('The picture at this address')}
    referrerpolicy="no-referrer"
    @error=${() => markBroken(act, url)}
  />`;
}
