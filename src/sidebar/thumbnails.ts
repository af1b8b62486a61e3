import { setTimeout } from 'node:timers/promises';
import type * as vscode from 'vscode';
import { KeptPictures } from './keptPictures.ts';

/** Larger ones are too much for a tooltip; bytes. */
const largest = 5_000_000;
const mostKept = 100;

/** Pictures of updates for their rows' tooltips, read when somebody rests on a row. */
export class Thumbnails {
  readonly #pictures: KeptPictures;
  readonly #patience: number;
  /** What is being read, by address, and what could not be read: that is not asked for again in this session. */
  readonly #files = new Map<string, Promise<vscode.Uri | undefined>>();

  /**
   * @param folder     where they are kept
   * @param userAgent  what they are asked for as
   * @param patience   how long a tooltip waits for its picture, in milliseconds
   */
  constructor(folder: vscode.Uri, userAgent: string, patience = 800) {
    this.#pictures = new KeptPictures({ folder, largest, most: mostKept, userAgent });
    this.#patience = patience;
  }

  /** The file of a picture, where it is there soon enough; else it may be the next time. */
  async fileOf(address: string): Promise<vscode.Uri | undefined> {
    let file = this.#files.get(address);
    if (!file) this.#files.set(address, (file = this.#read(address)));
    const late = new AbortController();
    return Promise.race([file, setTimeout(this.#patience, undefined, { signal: late.signal })]).finally(() => late.abort());
  }

  /** One that was read is looked for anew the next time: it may be gone by then. */
  async #read(address: string): Promise<vscode.Uri | undefined> {
    const file = await this.#pictures.fileOf(address).catch(() => undefined);
    if (file) this.#files.delete(address);
    return file;
  }
}
