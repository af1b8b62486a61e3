import { html, type TemplateResult } from 'lit-html';

/** A button that is an icon, as those of VS Code's toolbars; what it does is its tooltip and its name. */
export function toolButton(icon: string, label: string, press: () => void): TemplateResult {
  return html`<button class="tool" type="button" title=${label} aria-label=${label} @click=${press}>
    <span class="codicon codicon-${icon}" aria-hidden="true"></span>
  </button>`;
}
