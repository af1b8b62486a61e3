import * as vscode from 'vscode';
import type { Note } from '../core/buffer/model.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { longTime, personLocale } from '../core/time/formatTime.ts';
import { plainText } from '../ui/plainText.ts';

/** So much of a note stands above its update; the whole is in its tooltip. */
const most = 120;

/** What was written on updates by those who share a queue. Each opening of a document that is only read costs one request. */
export class UpdateNotes {
  readonly #store: Pick<QueueStore, 'notes'>;
  readonly #tell: () => void;
  readonly #known = new Map<string, readonly Note[]>();

  /** @param tell  there are notes now that were not there */
  constructor(store: Pick<QueueStore, 'notes'>, tell: () => void) {
    this.#store = store;
    this.#tell = tell;
  }

  /** Those that are known. @param isRead  whether they are worth a request */
  of(updateId: string, isRead: boolean): readonly Note[] {
    const known = this.#known.get(updateId);
    if (known || !isRead) return known ?? [];
    this.#known.set(updateId, []);
    void this.#read(updateId);
    return [];
  }

  /** Its document was closed: the next one has them as they are then. */
  forget(updateId: string): void {
    this.#known.delete(updateId);
  }

  async #read(updateId: string): Promise<void> {
    const notes = await this.#store.notes(updateId);
    if (notes.length === 0 || !this.#known.has(updateId)) return;
    this.#known.set(updateId, notes);
    this.#tell();
  }
}

/** A note above its update; whatever is in it is text. */
export function noteLens({ text, author, createdAt }: Note, timeZone: string): vscode.Command {
  const line = text.replace(/\s+/gu, ' ');
  const letters = [...new Intl.Segmenter().segment(line)];
  const short =
    letters.length > most
      ? `${letters
          .slice(0, most)
          .map(({ segment }) => segment)
          .join('')}…`
      : line;
  const title = author ? vscode.l10n.t('Note by {0}: {1}', author.name, short) : vscode.l10n.t('Note: {0}', short);
  const when = createdAt && longTime(createdAt, { locale: personLocale(vscode.env.language), timeZone });
  return { title: `$(comment) ${plainText(title)}`, tooltip: [text, when].filter(Boolean).join('\n\n'), command: '' };
}
