import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { groupBy } from '../core/collections/groupBy.ts';
import { type Draft, emptyDraft } from '../core/drafts/draft.ts';
import { draftDetailsOf, draftMediaOf } from '../core/drafts/draftUpdate.ts';
import type { Entry } from '../core/delivery/outbox.ts';
import { networkOf } from '../core/networks/networks.ts';
import { plainText } from '../ui/plainText.ts';
import { isolated } from '../ui/profileNames.ts';
import type { CommandContext } from './commandContext.ts';

/** Tries now what waits; a failed entry is put in the row again first, and what may have arrived only by the person's word. */
export async function sendOutboxEntry({ outbox, sender, drafts }: CommandContext, chosen?: Entry): Promise<void> {
  const entry = chosen && (outbox.entries.find(({ id }) => id === chosen.id) ?? chosen);
  const mayHaveArrived = entry?.state === 'unclear' || entry?.state === 'undecided';
  if (mayHaveArrived) {
    const arrived = await askWhereItArrived(entry);
    if (arrived === undefined) return;
    // Before the entry lets go of them.
    await leaveDraft(drafts, { ...entry, profiles: entry.profiles.filter(({ id }) => arrived.includes(id)) });
    if (!(await outbox.settle(entry, arrived))) return tellTooLate();
  } else for (const each of entry ? [entry] : outbox.entries) await outbox.retry(each);
  await vscode.window.withProgress({ location: { viewId: 'buffer.outbox' } }, () => sender.run());
}

/**
 * Only the person can know, and of each profile by itself.
 * @returns the profiles that have it; undefined where a question was left open, so that nothing is to be done
 */
async function askWhereItArrived(entry: Entry): Promise<string[] | undefined> {
  const arrived: string[] = [];
  // While it is looked for, the question is only whether to send it now.
  for (const profile of entry.state === 'undecided' ? entry.profiles : [undefined]) {
    const answer = await askWhetherItArrived(entry, profile);
    if (answer === undefined) return undefined;
    if (profile && answer === 'arrived') arrived.push(profile.id);
  }
  return arrived;
}

/** Both texts are shown where something at Buffer may be it. */
async function askWhetherItArrived(
  { text, reason, doubts = [], profiles }: Entry,
  profile: Entry['profiles'][number] | undefined,
): Promise<'arrived' | 'again' | undefined> {
  const again = vscode.l10n.t('Send Again');
  const arrived = vscode.l10n.t('It Was Delivered');
  const look = vscode.l10n.t('Checking whether it was delivered. Sending it now can publish it twice.');
  const ask = vscode.l10n.t('It is not known whether this update was delivered. Sending it again can publish it twice.');
  const where = profile && vscode.l10n.t('{0} on {1}', isolated(profile.name), networkOf(profile.service).label);
  const others = doubts
    .filter(({ profileId }) => !profile || profileId === profile.id)
    .map((each) => vscode.l10n.t('At Buffer: {0}', each.text));
  const parts = [profiles.length > 1 && where, reason && plainText(reason), vscode.l10n.t('Yours: {0}', text), ...others];
  const choice = await vscode.window.showWarningMessage(
    profile ? ask : look,
    { modal: true, detail: parts.filter(Boolean).join('\n\n') },
    ...(profile ? [arrived, again] : [again]),
  );
  return choice === again ? 'again' : choice === arrived ? 'arrived' : undefined;
}

function tellTooLate(): void {
  void vscode.window.showInformationMessage(vscode.l10n.t('It is just being sent, or was sent already.'));
}

/** Takes an entry out of the outbox and opens it in the composer. */
export async function editOutboxEntry({ outbox, sender, drafts, composers }: CommandContext, chosen: Entry): Promise<void> {
  const looked =
    chosen.state === 'unclear'
      ? await vscode.window.withProgress({ location: { viewId: 'buffer.outbox' } }, () => sender.look(chosen))
      : chosen;
  if (!looked || looked.state === 'undecided') return tellOfUnclear(outbox.entries.find(({ id }) => id === chosen.id));
  const draftId = randomUUID();
  await leaveDraft(drafts, looked);
  // It is the entry's draft before it is there: whenever the window dies, the two are told as one, and go out as one.
  const entry = await outbox.amend(looked, { draftId });
  if (!entry) return tellTooLate();
  // Of the entry as it is now: another window may have delivered it at some of the profiles since it was shown.
  await drafts.save(draftOf(entry, draftId));
  if (await outbox.remove(entry)) return composers.openKept(draftId);
  await drafts.remove(draftId);
  tellTooLate();
}

/** Drops an entry, and brings it back when that was a mistake. */
export async function dropOutboxEntry({ outbox, drafts }: CommandContext, entry: Entry): Promise<void> {
  if (!(await outbox.drop(entry))) return tellTooLate();
  await leaveDraft(drafts, entry);
  const undo = vscode.l10n.t('Undo');
  if ((await vscode.window.showInformationMessage(vscode.l10n.t('The update was removed from the outbox.'), undo)) === undo)
    await outbox.putBack(entry);
}

/** Two updates could come of changing one that may be at Buffer already. */
async function tellOfUnclear(entry: Entry | undefined): Promise<void> {
  // It arrived, and that is told already.
  if (!entry) return;
  const copy = vscode.l10n.t('Copy Text');
  const message = vscode.l10n
    .t('It is not known yet whether this update was delivered, so it cannot be changed. {0}', plainText(entry.reason ?? ''))
    .trim();
  if ((await vscode.window.showWarningMessage(message, copy)) === copy) await vscode.env.clipboard.writeText(entry.text);
}

/** The draft that an entry was sent from would come back, as nothing of it is on its way any more. */
async function leaveDraft(drafts: CommandContext['drafts'], { draftId, profiles, text }: Entry): Promise<void> {
  if (draftId)
    await drafts.leave(
      draftId,
      profiles.map(({ id }) => id),
      text,
    );
}

function draftOf({ text, profiles, when, media, details = {}, options: { tagIds, ...options } = {} }: Entry, draftId: string): Draft {
  return {
    ...emptyDraft(
      draftId,
      profiles.map(({ id }) => id),
    ),
    ...options,
    ...(tagIds && { tagIds: [...tagIds] }),
    revision: 1,
    text,
    media: draftMediaOf(media),
    when: typeof when === 'object' ? { kind: 'at', at: when.at.toISOString() } : { kind: when },
    details: Object.fromEntries(
      [...groupBy(profiles, ({ service }) => service)].map(([service, group]) => {
        const each = group.map(({ id }) => draftDetailsOf(details[id] ?? {}, id));
        return [service, { ...each[0], boards: Object.assign({}, ...each.map(({ boards }) => boards)) as Record<string, string> }];
      }),
    ),
  };
}
