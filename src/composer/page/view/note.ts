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
