import type { Service } from '../../core/buffer/model.ts';

/** Where a network folds the rest of a text away, behind a word such as "more". */
export type Fold =
  /** Texts of more lines than `above` are cut to `lines`. */
  | { readonly lines: number; readonly above: number }
  /** Texts of more characters (UTF-16 units) are cut there. */
  | { readonly characters: number };

/** How pictures stand together. */
export type PictureLayout =
  /** Two beside each other, a tall one beside two, four in a square. */
  | 'square'
  /** One or two wide above the others. */
  | 'mosaic'
  /** Beside each other, in a row that scrolls. */
  | 'row'
  /** One at a time, to leaf through. */
  | 'carousel';

/** What is particular about how a network draws an update. */
export interface NetworkLook {
  readonly fold?: Fold;
  readonly layout: PictureLayout;
  /** Pictures that are in sight; the last of them says how many more there are. All where absent. */
  readonly inSight?: number;
  /** The picture stands above the text. */
  readonly isPictureFirst?: boolean;
}

/**
 * Where texts are folded:
 * - Bluesky: `MAX_POST_LINES` of its app (https://github.com/bluesky-social/social-app, src/lib/constants.ts)
 * - Mastodon: 32 lines of its web app, then 15 are shown (https://github.com/mastodon/mastodon, components/status_content.jsx)
 * - Instagram: three lines (https://help.instagram.com/1643471055915254)
 * - LinkedIn: three lines since 2024, as measured by John Espirian ("See more" breakpoints on LinkedIn posts)
 * - Facebook: 477 characters in a wide window; widely told, and not by Facebook
 *
 * X and Threads show as much as Buffer takes. Of Pinterest, TikTok, YouTube and Google Business nobody tells a number that
 * can be relied on: they are shown whole.
 */
const looks: Readonly<Record<Service, NetworkLook>> = {
  twitter: { layout: 'square', inSight: 4 },
  bluesky: { layout: 'square', inSight: 4, fold: { lines: 25, above: 25 } },
  mastodon: { layout: 'square', inSight: 4, fold: { lines: 15, above: 32 } },
  threads: { layout: 'row' },
  linkedin: { layout: 'mosaic', inSight: 5, fold: { lines: 3, above: 3 } },
  facebook: { layout: 'mosaic', inSight: 5, fold: { characters: 477 } },
  instagram: { layout: 'carousel', isPictureFirst: true, fold: { lines: 3, above: 3 } },
  pinterest: { layout: 'carousel', isPictureFirst: true },
  tiktok: { layout: 'carousel', isPictureFirst: true },
  youtube: { layout: 'carousel', isPictureFirst: true },
  google: { layout: 'carousel', isPictureFirst: true },
  googlebusiness: { layout: 'carousel', isPictureFirst: true },
};

const plain: NetworkLook = { layout: 'square', inSight: 4 };

/** How a network draws an update; plainly where it is not known. */
export function lookOf(service: Service): NetworkLook {
  return Object.hasOwn(looks, service) ? looks[service]! : plain;
}
