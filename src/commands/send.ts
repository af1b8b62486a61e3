import * as vscode from 'vscode';
import { groupBy } from '../core/collections/groupBy.ts';
import type { Profile, Update } from '../core/buffer/model.ts';
import { type Delivery, deliverAll, type NotDelivered, unrecorded } from '../core/delivery/deliver.ts';
import { draftDetailsOf, draftMediaOf } from '../core/drafts/draftUpdate.ts';
import { askWithoutRecord, diskWords } from '../ui/diskWords.ts';
import { refusal, sentence } from '../ui/errorWords.ts';
import { inNumbers } from '../ui/numbers.ts';
import { profileNames } from '../ui/profileNames.ts';
import { standingWords } from '../ui/standingWords.ts';
import { isWaiting } from '../core/queue/abilities.ts';
import { longTime, personLocale, shortTime } from '../core/time/formatTime.ts';
import type { CommandContext } from './commandContext.ts';
import { showUpdate } from './showUpdate.ts';

interface Report {
  readonly created: Update[];
  readonly failed: (NotDelivered & { readonly delivery: Delivery })[];
  readonly waiting: (NotDelivered & { readonly delivery: Delivery })[];
  readonly unclear: (NotDelivered & { readonly delivery: Delivery })[];
}

/**
 * Sends texts, one request each for all its profiles, and tells what came of it, with a way to undo or to try again.
 * @param isRecorded  false where the person wants them sent although the disk takes no record of it
 */
export async function send(parts: CommandContext, deliveries: readonly Delivery[], isRecorded = true): Promise<void> {
  const report: Report = { created: [], failed: [], waiting: [], unclear: [] };
  try {
    await vscode.window.withProgress(
      // In the status bar: most sends end before a notification could be read.
      { location: vscode.ProgressLocation.Window, title: sendingTitle(parts, deliveries) },
      () => gather(parts, deliveries, isRecorded, report),
    );
  } catch (error) {
    const words = diskWords(error);
    const isNothingSent = [report.created, report.failed, report.waiting, report.unclear].every((each) => each.length === 0);
    if (!words || !isNothingSent || !isRecorded) throw error;
    parts.log.error(error instanceof Error ? error : String(error));
    if (await askWithoutRecord(words)) await send(parts, deliveries, false);
    return;
  }
  if (report.waiting.length) void tellWaiting(parts, report.waiting);
  if (report.unclear.length) void tellUnclear(parts, report.unclear);
  if (report.failed.length) await tellFailures(parts, report);
  else if (report.created.length) await tellSuccess(parts, report.created);
}

/** What of a profile a sentence needs. */
type Named = Pick<Profile, 'name' | 'service'>;

/** Something that waited in the outbox went out. @param among  all profiles */
export function tellSent(updates: readonly Update[], profiles: readonly Named[], among: readonly Named[]): void {
  const names = profileNames(profiles, among);
  const isShared = updates.every(({ status }) => status === 'sent');
  const isScheduled = updates.every(({ isFixedTime, status }) => isFixedTime && status === 'pending');
  void vscode.window.showInformationMessage(
    isShared
      ? vscode.l10n.t('From the outbox: shared on {0}.', names)
      : isScheduled
        ? vscode.l10n.t('From the outbox: scheduled on {0}.', names)
        : vscode.l10n.t('From the outbox: queued for {0}.', names),
  );
}

/** Copies of one update: where the first is refused as one, so would be all others, and they are not sent. */
async function gather(parts: CommandContext, deliveries: readonly Delivery[], isRecorded: boolean, report: Report): Promise<void> {
  const [first, ...others] = deliveries;
  if (!first || others.length === 0 || others.some(({ text, profiles }) => text !== first.text || profiles !== first.profiles))
    return gatherAll(parts, deliveries, isRecorded, report);
  await gatherAll(parts, [first], isRecorded, report);
  if (!report.failed.some(({ error }) => error?.isDuplicate)) await gatherAll(parts, others, isRecorded, report);
}

