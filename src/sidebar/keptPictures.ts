import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { fetchPicture } from '../core/fetch/picture.ts';
import { isOwnService } from '../ui/ownService.ts';

export interface KeptPicturesOptions {
  /** Where they are kept. */
  readonly folder: vscode.Uri;
  /** The most of one, in bytes; a larger one is none. */
  readonly largest: number;
  /** How many are kept; those that were read longest ago go first. */
  readonly most: number;
  /** What they are asked for as. */
  readonly userAgent: string;
}

/** Pictures of the web as files, which VS Code shows without asking anybody. Each is read once. */
export class KeptPictures {
  readonly #options: KeptPicturesOptions;
  /** The names on disk, by name without type. */
  #kept: Promise<Map<string, string>> | undefined;

  constructor(options: KeptPicturesOptions) {
    this.#options = options;
  }

  /** @throws FetchError where there is none, and what the disk says */
  async fileOf(address: string): Promise<vscode.Uri> {
    const kept = await (this.#kept ??= this.#names());
    const name = createHash('sha256').update(address).digest('hex').slice(0, 32);
    const known = kept.get(name);
    // Another window removes what was read longest ago as well.
    const found = known !== undefined && (await this.#isThere(known)) ? known : await this.#fetch(address, name);
    kept.set(name, found);
    return this.#at(found);
  }

  async #isThere(file: string): Promise<boolean> {
    return (await this.#writtenAt(file)) !== undefined;
  }

  /** When a file was written; undefined where it is gone. */
  async #writtenAt(file: string): Promise<number | undefined> {
    try {
      return (await vscode.workspace.fs.stat(this.#at(file))).mtime;
    } catch {
      return undefined;
    }
  }

  async #fetch(address: string, name: string): Promise<string> {
    const { largest, userAgent } = this.#options;
    const { type, bytes } = await fetchPicture(address, { most: largest, userAgent, isOwn: (url) => isOwnService(url) });
    const file = `${name}.${type.slice('image/'.length)}`;
    await vscode.workspace.fs.writeFile(this.#at(file), bytes);
    await this.#tidy(file);
    return file;
  }

  async #names(): Promise<Map<string, string>> {
    const files = await Promise.resolve(vscode.workspace.fs.readDirectory(this.#options.folder)).catch(() => []);
    return new Map(files.map(([each]) => [each.split('.', 1)[0]!, each]));
  }

  /** Makes room for the newest one. What cannot be removed now, is with the next one: nobody who reads a picture hears of it. */
  async #tidy(newest: string): Promise<void> {
    const names = [...(await this.#names())];
    const tooMany = names.length - this.#options.most;
    if (tooMany <= 0) return;
    const others = names.filter(([, file]) => file !== newest);
    const files = await Promise.all(others.map(async ([name, file]) => ({ name, file, since: (await this.#writtenAt(file)) ?? 0 })));
    for (const { name, file } of files.sort((a, b) => a.since - b.since).slice(0, tooMany)) {
      (await this.#kept)?.delete(name);
      await Promise.resolve(vscode.workspace.fs.delete(this.#at(file))).catch(() => undefined);
    }
  }

  #at(name: string): vscode.Uri {
    return vscode.Uri.joinPath(this.#options.folder, name);
  }
}
