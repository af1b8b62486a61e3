import * as vscode from 'vscode';
import type { TextHint } from '../core/networks/textHints.ts';

/** Why a network may refuse a text. */
export function hintWords(hint: TextHint, network: string): string {
  switch (hint) {
    case 'control':
      return vscode.l10n.t('{0}: the text holds a control character, which Buffer refuses.', network);
    case 'invalidForX':
      return vscode.l10n.t('{0}: the text holds an invisible character that the network refuses, such as U+FEFF.', network);
    case 'manyLinks':
      return vscode.l10n.t('{0}: the text has more than 5 links.', network);
    case 'manyHashtags':
      return vscode.l10n.t('{0}: the text has more than 30 hashtags.', network);
    case 'brackets':
      return vscode.l10n.t('{0}: the network refuses < and > in a description.', network);
    case 'manyBytes':
      return vscode.l10n.t('{0}: the text has more than 5,000 bytes.', network);
  }
}
