import * as vscode from 'vscode';
import { restV1End } from '../core/buffer/transport/serviceUrl.ts';
import { tokenPage } from './askForToken.ts';
import { personLocale } from '../core/time/formatTime.ts';

const key = 'buffer.toldOfV1End';
let isTelling = false;

/** Tells someone whose token is of the API v1, once, that it ends, and offers the way over. */
export async function tellOfV1End(memory: vscode.Memento): Promise<void> {
  if (isTelling || memory.get(key)) return;
  isTelling = true;
  try {
    await memory.update(key, true);
    const move = vscode.l10n.t('Switch API Key');
    if ((await vscode.window.showWarningMessage(v1EndSentence(), move)) === move)
      await vscode.commands.executeCommand('buffer.moveToCurrentApi');
  } finally {
    isTelling = false;
  }
}

/** Someone who signs in with a token of v1 once more is told once more. */
export async function forgetV1End(memory: vscode.Memento): Promise<void> {
  await memory.update(key, undefined);
}

/** What happens to v1 and when, in the person's words for dates. */
export function v1EndSentence(now = new Date()): string {
  if (now >= restV1End)
    return vscode.l10n.t(
      'Buffer has ended its old API (v1), which your token is for. Sign in with an API key of the current one. Your drafts stay.',
    );
  const date = new Intl.DateTimeFormat(personLocale(vscode.env.language), { dateStyle: 'long', timeZone: 'UTC' }).format(restV1End);
  return vscode.l10n.t(
    'Your token is for Buffer’s old API (v1), which ends on {0}. Move to an API key of the current one before then. Your drafts stay.',
    date,
  );
}

/** Opens the page where keys are made; signing in with one follows. */
export async function openKeyPage(): Promise<void> {
  await vscode.env.openExternal(tokenPage);
}
