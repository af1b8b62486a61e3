import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { isPictureAddress } from '../../../page/addresses.ts';
import { refusalOf } from '../fileRefusal.ts';
import { isSettled, type Page } from '../page.ts';
import type { Act } from './act.ts';
import { field } from './field.ts';
import { thumbnail } from './webPicture.ts';

/** A field for the address of a picture, which is shown below it once it was not typed on for a moment. */
export function pictureField(
  id: string,
  label: string,
  value: string,
  page: Page,
  act: Act,
  input: (value: string) => void,
): TemplateResult {
  const isGood = isPictureAddress(value);
  const problem = value.trim() && !isGood ? l10n.t('Buffer takes pictures from https addresses only.') : undefined;
  return html`<div class="picture-field">
    ${field({
      id,
      label,
      value,
      type: 'url',
      placeholder: 'https://',
      problem: problem ?? refusalOf(page, id),
      input,
    })}
    ${isSettled(page, value) ? thumbnail(value, page, act) : nothing}
  </div>`;
}
