import { expect, test } from 'vitest';
import { soak } from '../../soak/soak.ts';

// A short one; `npm run soak` is the long one.
test.each(['v1', 'graphql'] as const)(
  'on %s nothing is lost, doubled or claimed falsely, whatever goes wrong',
  async (api) => {
    const { seed, lost, doubled, falseClaims } = await soak({ api, actions: 250 });
    expect({ seed, lost, doubled, falseClaims }).toEqual({ seed, lost: [], doubled: [], falseClaims: [] });
  },
  60_000,
);
