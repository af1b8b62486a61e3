import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * As much of VS Code's API as drawing a row needs, for tests without VS Code: `vscode.ts` gives it to all of them. A file that
 * needs more mocks the module, by this and its own.
 */
export const vscodeStub = {
  TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
  TreeItem: class {
    label: string;
    collapsibleState: number | undefined;
    constructor(label: string, collapsibleState?: number) {
      this.label = label;
      this.collapsibleState = collapsibleState;
    }
  },
  ThemeIcon: class {
    id: string;
    constructor(id: string) {
      this.id = id;
    }
  },
  ThemeColor: class {
    id: string;
    constructor(id: string) {
      this.id = id;
    }
  },
  EventEmitter: class {
    #listeners = new Set<(event: unknown) => void>();
    event = (listener: (event: unknown) => void) => {
      this.#listeners.add(listener);
      return { dispose: () => this.#listeners.delete(listener) };
    };
    fire(event?: unknown) {
      for (const each of this.#listeners) each(event);
    }
    dispose() {
      this.#listeners.clear();
    }
  },
  l10n: {
    /** The words of another language, by the English ones. */
    bundle: undefined as Readonly<Record<string, string>> | undefined,
    t(words: string, ...values: unknown[]) {
      return (this.bundle?.[words] ?? words).replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)]));
    },
  },
  env: { language: 'en', openExternal: (_uri: unknown): Promise<boolean> => Promise.resolve(true) },
  Uri: {
    parse: (address: string) => ({ address }),
    joinPath: (base: { path: string }, ...parts: string[]) => ({
      path: [base.path, ...parts].join('/'),
      toString: () => `file://${[base.path, ...parts].join('/')}`,
    }),
    from: (parts: object) => ({ authority: '', query: '', fragment: '', ...parts }),
  },
  window: {
    showInformationMessage: (..._shown: unknown[]): Promise<unknown> => Promise.resolve(undefined),
    showWarningMessage: (..._shown: unknown[]): Promise<unknown> => Promise.resolve(undefined),
    showErrorMessage: (..._shown: unknown[]): Promise<unknown> => Promise.resolve(undefined),
    showInputBox: () => Promise.resolve(undefined),
    withProgress: (_options: unknown, task: () => unknown) => task(),
    setStatusBarMessage: () => undefined,
  },
  MarkdownString: class {
    value = '';
    appendMarkdown(markdown: string) {
      this.value += markdown;
    }
    appendText(text: string) {
      this.value += text;
    }
  },
  workspace: {
    onDidCloseTextDocument: () => ({ dispose: () => undefined }),
    onDidChangeConfiguration: () => ({ dispose: () => undefined }),
    /** Folders and files of this machine, by their `path`. */
    fs: {
      readDirectory: async ({ path }: { path: string }) => (await readdir(path)).map((name) => [name, 1]),
      writeFile: async ({ path }: { path: string }, bytes: Uint8Array) => {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, bytes);
      },
      stat: async ({ path }: { path: string }) => ({ mtime: (await stat(path)).mtimeMs }),
      delete: ({ path }: { path: string }) => rm(path, { recursive: true }),
    },
    textDocuments: [],
    getConfiguration: () => ({ get: (_name: string, usual: unknown) => usual, inspect: () => undefined, update: () => Promise.resolve() }),
  },
  commands: { executeCommand: (..._named: unknown[]): Promise<unknown> => Promise.resolve(undefined) },
  FileType: { File: 1 },
  FilePermission: { Readonly: 1 },
  FileSystemError: class extends Error {
    static FileNotFound(uri: unknown) {
      return new vscodeStub.FileSystemError(`No such file: ${String(uri)}`);
    }
    static Unavailable(words: string) {
      return new vscodeStub.FileSystemError(words);
    }
    static NoPermissions(words?: string) {
      return new vscodeStub.FileSystemError(words);
    }
  },
  ProgressLocation: { SourceControl: 1, Window: 10, Notification: 15 },
  ConfigurationTarget: { Global: 1 },
  CancellationError: class extends Error {},
};
