import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { Profile } from '../core/buffer/model.ts';

/** Networks with an icon of their own under `media/networks`. */
const drawn = new Set([
  'twitter',
  'bluesky',
  'mastodon',
  'threads',
  'linkedin',
  'facebook',
  'instagram',
  'pinterest',
  'tiktok',
  'youtube',
  'googlebusiness',
  'google',
]);
const largest = 512 * 1024;
/** Pictures that are fetched side by side: VS Code asks for the icons of all profiles at once, however many they are. */
const lanes = 4;
const pictureTypes: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
};

/**
 * Pictures of profiles as row icons. A picture is fetched once and kept as a file, so that it is there at once and
 * offline; until it is there, and where there is none, the network's icon stands for it.
 */
export class Avatars implements vscode.Disposable {
  readonly #folder: vscode.Uri;
  readonly #media: vscode.Uri;
  readonly #userAgent: string;
  readonly #loaded = new vscode.EventEmitter<string>();
  readonly #files = new Map<string, vscode.Uri | 'pending' | 'none'>();

  readonly #lanes: Promise<void>[] = Array.from({ length: lanes }, () => Promise.resolve());
  #loads = 0;
  /** The pictures on disk, by name without type. */
  #kept: Promise<ReadonlyMap<string, string>> | undefined;

  /** Tells the profile whose picture came. */
  readonly onDidLoad = this.#loaded.event;

  /**
   * @param folder  where pictures are kept
   * @param media   where the networks' icons are
   * @param userAgent  what pictures are asked for as
   */
  constructor(folder: vscode.Uri, media: vscode.Uri, userAgent: string) {
    this.#folder = folder;
    this.#media = media;
    this.#userAgent = userAgent;
  }

  dispose(): void {
    this.#loaded.dispose();
  }

  /** The best icon there is now; a better one is on its way, if there is one. */
  iconOf(profile: Profile): vscode.IconPath {
    const url = profile.avatarUrl;
    const file = url ? this.#files.get(url) : undefined;
    if (url && !file) this.#loadInTurn(url, profile.id);
    return file instanceof vscode.Uri ? file : this.#networkIcon(profile.service);
  }

  /** Forgets every picture, also those on disk. */
  async clear(): Promise<void> {
    this.#files.clear();
    this.#kept = undefined;
    await vscode.workspace.fs.delete(this.#folder, { recursive: true }).then(undefined, () => undefined);
  }

  #networkIcon(service: string): vscode.IconPath {
    if (!drawn.has(service)) return new vscode.ThemeIcon('account');
    const icon = (theme: string) => vscode.Uri.joinPath(this.#media, 'networks', theme, `${service}.svg`);
    return { light: icon('light'), dark: icon('dark') };
  }

  #loadInTurn(url: string, profileId: string): void {
    this.#files.set(url, 'pending');
    const lane = this.#loads++ % lanes;
    this.#lanes[lane] = this.#lanes[lane]!.then(() => this.#load(url, profileId));
  }

  async #load(url: string, profileId: string): Promise<void> {
    // Who signed out meanwhile wants no more of them.
    if (this.#files.get(url) !== 'pending') return;
    const file = await this.#cached(url)
      .catch(() => this.#fetch(url))
      .catch(() => undefined);
    if (this.#files.get(url) !== 'pending') return;
    this.#files.set(url, file ?? 'none');
    if (file) this.#loaded.fire(profileId);
  }

  async #cached(url: string): Promise<vscode.Uri> {
    const name = fileName(url);
    this.#kept ??= Promise.resolve(vscode.workspace.fs.readDirectory(this.#folder)).then(
      (files) => new Map(files.map(([each]) => [each.split('.', 1)[0]!, each])),
      () => new Map<string, string>(),
    );
    const found = (await this.#kept).get(name);
    if (!found) throw new Error('not cached');
    return vscode.Uri.joinPath(this.#folder, found);
  }

  async #fetch(url: string): Promise<vscode.Uri | undefined> {
    const { ofetch } = await import('ofetch');
    const { headers, _data: picture } = await ofetch.raw<ArrayBuffer, 'arrayBuffer'>(url, {
      responseType: 'arrayBuffer',
      timeout: 10_000,
      retry: 0,
      headers: { 'user-agent': this.#userAgent },
    });
    const named = headers.get('content-type')?.split(';')[0]?.trim() ?? '';
    const type = Object.hasOwn(pictureTypes, named) ? pictureTypes[named] : undefined;
    if (!type || !picture || picture.byteLength > largest) return undefined;
    const file = vscode.Uri.joinPath(this.#folder, `${fileName(url)}.${type}`);
    await vscode.workspace.fs.writeFile(file, new Uint8Array(picture));
    return file;
  }
}

function fileName(url: string): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 32);
}
