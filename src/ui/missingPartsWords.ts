import * as vscode from 'vscode';
import type { MissingPart, OptionalPart } from '../core/buffer/missingPart.ts';
import { plainText } from './plainText.ts';

/** What Buffer's answers lacked, and why, in one quiet line; undefined where they were whole. */
export function missingPartsWords(parts: readonly MissingPart[]): string | undefined {
  const [first] = parts;
  if (!first) return undefined;
  const names = [...new Set(parts.map(({ part }) => partName(part)))].join(', ');
  if (parts.every(({ isForbidden }) => isForbidden)) return vscode.l10n.t('Not shown: {0}. Your key or sign-in may not read it.', names);
  const reason = plainText(first.reason).trim();
  return reason
    ? vscode.l10n.t('Not shown: {0}. Buffer answered: {1}', names, reason)
    : vscode.l10n.t('Not shown: {0}. Buffer did not answer it.', names);
}

function partName(part: OptionalPart): string {
  switch (part) {
    case 'figures':
      return vscode.l10n.t('figures');
    case 'sums':
      return vscode.l10n.t('sums of figures');
    case 'dailyLimits':
      return vscode.l10n.t('daily limits');
    case 'planLimits':
      return vscode.l10n.t('the plan’s limits');
    case 'approvals':
      return vscode.l10n.t('what waits for approval');
    case 'groups':
      return vscode.l10n.t('groups of ideas');
    case 'other':
      return vscode.l10n.t('some details');
  }
}
