import * as vscode from 'vscode';
import type { Update } from '../core/buffer/model.ts';

/** The first line that holds something, as one row can show it. */
export function headline({ text, media }: Update): string {
  const line =
    text
      .split(/\r?\n/)
      .find((each) => each.trim())
      ?.trim() ??
    media?.title ??
    media?.link ??
    vscode.l10n.t('(no text)');
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
