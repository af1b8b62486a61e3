// What a post may carry beside its text, in the words of no particular API.

export interface Asset {
  readonly kind: 'image' | 'video' | 'document';
  /** Where the file is; it is never fetched. */
  readonly url: string;
  readonly thumbnail?: string;
  /** Alternative text. */
  readonly alt?: string;
  readonly title?: string;
  readonly width?: number;
  readonly height?: number;
  readonly userTags?: readonly { handle: string; x: number; y: number }[];
  /** What stands for a moving picture while it does not move. */
  readonly animatedThumbnail?: string;
  /** Of a video: which moment stands for it, in milliseconds. */
  readonly thumbnailOffset?: number;
}

/** A link, and the card it is shown with. */
export interface LinkCard {
  readonly url: string;
  readonly title?: string;
  readonly description?: string;
  readonly thumbnail?: string;
}

/** One post of a thread. */
export interface ThreadPart {
  readonly text: string;
  readonly assets: readonly Asset[];
  readonly link?: LinkCard;
}

/** What only one network asks for (a board, a first comment, a thread), as it was given. */
export type Details = Readonly<Record<string, unknown>>;

/** A board of Pinterest. */
export interface Board {
  readonly id: string;
  readonly serviceId: string;
  readonly name: string;
  readonly description?: string;
  readonly url: string;
}
