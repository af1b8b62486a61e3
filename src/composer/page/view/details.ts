import * as l10n from '@vscode/l10n';
import { html, noChange, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { NetworkDetails } from '../../../core/buffer/model.ts';
import { type DetailOf, detailKinds } from '../../../core/buffer/networkDetails.ts';
import { defaultDetails, type DetailField, fieldsFor } from '../../../core/networks/networkNeeds.ts';
import type { ComposerProfile } from '../../messages.ts';
import { type DraftDetails, typedFor } from '../../../core/drafts/draft.ts';
import { isLinkAddress } from '../../../page/addresses.ts';
import { type ChosenNetwork, chosenNetworks, chosenProfiles } from '../chosen.ts';
import { choiceLabel, detailHelp, detailLabel } from '../fieldWords.ts';
import { boardOf, detailsFor, isWholeDays, writtenFor } from '../details.ts';
import { removeDetails, setBoard, setDetails } from '../edits.ts';
import { boardFieldId, detailFieldId, removeDetailsId } from '../fieldIds.ts';
import { alphabetically, asList } from '../../../page/format.ts';
import type { Page } from '../page.ts';
import { clockTime, instantOf, knownZone, ownZone } from '../zonedTime.ts';
import type { Act } from './act.ts';
import { networkSign } from '../../../page/avatar.ts';
import { choice, dateTime, tick } from './choice.ts';
import { field } from './field.ts';
import { describedBy, note } from './note.ts';
import { thread } from './thread.ts';
import { problemOf } from './toldProblem.ts';

/** What the chosen networks ask for beside text and attachment. */
export function details(page: Page, act: Act): TemplateResult | typeof nothing {
  if (!page.draft) return nothing;
  if (!page.profiles.abilities.details) return page.draft.editing ? nothing : leftOver(page, act);
  const asking = chosenNetworks(page).filter(({ service }) => fieldsFor(service).length > 0);
  if (asking.length === 0) return nothing;
  return html`<section class="part" id="details" aria-labelledby="details-title">
    <h2 id="details-title">${l10n.t('For Each Network')}</h2>
    ${repeat(
      asking,
      ({ service }) => service,
      (network) => forNetwork(network, page, act),
    )}
  </section>`;
}

/** What came along from elsewhere, and this service would leave out: it is told, and can be taken away. */
function leftOver(page: Page, act: Act): TemplateResult | typeof nothing {
  const left = chosenNetworks(page).filter(({ service }) => writtenFor(page.draft!, service).length > 0);
  if (left.length === 0) return nothing;
  const one = ({ service, label }: ChosenNetwork) => {
    const id = removeDetailsId(service);
    const problem = problemOf(id);
    const names = asList([...new Set(writtenFor(page.draft!, service).map((name) => detailLabel(name, service)))]);
    const remove = () => {
      act.change((now) => removeDetails(now, service));
      act.focus('text-field');
    };
    return html`<div class="field">
      <button class="link offer" type="button" id=${id} aria-describedby=${describedBy(id, problem)} @click=${remove}>
        <span class="codicon codicon-trash" aria-hidden="true"></span><span>${l10n.t('Remove for {0}: {1}', label, names)}</span>
      </button>
      ${note(id, problem)}
    </div>`;
  };
  return html`<section class="part" id="details" aria-labelledby="details-title">
    <h2 id="details-title">${l10n.t('Not Sent from Here')}</h2>
    ${left.map(one)}
  </section>`;
}

/** All that the fields of one network need to know. */
interface Asking {
  readonly network: ChosenNetwork;
  /** Those of the network that are chosen. */
  readonly profiles: readonly ComposerProfile[];
  readonly typed: DraftDetails;
  /** What was typed, or else is usual. */
  readonly shown: NetworkDetails;
  readonly page: Page;
  readonly act: Act;
  readonly set: (change: Partial<DraftDetails>) => void;
}

function forNetwork(network: ChosenNetwork, page: Page, act: Act): TemplateResult {
  const { service, label } = network;
  const profiles = chosenProfiles(page).filter((profile) => profile.service === service);
  const shown = detailsFor(page.draft!, profiles[0]!);
  const asking: Asking = {
    network,
    profiles,
    typed: typedFor(page.draft!, service),
    shown,
    page,
    act,
    set: (change) => act.change((now) => setDetails(now, service, change)),
  };
  const fields = fieldsFor(service, shown);
  const draw = (some: readonly DetailField[]) =>
    repeat(
      some,
      ({ name }) => name,
      (each) => ask(each, asking),
    );
  const rare = fields.filter(({ isRare }) => isRare);
  return html`<fieldset class="asking" data-network=${service}>
    <legend>${networkSign(service)}<span>${label}</span></legend>
    ${draw(fields.filter(({ isRare }) => !isRare))}
    ${
      rare.length > 0
        ? // Once open it stays, also where what was typed in it is taken back.
          html`<details class="more" ?open=${rare.some((field) => isChosen(field, asking)) || noChange}>
            <summary>${l10n.t('More')}</summary>
            <div class="fields">${draw(rare)}</div>
          </details>`
        : nothing
    }
  </fieldset>`;
}

/** Whether it says something else than it would by itself, and so is not to be hidden. */
function isChosen({ name }: DetailField, { network, shown }: Asking): boolean {
  const usual = defaultDetails(network.service)[name];
  return (shown[name] || undefined) !== (usual || undefined);
}

function ask(asked: DetailField, asking: Asking): TemplateResult | TemplateResult[] {
  const { network, shown, set, page, act } = asking;
  const { name } = asked;
  const id = detailFieldId(network.service, name);
  switch (detailKinds[name]) {
    case 'texts':
      return thread(network, page, act);
    // They stand with the texts that they go with.
    case 'pictures':
      return [];
    case 'board':
      return asking.profiles.map((profile) => board(profile, asking));
    case 'choice':
      return choice({
        id,
        label: labelOf(asked, asking),
        choices: choicesOf(asked),
        value: (shown[name] as string | undefined) ?? asked.choices?.[0] ?? '',
        choose: (value) => set({ [name]: value }),
      });
    case 'flag':
      return tick(id, labelOf(asked, asking), Boolean(shown[name]), (isTicked) => set({ [name]: isTicked }));
    case 'time':
      return time(name as DetailOf<'time'>, asked, asking);
    default:
      return words(name as DetailOf<'text' | 'longText' | 'address'>, asked, asking);
  }
}

function words(name: DetailOf<'text' | 'longText' | 'address'>, asked: DetailField, asking: Asking): TemplateResult {
  const value = asking.typed[name] ?? '';
  const id = detailFieldId(asking.network.service, name);
  const isLong = detailKinds[name] === 'longText';
  const isAddress = detailKinds[name] === 'address';
  const isNoAddress = isAddress && value.trim() !== '' && !isLinkAddress(value);
  return html`<div class=${isLong || isAddress || name === 'title' ? 'is-wide' : ''}>
    ${field({
      id,
      label: labelOf(asked, asking),
      value,
      type: isAddress ? 'url' : 'text',
      placeholder: isAddress ? 'https://' : undefined,
      rows: isLong ? 2 : undefined,
      problem: isNoAddress ? l10n.t('This is not a web address.') : undefined,
      help: detailHelp(name, asking.network.service),
      input: (typed) => asking.set({ [name]: typed }),
    })}
  </div>`;
}

/** The page shows times as the profile's clocks do, and keeps instants. */
function time(name: DetailOf<'time'>, asked: DetailField, asking: Asking): TemplateResult {
  const zone = zoneOf(asking.profiles);
  const id = detailFieldId(asking.network.service, name);
  const value = asking.shown[name];
  const shown = value ? clockTime(value, zone) : '';
  const isDay = isWholeDays(asking.shown);
  const input = (typed: string) => {
    const clock = isDay && typed ? `${typed}${shown.slice(dateLength) || middays[name]}` : typed;
    const instant = clock ? instantOf(clock, zone) : undefined;
    // A year is typed figure by figure: 2 is not meant yet.
    if (!clock || (instant && instant.getUTCFullYear() > 1900)) asking.set({ [name]: instant?.toISOString() });
  };
  const help = zone === ownZone() ? undefined : l10n.t('As in {0}', zone);
  return dateTime({
    id,
    label: labelOf(asked, asking),
    value: isDay ? shown.slice(0, dateLength) : shown,
    isDay,
    help,
    input,
  });
}

/** What a day without a time begins and ends with: the same day by UTC, too, and the end after the start. */
const middays = { startsAt: 'T12:00', endsAt: 'T12:30' } as const satisfies Record<DetailOf<'time'>, string>;
const dateLength = '2031-05-01'.length;

/** That of the first profile, as it is an instant for the others too. */
function zoneOf(profiles: readonly (ComposerProfile & { readonly timeZone?: string })[]): string {
  return knownZone(profiles[0]?.timeZone);
}

function board(profile: ComposerProfile, { profiles, page, act }: Asking): TemplateResult {
  const { id: profileId, service, name, boards = [] } = profile;
  const id = boardFieldId(profileId);
  if (boards.length === 0)
    return html`<p class="problem is-wide" id=${id} tabindex="-1">
      <span class="codicon codicon-warning" aria-hidden="true"></span
      >${l10n.t('{0} has no board to pin to. Make one on Pinterest, then refresh.', name)}
    </p>`;
  return choice({
    id,
    label: profiles.length > 1 ? l10n.t('Board of {0} (required)', name) : l10n.t('Board (required)'),
    choices: [{ value: '', label: l10n.t('Choose a board') }, ...boards.map((each) => ({ value: each.id, label: each.name }))],
    value: boardOf(page.draft!, profile) ?? '',
    choose: (chosen) => act.change((now) => setBoard(now, service, profileId, chosen)),
  });
}

function labelOf(asked: DetailField, asking: Asking): string {
  const label = detailLabel(asked.name, asking.network.service, asking.shown.type);
  return asked.isRequired && !asked.choices ? l10n.t('{0} (required)', label) : label;
}

function choicesOf({ name, choices = [] }: DetailField): readonly { value: string; label: string }[] {
  const labelled = choices.map((value) => ({ value, label: choiceLabel(name, value) }));
  return name === 'category' ? labelled.sort((a, b) => alphabetically(a.label, b.label)) : labelled;
}
