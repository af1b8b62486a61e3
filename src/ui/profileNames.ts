import type { Profile } from '../core/buffer/model.ts';
import { networkOf } from '../core/networks/networks.ts';
import { plainText } from './plainText.ts';

type Named = Pick<Profile, 'name' | 'service'>;

/** Letters and signs that turn the direction of what stands around them. */
const turning = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/u;

/** A name within a sentence, whose direction it leaves as it is: between U+2068 and U+2069 where it could turn it. */
export function isolated(name: string): string {
  return turning.test(name) ? `\u2068${name}\u2069` : name;
}

/**
 * The names of profiles within a sentence; those of the same name with their networks.
 * @param among  the profiles that a name must be told apart from; the named ones where left out
 */
export function profileNames(profiles: readonly Named[], among: readonly Named[] = profiles): string {
  const words = profiles.map((profile) => {
    const isShared = among.some((other) => other !== profile && other.name === profile.name);
    return isShared ? `${isolated(profile.name)} (${networkOf(profile.service).label})` : isolated(profile.name);
  });
  return plainText(words.join(', '));
}
