import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { describedBy, note } from './note.ts';
import { problemOf } from './toldProblem.ts';

export interface Choice {
  readonly id: string;
  readonly label: string;
  /** By value; '' stands for nothing chosen. */
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly value: string;
  readonly problem?: string;
  readonly help?: string;
  readonly choose: (value: string) => void;
}

/**
 * A list to choose from. It is the browser's own: that of `vscode-single-select` finds nothing by typing, is cut off at
 * the end of a narrow view, and its Escape would reach the page.
 */
export function choice({ id, label, choices, value, problem = problemOf(id), help, choose }: Choice): TemplateResult {
  // What another program chose, or a later version of the service, is kept and shown as it is.
  const all = choices.some((each) => each.value === value) ? choices : [...choices, { value, label: value }];
  return html`<div class="field">
    <label class="field-label" for=${id}>${label}</label>
    ${list({ id, choices: all, value, describedBy: describedBy(id, problem, help), isInvalid: problem !== undefined, choose })}
    ${note(id, problem, help)}
  </div>`;
}

export interface List extends Pick<Choice, 'id' | 'choices' | 'value' | 'choose'> {
  /** Where no label stands beside it. */
  readonly label?: string;
  readonly describedBy: string | typeof nothing;
  readonly isInvalid?: boolean;
}

/** The list alone. */
export function list({ id, label, choices, value, describedBy: note, isInvalid, choose }: List): TemplateResult {
  return html`<span class="select"
    ><select
      id=${id}
      aria-label=${label ?? nothing}
      aria-describedby=${note}
      aria-invalid=${isInvalid ? 'true' : nothing}
      .value=${live(value)}
      @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}
    >
      ${choices.map((each) => html`<option .value=${each.value} ?selected=${each.value === value}>${each.label}</option>`)}</select
    ><span class="codicon codicon-chevron-down" aria-hidden="true"></span
  ></span>`;
}

export interface DateTime {
  readonly id: string;
  readonly label: string;
  /** `2031-05-01T09:30`, or '' for none; `2031-05-01` where it is a whole day. */
  readonly value: string;
  /** A day without a time. */
  readonly isDay?: boolean;
  readonly problem?: string;
  readonly help?: string;
  readonly input: (value: string) => void;
}

/** A date and a time. The browser's own: `vscode-textfield` takes a date away that is half typed. */
export function dateTime({ id, label, value, isDay, problem = problemOf(id), help, input }: DateTime): TemplateResult {
  return html`<div class="field">
    <label class="field-label" for=${id}>${label}</label>
    ${clock({ id, value, isDay, describedBy: describedBy(id, problem, help), isInvalid: problem !== undefined, input })}
    ${note(id, problem, help)}
  </div>`;
}

export interface Clock extends Pick<DateTime, 'id' | 'value' | 'isDay' | 'input'> {
  /** Where no label stands beside it. */
  readonly label?: string;
  readonly describedBy: string | typeof nothing;
  readonly isInvalid?: boolean;
}

/** The date and the time alone. */
export function clock({ id, label, value, isDay, describedBy: note, isInvalid, input }: Clock): TemplateResult {
  const onInput = ({ target }: Event) => {
    const { validity, value: typed } = target as HTMLInputElement;
    // Half typed, it has no value yet, and the one of before stays meant.
    if (!validity.badInput) input(typed);
  };
  return html`<input
    class="input"
    type=${isDay ? 'date' : 'datetime-local'}
    id=${id}
    aria-label=${label ?? nothing}
    aria-describedby=${note}
    aria-invalid=${isInvalid ? 'true' : nothing}
    .value=${value}
    @input=${onInput}
  />`;
}

/** A box to tick. The browser's own as well: a screen reader's click does not reach `vscode-checkbox`. */
export function tick(id: string, label: string, isTicked: boolean, set: (isTicked: boolean) => void): TemplateResult {
  return html`<label class="tick">
    <input
      type="checkbox"
      id=${id}
      .checked=${live(isTicked)}
      @change=${(event: Event) => set((event.target as HTMLInputElement).checked)}
    /><span>${label}</span>
  </label>`;
}
