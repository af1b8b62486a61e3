import * as vscode from 'vscode';
import { lazily } from '../core/async/lazily.ts';
import type { PreviewProvider } from '../ui/previewSource.ts';
import type { PostFilesParts } from './postFiles.ts';

/** How long a folder counts as one without posts, in milliseconds. */
const forgetAfter = 10_000;

/** Posts in files, loaded with the first one that is opened or seen. */
export class LazyPostFiles implements vscode.Disposable {
  readonly #subscriptions: vscode.Disposable[];
  readonly #folders = new Map<string, Promise<boolean>>();

  /** What the preview shows of them. */
  readonly previews: () => Promise<readonly PreviewProvider[]>;

  constructor(parts: PostFilesParts) {
    const decorated = new vscode.EventEmitter<vscode.Uri[]>();
    const load = lazily(async () => {
      const { PostFiles } = await import('./postFiles.ts');
      const postFiles = new PostFiles(parts);
      this.#subscriptions.push(
        postFiles,
        postFiles.decorations.onDidChange((uris) => decorated.fire(uris)),
      );
      return postFiles;
    });
    this.previews = async () => [new (await import('./postPreviews.ts')).PostPreviews(async () => (await load()).checks)];
    const look = async (document: vscode.TextDocument) => {
      if (document.languageId === 'buffer-post' || (await this.#mayHold(document.uri))) await load();
    };
    this.#subscriptions = [
      decorated,
      vscode.workspace.onDidOpenTextDocument((document) => void look(document)),
      vscode.window.registerFileDecorationProvider({
        onDidChangeFileDecorations: decorated.event,
        provideFileDecoration: async (uri) => ((await this.#mayHold(uri)) ? (await load()).decorations.of(uri) : undefined),
      }),
    ];
    for (const document of vscode.workspace.textDocuments) void look(document);
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }

  /** Whether a file can be one of posts: by its name, or because its repository says something of posts. */
  async #mayHold(uri: vscode.Uri): Promise<boolean> {
    const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
    if (!folder) return false;
    if (uri.path.endsWith('.buffer.md')) return true;
    const key = folder.toString();
    let found = this.#folders.get(key);
    if (!found) {
      found = hasPosts(folder);
      this.#folders.set(key, found);
      // It may be told later.
      void found.then((is) => is || setTimeout(() => this.#folders.delete(key), forgetAfter));
    }
    return found;
  }
}

/** Whether a folder, or one above it up to where its repository begins, says something of posts. */
async function hasPosts(folder: vscode.Uri): Promise<boolean> {
  const has = (name: string) =>
    vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, name)).then(
      () => true,
      () => false,
    );
  if (await has('.buffer')) return true;
  const above = vscode.Uri.joinPath(folder, '..');
  return above.path !== folder.path && !(await has('.git')) && hasPosts(above);
}
