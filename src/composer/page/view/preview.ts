import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { emptyDraft } from '../../../core/drafts/draft.ts';
import { tagged } from '../../../core/networks/utm.ts';
import { draftPreview } from '../../../core/preview/draftPreview.ts';
import type { PreviewText } from '../../../core/preview/previewUpdate.ts';
import type { CardContext } from '../../../page/preview/cardContext.ts';
import { updateCard } from '../../../page/preview/updateCard.ts';
import type { ComposerProfile } from '../../messages.ts';
import { chosenProfiles, rulesOf } from '../chosen.ts';
import { threadKey } from '../counting.ts';
import type { Page } from '../page.ts';
import { type Act, markBroken } from './act.ts';
import { giveUp } from './webPicture.ts';

/** How the update will look, for each chosen profile. */
export function preview(page: Page, act: Act): TemplateResult {
  const chosen = chosenProfiles(page);
  const context: CardContext = {
    pictures: page.pictures,
    broken: page.broken,
    onBrokenAvatar: (url) => markBroken(act, url),
    onNoPicture: (address) => giveUp(act, address),
  };
  return html`<section class="part preview" id="preview" aria-labelledby="preview-title">
    <h2 id="preview-title">${l10n.t('Preview')}</h2>
    ${
      chosen.length === 0 ? html`<p class="help empty-preview">${l10n.t('Choose a profile to see how the update will look.')}</p>` : nothing
    }
    ${repeat(
      chosen,
      ({ id }) => id,
      (profile) => card(profile, page, context),
    )}
  </section>`;
}

function card(profile: ComposerProfile, page: Page, context: CardContext): TemplateResult {
  const { service } = profile;
  const { settled, counts, draft = emptyDraft('') } = page;
  const { text, variants, details } = settled ?? emptyDraft('');
  const sent = (typed: string, index?: number): PreviewText => {
    if (index === undefined) return { text: tagged(typed, service, rulesOf(page) ?? []) };
    const count = counts.get(index === 0 ? service : threadKey(service, index - 1));
    const { text: shown, overflowsAt } = count?.text === typed ? (count.sent ?? count) : { text: typed, overflowsAt: undefined };
    return { text: shown, ...(overflowsAt !== undefined && { overflowsAt }) };
  };
  const { media, editing } = draft;
  const { abilities } = page.profiles;
  return updateCard(
    draftPreview({ text, variants, details, media, editing }, profile, profile.id, { takesDetails: abilities.details, sent }),
    context,
  );
}
