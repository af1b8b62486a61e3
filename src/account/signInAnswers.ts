import type * as vscode from 'vscode';

/** The path of the address that Buffer sends the browser back to. */
export const answerPath = '/signed-in';
/** The answer that reached the wrong window, for as long as it takes to reach the right one. */
const strayKey = 'buffer.signInAnswer';
const strayFor = 5_000;
const longestAnswer = 4_096;

/**
 * Where the browser's answers to sign-ins arrive: the extension's `vscode.UriHandler`. Each attempt knows its own by
 * its state. VS Code brings an answer to the window that was used last; if another one waits for it, it is handed on
 * through the secret storage.
 */
export class SignInAnswers implements vscode.UriHandler, vscode.Disposable {
  readonly #secrets: vscode.SecretStorage;
  readonly #log: vscode.LogOutputChannel;
  readonly #subscription: vscode.Disposable;
  /** What takes the answer of an attempt under way, by its state. */
  readonly #expected = new Map<string, (callback: URL) => void>();
  /** States of this window that had their answer, or need none any more. */
  readonly #over = new Set<string>();

  constructor({ secrets, log }: { secrets: vscode.SecretStorage; log: vscode.LogOutputChannel }) {
    this.#secrets = secrets;
    this.#log = log;
    this.#subscription = secrets.onDidChange(async ({ key }) => {
      if (key !== strayKey || this.#expected.size === 0) return;
      const query = await secrets.get(strayKey);
      if (query) this.#take(query);
    });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** What is logged tells nothing of the address: it holds the code. */
  async handleUri(uri: vscode.Uri): Promise<void> {
    const state = uri.path === answerPath ? new URLSearchParams(uri.query).get('state') : null;
    if (!state || uri.query.length > longestAnswer) return this.#log.warn('Ignored an address that is not the answer to a sign-in.');
    if (this.#take(uri.query)) return;
    if (this.#over.has(state)) return this.#log.warn('Ignored an answer to a sign-in that is over.');
    this.#log.warn('Ignored an answer to a sign-in that this window did not start.');
    await this.#secrets.store(strayKey, uri.query);
    setTimeout(() => void this.#secrets.delete(strayKey), strayFor);
  }

  /** The answer to one attempt. Rejects when the signal says so, with its reason. */
  async expect(state: string, signal: AbortSignal): Promise<URL> {
    signal.throwIfAborted();
    try {
      return await new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
        this.#expected.set(state, resolve);
      });
    } finally {
      this.#expected.delete(state);
      this.#over.add(state);
    }
  }

  #take(query: string): boolean {
    const take = this.#expected.get(new URLSearchParams(query).get('state') ?? '');
    take?.(new URL(`?${query}`, 'https://answer.invalid/'));
    return take !== undefined;
  }
}
