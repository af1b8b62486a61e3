import { FetchError, publicFetch, type PublicFetchOptions } from './publicFetch.ts';

/** What pictures are fetched with; the rest is the same for all. */
export type PictureOptions = Omit<PublicFetchOptions, 'types' | 'onMore'>;

export interface Picture {
  /** What it is by its first bytes, whatever its server says. */
  readonly type: string;
  readonly bytes: Buffer;
}

const starts: readonly (readonly [type: string, at: number, bytes: string])[] = [
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF8'],
  ['image/webp', 8, 'WEBP'],
];

/** The type of a picture by its first bytes; undefined for anything that is none of those that a page shows. */
export function pictureTypeOf(bytes: Buffer): string | undefined {
  return starts.find(([, at, start]) => bytes.toString('latin1', at, at + start.length) === start)?.[0];
}

/**
 * A picture of the public internet.
 * @throws FetchError, with `type` for what is no picture whatever it is called
 */
export async function fetchPicture(address: string, options: PictureOptions): Promise<Picture> {
  const { url, type: named, body } = await publicFetch(address, options);
  const type = pictureTypeOf(body);
  if (type !== undefined) return { type, bytes: body };
  throw new FetchError({ kind: 'type', type: named.startsWith('image/') ? '' : named }, url.host);
}
