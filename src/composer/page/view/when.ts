import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { DraftTime } from '../../../core/drafts/draft.ts';
import { chosenProfiles } from '../chosen.ts';
import { edit, setWhen } from '../edits.ts';
import type { Page } from '../page.ts';
import type { Act } from './act.ts';
import { tick } from './choice.ts';
import { field } from './field.ts';
import { type Segment, segments } from './segments.ts';

/** When the update goes out. */
export function when(page: Page, act: Act): TemplateResult {
  const chosen = page.draft?.when ?? { kind: 'queue' };
  const isEditing = Boolean(page.draft?.editing);
  const kinds: readonly Segment<DraftTime['kind']>[] = [
    ...(isEditing ? [{ value: 'keep', label: l10n.t('Keep Its Time'), icon: 'history' } as const] : []),
    ...(!isEditing || page.profiles.abilities.requeue
      ? [
          { value: 'queue', label: l10n.t('Queue'), icon: 'list-ordered' } as const,
          { value: 'next', label: l10n.t('Next'), icon: 'arrow-up' } as const,
        ]
      : []),
    { value: 'now', label: l10n.t('Now'), icon: 'send' },
    { value: 'at', label: l10n.t('At a Time'), icon: 'calendar' },
    ...(!isEditing && page.profiles.abilities.drafts ? [{ value: 'draft', label: l10n.t('Draft at Buffer'), icon: 'cloud' } as const] : []),
  ];
  const choose = (kind: DraftTime['kind']) => act.change((now) => setWhen(now, { kind }));
  return html`<section class="part" id="when" aria-labelledby="when-title">
    <h2 id="when-title">${l10n.t('When')}</h2>
    ${segments<DraftTime['kind']>('when', 'when-title', kinds, chosen.kind, choose)}
    ${chosen.kind === 'at' ? atTime(chosen, page, act) : html`<p class="help">${explain(chosen.kind, isEditing)}</p>`}
    ${
      !isEditing && page.profiles.abilities.drafts
        ? tick('reminder', l10n.t('Remind me to publish it myself'), Boolean(page.draft?.isReminder), (isReminder) =>
            act.change((now) => edit(now, { isReminder })),
          )
        : nothing
    }
  </section>`;
}

function explain(kind: Exclude<DraftTime['kind'], 'at'>, isEditing: boolean): string {
  switch (kind) {
    case 'queue':
      return isEditing
        ? l10n.t('Goes to the end of its queue, to the next free posting time.')
        : l10n.t('Goes to the end of each queue, to its next free posting time.');
    case 'next':
      return isEditing
        ? l10n.t('Goes to the top of its queue, before all that waits.')
        : l10n.t('Goes to the top of each queue, before all that waits.');
    case 'now':
      return l10n.t('Goes out right away.');
    case 'draft':
      return l10n.t('Waits among the drafts at Buffer until somebody schedules it.');
    case 'keep':
      return l10n.t('Goes out when it would have.');
  }
}

function atTime(chosen: Extract<DraftTime, { kind: 'at' }>, page: Page, act: Act): TemplateResult {
  const { time, slots } = page;
  const words = chosen.words ?? '';
  const isRead = time && (time.words === words || time.words === chosen.at);
  const problem = isRead && words ? time.problem : undefined;
  const pick = (value: string) => value && act.typeTime(value.replace('T', ' '));
  return html`<div class="fields">
    <div class="pair">
      ${field({
        id: 'time-words',
        label: l10n.t('Time in Words'),
        value: words,
        placeholder: slots?.examples,
        problem,
        input: (value) => act.typeTime(value),
      })}
      ${field({ id: 'time-picker', label: l10n.t('Date and Time'), value: pickedValue(words), type: 'datetime-local', input: pick })}
    </div>
    ${chosen.at && isRead && time.shown ? html`<p class="resolved"><vscode-icon name="calendar"></vscode-icon>${time.shown}</p>` : nothing}
    ${slots && slots.slots.length > 0 ? freeSlots(chosen, page, slots, act) : nothing}
    ${slots ? html`<p class="help">${l10n.t('Times are those of {0}.', slots.zone)}</p>` : nothing}
  </div>`;
}

function freeSlots(
  chosen: Extract<DraftTime, { kind: 'at' }>,
  page: Page,
  { slots, profileId }: NonNullable<Page['slots']>,
  act: Act,
): TemplateResult {
  const owner = chosenProfiles(page).find(({ id }) => id === profileId);
  const choose = (at: string, shown: string) =>
    act.change((now) => ({ ...setWhen(now, { kind: 'at', at }), time: { words: at, at, shown } }));
  return html`<div class="slots" role="group" aria-labelledby="slots-label">
    <span class="field-label" id="slots-label"
      >${owner ? l10n.t('Free Posting Times of {0} ({1})', owner.name, owner.network) : l10n.t('Free Posting Times')}</span
    >
    <div class="groups">
      ${slots.map(
        ({ at, shown }) =>
          html`<button class="group" type="button" aria-pressed=${chosen.at === at} @click=${() => choose(at, shown)}>${shown}</button>`,
      )}
    </div>
  </div>`;
}

/** What the picker shows: what was picked, as it is written into the words. */
function pickedValue(words: string): string {
  return /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/.test(words) ? words.replace(' ', 'T') : '';
}
