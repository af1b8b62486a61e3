import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { type DraftMedia, type DraftPicture, type DraftTaggedUser, picturesOf } from '../../../core/drafts/draft.ts';
import { asFraction, asMoment } from '../../../core/drafts/typedNumbers.ts';
import { networkNeeds } from '../../../core/networks/networkNeeds.ts';
import { isPictureAddress } from '../../../page/addresses.ts';
import { chosenNetworks } from '../chosen.ts';
import { movePicture, setMedia, setPictures } from '../edits.ts';
import { coverMomentFieldId, pictureFieldId, taggedUserFieldId } from '../fieldIds.ts';
import { refusalOf } from '../fileRefusal.ts';
import { fileNotes } from '../fileNotes.ts';
import { asList, asNumber } from '../../../page/format.ts';
import type { Page } from '../page.ts';
import type { Act } from './act.ts';
import { altText } from './altText.ts';
import { dragHandle, dropPlace } from './dragging.ts';
import { field } from './field.ts';
import { pictureField } from './pictureField.ts';
import { toolButton } from '../../../page/toolButton.ts';

/** The files that go with the text, and what is said of them. */
export function files(page: Page, act: Act): TemplateResult | typeof nothing {
  const media = page.draft?.media;
  switch (media?.kind) {
    case 'picture':
      return html`${pictures(media, page, act)}${notes(page)}`;
    case 'video':
      return html`${video(media, page, act)}${notes(page)}`;
    case 'document':
      return html`${document(media, page, act)}${notes(page)}`;
    default:
      return nothing;
  }
}

/** What a network does not take as it is, which does not stand against sending. */
function notes(page: Page): TemplateResult[] {
  return fileNotes(page).map(
    (note) => html`<p class="state" role="status"><span class="codicon codicon-warning" aria-hidden="true"></span><span>${note}</span></p>`,
  );
}

/** The labels of the chosen networks of which something holds. */
function labelsOf(page: Page, holds: (service: string) => boolean | undefined): readonly string[] {
  return chosenNetworks(page)
    .filter(({ service }) => holds(service))
    .map(({ label }) => label);
}

function video(chosen: Extract<DraftMedia, { kind: 'video' }>, page: Page, act: Act): TemplateResult {
  const set = (change: Partial<typeof chosen>) => act.change((now) => setMedia(now, { ...chosen, ...change }));
  const showing = labelsOf(page, (service) => networkNeeds(service).takesCoverMoment);
  const isMomentShown = showing.length > 0 || chosen.coverAt;
  const isBadMoment = Boolean(chosen.coverAt?.trim()) && asMoment(chosen.coverAt!) === undefined;
  return html`<div class="fields">
    ${addressField('video-url', l10n.t('Video Address'), chosen.url, page, (url) => set({ url }))}
    ${field({ id: 'video-title', label: l10n.t('Title of the Video'), value: chosen.title ?? '', input: (title) => set({ title }) })}
    ${
      isMomentShown
        ? field({
            id: coverMomentFieldId,
            label: l10n.t('Cover: Seconds from the Beginning'),
            value: chosen.coverAt ?? '',
            placeholder: '2.5',
            problem: isBadMoment ? l10n.t('Type seconds, such as 2.5 or 1:05.') : undefined,
            help: showing.length
              ? l10n.t('{0} shows this moment of the video as its cover and takes no separate picture.', asList(showing))
              : undefined,
            input: (coverAt) => set({ coverAt }),
          })
        : nothing
    }
  </div>`;
}

function document(chosen: Extract<DraftMedia, { kind: 'document' }>, page: Page, act: Act): TemplateResult {
  const set = (change: Partial<typeof chosen>) => act.change((now) => setMedia(now, { ...chosen, ...change }));
  return html`<div class="fields">
    ${addressField('document-url', l10n.t('Document Address (PDF)'), chosen.url, page, (url) => set({ url }))}
    ${field({
      id: 'document-title',
      label: l10n.t('{0} (required)', l10n.t('Title of the Document')),
      value: chosen.title ?? '',
      input: (title) => set({ title }),
    })}
    ${pictureField(
      'document-cover',
      l10n.t('{0} (required)', l10n.t('Address of a Picture as Cover')),
      chosen.cover ?? '',
      page,
      act,
      (cover) => set({ cover }),
    )}
  </div>`;
}

/** The address of a file that Buffer fetches, and that is not shown here. */
function addressField(id: string, label: string, value: string, page: Page, input: (url: string) => void): TemplateResult {
  const isBad = value.trim() !== '' && !isPictureAddress(value);
  return field({
    id,
    label,
    value,
    type: 'url',
    placeholder: 'https://',
    problem: isBad ? l10n.t('Buffer takes files from https addresses only.') : refusalOf(page, id),
    help: l10n.t('Buffer fetches it when the update goes out: keep its address public until then.'),
    input,
  });
}

/** Pictures in their order, each with what it shows; where one is all there may be, without a word of more. */
function pictures(chosen: Extract<DraftMedia, { kind: 'picture' }>, page: Page, act: Act): TemplateResult {
  const all = picturesOf(chosen);
  const set = (next: readonly DraftPicture[]) => act.change((now) => setPictures(now, next));
  const add = () => {
    set([...all, { url: '' }]);
    act.focus(pictureFieldId(all.length));
  };
  return html`<div class="fields pictures">
    ${all.map((each, index) => picture(each, index, all, page, act))}
    ${
      page.profiles.abilities.details && all.every(({ url }) => url.trim())
        ? html`<button class="link offer" type="button" id="add-picture" @click=${add}>
            <span class="codicon codicon-add" aria-hidden="true"></span><span>${l10n.t('Add Picture')}</span>
          </button>`
        : nothing
    }
  </div>`;
}

