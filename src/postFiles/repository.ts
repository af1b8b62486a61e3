import { realpath } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { configPath, parseConfig, type PostFilesConfig, usualConfig } from '../core/postFiles/config.ts';
import type { Problem } from '../core/postFiles/problem.ts';
import type { RepositoryFiles } from '../core/postFiles/repositoryFiles.ts';

/** The folder that paths of posts begin at: the one that is open, else the file's own. */
export function rootOf(uri: vscode.Uri): vscode.Uri {
  return vscode.workspace.getWorkspaceFolder(uri)?.uri ?? vscode.Uri.joinPath(uri, '..');
}

/** The path of a file in its repository. */
export function pathIn(root: vscode.Uri, uri: vscode.Uri): string {
  return uri.path.startsWith(`${root.path}/`) ? uri.path.slice(root.path.length + 1) : uri.path.replace(/^.*\//u, '');
}

/** A folder's files, as VS Code reads them, wherever they are. */
export function filesIn(root: vscode.Uri): Pick<RepositoryFiles, 'read' | 'stat' | 'realpath'> {
  const uriOf = (path: string) => vscode.Uri.joinPath(root, path);
  return {
    read: async (path) => vscode.workspace.fs.readFile(uriOf(path)),
    stat: async (path) => {
      try {
        const { type, size } = await vscode.workspace.fs.stat(uriOf(path));
        return { isFile: (type & vscode.FileType.File) !== 0, size };
      } catch {
        return undefined;
      }
    },
    realpath: async (path) => {
      // Other file systems follow their links by themselves.
      if (root.scheme !== 'file') return path;
      try {
        const [top, found] = await Promise.all([realpath(root.fsPath), realpath(uriOf(path).fsPath)]);
        const within = relative(top, found);
        return within.startsWith('..') || within === '' ? undefined : within.split(sep).join('/');
      } catch {
        return undefined;
      }
    },
  };
}

export interface KnownConfig {
  readonly config: PostFilesConfig;
  readonly problems: readonly Problem[];
}

/** The configurations of open folders, each read once and again when it changes. */
export class Configs implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #watcher = vscode.workspace.createFileSystemWatcher(`**/${configPath}`);
  readonly #known = new Map<string, Promise<KnownConfig>>();

  /** Fires when one of them is another now. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    const forget = () => {
      this.#known.clear();
      this.#changed.fire();
    };
    this.#watcher.onDidChange(forget);
    this.#watcher.onDidCreate(forget);
    this.#watcher.onDidDelete(forget);
  }

  dispose(): void {
    this.#watcher.dispose();
    this.#changed.dispose();
  }

  /** @param root  the folder */
  of(root: vscode.Uri): Promise<KnownConfig> {
    const key = root.toString();
    let known = this.#known.get(key);
    if (!known) {
      known = readConfig(root);
      this.#known.set(key, known);
    }
    return known;
  }
}

/** The configuration of a folder, as it is on disk. */
export async function readConfig(root: vscode.Uri): Promise<KnownConfig> {
  const uri = vscode.Uri.joinPath(root, configPath);
  const bytes = await vscode.workspace.fs.readFile(uri).then(undefined, () => undefined);
  return bytes ? parseConfig(new TextDecoder().decode(bytes)) : { config: usualConfig, problems: [] };
}
