import { SizedCache } from '../core/collections/sizedCache.ts';
import type { PageCard } from '../core/fetch/pageCard.ts';
import { fetchPicture, type Picture } from '../core/fetch/picture.ts';
import { FetchError } from '../core/fetch/publicFetch.ts';
import { fetchWords } from './fetchWords.ts';

/** What could not be read, in a sentence. */
export interface Unread {
  readonly trouble: string;
}

export interface WebReaderOptions {
  readonly userAgent: string;
  /** Addresses that are read wherever they are: those of a Buffer on this machine. */
  readonly isOwn: (url: URL) => boolean;
}

/** The most of a picture, in bytes: larger ones are refused by Buffer (https://support.buffer.com/article/617). */
const mostOfPicture = 10_000_000;
/** Pictures that are read side by side. */
const lanes = 4;

/** Reads pictures and pages for the composers' pages, which by their policy reach nothing themselves. */
export class WebReader {
  readonly #options: WebReaderOptions;
  /** A picture that is taken out and put back, or shown in the next composer, is not read again. */
  readonly #kept = new SizedCache<Picture>({ most: 4 * mostOfPicture, age: 10 * 60_000 });
  readonly #reading = new Map<string, Promise<Picture>>();
  readonly #lanes: Promise<unknown>[] = Array.from({ length: lanes }, () => Promise.resolve());
  #reads = 0;

  constructor(options: WebReaderOptions) {
    this.#options = options;
  }

  /** A picture, by its address. */
  async picture(address: string): Promise<{ readonly picture: Picture } | Unread> {
    return orTrouble('picture', async () => {
      const kept = this.#kept.get(address);
      if (kept) return { picture: kept };
      let reading = this.#reading.get(address);
      if (!reading) {
        reading = this.#read(address).finally(() => this.#reading.delete(address));
        this.#reading.set(address, reading);
      }
      return { picture: await reading };
    });
  }

  /** What a page says of itself. */
  async card(address: string, signal?: AbortSignal): Promise<{ readonly card: PageCard } | Unread> {
    return orTrouble('page', async () => {
      // Few links are given a card.
      const { fetchCard } = await import('../core/fetch/pageCard.ts');
      return { card: await fetchCard(address, { ...this.#options, signal }) };
    });
  }

  /** In its turn: a draft can have many pictures. */
  async #read(address: string): Promise<Picture> {
    const lane = this.#reads++ % lanes;
    const picture = this.#lanes[lane]!.then(() => fetchPicture(address, { ...this.#options, most: mostOfPicture }));
    this.#lanes[lane] = picture.catch(() => undefined);
    const { bytes } = await picture;
    this.#kept.set(address, await picture, bytes.length);
    return picture;
  }
}

async function orTrouble<Answer>(what: 'picture' | 'page', read: () => Promise<Answer>): Promise<Answer | Unread> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof FetchError) return { trouble: fetchWords(error, what) };
    throw error;
  }
}
