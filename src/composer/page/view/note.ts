import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';

/** What is wrong with a field, or else what helps with it, below the field; `describedBy` ties both together. */
export function note(id: string, problem: string | undefined, help?: string): TemplateResult | typeof nothing {
  if (problem !== undefined)
    return html`<span class="problem" id="${id}-note"
      ><span class="codicon codicon-error" aria-hidden="true"></span><span>${problem}</span></span
    >`;
  return help === undefined ? nothing : html`<span class="help" id="${id}-note">${help}</span>`;
}

/** The id of a field's note, for `aria-describedby`. */
export function describedBy(id: string, problem: string | undefined, help?: string): string | typeof nothing {
  return problem === undefined && help === undefined ? nothing : `${id}-note`;
}

/** What to know before it is sent, and what does not stand against it. */
export function notes(sentences: readonly string[]): TemplateResult | typeof nothing {
  const all = [...new Set(sentences)];
  if (all.length === 0) return nothing;
  return html`<ul class="notes" aria-label=${l10n.t('Before you send')}>
    ${all.map((words) => html`<li class="note"><span class="codicon codicon-warning" aria-hidden="true"></span><span>${words}</span></li>`)}
  </ul>`;
}