async function gatherAll(parts: CommandContext, deliveries: readonly Delivery[], isRecorded: boolean, report: Report): Promise<void> {
  await deliverAll(
    parts,
    deliveries,
    ({ created, failed, waiting, unclear }, delivery) => {
      report.created.push(...created);
      report.failed.push(...failed.map((each) => ({ ...each, delivery })));
      report.waiting.push(...waiting.map((each) => ({ ...each, delivery })));
      report.unclear.push(...unclear.map((each) => ({ ...each, delivery })));
      for (const { error } of [...failed, ...waiting, ...unclear]) parts.log.error(`create: ${error?.message ?? 'refused'}`);
      return Promise.resolve();
    },
    isRecorded ? undefined : unrecorded(deliveries),
  );
}

async function tellSuccess(parts: CommandContext, created: readonly Update[]): Promise<void> {
  const undo = vscode.l10n.t('Undo');
  const show = vscode.l10n.t('Show');
  const canUndo = created.every(({ status }) => status === 'pending');
  const choice = await vscode.window.showInformationMessage(successMessage(parts, created), ...(canUndo ? [undo] : []), show);
  if (choice === show) await showUpdate(parts, created[0]!.id);
  if (choice === undo) await takeBack(parts, created);
}

/** Deletes what was just queued; what went out meanwhile stays, as deleting it here would not unpublish it. */
async function takeBack({ store, failures }: CommandContext, created: readonly Update[]): Promise<void> {
  const waiting = created.filter(({ id }) => {
    const update = store.update(id);
    return update !== undefined && isWaiting(update);
  });
  for (const { id } of waiting) await failures.attempt(() => store.destroy(id));
  const message =
    waiting.length < created.length
      ? vscode.l10n.t('{0} of {1} updates were deleted again; the others were sent already.', waiting.length, created.length)
      : created.length === 1
        ? vscode.l10n.t('The update was deleted again.')
        : vscode.l10n.t('The updates were deleted again.');
  void vscode.window.setStatusBarMessage(message, 5000);
}

function successMessage({ store }: CommandContext, created: readonly Update[]): string {
  const profiles = new Map(created.map(({ profileId, service }) => [profileId, store.profile(profileId) ?? { name: profileId, service }]));
  const names = profileNames([...profiles.values()], store.profiles.items);
  if (created.every(({ status }) => status === 'sent')) return vscode.l10n.t('Shared on {0}.', names);
  if (created.every(({ status }) => status === 'sent' || status === 'sending')) return vscode.l10n.t('Buffer is sending it to {0}.', names);
  const [first] = created;
  const timeZone = store.profile(first!.profileId)?.timeZone;
  // What came back is told, not what was asked for.
  const held = created.find(({ status }) => status !== 'pending' && status !== 'sent' && status !== 'sending');
  if (held) return vscode.l10n.t('Saved for {0}, but it does not go out by itself: {1}.', names, standingWords(held, timeZone));
  const isScheduled = created.every(({ isFixedTime }) => isFixedTime);
  if (created.length > profiles.size) {
    const count = inNumbers(created.length);
    return isScheduled
      ? vscode.l10n.t('{0} updates were scheduled for {1}.', count, names)
      : vscode.l10n.t('{0} updates were added to the queue of {1}.', count, names);
  }
  const isOneTime = created.every(({ dueAt }) => dueAt && dueAt.getTime() === first!.dueAt?.getTime());
  if (!first!.dueAt || !timeZone || !isOneTime || (created.length > 1 && !isScheduled)) {
    return isScheduled ? vscode.l10n.t('Scheduled on {0}.', names) : vscode.l10n.t('Queued for {0}.', names);
  }
  const time = shortTime(first!.dueAt, { locale: personLocale(vscode.env.language), timeZone, isWithin: true });
  return isScheduled ? vscode.l10n.t('Scheduled for {0} on {1}.', time, names) : vscode.l10n.t('Queued for {0}: {1}.', names, time);
}

