import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { Profile } from '../core/buffer/model.ts';
import { isOwnService } from '../ui/ownService.ts';

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

/**
 * Pictures of profiles as row icons. A picture is fetched once and kept as a file, so that it is there at once and
 * offline; until it is there, and where there is none, the network's icon stands for it.
 */
export class Avatars implements vscode.Disposable {
  /** Where pictures are kept. */
  readonly folder: vscode.Uri;
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
    this.folder = folder;
    this.#media = media;
    this.#userAgent = userAgent;
  }

  dispose(): void {
    this.#loaded.dispose();
  }

  /** The best icon there is now; a better one is on its way, if there is one. */
  iconOf(profile: Profile): vscode.IconPath {
    return this.fileOf(profile) ?? this.#networkIcon(profile.service);
  }

  /** The file of a profile's picture; as long as there is none, it is on its way, if there is one. */
  fileOf({ id, avatarUrl }: Profile): vscode.Uri | undefined {
    const file = avatarUrl ? this.#files.get(avatarUrl) : undefined;
    if (avatarUrl && !file) this.#loadInTurn(avatarUrl, id);
    return typeof file === 'object' ? file : undefined;
  }

  /** Forgets every picture, also those on disk. */
  async clear(): Promise<void> {
    this.#files.clear();
    this.#kept = undefined;
    await vscode.workspace.fs.delete(this.folder, { recursive: true }).then(undefined, () => undefined);
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
    this.#kept ??= Promise.resolve(vscode.workspace.fs.readDirectory(this.folder)).then(
      (files) => new Map(files.map(([each]) => [each.split('.', 1)[0]!, each])),
      () => new Map<string, string>(),
    );
    const found = (await this.#kept).get(name);
    if (!found) throw new Error('not cached');
    return vscode.Uri.joinPath(this.folder, found);
  }

  async #fetch(url: string): Promise<vscode.Uri> {
    const { fetchPicture } = await import('../core/fetch/picture.ts');
    const { type, bytes } = await fetchPicture(url, { most: largest, userAgent: this.#userAgent, isOwn: (each) => isOwnService(each) });
    const file = vscode.Uri.joinPath(this.folder, `${fileName(url)}.${type.slice('image/'.length)}`);
    await vscode.workspace.fs.writeFile(file, bytes);
    return file;
  }
}

function fileName(url: string): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 32);
}
