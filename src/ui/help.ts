import * as vscode from 'vscode';
import type { Remedy } from '../core/buffer/bufferError.ts';

/**
 * A page in whose place a network can show its own: only plain http can be answered so, and this address is reserved
 * for such uses (RFC 2606), so nobody else learns of it.
 */
const plainPage = 'http://example.com/';

/** What to offer where something is between this computer and the service. */
export function helpFor(remedy: Remedy | undefined): vscode.Command | undefined {
  switch (remedy) {
    case 'signInPage':
      return { title: vscode.l10n.t('Open Sign-in Page'), command: 'vscode.open', arguments: [vscode.Uri.parse(plainPage)] };
    case 'proxySettings':
      return { title: vscode.l10n.t('Open Settings'), command: 'workbench.action.openSettings', arguments: ['http.proxy'] };
    case 'keyring':
      return { title: vscode.l10n.t('Try Again'), command: 'buffer.followAccount' };
    case undefined:
      return undefined;
  }
}
