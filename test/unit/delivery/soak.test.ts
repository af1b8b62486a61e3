import { expect, test } from 'vitest';
import { soak } from '../../soak/soak.ts';

/** A short one, and shorter still before a commit; `npm run soak` is the long one. */
const actions = process.env['QUICK'] ? 60 : 200;

test.each(['v1', 'graphql'] as const)(
  'on %s nothing is lost, doubled or claimed falsely, whatever goes wrong',
  async (api) => {
    const { seed, lost, doubled, falseClaims } = await soak({ api, actions });
    expect({ seed, lost, doubled, falseClaims }).toEqual({ seed, lost: [], doubled: [], falseClaims: [] });
  },
  180_000,
);
