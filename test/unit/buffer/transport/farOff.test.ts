import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { apiNames } from '../../../../src/core/buffer/model.ts';
import { RateLimiter } from '../../../../src/core/buffer/transport/rateLimiter.ts';
import { clientOf } from '../../../sandbox/client.ts';
import { deliveryWindow } from '../../support/deliveryWindow.ts';
import { ids } from '../../support/ids.ts';
import { ownSandbox } from '../../support/ownSandbox.ts';
import { runs } from '../../support/runs.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const sandbox = await ownSandbox();
/** What a timer can hold; with more it goes off at once. Milliseconds. */
const longestTimer = 2 ** 31 - 1;

/** All times that timers are set to from now on. */
function watchTimers(): number[] {
  const delays: number[] = [];
  const real = globalThis.setTimeout;
  const spy = vi.spyOn(globalThis, 'setTimeout').mockImplementation((run: () => void, delay = 0) => {
    delays.push(delay);
    return real(run, delay);
  });
  onTestFinished(() => spy.mockRestore());
  return delays;
}

const farOff = fc.oneof(
  fc.integer({ min: 2_000_000, max: Number.MAX_SAFE_INTEGER }).map(String),
  fc.constantFrom('Fri, 31 Dec 9999 23:59:59 GMT', '1e30', '99999999999999999999999999', 'Infinity', '2147484', '2592000'),
);

describe.each(apiNames)('a time far off, told by %s', (service) => {
  test('neither makes a timer go off at once nor asks again and again, whatever the header says', async () => {
    const delays = watchTimers();
    await fc.assert(
      fc.asyncProperty(farOff, async (retryAfter) => {
        sandbox.reset();
        delays.length = 0;
        const rateLimiter = new RateLimiter();
        const api = clientOf(sandbox, service, { rateLimiter, pause: 1 });
        const headers = { 'retry-after': retryAfter, ratelimit: '"a"; r=0; t=999999999', 'ratelimit-policy': '"a"; q=100; w=900' };
        sandbox.faults.add({ kind: 'status', status: 429, headers, times: 0 });
        const write = () => api.create({ profileIds: [ids.bluesky], text: 'New', when: 'queue' }, () => 'bluesky').catch(() => undefined);
        await write();
        await write();
        await api.overview({ size: 20, known: [] }).catch(() => undefined);
        const waiting = rateLimiter.acquire({ priority: 'asked' }).catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, 20));
        expect(Math.max(...delays)).toBeLessThanOrEqual(longestTimer);
        expect(delays.length).toBeLessThan(200);
        expect(sandbox.requests().length).toBeLessThanOrEqual(3);
        rateLimiter.dispose();
        await waiting;
      }),
      { numRuns: runs(20) },
    );
  });

  test('lets what waits in the outbox wait', async () => {
    const window = await deliveryWindow(sandbox, service, await temporaryFolder());
    const delays = watchTimers();
    sandbox.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '2600000' }, times: 0 });
    const { waiting } = await window.send('New', ids.bluesky);
    expect(waiting).toHaveLength(1);
    sandbox.resetRequests();
    await window.sender.run();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(Math.max(...delays)).toBeLessThanOrEqual(longestTimer);
    expect(sandbox.requests().length).toBeLessThanOrEqual(1);
    window.die();
  });
});
