import * as vscode from 'vscode';
import type { Update } from '../core/buffer/model.ts';
import { longTime, personLocale } from '../core/time/formatTime.ts';

/** How an update stands by what the service answered, whatever was asked for. @param timeZone  of its profile */
export function standingWords({ status, dueAt, isReminder }: Update, timeZone: string | undefined): string {
  const time = dueAt && timeZone ? longTime(dueAt, { locale: personLocale(vscode.env.language), timeZone }) : undefined;
  switch (status) {
    case 'sent':
      return vscode.l10n.t('Shared');
    case 'sending':
      return vscode.l10n.t('Buffer is sending it');
    case 'draft':
      return vscode.l10n.t('A draft at Buffer: it does not go out by itself');
    case 'needsApproval':
      return vscode.l10n.t('Waiting for approval');
    case 'failed':
      return vscode.l10n.t('Failed');
    default:
      if (!time) return vscode.l10n.t('In the queue, without a time');
      return isReminder ? vscode.l10n.t('You are reminded: {0}', time) : time;
  }
}
