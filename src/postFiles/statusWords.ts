import * as vscode from 'vscode';
import type { PostStatus } from '../core/postFiles/status.ts';

/** How a post stands at a profile, in a few words. */
export function statusWords(status: PostStatus): string {
  switch (status) {
    case 'queued':
      return vscode.l10n.t('Queued at Buffer');
    case 'sent':
      return vscode.l10n.t('Sent');
    case 'failed':
      return vscode.l10n.t('Its network refused it: mend it in the sidebar');
    case 'edited':
      return vscode.l10n.t('Changed here after it was queued: queue it again to edit it at Buffer');
    case 'editedLate':
      return vscode.l10n.t('Changed here after it was sent: cannot be changed any more');
    case 'changed':
      return vscode.l10n.t('Changed at Buffer: left as it is there');
    case 'conflict':
      return vscode.l10n.t('Changed here and at Buffer');
    case 'gone':
      return vscode.l10n.t('Deleted at Buffer: not queued again');
    case 'new':
      return vscode.l10n.t('Not queued yet');
    case 'removed':
      return vscode.l10n.t('No longer in the file: left at Buffer');
    case 'unclear':
      return vscode.l10n.t('Somebody was about to queue it: queue the file again to see what became of it');
  }
}
