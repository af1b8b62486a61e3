import { createHash } from 'node:crypto';
import { networks } from './networks.ts';
import type { Profile, Update } from './state.ts';

/** What becomes of a sent update. */
export interface Growth {
  /** What its counts come to in the end. */
  readonly final: Readonly<Record<string, number>>;
  /** Half of that is reached after so many seconds, half of the rest after as many again. */
  readonly halfLife: number;
}

/** As Buffer took them in last. */
export interface Measured {
  readonly statistics: Readonly<Record<string, number>>;
  /** Unix seconds. */
  readonly at: number;
}

const day = 86_400;
/** Of a post's life on a network, in hours. The figures are the sandbox's own. */
const halfLives: Readonly<Record<string, number>> = { twitter: 3, threads: 5, tiktok: 30, youtube: 96, pinterest: 240 };
const usualHalfLife = 14;

/** Each network counts other things, each done by fewer people than the one before; the same in every sandbox. */
export function growthOf({ service, followers }: Pick<Profile, 'service' | 'followers'>, updateId: string): Growth {
  const chance = chances(`${service} ${updateId}`);
  let most = followers * (0.2 + 0.6 * chance());
  const final = Object.fromEntries(
    networks[service]!.statistics.map((key) => {
      const count = Math.floor(most);
      most *= 0.04 + 0.1 * chance();
      return [key, count];
    }),
  );
  return { final, halfLife: (halfLives[service] ?? usualHalfLife) * 3600 };
}

/**
 * What an update counts at a time: Buffer takes its profile's figures in once a day, so they are up to a day old, and there
 * are none before the first time. Undefined also where it was not sent.
 * @param now  unix seconds
 */
export function measuredAt({ growth, statistics, sentAt, profileId }: Update, now: number): Measured | undefined {
  if (sentAt === undefined) return undefined;
  if (!growth) return statistics && { statistics, at: Math.max(sentAt, now - (now % 3600)) };
  const at = now - (now % day) + ((Number.parseInt(profileId.slice(-4), 16) * 1741) % day);
  const last = at > now ? at - day : at;
  if (last <= sentAt) return undefined;
  const part = 1 - 2 ** -((last - sentAt) / growth.halfLife);
  return { statistics: Object.fromEntries(Object.entries(growth.final).map(([key, count]) => [key, Math.floor(count * part)])), at: last };
}

/** Numbers from 0 up to 1 that follow from a text. */
function chances(text: string): () => number {
  const bytes = createHash('sha256').update(text).digest();
  let at = 0;
  return () => {
    const value = bytes.readUInt16BE((at * 2) % (bytes.length - 1)) / 2 ** 16;
    at += 1;
    return value;
  };
}