/** Says who took it and who did not, and tries those again that did not: each alone, so that each gets its own reason. */
async function tellFailures(parts: CommandContext, { created, failed }: Report): Promise<void> {
  const lines = [...groupBy(failed, ({ error }) => refusal(error))].map(([reason, all]) =>
    vscode.l10n.t(
      'Not posted to {0}: {1}',
      profileNames([...new Set(all.map(({ profile }) => profile))], parts.store.profiles.items),
      reason,
    ),
  );
  if (created.length) lines.unshift(successMessage(parts, created));
  const retry = vscode.l10n.t('Retry');
  const show = vscode.l10n.t('Show');
  // The same words would be refused again.
  const isTwin = failed.every(({ error }) => error?.isDuplicate);
  const compose = vscode.l10n.t('Open in Composer');
  const choice = await vscode.window.showErrorMessage(lines.join(' '), isTwin ? compose : retry, ...(created.length ? [show] : []));
  if (choice === compose) await composeRefused(parts, failed);
  if (choice === show) await showUpdate(parts, created[0]!.id);
  if (choice === retry) {
    await send(
      parts,
      failed.map(({ delivery, profile }) => ({ ...delivery, profiles: [profile] })),
    );
  }
}

/** Opens the composer with what was refused, for those that refused it. */
async function composeRefused({ composers }: CommandContext, failed: Report['failed']): Promise<void> {
  for (const [{ text, media, details = {}, options }, group] of groupBy(failed, ({ delivery }) => delivery)) {
    const profiles = group.map(({ profile }) => profile);
    await composers.write({
      text,
      media: draftMediaOf(media),
      details: Object.fromEntries(profiles.map(({ id, service }) => [service, draftDetailsOf(details[id] ?? {}, id)])),
      profileIds: profiles.map(({ id }) => id),
      ...(options?.tagIds && { tagIds: [...options.tagIds] }),
    });
  }
}

/** What could not be sent now goes out by itself; the person is told where it is. */
async function tellWaiting({ store }: CommandContext, waiting: Report['waiting']): Promise<void> {
  const show = vscode.l10n.t('Show Outbox');
  const { error, isUnclear } = waiting[0]!;
  const names = profileNames([...new Set(waiting.map(({ profile }) => profile))], store.profiles.items);
  const reason = error ? sentence(error) : '';
  const message = isUnclear
    ? vscode.l10n.t('{0} Checking whether the update for {1} was delivered; until that is known it waits in the outbox.', reason, names)
    : vscode.l10n.t('{0} The update for {1} waits in the outbox and goes out once, when it can.', reason, names);
  if ((await vscode.window.showWarningMessage(message.trim(), show)) === show) await vscode.commands.executeCommand('buffer.outbox.focus');
}

/** What was sent without a record and got no answer: nothing looks after it. */
async function tellUnclear({ store }: CommandContext, unclear: Report['unclear']): Promise<void> {
  const copy = vscode.l10n.t('Copy Text');
  const names = profileNames([...new Set(unclear.map(({ profile }) => profile))], store.profiles.items);
  const message = vscode.l10n.t(
    'It is not known whether the update for {0} was delivered. Check at Buffer before you send it again.',
    names,
  );
  if ((await vscode.window.showWarningMessage(message, copy)) === copy) await vscode.env.clipboard.writeText(unclear[0]!.delivery.text);
}

function sendingTitle({ store }: CommandContext, deliveries: readonly Delivery[]): string {
  const [first] = deliveries;
  const profiles = first?.profiles ?? [];
  const where = profiles.length === 1 ? profileNames(profiles, store.profiles.items) : vscode.l10n.t('{0} profiles', profiles.length);
  if (first && typeof first.when === 'object') {
    const locale = personLocale(vscode.env.language);
    return vscode.l10n.t('Scheduling on {0} for {1}', where, longTime(first.when.at, { locale, timeZone: profiles[0]?.timeZone ?? 'UTC' }));
  }
  return vscode.l10n.t('Posting to {0}', where);
}
