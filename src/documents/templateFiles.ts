import * as vscode from 'vscode';
import { BufferError } from '../core/buffer/bufferError.ts';
import type { Template } from '../core/buffer/model.ts';
import { TemplateConflict, type TemplateStore } from '../core/templates/templateStore.ts';
import { isDocumentFolder } from '../ui/documentUri.ts';
import { plainText } from '../ui/plainText.ts';
import { templateIdOf } from '../ui/templateUri.ts';

/**
 * Templates as documents: opening reads the template, saving sends its text. What somebody else changed since it was
 * opened is VS Code's own save conflict.
 */
export class TemplateFiles implements Pick<vscode.FileSystemProvider, 'stat' | 'readFile' | 'writeFile'> {
  readonly #store: TemplateStore;
  /** As each document was filled, and when that was, as VS Code knows versions. */
  readonly #seen = new Map<string, { readonly template: Template; readonly mtime: number }>();

  constructor(store: TemplateStore) {
    this.#store = store;
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    // VS Code makes the folder of what it is to save and could not look at; then the save itself tells why that was so.
    if (isDocumentFolder(uri)) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const { template, mtime } = await this.#known(uri);
    return {
      type: vscode.FileType.File,
      ctime: template.createdAt.getTime(),
      mtime,
      size: Buffer.byteLength(template.text),
      permissions: template.visibility === 'public' ? vscode.FilePermission.Readonly : undefined,
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return new TextEncoder().encode((await this.#known(uri)).template.text);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const { template } = await this.#known(uri);
    const text = new TextDecoder().decode(content).replaceAll('\r\n', '\n');
    if (text === template.text) return;
    if (!text.trim()) throw vscode.FileSystemError.Unavailable(vscode.l10n.t('A template needs a text. Delete it with Delete Template.'));
    try {
      this.#keep(await this.#store.update(template, { text }));
    } catch (error) {
      if (!(error instanceof TemplateConflict)) throw asFileError(error, uri);
      // From now on theirs is what is overwritten: saving once more does that, and reverting shows it.
      this.#keep(error.theirs);
      throw vscode.FileSystemError.Unavailable(
        vscode.l10n.t('This template was changed elsewhere since you opened it. Save again to overwrite it, or revert to see it.'),
      );
    }
  }

  async #known(uri: vscode.Uri): Promise<{ readonly template: Template; readonly mtime: number }> {
    const id = templateIdOf(uri);
    if (!id) throw vscode.FileSystemError.FileNotFound(uri);
    const seen = this.#seen.get(id);
    if (seen) return seen;
    const known = this.#store.known?.find((each) => each.id === id);
    const template = known ?? (await this.#store.read(id).catch((error: unknown) => Promise.reject(asFileError(error, uri))));
    if (!template) throw vscode.FileSystemError.FileNotFound(uri);
    return this.#keep(template);
  }

  #keep(template: Template): { readonly template: Template; readonly mtime: number } {
    const before = this.#seen.get(template.id)?.mtime ?? 0;
    const kept = { template, mtime: Math.max((template.updatedAt ?? template.createdAt).getTime(), before + 1) };
    this.#seen.set(template.id, kept);
    return kept;
  }
}

function asFileError(error: unknown, uri: vscode.Uri): Error {
  if (!(error instanceof BufferError)) return error instanceof Error ? error : new Error(String(error));
  if (error.kind === 'notFound') return vscode.FileSystemError.FileNotFound(uri);
  const unclear = error.outcome === 'unknown' ? ` ${vscode.l10n.t('It is not known whether the edit was saved. Refresh to see.')}` : '';
  return vscode.FileSystemError.Unavailable(plainText(error.message) + unclear);
}
