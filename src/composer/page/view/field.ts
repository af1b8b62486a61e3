import type { VscodeTextarea } from '@vscode-elements/elements/dist/vscode-textarea/vscode-textarea.js';
import type { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/vscode-textfield.js';
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';

export interface Field {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  /** What is wrong with the value. */
  readonly problem?: string;
  readonly help?: string;
  readonly type?: 'text' | 'url' | 'datetime-local';
  readonly rows?: number;
  readonly input: (value: string) => void;
}

/** A text field under its label, with what is wrong with it below. */
export function field({ id, label, value, placeholder, problem, help, type = 'text', rows, input }: Field): TemplateResult {
  const note = problem ?? help;
  const onInput = (event: Event) => input((event.currentTarget as VscodeTextfield | VscodeTextarea).value);
  const describe = ref(
    (element) => void describeInside(element as VscodeTextfield | VscodeTextarea | undefined, note, problem !== undefined),
  );
  const control =
    rows === undefined
      ? html`<vscode-textfield
          id=${id}
          .type=${type}
          .label=${label}
          .value=${value}
          placeholder=${placeholder ?? nothing}
          ?invalid=${problem !== undefined}
          @input=${onInput}
          ${describe}
        ></vscode-textfield>`
      : html`<vscode-textarea
          id=${id}
          .label=${label}
          .value=${value}
          .rows=${rows}
          resize="vertical"
          placeholder=${placeholder ?? nothing}
          @input=${onInput}
          ${describe}
        ></vscode-textarea>`;
  return html`<div class="field">
    <span class="field-label" aria-hidden="true" @click=${() => document.getElementById(id)?.focus()}>${label}</span>
    ${control} ${note === undefined ? nothing : html`<span class=${problem === undefined ? 'help' : 'problem'}>${note}</span>`}
  </div>`;
}

/** The note is outside of the element's shadow, where `aria-describedby` does not reach. */
async function describeInside(
  element: VscodeTextfield | VscodeTextarea | undefined,
  note: string | undefined,
  isInvalid: boolean,
): Promise<void> {
  if (!element) return;
  await element.updateComplete;
  const inside = element.wrappedElement;
  inside.ariaDescription = note ?? null;
  inside.ariaInvalid = isInvalid ? 'true' : null;
}
