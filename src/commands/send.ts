import * as vscode from 'vscode';
import { BufferError } from '../buffer/bufferError.ts';
import type { Profile, ShareTime, Update } from '../buffer/model.ts';
import { longTime, personLocale, shortTime } from '../time/formatTime.ts';
import { sentence, unclear } from './failures.ts';
import type { Parts } from './parts.ts';
import { showUpdate } from './showUpdate.ts';

const { t } = vscode.l10n;

/** One text on its way to some profiles. */
export interface Delivery {
  readonly text: string;
  readonly profiles: readonly Profile[];
  readonly when: ShareTime;
}

interface Report {
  readonly created: Update[];
  readonly failed: { readonly delivery: Delivery; readonly reason: string }[];
  /** Requests whose outcome nobody knows; they are never sent again from here. */
  readonly unclear: BufferError[];
}

/** Sends texts, one request each for all its profiles, and tells what came of it, with a way to undo or to try again. */
export async function send(parts: Parts, deliveries: readonly Delivery[]): Promise<void> {
  const report = await vscode.window.withProgress(
    // In the status bar: most sends end before a notification could be read.
    { location: vscode.ProgressLocation.Window, title: sendingTitle(deliveries) },
    () => deliver(parts, deliveries),
  );
  for (const error of report.unclear) void tellUnclear(error);
  if (report.failed.length) await tellFailures(parts, report);
  else if (report.created.length) await tellSuccess(parts, report.created);
}

async function deliver({ store, log }: Parts, deliveries: readonly Delivery[]): Promise<Report> {
  const report: Report = { created: [], failed: [], unclear: [] };
  for (const delivery of deliveries) {
    const { text, profiles, when } = delivery;
    try {
      const { created, refused } = await store.create({ profileIds: profiles.map(({ id }) => id), text, when });
      report.created.push(...created);
      if (refused.length) {
        const left = profiles.filter(({ id }) => refused.includes(id));
        report.failed.push({ delivery: { ...delivery, profiles: left }, reason: t('Buffer did not take it') });
      }
    } catch (error) {
      if (!(error instanceof BufferError)) throw error;
      log.error(`create: ${error.kind} ${error.message}`);
      if (error.outcome === 'unknown') report.unclear.push(error);
      else report.failed.push({ delivery, reason: sentence(error) });
    }
  }
  return report;
}

async function tellSuccess(parts: Parts, created: readonly Update[]): Promise<void> {
  const undo = t('Undo');
  const show = t('Show');
  const canUndo = created.every(({ status }) => status === 'pending');
  const choice = await vscode.window.showInformationMessage(successMessage(parts, created), ...(canUndo ? [undo] : []), show);
  if (choice === show) await showUpdate(parts, created[0]!.id);
  if (choice === undo) {
    for (const { id } of created) await parts.store.destroy(id);
    void vscode.window.setStatusBarMessage(created.length === 1 ? t('The update was deleted again.') : t('The updates were deleted again.'), 5000);
  }
}

function successMessage({ store }: Parts, created: readonly Update[]): string {
  const names = created.map(({ profileId }) => store.profile(profileId)?.name ?? profileId).join(', ');
  if (created.every(({ status }) => status === 'sent')) return t('Shared on {0}.', names);
  const [first] = created;
  const timeZone = store.profile(first!.profileId)?.timeZone;
  if (created.length > 1 || !first!.dueAt || !timeZone) return t('Queued for {0}.', names);
  return t('Queued for {0}: {1}.', names, shortTime(first!.dueAt, { locale: personLocale(vscode.env.language), timeZone }));
}

/** Says who took it and who did not, and tries those again that did not: each alone, so that each gets its own reason. */
async function tellFailures(parts: Parts, { created, failed }: Report): Promise<void> {
  const lines = failed.map(({ delivery, reason }) => t('Not posted to {0}: {1}', delivery.profiles.map(({ name }) => name).join(', '), full(reason)));
  if (created.length) lines.unshift(successMessage(parts, created));
  const retry = t('Retry');
  const show = t('Show');
  const choice = await vscode.window.showErrorMessage(lines.join(' '), retry, ...(created.length ? [show] : []));
  if (choice === show) await showUpdate(parts, created[0]!.id);
  if (choice === retry) {
    await send(parts, failed.flatMap(({ delivery }) => delivery.profiles.map((profile) => ({ ...delivery, profiles: [profile] }))));
  }
}

async function tellUnclear(error: BufferError): Promise<void> {
  const refresh = t('Refresh');
  if ((await vscode.window.showWarningMessage(unclear(error), refresh)) === refresh) await vscode.commands.executeCommand('buffer.refresh');
}

function full(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function sendingTitle(deliveries: readonly Delivery[]): string {
  const [first] = deliveries;
  const profiles = first?.profiles ?? [];
  const where = profiles.length === 1 ? profiles[0]!.name : t('{0} profiles', profiles.length);
  if (first && typeof first.when === 'object') {
    const locale = personLocale(vscode.env.language);
    return t('Scheduling on {0} for {1}', where, longTime(first.when.at, { locale, timeZone: profiles[0]?.timeZone ?? 'UTC' }));
  }
  return t('Posting to {0}', where);
}
