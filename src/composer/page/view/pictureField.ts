import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { isPictureAddress } from '../addresses.ts';
import { isSettled, type Page } from '../page.ts';
import { type Act, markBroken } from './act.ts';
import { field } from './field.ts';

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
