import { html, type TemplateResult } from 'lit-html';
import { isComplete, isSending, type Page } from '../page.ts';
import type { Act } from './act.ts';
import { header } from './header.ts';
import { details, finished, preview, results, tags } from './later.ts';
import { media } from './media.ts';
import { profiles } from './profiles.ts';
import { sendBar } from './sendBar.ts';
import { text } from './text.ts';
import { unheard } from './unheard.ts';
import { findProblem } from './toldProblem.ts';

/** The whole page: what scrolls, and below it what is always there. */
export function composer(page: Page, act: Act): TemplateResult {
  if (page.sending && isComplete(page)) return html`<div class="scroll">${finished(page.sending, page, act)}</div>`;
  findProblem(page);
  return html`<div class="scroll">
      ${header(page, act)} ${unheard(page)} ${page.sending && !page.isUnheard ? results(page.sending, page, act) : ''}
      <div class="columns">
        <div class="form" ?inert=${isSending(page)}>
          ${profiles(page, act)} ${text(page, act)} ${media(page, act)} ${details(page, act)} ${tags(page, act)}
        </div>
        ${preview(page, act)}
      </div>
    </div>
    ${sendBar(page, act)}`;
}
