import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { apiNames } from '../../../src/core/buffer/model.ts';
import { EditConflict } from '../../../src/core/queue/editConflict.ts';
import { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { newMemory } from '../../harness/memory.ts';
import { clientOf } from '../../sandbox/client.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const sandbox = await ownSandbox();

describe.each(apiNames)('two windows that save the same update of %s within a moment', (service) => {
  async function open() {
    const folder = join(await temporaryFolder(), 'writes');
    // What was read counts as fresh for as long as the test takes.
    const window = () => {
      const store = new QueueStore(() => 20, newMemory(), { folder, freshness: 60_000 });
      store.connect(clientOf(sandbox, service));
      return store;
    };
    const [one, other] = [window(), window()];
    const [made] = (await clientOf(sandbox, service).create({ profileIds: [ids.bluesky], text: 'Before', when: 'queue' }, () => 'bluesky'))
      .updates;
    const seen = await one.readUpdate(made!.id);
    await other.readUpdate(made!.id);
    sandbox.resetRequests();
    return { one, other, id: made!.id, seen };
  }

  test('do not overwrite each other: the second is shown the conflict, for one further request', async () => {
    const { one, other, id, seen } = await open();
    await one.edit(id, { text: 'One' }, seen);
    expect(sandbox.requests()).toHaveLength(1);
    await expect(other.edit(id, { text: 'Other' }, seen)).rejects.toThrow(EditConflict);
    expect(sandbox.requests()).toHaveLength(2);
    expect(sandbox.state.updates.get(id)!.text).toBe('One');
  });

  test('at the very same time: one of them is shown the conflict', async () => {
    const { one, other, id, seen } = await open();
    sandbox.faults.add({ kind: 'latency', ms: 50 });
    const saved = await Promise.allSettled([one.edit(id, { text: 'One' }, seen), other.edit(id, { text: 'Other' }, seen)]);
    expect(saved.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [winner] = saved.flatMap((each) => (each.status === 'fulfilled' ? [each.value.update.text] : []));
    expect(sandbox.state.updates.get(id)!.text).toBe(winner);
    expect(sandbox.requests()).toHaveLength(2);
  });

  test('cost nothing more where nobody else writes', async () => {
    const { one, id } = await open();
    await one.edit(id, { text: 'One' });
    await one.edit(id, { text: 'Two' });
    expect(sandbox.requests()).toHaveLength(2);
  });
});
