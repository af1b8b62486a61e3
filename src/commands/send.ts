import * as vscode from 'vscode';
import type { Profile, Update } from '../buffer/model.ts';
import { type Delivery, deliver, type NotDelivered } from '../queue/deliver.ts';
import { plainText } from '../plainText.ts';
import { longTime, personLocale, shortTime } from '../time/formatTime.ts';
import type { Parts } from './parts.ts';
import { showUpdate } from './showUpdate.ts';

interface Report {
  readonly created: Update[];
  readonly failed: (NotDelivered & { readonly delivery: Delivery })[];
  readonly unclear: (NotDelivered & { readonly delivery: Delivery })[];
}

/** Sends texts, one request each for all its profiles, and tells what came of it, with a way to undo or to try again. */
export async function send(parts: Parts, deliveries: readonly Delivery[]): Promise<void> {
  const report = await vscode.window.withProgress(
    // In the status bar: most sends end before a notification could be read.
    { location: vscode.ProgressLocation.Window, title: sendingTitle(deliveries) },
    () => deliverAll(parts, deliveries),
  );
  for (const [delivery, lost] of Map.groupBy(report.unclear, ({ delivery }) => delivery)) void tellUnclear(delivery, lost);
  if (report.failed.length) await tellFailures(parts, report);
  else if (report.created.length) await tellSuccess(parts, report.created);
}

async function deliverAll({ store, log }: Parts, deliveries: readonly Delivery[]): Promise<Report> {
  const report: Report = { created: [], failed: [], unclear: [] };
  for (const delivery of deliveries) {
    const { created, failed, unclear } = await deliver(store, delivery);
    report.created.push(...created);
    report.failed.push(...failed.map((each) => ({ ...each, delivery })));
    report.unclear.push(...unclear.map((each) => ({ ...each, delivery })));
    for (const { reason } of [...failed, ...unclear]) log.error(`create: ${reason}`);
  }
  return report;
}

async function tellSuccess(parts: Parts, created: readonly Update[]): Promise<void> {
  const undo = vscode.l10n.t('Undo');
  const show = vscode.l10n.t('Show');
  const canUndo = created.every(({ status }) => status === 'pending');
  const choice = await vscode.window.showInformationMessage(successMessage(parts, created), ...(canUndo ? [undo] : []), show);
  if (choice === show) await showUpdate(parts, created[0]!.id);
  if (choice === undo) await takeBack(parts, created);
}

/** Deletes what was just queued; what went out meanwhile stays, as deleting it here would not unpublish it. */
async function takeBack({ store, failures }: Parts, created: readonly Update[]): Promise<void> {
  const isWaiting = ({ id }: Update) => {
    const { status, dueAt } = store.update(id) ?? {};
    return status === 'pending' && (dueAt === undefined || dueAt.getTime() > Date.now());
  };
  const waiting = created.filter(isWaiting);
  for (const { id } of waiting) await failures.attempt(() => store.destroy(id));
  const message =
    waiting.length < created.length
      ? vscode.l10n.t('{0} of {1} updates were deleted again; the others were sent already.', waiting.length, created.length)
      : created.length === 1
        ? vscode.l10n.t('The update was deleted again.')
        : vscode.l10n.t('The updates were deleted again.');
  void vscode.window.setStatusBarMessage(message, 5000);
}

function successMessage({ store }: Parts, created: readonly Update[]): string {
  const names = plainText(created.map(({ profileId }) => store.profile(profileId)?.name ?? profileId).join(', '));
  if (created.every(({ status }) => status === 'sent')) return vscode.l10n.t('Shared on {0}.', names);
  const [first] = created;
  const timeZone = store.profile(first!.profileId)?.timeZone;
  if (created.length > 1 || !first!.dueAt || !timeZone) return vscode.l10n.t('Queued for {0}.', names);
  return vscode.l10n.t('Queued for {0}: {1}.', names, shortTime(first!.dueAt, { locale: personLocale(vscode.env.language), timeZone }));
}

/** Says who took it and who did not, and tries those again that did not: each alone, so that each gets its own reason. */
async function tellFailures(parts: Parts, { created, failed }: Report): Promise<void> {
  const lines = [...Map.groupBy(failed, ({ reason }) => reason)].map(([reason, all]) =>
    vscode.l10n.t('Not posted to {0}: {1}', namesOf([...new Set(all.map(({ profile }) => profile))]), reason),
  );
  if (created.length) lines.unshift(successMessage(parts, created));
  const retry = vscode.l10n.t('Retry');
  const show = vscode.l10n.t('Show');
  const choice = await vscode.window.showErrorMessage(lines.join(' '), retry, ...(created.length ? [show] : []));
  if (choice === show) await showUpdate(parts, created[0]!.id);
  if (choice === retry) {
    await send(parts, failed.map(({ delivery, profile }) => ({ ...delivery, profiles: [profile] })));
  }
}

async function tellUnclear({ text }: Delivery, lost: Report['unclear']): Promise<void> {
  const refresh = vscode.l10n.t('Refresh');
  const what = vscode.l10n.t('“{0}” to {1}:', plainText(beginning(text)), namesOf(lost.map(({ profile }) => profile)));
  if ((await vscode.window.showWarningMessage(`${what} ${lost[0]!.reason}`, refresh)) === refresh) await vscode.commands.executeCommand('buffer.refresh');
}

function beginning(text: string): string {
  const characters = [...text.replace(/\s+/g, ' ')];
  return characters.length > 40 ? `${characters.slice(0, 40).join('')}…` : characters.join('');
}

function namesOf(profiles: readonly Profile[]): string {
  return plainText(profiles.map(({ name }) => name).join(', '));
}

function sendingTitle(deliveries: readonly Delivery[]): string {
  const [first] = deliveries;
  const profiles = first?.profiles ?? [];
  const where = profiles.length === 1 ? profiles[0]!.name : vscode.l10n.t('{0} profiles', profiles.length);
  if (first && typeof first.when === 'object') {
    const locale = personLocale(vscode.env.language);
    return vscode.l10n.t('Scheduling on {0} for {1}', where, longTime(first.when.at, { locale, timeZone: profiles[0]?.timeZone ?? 'UTC' }));
  }
  return vscode.l10n.t('Posting to {0}', where);
}
