import * as vscode from 'vscode';
import { lazily } from '../core/async/lazily.ts';
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
const mostKept = 1_000;
/** Pictures that are fetched side by side: VS Code asks for the icons of all profiles at once, however many they are. */
const lanes = 4;

/**
 * Pictures of profiles as row icons. A picture is fetched once and kept as a file, so that it is there at once and
 * offline; until it is there, and where there is none, the network's icon stands for it.
 */
export class Avatars implements vscode.Disposable {
  /** Where pictures are kept. */
  readonly folder: vscode.Uri;
  readonly #thumbnailFolder: vscode.Uri;
  readonly #media: vscode.Uri;
  readonly #userAgent: string;
  readonly #loaded = new vscode.EventEmitter<string>();
  readonly #files = new Map<string, vscode.Uri | 'pending' | 'none'>();

  readonly #lanes: Promise<void>[] = Array.from({ length: lanes }, () => Promise.resolve());
  #loads = 0;
  #pictures = this.#newPictures();
  #thumbnails = this.#newThumbnails();

  /** Tells the profile whose picture came. */
  readonly onDidLoad = this.#loaded.event;

  /**
   * @param folder  where those of all kinds are kept
   * @param media   where the networks' icons are
   * @param userAgent  what pictures are asked for as
   */
  constructor(folder: vscode.Uri, media: vscode.Uri, userAgent: string) {
    this.folder = vscode.Uri.joinPath(folder, 'avatars');
    this.#thumbnailFolder = vscode.Uri.joinPath(folder, 'thumbnails');
    this.#media = media;
    this.#userAgent = userAgent;
  }

  dispose(): void {
    this.#loaded.dispose();
  }

  /** The best icon there is now; a better one is on its way, if there is one. */
  iconOf(profile: Profile): vscode.IconPath {
    return this.fileOf(profile) ?? this.networkIcon(profile.service);
  }

  /** The file of a profile's picture; as long as there is none, it is on its way, if there is one. */
  fileOf({ id, avatarUrl }: Profile): vscode.Uri | undefined {
    const file = avatarUrl ? this.#files.get(avatarUrl) : undefined;
    if (avatarUrl && !file) this.#loadInTurn(avatarUrl, id);
    return typeof file === 'object' ? file : undefined;
  }

  /** The file of an update's picture, where it is there soon enough. */
  async thumbnailOf(address: string): Promise<vscode.Uri | undefined> {
    return (await this.#thumbnails()).fileOf(address);
  }

  /** Forgets every picture, also those on disk. */
  async clear(): Promise<void> {
    this.#files.clear();
    this.#pictures = this.#newPictures();
    this.#thumbnails = this.#newThumbnails();
    await Promise.all(
      [this.folder, this.#thumbnailFolder].map((each) =>
        vscode.workspace.fs.delete(each, { recursive: true }).then(undefined, () => undefined),
      ),
    );
  }

  /** The icon of a network; that of any account for one that has none. */
  networkIcon(service: string): vscode.IconPath {
    if (!drawn.has(service)) return new vscode.ThemeIcon('account');
    // One network by the names that the two services have for it.
    const name = service === 'googlebusiness' ? 'google' : service;
    const icon = (theme: string) => vscode.Uri.joinPath(this.#media, 'networks', theme, `${name}.svg`);
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
    const file = await this.#pictures()
      .then((pictures) => pictures.fileOf(url))
      .catch(() => undefined);
    if (this.#files.get(url) !== 'pending') return;
    this.#files.set(url, file ?? 'none');
    if (file) this.#loaded.fire(profileId);
  }

  #newThumbnails() {
    return lazily(async () => new (await import('./thumbnails.ts')).Thumbnails(this.#thumbnailFolder, this.#userAgent));
  }

  #newPictures() {
    return lazily(async () => {
      const { KeptPictures } = await import('./keptPictures.ts');
      return new KeptPictures({ folder: this.folder, largest, most: mostKept, userAgent: this.#userAgent });
    });
  }
}
