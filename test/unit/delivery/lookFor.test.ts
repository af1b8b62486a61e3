import { describe, expect, test } from 'vitest';
import { type Attempt, lookFor } from '../../../src/core/delivery/lookFor.ts';
import { deliveryWindow } from '../support/deliveryWindow.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const sandbox = await ownSandbox();
const clockAhead = 2 * 60_000;

/** A look for what was sent when this computer's clock was ahead by two minutes; it was set right since. */
async function look(attempt: Partial<Attempt>, age?: () => number, settleAfter = 0) {
  const { store, outbox } = await deliveryWindow(sandbox, 'graphql', await temporaryFolder());
  await store.create({ profileIds: [ids.bluesky], text: 'Was it sent?', when: 'queue' });
  const since = new Date(Date.now() + clockAhead);
  const sent: Attempt = {
    text: 'Was it sent?',
    profileIds: [ids.bluesky],
    knownIds: [],
    since,
    sentAt: since,
    isGuessed: true,
    ...attempt,
  };
  return lookFor({ store, outbox, settleAfter }, 'mine', sent, age);
}

describe('what was sent before the service’s time was known', () => {
  test('is found although the clock was set since, where nobody knows any more how long ago that was', async () => {
    const { arrived, undecided, times } = await look({});
    expect(arrived.map(({ text }) => text)).toEqual(['Was it sent?']);
    expect(undecided).toEqual([]);
    // No later look knows better.
    expect(times.isGuessed).toBe(true);
  });

  test('is found by how long ago it was, where that is known, and its time is sure from then on', async () => {
    const { arrived, times } = await look({}, () => 1_000);
    expect(arrived).toHaveLength(1);
    expect(times.isGuessed).toBeUndefined();
  });

  test('what was there long before is not taken for it, where the time is known', async () => {
    const { arrived, missing } = await look({ isGuessed: undefined });
    expect(arrived).toEqual([]);
    expect(missing).toEqual([ids.bluesky]);
  });
});

test.each([
  [undefined, 'missing'],
  [true, 'open'],
] as const)('what a service that works off what it has may bring later is waited for longer (slow: %s)', async (isSlow, found) => {
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000);
  const sent = { text: 'Never arrived', isGuessed: undefined, isSlow, since: ago(110), sentAt: ago(110), lookedAt: ago(100) };
  const looked = await look(sent, undefined, 60_000);
  expect({ missing: looked.missing, open: looked.open }).toEqual({ missing: [], open: [], [found]: [ids.bluesky] });
});
