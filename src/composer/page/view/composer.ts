import { html, type TemplateResult } from 'lit';
import { isComplete, isSending, type Page } from '../page.ts';
import type { Act } from './act.ts';
import { header } from './header.ts';
import { details, finished, preview, tags } from './later.ts';
import { media } from './media.ts';
import { profiles } from './profiles.ts';
import { sendBar } from './sendBar.ts';
import { text } from './text.ts';
import { when } from './when.ts';

/** The whole page. */
export function composer(page: Page, act: Act): TemplateResult {
  if (page.sending && isComplete(page)) return finished(page.sending, page, act);
  return html`${header(page, act)}
    <div class="columns">
      <div class="form" ?inert=${isSending(page)}>
        ${profiles(page, act)} ${text(page, act)} ${media(page, act)} ${details(page, act)} ${tags(page, act)} ${when(page, act)}
      </div>
      ${preview(page, act)}
    </div>
    ${sendBar(page, act)}`;
}
