import { expect, onTestFinished, test, vi } from 'vitest';
import { Connections } from '../../../src/account/connections.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const sandbox = await ownSandbox();

test('what waits at a service is told although its rate limiter is loaded with the first request', async () => {
  const quiet = () => undefined;
  const connections = new Connections({
    address: () => sandbox.url,
    userAgent: 'QueueForBuffer/test',
    folder: await temporaryFolder(),
    log: { debug: quiet, info: quiet, warn: quiet },
    onBudget: quiet,
    onMissing: quiet,
  });
  onTestFinished(() => connections.dispose());
  const { api, rateLimiter } = connections.connect({
    api: 'v1',
    account: { id: 'a', label: 'A' },
    token: () => Promise.resolve(sandbox.token),
  } as never);
  const told = vi.fn(quiet);
  rateLimiter.onDidChange(told);
  expect(rateLimiter.waiting).toBeUndefined();
  sandbox.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '30' } });
  const refused = api.account().catch(quiet);
  await vi.waitFor(() => expect(rateLimiter.waiting?.until.getTime()).toBeGreaterThan(Date.now() + 20_000));
  expect(told).toHaveBeenCalled();
  rateLimiter.clear();
  await refused;
});
