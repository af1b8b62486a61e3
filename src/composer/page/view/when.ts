import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { DraftTime } from '../../../core/drafts/draft.ts';
import { chosenProfiles } from '../chosen.ts';
import { edit, setWhen } from '../edits.ts';
import { reminderFieldId, timeFieldId } from '../fieldIds.ts';
import { isSending, type Page } from '../page.ts';
import type { Act } from './act.ts';
import { clock, list } from './choice.ts';
import { describedBy, note } from './note.ts';
import { problemOf } from './toldProblem.ts';

const helpId = 'when-help';

/** When the update goes out, to choose beside the button that sends it. */
export function when(page: Page, act: Act): TemplateResult {
  const { draft } = page;
  const { abilities } = page.profiles;
  const isEditing = Boolean(draft?.editing);
  const choices: readonly { readonly value: DraftTime['kind']; readonly label: string }[] = [
    ...(isEditing ? [{ value: 'keep', label: l10n.t('Keep Its Time') } as const] : []),
    ...(!isEditing || abilities.requeue
      ? [{ value: 'queue', label: l10n.t('Queue') } as const, { value: 'next', label: l10n.t('Next') } as const]
      : []),
    { value: 'now', label: l10n.t('Now') },
    { value: 'at', label: l10n.t('At a Time') },
    // One that came along from elsewhere is shown, and why it cannot be sent.
    ...(!isEditing && (abilities.drafts || draft?.when.kind === 'draft')
      ? [{ value: 'draft', label: l10n.t('Draft at Buffer') } as const]
      : []),
  ];
  const choose = (kind: string) => act.change((now) => setWhen(now, { kind: kind as DraftTime['kind'] }));
  return html`<div class=${draft?.when.kind === 'at' ? 'when has-time' : 'when'} id="when" ?inert=${isSending(page)}>
    <label class="field-label" for="when-kind">${l10n.t('When')}</label>
    ${list({ id: 'when-kind', choices, value: draft?.when.kind ?? 'queue', describedBy: helpId, choose })}
    ${!isEditing && (abilities.drafts || draft?.isReminder) ? reminder(Boolean(draft?.isReminder), abilities.drafts, act) : nothing}
    ${draft?.when.kind === 'at' ? atTime(draft.when, page, act) : nothing}
  </div>`;
}

/** A switch as small as what VS Code has within its search fields. @param stays  it can be turned on again */
function reminder(isOn: boolean, stays: boolean, act: Act): TemplateResult {
  const words = l10n.t('Remind me to publish it myself');
  const turn = ({ target }: Event) => {
    act.change((now) => edit(now, { isReminder: (target as HTMLInputElement).checked }));
    if (!stays) act.focus('when-kind');
  };
  return html`<label class="switch" title=${words}
    ><input type="checkbox" id=${reminderFieldId} .checked=${live(isOn)} @change=${turn} /><span
      class="codicon codicon-${isOn ? 'bell-dot' : 'bell'}"
      aria-hidden="true"
    ></span
    ><span class="unseen">${words}</span></label
  >`;
}

/** What the choice means. */
export function whenHelp({ draft }: Page): string {
  const { kind } = draft?.when ?? { kind: 'queue' };
  const means = kind === 'at' ? '' : explain(kind, Boolean(draft?.editing));
  return [means, draft?.isReminder && !draft.editing ? l10n.t('Buffer reminds you to publish it yourself.') : ''].filter(Boolean).join(' ');
}

function explain(kind: Exclude<DraftTime['kind'], 'at'>, isEditing: boolean): string {
  switch (kind) {
    case 'queue':
      return isEditing
        ? l10n.t('Goes to the end of its queue, to the next free posting time.')
        : l10n.t('Goes to the end of each queue, to its next free posting time.');
    case 'next':
      return isEditing ? l10n.t('Goes to the top of its queue.') : l10n.t('Goes to the top of each queue.');
    case 'now':
      return l10n.t('Goes out right away.');
    case 'draft':
      return l10n.t('Stays a draft at Buffer until somebody schedules it.');
    case 'keep':
      return l10n.t('Its time stays as it is.');
  }
}

