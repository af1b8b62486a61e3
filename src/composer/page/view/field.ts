import { html, nothing, type TemplateResult } from 'lit-html';
import { describedBy, note } from './note.ts';
import { problemOf } from './toldProblem.ts';

export interface Field {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  /** What is wrong with the value. */
  readonly problem?: string;
  readonly help?: string;
  readonly type?: 'text' | 'url';
  readonly rows?: number;
  readonly input: (value: string) => void;
}

/**
 * A text field under its label, with what is wrong with it below. It is the browser's own, in VS Code's look: that of
 * `vscode-textfield` is out of reach for a label and for `aria-describedby`, and `vscode-textarea` scrolls within the page.
 */
export function field({ id, label, value, placeholder, problem = problemOf(id), help, type = 'text', rows, input }: Field): TemplateResult {
  const onInput = ({ target }: Event) => input((target as HTMLInputElement | HTMLTextAreaElement).value);
  const invalid = problem === undefined ? nothing : 'true';
  const describing = describedBy(id, problem, help);
  const control =
    rows === undefined
      ? html`<input
          class="input"
          type=${type}
          id=${id}
          placeholder=${placeholder ?? nothing}
          aria-describedby=${describing}
          aria-invalid=${invalid}
          .value=${value}
          @input=${onInput}
        />`
      : html`<textarea
          class="input"
          id=${id}
          rows=${rows}
          placeholder=${placeholder ?? nothing}
          aria-describedby=${describing}
          aria-invalid=${invalid}
          .value=${value}
          @input=${onInput}
        ></textarea>`;
  return html`<div class="field"><label class="field-label" for=${id}>${label}</label>${control}${note(id, problem, help)}</div>`;
}