function picture(each: DraftPicture, index: number, all: readonly DraftPicture[], page: Page, act: Act): TemplateResult {
  const title = l10n.t('Picture {0} of {1}', asNumber(index + 1), asNumber(all.length));
  const isOne = all.length === 1;
  const change = (part: Partial<DraftPicture>) =>
    act.change((now) => {
      const known = picturesOf(now.draft?.media);
      return setPictures(now, known.with(index, { ...known[index]!, ...part }));
    });
  return html`<div
    class="fields picture"
    role=${isOne ? nothing : 'group'}
    aria-label=${isOne ? nothing : title}
    ${isOne ? nothing : dropPlace('pictures', index, (from) => act.change((now) => movePicture(now, from, index)))}
  >
    ${isOne ? nothing : pictureHead(title, index, all, act)}
    ${pictureField(pictureFieldId(index), l10n.t('Picture Address'), each.url, page, act, (url) => change({ url }))}
    ${altText(
      each,
      index === 0 ? 'picture-description' : `picture-description-${index}`,
      chosenNetworks(page).map(({ service }) => service),
      change,
      index === 0 ? l10n.t('Says what the picture shows, for people who cannot see it.') : undefined,
    )}
    ${taggedUsers(each, index, page, act, change)}
  </div>`;
}

function pictureHead(title: string, index: number, all: readonly DraftPicture[], act: Act): TemplateResult {
  const move = (to: number) => {
    act.change((now) => movePicture(now, index, to));
    act.say(l10n.t('Picture {0} of {1}', asNumber(to + 1), asNumber(all.length)));
    act.focus(pictureFieldId(to));
  };
  const remove = () => {
    act.change((now) => setPictures(now, picturesOf(now.draft?.media).toSpliced(index, 1)));
    act.say(l10n.t('{0} was removed.', title));
    act.focus(pictureFieldId(Math.min(index, all.length - 2)));
  };
  const tool = (icon: string, label: string, press: () => void) => toolButton(icon, label, press);
  return html`<div class="picture-head">
    ${dragHandle('pictures', index)}<span class="field-label">${title}</span>
    ${index > 0 ? tool('arrow-up', l10n.t('Move Up'), () => move(index - 1)) : nothing}
    ${index < all.length - 1 ? tool('arrow-down', l10n.t('Move Down'), () => move(index + 1)) : nothing}
    ${tool('trash', l10n.t('Remove Picture'), remove)}
  </div>`;
}

/** Who is tagged in a picture, where a chosen network shows it. */
function taggedUsers(
  { taggedUsers: users = [] }: DraftPicture,
  index: number,
  page: Page,
  act: Act,
  change: (part: Partial<DraftPicture>) => void,
): TemplateResult | typeof nothing {
  const showing = labelsOf(page, (service) => networkNeeds(service).takesTaggedUsers);
  if (users.length === 0 && (showing.length === 0 || !page.profiles.abilities.details)) return nothing;
  const addId = `tag-in-picture-${index}`;
  const set = (next: readonly DraftTaggedUser[]) => change({ taggedUsers: [...next] });
  const add = () => {
    set([...users, { handle: '', x: '50%', y: '50%' }]);
    act.focus(taggedUserFieldId(index, users.length));
  };
  const one = (user: DraftTaggedUser, at: number) => {
    const title = l10n.t('Tagged account {0}', asNumber(at + 1));
    const remove = () => {
      set(users.toSpliced(at, 1));
      act.say(l10n.t('{0} was removed.', title));
      act.focus(users.length > 1 ? taggedUserFieldId(index, Math.min(at, users.length - 2)) : addId);
    };
    const input = (name: keyof DraftTaggedUser, label: string, problem?: string) =>
      field({
        id: name === 'handle' ? taggedUserFieldId(index, at) : `${taggedUserFieldId(index, at)}-${name}`,
        label,
        value: user[name],
        problem,
        // Its name is sent without an @.
        input: (value) => set(users.with(at, { ...user, [name]: name === 'handle' ? value.replace(/^[\s@]+|\s+$/gu, '') : value })),
      });
    const place = (name: 'x' | 'y', label: string) =>
      input(name, label, asFraction(user[name]) === undefined ? l10n.t('Type a number from 0 to 1, or such as 50%.') : undefined);
    return html`<div class="tagged-user" role="group" aria-label=${title}>
      ${input('handle', l10n.t('Tagged Account'))} ${place('x', l10n.t('From the Left'))} ${place('y', l10n.t('From the Top'))}
      ${toolButton('trash', l10n.t('Remove Tagged Account'), remove)}
    </div>`;
  };
  return html`${users.map(one)}
    <button class="link offer" type="button" id=${addId} @click=${add}>
      <span class="codicon codicon-person" aria-hidden="true"></span
      ><span>${showing.length ? l10n.t('Tag an Account ({0})', asList(showing)) : l10n.t('Tag an Account')}</span>
    </button>`;
}
