import * as vscode from 'vscode';
import type { Update } from '../core/buffer/model.ts';

/** The scheme of updates opened as documents. */
export const updateScheme = 'buffer';

/** What takes a name apart, or turns it round: separators of folders, control characters, marks of direction, half characters. */
const notInNames = /[/\\\p{Cc}\p{Cs}\p{Co}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/**
 * The address of an update as a document: `buffer:/ID/First words.update`. The id alone finds the update;
 * the name is what its tab shows, and stays as it was when the update was opened.
 */
export function updateUri({ id, text }: Pick<Update, 'id' | 'text'>): vscode.Uri {
  const words = text.replace(notInNames, ' ').replace(/\s+/g, ' ').trim();
  const first = /^.{1,40}(?=\s|$)/u.exec(words)?.[0] ?? [...words].slice(0, 40).join('');
  // The end of its name would read as three dots.
  const name = first.replace(/[\s.,:;]+$/u, '') || 'Update';
  return vscode.Uri.from({ scheme: updateScheme, path: `/${encodeURIComponent(id)}/${name}.update` });
}

/** The update that an address names; undefined for anything that is not exactly such an address. */
export function updateIdOf(uri: vscode.Uri): string | undefined {
  if (uri.scheme !== updateScheme || uri.authority || uri.query || uri.fragment) return undefined;
  const written = /^\/([^/\\]+)\/[^/\\]+\.update$/u.exec(uri.path)?.[1];
  return written === undefined ? undefined : idWrittenAs(written);
}

/** An id has one way to be written; what could climb out of its place has none. */
function idWrittenAs(written: string): string | undefined {
  try {
    const id = decodeURIComponent(written);
    return encodeURIComponent(id) === written && /^(?!\.+$)[^/\\?#%\s\p{Cc}]{1,200}$/u.test(id) ? id : undefined;
  } catch {
    return undefined;
  }
}

/** The address under which an update is open already, else a new one. */
export function openUriOf(update: Update): vscode.Uri {
  return vscode.workspace.textDocuments.find(({ uri }) => updateIdOf(uri) === update.id)?.uri ?? updateUri(update);
}
