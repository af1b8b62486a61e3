import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

export interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon: string;
}

/**
 * A choice of one, side by side. The radio buttons are the browser's own: `vscode-radio` is a checkbox to a screen
 * reader, and arrow keys do not move in it.
 */
export function segments<Value extends string>(
  name: string,
  labelledBy: string,
  choices: readonly Segment<Value>[],
  chosen: Value,
  choose: (value: Value) => void,
  describedBy: string | typeof nothing = nothing,
): TemplateResult {
  return html`<div class="segments" role="radiogroup" aria-labelledby=${labelledBy} aria-describedby=${describedBy}>
    ${choices.map(
      ({ value, label, icon }) =>
        html`<label class="segment">
          <input type="radio" name=${name} .value=${value} .checked=${live(value === chosen)} @change=${() => choose(value)} />
          <span class="codicon codicon-${icon}" aria-hidden="true"></span><span>${label}</span>
        </label>`,
    )}
  </div>`;
}
