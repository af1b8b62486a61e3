import * as vscode from 'vscode';
import { BufferError } from '../core/buffer/bufferError.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { sentence } from '../ui/errorWords.ts';

/** What a document shows in place of an update that could not be read. */
export interface StandIn {
  readonly uri: vscode.Uri;
  readonly error: BufferError;
  readonly words: string;
  /** As VS Code knows versions. */
  readonly mtime: number;
}

/** How long one that could not be read is not asked for again by itself, in milliseconds. */
const patience = 30_000;

/**
 * Documents of updates that could not be read: VS Code says of one whose file fails only that something unexpected
 * happened, and it does not look again. So they show the reason, and are filled as soon as they can be.
 */
export class StandIns {
  readonly #store: QueueStore;
  readonly #all = new Map<string, StandIn & { readonly owner: string | undefined; at: number }>();

  constructor(store: QueueStore) {
    this.#store = store;
  }

  /**
   * Also where there is no such update any more: VS Code would offer to create the file.
   * @param timeOf  gives these words their time among the versions of the document
   * @returns undefined where it is no failure of Buffer's
   */
  put(uri: vscode.Uri, error: unknown, timeOf: (words: string) => number): StandIn | undefined {
    if (!(error instanceof BufferError)) return undefined;
    const words =
      error.kind === 'notFound'
        ? vscode.l10n.t('This update is not at Buffer any more, or belongs to another account. This tab can be closed.')
        : vscode.l10n.t('{0} This update opens here as soon as it can be read.', sentence(error));
    const standIn = { uri, error, words, mtime: timeOf(words), owner: this.#store.owner, at: performance.now() };
    this.#all.set(uri.toString(), standIn);
    return standIn;
  }

  get(uri: vscode.Uri): StandIn | undefined {
    return this.#all.get(uri.toString());
  }

  /** Whether there was one. */
  delete(uri: vscode.Uri): boolean {
    return this.#all.delete(uri.toString());
  }

  /** Those that were put while somebody else, or nobody, was signed in. */
  ofOthers(): vscode.Uri[] {
    const { owner } = this.#store;
    return [...this.#all.values()].filter((each) => each.owner !== owner).map(({ uri }) => uri);
  }

  /** Those that may be readable by now, as Buffer answered something else; each once in a while. */
  due(): vscode.Uri[] {
    const now = performance.now();
    const due = [...this.#all.values()].filter(({ error, at }) => !lasting.has(error.kind) && now - at > patience);
    for (const each of due) each.at = now;
    return due.map(({ uri }) => uri);
  }
}

/** What another look does not change. */
const lasting = new Set(['unauthorized', 'forbidden', 'rejected', 'notFound']);
