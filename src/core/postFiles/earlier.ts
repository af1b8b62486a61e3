import type { Profile } from '../buffer/model.ts';
import { checkFile } from './check.ts';
import type { PostFilesConfig } from './config.ts';
import { wantedOf } from './readPosts.ts';
import type { Wanted } from './wanted.ts';

export interface EarlierOptions {
  readonly config: PostFilesConfig;
  readonly profiles: readonly Profile[];
  readonly addressOf: (path: string) => string;
  /** What the bytes of a file are now. */
  readonly hashOf: (path: string) => Promise<string>;
}

/**
 * What a post said at its profile when its file was as these texts.
 * @param texts  the latest first
 */
export async function earlierOf(
  texts: readonly string[],
  { path, part, handle }: Wanted,
  { config, profiles, addressOf, hashOf }: EarlierOptions,
): Promise<Wanted[]> {
  const how = {
    addressOf,
    // A picture of then may be there no more.
    hashOf: (file: string) => hashOf(file).catch(() => file),
  };
  const found: Wanted[] = [];
  for (const text of texts) {
    const file = await checkFile(path, text, { config: { ...config, late: 'refuse' }, now: new Date(), profiles });
    found.push(...(await wantedOf([file], how)).filter((each) => each.part === part && each.handle === handle));
  }
  return found;
}
