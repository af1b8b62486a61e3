import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { ComposerTag } from '../../messages.ts';
import { removeTagId } from '../fieldIds.ts';
import type { Page } from '../page.ts';
import { removeTag, tagsOf, takesTags } from '../tags.ts';
import type { Act } from './act.ts';

const editId = 'edit-tags';

/** The update's tags with their colors; where it has none, one button. */
export function tags(page: Page, act: Act): TemplateResult | typeof nothing {
  if (!takesTags(page)) return nothing;
  const own = tagsOf(page);
  const { tagList } = page.profiles.abilities;
  // Those that came along from elsewhere are shown, so that they can be taken off.
  if (!tagList && own.length === 0) return nothing;
  return html`<section class="part tags" id="tags" aria-label=${l10n.t('Tags')}>
    ${
      own.length > 0
        ? html`<ul class="tag-list">
            ${repeat(
              own,
              ({ id }) => id,
              ({ id, name = l10n.t('A tag'), color }, index) =>
                tag({ id, name, color }, index, tagList ? editId : own.length > 1 ? removeTagId(0) : 'send', act),
            )}
          </ul>`
        : nothing
    }
    ${tagList ? edit(own.length > 0, act) : nothing}
  </section>`;
}

function edit(isAny: boolean, act: Act): TemplateResult {
  return html`<button class="link offer" type="button" id=${editId} @click=${() => act.post({ type: 'pickTags' })}>
    <span class="codicon codicon-tag" aria-hidden="true"></span><span>${isAny ? l10n.t('Edit Tags…') : l10n.t('Add Tags…')}</span>
  </button>`;
}

/** @param next  the id of what has the focus once it is removed */
function tag({ id, name, color }: ComposerTag, index: number, next: string, act: Act): TemplateResult {
  const remove = () => {
    act.change((page) => removeTag(page, id));
    act.say(l10n.t('Removed the tag {0}.', name));
    act.focus(next);
  };
  // A style of its own would be against the page's policy; an attribute of a drawing is not.
  return html`<li class="tag">
    <svg class="tag-dot" viewBox="0 0 10 10" aria-hidden="true"><circle cx="5" cy="5" r="4" fill=${color ?? 'none'} /></svg>
    <span class="name">${name}</span>
    <button
      class="tag-remove"
      type="button"
      id=${removeTagId(index)}
      aria-label=${l10n.t('Remove the Tag {0}', name)}
      title=${l10n.t('Remove')}
      @click=${remove}
    >
      <span class="codicon codicon-close is-small" aria-hidden="true"></span>
    </button>
  </li>`;
}
