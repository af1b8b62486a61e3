import type { WebPictures } from '../webPictures.ts';

/** What a page knows of pictures, and is told of them, while it draws updates. */
export interface CardContext {
  readonly pictures: WebPictures;
  /** Pictures of profiles that did not load. */
  readonly broken: ReadonlySet<string>;
  readonly onBrokenAvatar: (url: string) => void;
  /** A picture of the web turned out to be none. */
  readonly onNoPicture: (address: string) => void;
}
