import type { PageCard } from '../../core/fetch/pageCard.ts';
import { FetchError } from '../../core/fetch/publicFetch.ts';
import { fetchPicture } from '../../core/fetch/picture.ts';
import { isLoopback } from '../../core/buffer/transport/serviceUrl.ts';
import { fetchWords } from '../../ui/fetchWords.ts';

/** What could not be read, in a sentence. */
export interface Unread {
  readonly trouble: string;
}

export interface WebReaderOptions {
  readonly userAgent: string;
  /** Where the service is: what a Buffer on this machine has is read there. */
  readonly service: string;
}

/** The most of a picture, in bytes: larger ones are refused by Buffer (https://support.buffer.com/article/617). */
const mostOfPicture = 10_000_000;

/** Reads pictures and pages for the composer's page, which by its policy reaches nothing itself. */
export class WebReader {
  readonly #options;

  constructor({ userAgent, service }: WebReaderOptions) {
    const own = URL.canParse(service) ? new URL(service) : undefined;
    const isOwn = (url: URL) => own !== undefined && isLoopback(own) && url.origin === own.origin;
    this.#options = { userAgent, isOwn };
  }

  /** A picture as a `data:` address. */
  async picture(address: string, signal?: AbortSignal): Promise<{ readonly data: string } | Unread> {
    return orTrouble('picture', async () => {
      const { type, bytes } = await fetchPicture(address, { ...this.#options, most: mostOfPicture, signal });
      return { data: `data:${type};base64,${bytes.toString('base64')}` };
    });
  }

  /** What a page says of itself. */
  async card(address: string, signal?: AbortSignal): Promise<{ readonly card: PageCard } | Unread> {
    return orTrouble('page', async () => {
      // Its parser is large, and few links are given a card.
      const { fetchCard } = await import('../../core/fetch/pageCard.ts');
      return { card: await fetchCard(address, { ...this.#options, signal }) };
    });
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
