import * as vscode from 'vscode';
import type { Update } from '../core/buffer/model.ts';
import { documentIdOf, documentUri } from './documentUri.ts';
import { updateScheme } from './updateScheme.ts';

/** What takes a name apart, or turns it round: separators of folders, control characters, marks of direction, half characters. */
const notInNames = /[/\\\p{Cc}\p{Cs}\p{Co}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/** The address of an update as a document. Its name is what tab and breadcrumbs show, and stays as it was when it was opened. */
export function updateUri({ id, text }: Pick<Update, 'id' | 'text'>): vscode.Uri {
  const words = text.replace(notInNames, ' ').replace(/\s+/g, ' ').trim();
  const first = /^.{1,40}(?=\s|$)/u.exec(words)?.[0] ?? [...words].slice(0, 40).join('');
  // The end of its name would read as three dots.
  return documentUri(updateScheme, id, first.replace(/[\s.,:;]+$/u, '') || 'Update');
}

/** The update that an address names; undefined for anything that is not exactly such an address. */
export function updateIdOf(uri: vscode.Uri): string | undefined {
  return documentIdOf(updateScheme, uri);
}

/** The address under which an update is open already, else a new one. */
export function openUriOf(update: Update): vscode.Uri {
  return vscode.workspace.textDocuments.find(({ uri }) => updateIdOf(uri) === update.id)?.uri ?? updateUri(update);
}