/** A time of one's own: in words, picked, or a free posting time. */
function atTime(chosen: AtTime, page: Page, act: Act): TemplateResult {
  const { slots } = page;
  const words = chosen.words ?? '';
  const problem = timeProblem(page);
  return html`<input
      class="input"
      type="text"
      id=${timeFieldId}
      aria-label=${l10n.t('Time in Words')}
      placeholder=${slots?.examples ?? nothing}
      aria-describedby=${describedBy(timeFieldId, problem, shownTime(page))}
      aria-invalid=${problem === undefined ? nothing : 'true'}
      .value=${words}
      @input=${({ target }: Event) => act.typeTime((target as HTMLInputElement).value)}
    />
    ${clock({
      id: 'time-picker',
      label: l10n.t('Date and Time'),
      value: pickedValue(words),
      describedBy: nothing,
      input: (value) => value && act.typeTime(value.replace('T', ' ')),
    })}
    ${slots && slots.slots.length > 0 ? postingTimes(chosen, page, slots, act) : nothing}`;
}

type AtTime = Extract<DraftTime, { kind: 'at' }>;

/** How a time of one's own is understood, or why it is not. */
export function timeNote(page: Page): TemplateResult | typeof nothing {
  const problem = timeProblem(page);
  const shown = shownTime(page);
  if (problem !== undefined) return note(timeFieldId, problem);
  return shown === undefined
    ? nothing
    : html`<p class="resolved" id="${timeFieldId}-note">
        <span class="codicon codicon-calendar" aria-hidden="true"></span><span>${shown}</span>
      </p>`;
}

/** What is wrong with the time that was written. */
export function timeProblem(page: Page): string | undefined {
  const when = page.draft?.when;
  if (when?.kind !== 'at') return undefined;
  return (when.words && isRead(when, page) ? page.time?.problem : undefined) ?? problemOf(timeFieldId);
}

function shownTime(page: Page): string | undefined {
  const when = page.draft?.when;
  return when?.kind === 'at' && when.at && isRead(when, page) ? page.time?.shown : undefined;
}

/** What the extension told is about these words, or about this instant. */
const isRead = ({ words = '', at }: AtTime, { time }: Page): boolean => time !== undefined && (time.words === words || time.words === at);

function postingTimes(
  chosen: AtTime,
  page: Page,
  { slots, profileId, zone, areFree }: NonNullable<Page['slots']>,
  act: Act,
): TemplateResult {
  const owner = chosenProfiles(page).find(({ id }) => id === profileId);
  const label = owner
    ? areFree
      ? l10n.t('Free Posting Times of {0} ({1})', owner.name, owner.network)
      : l10n.t('Posting Times of {0} ({1})', owner.name, owner.network)
    : l10n.t('Posting Times');
  const heading = areFree ? l10n.t('Free Posting Times ({0})', zone) : l10n.t('Posting Times ({0})', zone);
  const choose = (at: string) => {
    const slot = slots.find((each) => each.at === at);
    if (slot) act.change((now) => ({ ...setWhen(now, { kind: 'at', at }), time: { words: at, at, shown: slot.shown } }));
  };
  const isOffered = slots.some(({ at }) => at === chosen.at);
  return list({
    id: 'time-slot',
    label,
    choices: [{ value: '', label: heading }, ...slots.map(({ at, shown }) => ({ value: at, label: shown }))],
    value: isOffered ? chosen.at! : '',
    describedBy: nothing,
    choose,
  });
}

/** What the picker shows: what was picked, as it is written into the words. */
function pickedValue(words: string): string {
  return /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/.test(words) ? words.replace(' ', 'T') : '';
}
