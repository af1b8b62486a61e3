import type { Profile } from '../core/buffer/model.ts';
import { networkOf } from '../core/networks/networks.ts';
import { plainText } from './plainText.ts';

type Named = Pick<Profile, 'name' | 'service'> & Partial<Pick<Profile, 'username'>>;

/** Letters and signs that turn the direction of what stands around them. */
const turning = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A name within a sentence, whose direction it leaves as it is: between U+2068 and U+2069 where it could turn it. */
export function isolated(name: string): string {
  // An isolation ends with its line.
  const line = name.replaceAll(/[\n\r\u0085\u2028\u2029]+/gu, ' ');
  return turning.test(line) ? `\u2068${closed(line)}\u2069` : line;
}

/** A name that ends what it begins, and nothing else: one sign too many would end the isolation around it. */
function closed(name: string): string {
  let open = 0;
  const kept = name.replaceAll(/[\u2066-\u2069]/gu, (sign) => {
    if (sign !== '\u2069') open++;
    else if (open === 0) return '';
    else open--;
    return sign;
  });
  return kept + '\u2069'.repeat(open);
}

/**
 * The names of profiles within a sentence; those of the same name with their networks, or what else tells them apart.
 * @param among  the profiles that a name must be told apart from: all that there are, where they are at hand
 */
export function profileNames(profiles: readonly Named[], among: readonly Named[]): string {
  return plainText(profiles.map((profile) => nameAmong(profile, among)).join(', '));
}

function nameAmong(profile: Named, among: readonly Named[]): string {
  const { name, service, username } = profile;
  const namesakes = among.filter((other) => other.name === name && !isSame(other, profile));
  if (namesakes.length === 0) return isolated(name);
  const isAlone = namesakes.every((other) => other.service !== service) || !username || username === name;
  const { label } = networkOf(service);
  return `${isolated(name)} (${isAlone ? label : `${label}, ${isolated(username)}`})`;
}

/** Whether two are one profile: a record of one holds its name and its network alone. */
function isSame(one: Named, other: Named): boolean {
  if (one === other) return true;
  return one.service === other.service && (one.username === undefined || other.username === undefined || one.username === other.username);
}
