import * as l10n from '@vscode/l10n';
import { asList } from '../../page/format.ts';
import type { CalendarEntry, CalendarProfile, CalendarSlot, EntryState } from '../messages.ts';
import type { Kind, State, View } from './state.ts';
import { clock, spokenDay, zoneName } from './times.ts';

export function viewWord(view: View): string {
  if (view === 'week') return l10n.t('Week');
  return view === 'month' ? l10n.t('Month') : l10n.t('List');
}

export function kindWord(kind: Kind): string {
  if (kind === 'free') return l10n.t('Free posting times');
  return stateWord(kind);
}

export function stateWord(state: EntryState): string {
  switch (state) {
    case 'pending':
      return l10n.t('Pending');
    case 'sending':
      return l10n.t('Sending');
    case 'sent':
      return l10n.t('Sent');
    case 'failed':
      return l10n.t('Failed');
    case 'draft':
      return l10n.t('Draft at Buffer');
    case 'needsApproval':
      return l10n.t('Needs approval');
    case 'other':
      return l10n.t('Other');
  }
}

const icons: Readonly<Record<EntryState, string>> = {
  pending: 'clock',
  sending: 'sync',
  sent: 'check',
  failed: 'error',
  draft: 'edit',
  needsApproval: 'person',
  other: 'circle-outline',
};

export function stateIcon(state: EntryState): string {
  return icons[state];
}

/** A profile's name, told from its namesakes on other networks. */
export function profileName(profile: CalendarProfile | undefined, { profiles }: Pick<State, 'profiles'>): string {
  return profile ? (known(profiles).get(profile.id)?.name ?? profile.name) : '';
}

export function profileOf({ profiles }: Pick<State, 'profiles'>, id: string): CalendarProfile | undefined {
  return known(profiles).get(id)?.profile;
}

type Known = ReadonlyMap<string, { readonly profile: CalendarProfile; readonly name: string }>;
const knownOf = new WeakMap<readonly CalendarProfile[], Known>();

/** Profiles by id with their names: each update asks for its own. */
function known(profiles: readonly CalendarProfile[]): Known {
  let found = knownOf.get(profiles);
  if (!found) {
    const counts = new Map<string, number>();
    for (const { name } of profiles) counts.set(name, (counts.get(name) ?? 0) + 1);
    const nameOf = ({ name, network }: CalendarProfile) => (counts.get(name) === 1 ? name : `${name} (${network})`);
    found = new Map(profiles.map((profile) => [profile.id, { profile, name: nameOf(profile) }]));
    knownOf.set(profiles, found);
  }
  return found;
}

/** An update in a sentence, for whoever does not see where it stands. What is seen of it stands in it as one: it is said to choose it. */
export function entryLabel(entry: CalendarEntry, at: number, zone: string, state: State): string {
  const profile = profileOf(state, entry.profileId);
  const network = profile && !profile.name.includes(profile.network) ? profile.network : undefined;
  const seen = [clock(at, zone), profileName(profile, state), entry.text];
  return [stateWord(entry.state), spokenDay(at, zone), ...seen, network, zoneName(zone, at)].filter(Boolean).join(', ');
}

export function slotProfiles({ profileIds }: CalendarSlot, state: State): string {
  return asList(profileIds.map((id) => profileName(profileOf(state, id), state)));
}

export function slotLabel(slot: CalendarSlot, zone: string, state: State): string {
  const words = [spokenDay(slot.at, zone), clock(slot.at, zone), slotProfiles(slot, state), zoneName(zone, slot.at)];
  return l10n.t('Free posting time, {0}, {1}: {2} ({3})', ...words);
}
