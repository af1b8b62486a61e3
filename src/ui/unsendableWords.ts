import * as vscode from 'vscode';
import { unsendableIn } from '../core/networks/unsendable.ts';

/** Why a text cannot be sent as it is, with the place; undefined where it can. */
export function unsendableWords(text: string): string | undefined {
  const found = unsendableIn(text);
  return found && vscode.l10n.t('{0} in line {1}, column {2} cannot be sent. Delete it.', found.name, found.line, found.column);
}
