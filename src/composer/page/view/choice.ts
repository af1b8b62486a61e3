import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

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
export function choice({ id, label, choices, value, problem, help, choose }: Choice): TemplateResult {
  // What another program chose, or a later version of the service, is kept and shown as it is.
  const all = choices.some((each) => each.value === value) ? choices : [...choices, { value, label: value }];
  return html`<div class="field">
    <label class="field-label" for=${id}>${label}</label>
    <span class="select"
      ><select
        id=${id}
        aria-describedby=${describedBy(id, problem, help)}
        aria-invalid=${problem === undefined ? nothing : 'true'}
        .value=${live(value)}
        @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}
      >
        ${all.map((each) => html`<option .value=${each.value} ?selected=${each.value === value}>${each.label}</option>`)}</select
      ><vscode-icon name="chevron-down"></vscode-icon
    ></span>
    ${note(id, problem, help)}
  </div>`;
}

export interface DateTime {
  readonly id: string;
  readonly label: string;
  /** `2031-05-01T09:30`, or '' for none. */
  readonly value: string;
  readonly problem?: string;
  readonly help?: string;
  readonly input: (value: string) => void;
}

/** A date and a time. The browser's own: `vscode-textfield` takes a date away that is half typed. */
export function dateTime({ id, label, value, problem, help, input }: DateTime): TemplateResult {
  const onInput = ({ target }: Event) => {
    const { validity, value: typed } = target as HTMLInputElement;
    // Half typed, it has no value yet, and the one of before stays meant.
    if (!validity.badInput) input(typed);
  };
  return html`<div class="field">
    <label class="field-label" for=${id}>${label}</label>
    <input
      class="date"
      type="datetime-local"
      id=${id}
      aria-describedby=${describedBy(id, problem, help)}
      aria-invalid=${problem === undefined ? nothing : 'true'}
      .value=${value}
      @input=${onInput}
    />
    ${note(id, problem, help)}
  </div>`;
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

function note(id: string, problem: string | undefined, help: string | undefined): TemplateResult | typeof nothing {
  const words = problem ?? help;
  return words === undefined ? nothing : html`<span class=${problem === undefined ? 'help' : 'problem'} id="${id}-note">${words}</span>`;
}

function describedBy(id: string, problem: string | undefined, help: string | undefined): string | typeof nothing {
  return problem === undefined && help === undefined ? nothing : `${id}-note`;
}
