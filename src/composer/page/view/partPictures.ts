import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { DraftPicture } from '../../../core/drafts/draft.ts';
import { networkNeeds } from '../../../core/networks/networkNeeds.ts';
import { partPictures } from '../details.ts';
import { setPartPictures } from '../edits.ts';
import { partPictureFieldId, threadFieldId } from '../fieldIds.ts';
import { asNumber } from '../../../page/format.ts';
import type { Page } from '../page.ts';
import type { Act } from './act.ts';
import { altText } from './altText.ts';
import { pictureField } from './pictureField.ts';
import { toolButton } from '../../../page/toolButton.ts';

/** The pictures of a part of a thread, how many they are, and one more. */
export function partPictureFields(service: string, part: string, index: number, page: Page, act: Act): TemplateResult {
  const pictures = partPictures(page.draft!, service, index);
  const most = networkNeeds(service).pictures;
  const set = (next: readonly DraftPicture[]) => act.change((now) => setPartPictures(now, service, index, next));
  const add = () => {
    set([...pictures, { url: '' }]);
    act.focus(partPictureFieldId(service, index, pictures.length));
  };
  const one = (picture: DraftPicture, place: number) => {
    const change = (part: Partial<DraftPicture>) => set(pictures.with(place, { ...picture, ...part }));
    const title = l10n.t('{0}, picture {1}', part, asNumber(place + 1));
    const id = partPictureFieldId(service, index, place);
    const remove = () => {
      set(pictures.toSpliced(place, 1));
      act.say(l10n.t('{0} was removed.', title));
      const next = Math.min(place, pictures.length - 2);
      act.focus(next < 0 ? threadFieldId(service, index) : partPictureFieldId(service, index, next));
    };
    return html`<div class="fields picture" role="group" aria-label=${title}>
      <div class="picture-head">
        <span class="field-label">${title}</span>
        ${toolButton('trash', l10n.t('Remove Picture'), remove)}
      </div>
      ${pictureField(id, l10n.t('Picture Address'), picture.url, page, act, (url) => change({ url }))}
      ${altText(picture, `${id}-description`, [service], change)}
    </div>`;
  };
  const count = most === undefined ? asNumber(pictures.length) : l10n.t('{0}/{1}', asNumber(pictures.length), asNumber(most));
  // Whoever speaks to the computer says what stands on a button: its name begins with that.
  const words = [l10n.t('Add Picture'), ...(pictures.length > 0 ? [count] : [])].join(' ');
  return html`${pictures.map(one)}
  ${
    pictures.every(({ url }) => url.trim()) && (most === undefined || pictures.length < most)
      ? html`<button class="link offer" type="button" aria-label=${`${words}, ${part}`} @click=${add}>
          <span class="codicon codicon-device-camera" aria-hidden="true"></span
          ><span>${l10n.t('Add Picture')}${pictures.length > 0 ? html` <span class="number">${count}</span>` : nothing}</span>
        </button>`
      : nothing
  }`;
}
