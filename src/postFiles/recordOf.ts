import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type * as vscode from 'vscode';
import { FileKeeper } from '../core/postFiles/keeper.ts';
import { recordPath } from '../core/postFiles/record.ts';

/** The record of a repository, as all on this computer write to it. @param beside  records that others keep elsewhere */
export async function recordOf(root: vscode.Uri, beside?: () => Promise<readonly string[]>): Promise<FileKeeper> {
  return new FileKeeper(join(root.fsPath, recordPath), await turnsFolder(root.fsPath), beside);
}

/** Where those that write to the record of a repository wait for each other: the command line's folder, too. */
async function turnsFolder(root: string): Promise<string> {
  const git = join(root, '.git');
  const found = await stat(git).catch(() => undefined);
  if (found?.isFile()) {
    // A work tree of its own says where its repository is.
    const folder = /^gitdir: (?<folder>.+?)\s*$/u.exec(await readFile(git, 'utf8'))?.groups?.['folder'];
    if (folder !== undefined) return join(resolve(root, folder), 'queue-for-buffer');
  }
  return join(found ? git : join(root, '.buffer'), 'queue-for-buffer');
}
