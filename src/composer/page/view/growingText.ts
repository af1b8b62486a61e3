import { html, nothing, type TemplateResult } from 'lit-html';
import type { TextCount } from '../page.ts';
import { note } from './note.ts';
import { problemOf } from './toldProblem.ts';

/** More of what is too long is not marked: nobody reads it, and each letter would wait for it. */
const markedAtMost = 10_000;

export interface GrowingText {
  readonly id: string;
  readonly label: string;
  readonly describedBy: string;
  readonly value: string;
  readonly rows: number;
  readonly placeholder?: string;
  readonly isReadonly: boolean;
  /** Of which the overflow is marked. */
  readonly count?: TextCount;
  readonly input: (value: string) => void;
}

/** A field that grows with its text, and marks what is too long behind it. */
export function growingText({ id, label, describedBy, value, rows, placeholder, isReadonly, count, input }: GrowingText): TemplateResult {
  const scroll = ({ currentTarget }: Event) => {
    const field = currentTarget as HTMLTextAreaElement;
    // Moved, not scrolled: the marks end before the text does.
    (field.previousElementSibling?.firstElementChild as HTMLElement | null)?.style.setProperty('translate', `0 ${-field.scrollTop}px`);
  };
  const problem = problemOf(id);
  return html`<div class="grow">
      <div class="backdrop" aria-hidden="true"><div>${marks(count)}</div></div>
      <textarea
        id=${id}
        rows=${rows}
        spellcheck="true"
        placeholder=${placeholder ?? nothing}
        aria-label=${label}
        aria-describedby=${problem === undefined ? describedBy : `${describedBy} ${id}-note`}
        aria-invalid=${problem === undefined ? nothing : 'true'}
        ?readonly=${isReadonly}
        .value=${value}
        @input=${(event: Event) => input((event.target as HTMLTextAreaElement).value)}
        @scroll=${scroll}
      ></textarea>
    </div>
    ${note(id, problem)}`;
}

function marks(count: TextCount | undefined): TemplateResult | typeof nothing {
  if (count?.overflowsAt === undefined) return nothing;
  const { text, overflowsAt } = count;
  return html`${text.slice(0, overflowsAt)}<mark>${text.slice(overflowsAt, overflowsAt + markedAtMost)}</mark>`;
}
