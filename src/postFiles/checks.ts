import * as vscode from 'vscode';
import { checkFile, type CheckedFile } from '../core/postFiles/check.ts';
import type { TextRange } from '../core/postFiles/place.ts';
import type { Problem } from '../core/postFiles/problem.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { planScheme, postLanguage } from './postLanguage.ts';
import { problemWords } from './problemWords.ts';
import { unservedIn } from './published.ts';
import { type Configs, filesIn, type KnownConfig, pathIn, rootOf } from './repository.ts';

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** How long nobody typed before a file is checked, in milliseconds. */
const pause = 120;

/** How long what was found holds, in milliseconds: a time passes, words mean another one, and a picture comes. */
const holds = 30_000;

/** What is known of open files of posts: read anew while one types, from what is held; no service is asked. */
export class Checks implements vscode.Disposable {
  readonly #store: QueueStore;
  readonly #configs: Configs;
  readonly #diagnostics = vscode.languages.createDiagnosticCollection('buffer-post');
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #known = new Map<string, { readonly version: number; readonly at: number; readonly checked: Promise<CheckedFile> }>();
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  /** What is heard of repositories. */
  readonly #followed = new Set<string>();
  readonly #subscriptions: { dispose(): void }[];

  /** Fires when something else is known of a file. */
  readonly onDidChange = this.#changed.event;

  constructor(store: QueueStore, configs: Configs) {
    this.#store = store;
    this.#configs = configs;
    const { workspace } = vscode;
    this.#subscriptions = [
      this.#diagnostics,
      this.#changed,
      workspace.onDidOpenTextDocument((document) => this.#tellSoon(document, 0)),
      workspace.onDidChangeTextDocument(({ document }) => this.#tellSoon(document)),
      workspace.onDidCloseTextDocument((document) => this.#forget(document)),
      // A picture that was put there is no change of the file.
      workspace.onDidSaveTextDocument((document) => this.#tellAnew(document)),
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.#tellAnew(editor.document)),
      vscode.window.onDidChangeWindowState(({ focused }) => focused && this.#tellAll()),
      ...[workspace.onDidCreateFiles, workspace.onDidDeleteFiles, workspace.onDidRenameFiles].map((on) => on(() => this.#tellAll())),
      configs.onDidChange(() => this.#tellAll()),
      store.onDidChange((changes) => {
        if (changes.some(({ kind }) => kind === 'profiles')) this.#tellAll();
      }),
    ];
    for (const document of workspace.textDocuments) this.#tellSoon(document, 0);
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    for (const each of this.#subscriptions) each.dispose();
  }

  /** A file as it is now. */
  of(document: vscode.TextDocument): Promise<CheckedFile> {
    const key = document.uri.toString();
    const known = this.#known.get(key);
    if (known?.version === document.version && Math.abs(Date.now() - known.at) < holds) return known.checked;
    const checked = this.#check(document);
    this.#known.set(key, { version: document.version, at: Date.now(), checked });
    return checked;
  }

  /** The configuration that a file is read by. */
  async configOf({ uri }: vscode.TextDocument): Promise<KnownConfig> {
    return this.#configs.of(await rootOf(uri));
  }

  async #check(document: vscode.TextDocument): Promise<CheckedFile> {
    const root = await rootOf(document.uri);
    const { config } = await this.#configs.of(root);
    await this.#store.loadCache().catch(() => undefined);
    const { status, items } = this.#store.profiles;
    return checkFile(pathIn(root, document.uri), document.getText(), {
      config,
      now: new Date(),
      files: filesIn(root),
      seenTags: (await this.#store.seenTags()).map(({ name }) => name),
      unserved: unservedIn(root, config.pictures, (...event) => this.#follow(...event)),
      ...((status === 'loaded' || items.length > 0) && { profiles: items }),
    });
  }

  /** A commit, or a push, is no change of a file. */
  #follow(name: string, onDidChange: vscode.Event<unknown>): void {
    if (this.#followed.has(name)) return;
    this.#followed.add(name);
    this.#subscriptions.push(onDidChange(() => this.#tellAll()));
  }

  #tellAll(): void {
    this.#known.clear();
    for (const document of vscode.workspace.textDocuments) this.#tellSoon(document, 0);
  }

  #tellAnew(document: vscode.TextDocument): void {
    this.#known.delete(document.uri.toString());
    this.#tellSoon(document, 0);
  }

  #tellSoon(document: vscode.TextDocument, wait = pause): void {
    if (document.languageId !== postLanguage || document.uri.scheme === planScheme) return;
    const key = document.uri.toString();
    clearTimeout(this.#waiting.get(key));
    this.#waiting.set(
      key,
      setTimeout(() => void this.#tell(document), wait),
    );
  }

  async #tell(document: vscode.TextDocument): Promise<void> {
    this.#waiting.delete(document.uri.toString());
    const { version } = document;
    const { problems } = await this.of(document);
    // What was typed meanwhile is told by the next one.
    if (document.isClosed || document.version !== version) return;
    this.#diagnostics.set(document.uri, problems.map(diagnosticOf));
    this.#changed.fire();
  }

  #forget({ uri }: vscode.TextDocument): void {
    const key = uri.toString();
    clearTimeout(this.#waiting.get(key));
    this.#waiting.delete(key);
    this.#known.delete(key);
    this.#diagnostics.delete(uri);
  }
}

/** A place of a file as VS Code has it. */
export function rangeOf({ start, end }: TextRange): vscode.Range {
  return new vscode.Range(start.line, start.column, end.line, end.column);
}

function diagnosticOf(problem: Problem): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeOf(problem.range), problemWords(problem), severities[problem.severity]);
  diagnostic.source = 'Buffer';
  diagnostic.code = problem.code;
  return diagnostic;
}
