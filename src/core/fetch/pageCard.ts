import { elementsIn } from './html.ts';
import { publicFetch, type PublicFetchOptions } from './publicFetch.ts';

/** What a page says of itself for whoever links to it. */
export interface PageCard {
  readonly title?: string;
  readonly description?: string;
  /** `https`. */
  readonly picture?: string;
}

export type CardOptions = Omit<PublicFetchOptions, 'types' | 'onMore' | 'most'>;

/** What a page says of itself stands in its head; bytes. */
const mostOfPage = 512 * 1024;
const pageTypes = ['text/html', 'application/xhtml+xml'];

/** Where each part of a card is told, the best first: Open Graph, then X's, then the page's own. */
const places: Readonly<Record<keyof PageCard, readonly string[]>> = {
  title: ['og:title', 'twitter:title', '<title>'],
  description: ['og:description', 'twitter:description', 'description'],
  picture: ['og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image', 'twitter:image:src', '<image_src>'],
};
const longest = { title: 300, description: 1_000 };

/**
 * Reads what a page says of itself, from no more than its beginning.
 * @throws FetchError
 */
export async function fetchCard(address: string, options: CardOptions): Promise<PageCard> {
  const { body, charset, url } = await publicFetch(address, { ...options, types: pageTypes, most: mostOfPage, onMore: 'cut' });
  return cardIn(decoded(body, charset), url);
}

/** What a page says of itself. @param base  its address, for pictures that are told beside it */
export function cardIn(html: string, base: URL): PageCard {
  const told = tellingsIn(html);
  const first = (names: readonly string[]) => names.map((name) => told.get(name)).find(Boolean);
  const title = first(places.title);
  const description = first(places.description);
  const picture = places.picture.map((name) => addressOf(told.get(name), base)).find(Boolean);
  return {
    ...(title && { title: shortened(title, longest.title) }),
    ...(description && { description: shortened(description, longest.description) }),
    ...(picture && { picture }),
  };
}

/** Each thing that a page tells, by its name, as it is told first. */
function tellingsIn(html: string): ReadonlyMap<string, string> {
  const told = new Map<string, string>();
  const tell = (name: string, words: string | undefined) => {
    const plain = words?.replace(/\s+/gu, ' ').trim();
    if (plain && !told.has(name)) told.set(name, plain.toWellFormed());
  };
  for (const { tag, attributes, text } of elementsIn(html)) {
    const given = (name: string) => attributes.get(name);
    if (tag === 'title') tell('<title>', text);
    if (tag === 'meta') tell((given('property') ?? given('name') ?? '').trim().toLowerCase(), given('content'));
    if (tag === 'link' && given('rel')?.trim().toLowerCase() === 'image_src') tell('<image_src>', given('href'));
  }
  return told;
}

function addressOf(address: string | undefined, base: URL): string | undefined {
  if (!address || !URL.canParse(address, base.href)) return undefined;
  const { protocol, href } = new URL(address, base);
  return protocol === 'https:' ? href : undefined;
}

/** By what the answer names, else what the page does, else UTF-8, which most are. */
function decoded(body: Buffer, charset: string | undefined): string {
  const named = charset ?? /<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{1,40})/iu.exec(body.toString('latin1', 0, 1_024))?.[1];
  try {
    return new TextDecoder(named ?? 'utf-8').decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}

function shortened(text: string, most: number): string {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
}
