import * as vscode from 'vscode';
import type { Done } from '../core/postFiles/apply.ts';
import type { PlanAction, PlanItem } from '../core/postFiles/plan.ts';

/** What is to be done with a post at a profile. */
export function actionWords(action: PlanAction): string {
  switch (action) {
    case 'create':
    case 'settle':
      return vscode.l10n.t('Queue');
    case 'adopt':
      return vscode.l10n.t('Is at Buffer already: note it');
    case 'edit':
      return vscode.l10n.t('Edit');
    case 'leave':
      return vscode.l10n.t('As it is at Buffer');
    case 'changed':
      return vscode.l10n.t('Changed at Buffer: left as it is there');
    case 'conflict':
      return vscode.l10n.t('Changed here and at Buffer: left');
    case 'late':
      return vscode.l10n.t('Its time has passed: not sent');
    case 'isSent':
      return vscode.l10n.t('Sent already: cannot be changed any more');
    case 'failed':
      return vscode.l10n.t('Its network refused it: mend it in the sidebar');
    case 'requeue':
      return vscode.l10n.t('Queue again');
    case 'gone':
      return vscode.l10n.t('Deleted at Buffer: not queued again');
    case 'announced':
      return vscode.l10n.t('Another run is about to queue it');
    case 'foreign':
      return vscode.l10n.t('In the queue of another account: left alone');
    case 'removed':
      return vscode.l10n.t('No file wants it any more: left at Buffer');
    case 'hidden':
      return vscode.l10n.t('Its file is not deleted, but no post here: left at Buffer');
    case 'delete':
      return vscode.l10n.t('Delete');
    case 'forget':
      return vscode.l10n.t('Gone here and at Buffer');
  }
}

/** Which post of a file, and for whom. */
export function whichPost({ wanted, entry }: PlanItem): { readonly path: string; readonly profile: string } {
  const { path, part, profile } = wanted ? { ...wanted, profile: wanted.handle } : { ...entry!, path: entry!.post };
  return { path: part > 1 ? vscode.l10n.t('{0}, post {1}', path, part) : path, profile };
}

/** Which of what a post says, in words. */
export function fieldWords(fields: readonly string[]): string {
  const wordsOf = (field: string) => {
    if (field === 'text' || field === 'thread') return vscode.l10n.t('text');
    if (field === 'when') return vscode.l10n.t('time');
    if (field === 'media' || field === 'threadPictures') return vscode.l10n.t('pictures');
    return field === 'tags' ? vscode.l10n.t('tags') : field;
  };
  return [...new Set(fields.map(wordsOf))].join(', ');
}

/** Why something was not done as planned; undefined where it was. */
export function failureWords({ outcome, error, reason }: Done): string | undefined {
  switch (outcome) {
    case 'done':
      return undefined;
    case 'unclear':
      return vscode.l10n.t('No answer came. It is looked for when you queue the file again.');
    case 'undecided':
      return vscode.l10n.t('It may be at Buffer, changed since. Look there.');
    case 'conflict':
      return vscode.l10n.t('It was changed at Buffer just now, and not edited.');
    case 'stopped':
      return reason ?? error?.message ?? vscode.l10n.t('Not tried.');
    default:
      return reason ?? error?.message ?? vscode.l10n.t('Refused.');
  }
}
