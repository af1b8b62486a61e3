import { describe, expect, test } from 'vitest';
import { apiNames } from '../../../src/core/buffer/model.ts';
import { clientOf } from '../../sandbox/client.ts';
import { failureOf } from '../support/failureOf.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

const start = new Date('2026-10-26T14:00:00Z').getTime();
let now = start;
const sandbox = await ownSandbox({ now: () => new Date(now), rateLimit: Infinity, graphqlLimits: Infinity });

const later = (milliseconds: number) => void (now += milliseconds);
const texts = () => [...sandbox.state.updates.values()].map(({ text }) => text);

describe.each(apiNames)('the sandbox of %s', (service) => {
  const connect = () => clientOf(sandbox, service, { timeout: 500 });
  const create = (text: string) => connect().create({ profileIds: [ids.bluesky, ids.mastodon], text, when: 'queue' }, () => 'bluesky');
  const recent = async () => {
    const { updates: found } = await connect().recent([ids.bluesky, ids.mastodon], new Date(start - 60_000));
    return found.map(({ text }) => text);
  };

  test.each([504, 502, 'drop', 'hang'] as const)('carries a create out after it was answered (%s)', async (answer) => {
    sandbox.faults.add({ kind: 'late', by: 90_000, answer });
    const failure = await failureOf(create('Late'));
    expect(failure.outcome).toBe('unknown');
    later(89_000);
    expect(await recent()).not.toContain('Late');
    later(1_000);
    expect((await recent()).filter((text) => text === 'Late')).toHaveLength(2);
    expect(texts().filter((text) => text === 'Late')).toHaveLength(2);
  });

  test('can be told to carry it out at once, and asks for it once', async () => {
    sandbox.faults.add({ kind: 'late', by: 5 });
    await failureOf(create('Late'));
    await sandbox.commitLate();
    expect(texts().filter((text) => text === 'Late')).toHaveLength(2);
    expect(sandbox.requests()).toHaveLength(1);
  });

  test('has lists that lag behind, beside what else goes wrong, while each update is there', async () => {
    sandbox.faults.add({ kind: 'lag', by: 5_000, times: 0 });
    sandbox.faults.add({ kind: 'status', status: 503, match: service === 'v1' ? { method: 'GET' } : { operation: 'Recent' } });
    const [made] = (await create('New')).updates;
    later(4_999);
    expect(await recent()).not.toContain('New');
    expect((await connect().update(made!.id)).text).toBe('New');
    later(1);
    expect(await recent()).toContain('New');
  });
});
