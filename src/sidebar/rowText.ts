import * as vscode from 'vscode';
import type { Update } from '../core/buffer/model.ts';
import { personLocale, type TimeStyle } from '../core/time/formatTime.ts';

/** A person was reminded of it; nobody tells whether it was published then. */
export function isPastReminder({ status, isReminder }: Update): boolean {
  return status === 'sent' && isReminder === true;
}

/** What became of a reminder. */
export function reminderWords({ isMarkedAsPublished }: Update): string {
  return isMarkedAsPublished ? vscode.l10n.t('Marked as published') : vscode.l10n.t('Reminded');
}

export function timeOf(update: Update): Date | undefined {
  return update.status === 'sent' ? (update.sentAt ?? update.dueAt) : update.dueAt;
}

/** Paragraphs as plain text: VS Code makes no link, picture, command or HTML of a string, whatever it holds. */
export function plainTooltip(...paragraphs: (string | false | undefined)[]): string {
  return paragraphs.filter(Boolean).join('\n\n');
}

/** How times are shown where those of all profiles stand together: by the person's own clocks. */
export function ownStyle(): TimeStyle {
  return { locale: locale(), timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone };
}

export function locale(): string {
  return personLocale(vscode.env.language);
}
