import { realpath } from 'node:fs/promises';
import { posix, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { configPath, parseConfig, type PostFilesConfig, usualConfig } from '../core/postFiles/config.ts';
import type { Problem } from '../core/postFiles/problem.ts';
import type { RepositoryFiles } from '../core/postFiles/repositoryFiles.ts';

const roots = new Map<string, Promise<vscode.Uri | undefined>>();

/** The folder that paths of posts begin at: where the repository begins, else the one that is open, else the file's own. */
export async function rootOf(uri: vscode.Uri): Promise<vscode.Uri> {
  const folder = vscode.Uri.joinPath(uri, '..');
  const open = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  return (await topOf(folder)) ?? open ?? folder;
}

/** The same of a folder. */
export async function rootOfFolder(folder: vscode.Uri): Promise<vscode.Uri> {
  return (await topOf(folder)) ?? vscode.workspace.getWorkspaceFolder(folder)?.uri ?? folder;
}

/** The folder above with a `.git` in it: paths of the record begin there, for whoever runs it. */
function topOf(folder: vscode.Uri): Promise<vscode.Uri | undefined> {
  const key = folder.toString();
  let top = roots.get(key);
  if (!top) {
    top = (async () => {
      const git = await vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, '.git')).then(undefined, () => undefined);
      if (git) return folder;
      const above = vscode.Uri.joinPath(folder, '..');
      return above.path === folder.path ? undefined : topOf(above);
    })();
    roots.set(key, top);
    // A repository may be made meanwhile.
    setTimeout(() => roots.delete(key), 10_000);
  }
  return top;
}

/** The path of a file in its repository. */
export function pathIn(root: vscode.Uri, uri: vscode.Uri): string {
  return uri.path.startsWith(`${root.path}/`) ? uri.path.slice(root.path.length + 1) : uri.path.replace(/^.*\//u, '');
}

/** A folder's files, as VS Code reads them, wherever they are. */
export function filesIn(root: vscode.Uri, config: Pick<PostFilesConfig, 'files'> = usualConfig): RepositoryFiles {
  const uriOf = (path: string) => vscode.Uri.joinPath(root, path);
  return {
    list: async () => {
      const found = await Promise.all(
        config.files.map((each) =>
          vscode.workspace.findFiles(new vscode.RelativePattern(root, each.replaceAll('{network}', '*').replace(/^\.?\//u, ''))),
        ),
      );
      return [...new Set(found.flat().map((each) => pathIn(root, each)))];
    },
    read: async (path) => vscode.workspace.fs.readFile(uriOf(path)),
    stat: async (path) => {
      try {
        const { type, size } = await vscode.workspace.fs.stat(uriOf(path));
        return { isFile: (type & vscode.FileType.File) !== 0, size };
      } catch {
        return undefined;
      }
    },
    isGone: async (path) => {
      try {
        await vscode.workspace.fs.stat(uriOf(path));
        return false;
      } catch (error) {
        return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
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
  /** A folder that goes is all that is told of what was in it. */
  readonly #watcher = vscode.workspace.createFileSystemWatcher(`{**/${configPath},**/${posix.dirname(configPath)}}`);
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
