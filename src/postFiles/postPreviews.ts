import { posix } from 'node:path';
import * as vscode from 'vscode';
import { repositoryPicture } from '../core/preview/previewUpdate.ts';
import {
  postKey,
  postKind,
  type PreviewPicture,
  type PreviewPlace,
  previewProfile,
  type PreviewProvider,
  type PreviewSource,
} from '../ui/previewSource.ts';
import type { Checks } from './checks.ts';
import { planScheme, postLanguage } from './postLanguage.ts';

/** The most of a picture, in bytes: larger ones are refused by Buffer (https://support.buffer.com/article/617). */
const mostOfPicture = 10_000_000;

/** How long a cursor stands before the preview goes to its place, in milliseconds: while one types, each letter moves it. */
const pause = 150;

/** Files of posts as the preview shows them: each post, for each of its profiles. */
export class PostPreviews implements PreviewProvider {
  readonly #checks: () => Promise<Checks>;

  readonly onDidChangeActive = vscode.window.onDidChangeActiveTextEditor;

  /** @param checks  what is known of the files; loaded with the first of them */
  constructor(checks: () => Promise<Checks>) {
    this.#checks = checks;
  }

  active(): PreviewSource | undefined {
    const document = vscode.window.activeTextEditor?.document;
    return document && isPosts(document) ? new PostSource(this.#checks, document.uri) : undefined;
  }

  find(key: string): PreviewSource | undefined {
    if (!key.startsWith(postKind)) return undefined;
    const uri = vscode.Uri.parse(key.slice(postKind.length));
    const open = openDocument(uri);
    return (open ? isPosts(open) : uri.path.endsWith('.buffer.md')) ? new PostSource(this.#checks, uri) : undefined;
  }
}

class PostSource implements PreviewSource {
  readonly key: string;
  readonly #uri: vscode.Uri;
  /** The line that was asked for, from 0. */
  readonly #line: number | undefined;
  readonly #checks: () => Promise<Checks>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #scrolled = new vscode.EventEmitter<PreviewPlace>();
  readonly #subscriptions: { dispose(): void }[];
  /** The paths of pictures that are shown, by what they are asked for by. */
  #pictures: ReadonlyMap<string, string> = new Map();
  /** One picture is read after the other. */
  #reading: Promise<unknown> = Promise.resolve();
  #moving: NodeJS.Timeout | undefined;
  #isGone = false;

  readonly onDidChange = this.#changed.event;
  readonly onDidScroll = this.#scrolled.event;

  /** @param uri  of the file; a fragment such as `L12` is a line of it */
  constructor(checks: () => Promise<Checks>, uri: vscode.Uri) {
    this.#checks = checks;
    this.#uri = uri.with({ fragment: '' });
    const line = /^L(?<line>\d{1,9})$/u.exec(uri.fragment)?.groups?.['line'];
    this.#line = line === undefined ? undefined : Number(line) - 1;
    this.key = postKey(this.#uri);
    this.#subscriptions = [
      this.#changed,
      this.#scrolled,
      vscode.window.onDidChangeTextEditorSelection(({ textEditor: { document }, selections: [selection] }) => {
        if (selection && document.uri.toString() === this.#uri.toString()) this.#followSoon(document, selection.active);
      }),
    ];
    void this.#followChecks();
  }

  title(): string {
    return posix.basename(this.#uri.path);
  }

  async updates() {
    const [checks, document, { postPreview }, { localFilesOf }] = await Promise.all([
      this.#checks(),
      this.#document(),
      import('../core/postFiles/postPreview.ts'),
      import('../core/postFiles/resolve.ts'),
    ]);
    if (!document) return [];
    const { posts } = await checks.of(document);
    const paths = posts.flatMap(({ targets }) => targets.flatMap(localFilesOf)).filter((path) => /\.(?:png|jpe?g|gif|webp)$/iu.test(path));
    const root = await this.#root();
    const addresses = new Map(await Promise.all([...new Set(paths)].map(async (path) => [path, await addressOf(root, path)] as const)));
    this.#pictures = new Map([...addresses].map(([path, address]) => [address, path]));
    return posts.flatMap((each) => postPreview(each, { profileOf: previewProfile, addressOf: (path) => addresses.get(path) ?? path }));
  }

  async place(): Promise<PreviewPlace | undefined> {
    const document = await this.#document();
    if (!document) return undefined;
    const shown = vscode.window.visibleTextEditors.find((each) => each.document === document);
    const position = this.#line === undefined ? shown?.selection.active : new vscode.Position(this.#line, 0);
    return position && this.#placeOf(document, position);
  }

  picture(address: string): Promise<PreviewPicture> | undefined {
    const path = this.#pictures.get(address);
    if (path === undefined) return undefined;
    const reading = this.#reading.then(() => this.#read(path));
    this.#reading = reading.catch(() => undefined);
    return reading;
  }

  dispose(): void {
    this.#isGone = true;
    clearTimeout(this.#moving);
    for (const each of this.#subscriptions) each.dispose();
  }

  async #followChecks(): Promise<void> {
    const checks = await this.#checks();
    if (!this.#isGone) this.#subscriptions.push(checks.onDidChange(() => this.#changed.fire()));
  }

  #followSoon(document: vscode.TextDocument, position: vscode.Position): void {
    clearTimeout(this.#moving);
    this.#moving = setTimeout(() => {
      void this.#placeOf(document, position).then((place) => place && !this.#isGone && this.#scrolled.fire(place));
    }, pause);
  }

  async #placeOf(document: vscode.TextDocument, position: vscode.Position): Promise<PreviewPlace | undefined> {
    const { previewPlace } = await import('../core/postFiles/postPreview.ts');
    const { posts } = await (await this.#checks()).of(document);
    return previewPlace(posts, document.offsetAt(position));
  }

  /** Also where nobody has it open any more; nothing of it is shown where it is no file of posts. */
  async #document(): Promise<vscode.TextDocument | undefined> {
    const open = openDocument(this.#uri) ?? (await vscode.workspace.openTextDocument(this.#uri).then(undefined, () => undefined));
    return open && isPosts(open) ? open : undefined;
  }

  async #root(): Promise<vscode.Uri> {
    return (await import('./repository.ts')).rootOf(this.#uri);
  }

  /** Links out of the repository are not followed. */
  async #read(path: string): Promise<PreviewPicture> {
    const [{ filesIn }, { pictureTypeOf }] = await Promise.all([import('./repository.ts'), import('../core/fetch/picture.ts')]);
    const files = filesIn(await this.#root());
    const within = await files.realpath(path);
    const found = within === undefined ? undefined : await files.stat(within);
    if (within !== undefined && found?.isFile && found.size <= mostOfPicture) {
      const bytes = await files.read(within).catch(() => new Uint8Array());
      const type = pictureTypeOf(Buffer.from(bytes));
      if (type !== undefined) return { picture: { type, bytes } };
    }
    return { trouble: vscode.l10n.t('The file at this address cannot be shown as a picture.') };
  }
}

/** Another one once the file is another: what was read of the one before is not shown for it. */
async function addressOf(root: vscode.Uri, path: string): Promise<string> {
  const found = await vscode.workspace.fs.stat(vscode.Uri.joinPath(root, path)).then(undefined, () => undefined);
  return `${repositoryPicture}${Buffer.from(path).toString('base64url')}?${found ? `${found.mtime}-${found.size}` : ''}`;
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const path = uri.with({ fragment: '' }).toString();
  return vscode.workspace.textDocuments.find((each) => each.uri.toString() === path);
}

function isPosts({ languageId, uri }: vscode.TextDocument): boolean {
  return languageId === postLanguage && uri.scheme !== planScheme;
}
