import type { NewShareTime, NewUpdateOptions, Profile } from '../buffer/model.ts';
import type { SentContent } from '../delivery/sameUpdate.ts';

/** One post at one profile, as its file wants it: what becomes one update. */
export interface Wanted {
  /** Its file, from the root of the repository. */
  readonly path: string;
  /** Which of the file's posts it is, from 1. */
  readonly part: number;
  readonly profile: Profile;
  /** The profile as files and the record name it: `network/handle`. */
  readonly handle: string;
  readonly content: SentContent;
  readonly when: NewShareTime;
  readonly options?: NewUpdateOptions;
  /** What the bytes are of files that go along, by address: a new address of the same bytes changes nothing. */
  readonly files?: Readonly<Record<string, string>>;
}

/**
 * How the record names a profile: by its network and its name there, never by its id, and always in the same way,
 * whatever other profiles there are.
 */
export function handleOf({ service, serviceType, username, name }: Profile): string {
  // A server stands behind the name where a network has many.
  const handle = (service === 'mastodon' && name.includes('@', 1) ? name : username || name).replace(/^@/u, '');
  const kind = serviceType === 'profile' || serviceType === '' ? '' : ` (${serviceType})`;
  return `${service === 'twitter' ? 'x' : service}/${handle}${kind}`;
}
