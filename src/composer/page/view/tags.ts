import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { Page } from '../page.ts';
import { removeTag, tagsOf, takesTags } from '../tags.ts';
import type { Act } from './act.ts';

/** The update's tags with their colors; where it has none, one button. */
export function tags(page: Page, act: Act): TemplateResult | typeof nothing {
  if (!takesTags(page)) return nothing;
  const own = tagsOf(page);
  return html`<section class="part tags" id="tags" aria-label=${l10n.t('Tags')}>
    ${
      own.length > 0
        ? html`<ul class="tag-list">
            ${repeat(
              own,
              ({ id }) => id,
              ({ id, name = l10n.t('A tag'), color }) => tag(id, name, color, act),
            )}
          </ul>`
        : nothing
    }
    <button class="link offer" type="button" id="edit-tags" @click=${() => act.post({ type: 'pickTags' })}>
      <span class="codicon codicon-tag" aria-hidden="true"></span
      ><span>${own.length > 0 ? l10n.t('Edit Tags…') : l10n.t('Add Tags…')}</span>
    </button>
  </section>`;
}

function tag(id: string, name: string, color: string | undefined, act: Act): TemplateResult {
  const remove = () => {
    act.change((page) => removeTag(page, id));
    act.say(l10n.t('Removed the tag {0}.', name));
    act.focus('edit-tags');
  };
  // A style of its own would be against the page's policy; an attribute of a drawing is not.
  return html`<li class="tag">
    <svg class="tag-dot" viewBox="0 0 10 10" aria-hidden="true"><circle cx="5" cy="5" r="4" fill=${color ?? 'none'} /></svg>
    <span class="name">${name}</span>
    <button class="tag-remove" type="button" aria-label=${l10n.t('Remove the Tag {0}', name)} title=${l10n.t('Remove')} @click=${remove}>
      <span class="codicon codicon-close is-small" aria-hidden="true"></span>
    </button>
  </li>`;
}
