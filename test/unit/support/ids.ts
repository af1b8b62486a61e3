/** Ids of the sandbox's lifelike profiles, by what they are in the tests. */
const profile = (suffix: string) => `5160746d13f04a5e3a0000${suffix}`;

export const ids = {
  /** 250 pending, default. */
  x: profile('01'),
  /** 12 pending, 2 at times of their own. */
  linkedin: profile('02'),
  /** 25 pending: full. */
  facebook: profile('03'),
  /** 8 pending, 1 at a time of its own. */
  mastodon: profile('04'),
  /** 12 pending, all in the queue. */
  bluesky: profile('05'),
  threads: profile('06'),
  /** 8 pending. */
  instagram: profile('07'),
  /** 3 pending, and boards. */
  pinterest: profile('08'),
  /** Nothing pending. */
  google: profile('09'),
  disconnected: profile('0a'),
  /** Belongs to another person. */
  foreign: profile('0c'),
  /** Of the current API alone. */
  youtube: profile('0d'),
} as const;
