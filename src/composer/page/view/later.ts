import { html, nothing, type TemplateResult } from 'lit-html';
import { lazily } from '../../../core/async/lazily.ts';
import type { DraftMedia } from '../../../core/drafts/draft.ts';
import type { Page, Sending } from '../page.ts';
import { sentTitle } from '../words.ts';
import type { Act } from './act.ts';
import type * as LaterViews from './laterViews.ts';

/**
 * What can be typed into is there first: these views are loaded behind it, and nothing stands in their place until they
 * are there.
 */
const load = lazily(() => import('./laterViews.ts'));
let views: typeof LaterViews | undefined;

/** Loads them; whoever waits for it draws the page again. A load that failed is tried again with the next call. */
export async function loadLaterViews(): Promise<void> {
  views = await load();
}

export function preview(page: Page, act: Act): TemplateResult {
  return views?.preview(page, act) ?? html`<section class="part preview" id="preview"></section>`;
}

export function details(page: Page, act: Act): TemplateResult | typeof nothing {
  return views?.details(page, act) ?? nothing;
}

/** The files that go with the text, and what is said of them. */
export function files(page: Page, act: Act): TemplateResult | typeof nothing {
  return views?.files(page, act) ?? nothing;
}

/** Fills a link's card from its page. */
export function fillCard(link: Extract<DraftMedia, { kind: 'link' }>, page: Page, act: Act): TemplateResult | typeof nothing {
  return views?.fillCard(link, page, act) ?? nothing;
}

export function tags(page: Page, act: Act): TemplateResult | typeof nothing {
  return views?.tags(page, act) ?? nothing;
}

export function finished(sending: Sending, page: Page, act: Act): TemplateResult {
  return views?.finished(sending, page, act) ?? html`<h1 id="finished-title" tabindex="-1">${sentTitle(sending)}</h1>`;
}

/** How it went with each profile, above the buttons. */
export function results(sending: Sending, page: Page, act: Act): TemplateResult | typeof nothing {
  return views?.results(sending, page, act) ?? nothing;
}

/** Puts a template's text at the cursor. */
export async function insertTemplate(text: string, act: Act): Promise<void> {
  (await load()).insertTemplate(text, act);
}
