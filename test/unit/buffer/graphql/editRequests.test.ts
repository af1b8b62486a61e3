import { beforeEach, describe, expect, test } from 'vitest';
import type { ApiName } from '../../../../src/core/buffer/model.ts';
import { QueueStore } from '../../../../src/core/queue/queueStore.ts';
import { newMemory } from '../../../harness/memory.ts';
import { clientOf } from '../../../sandbox/client.ts';
import { editRules, editRulesOf } from '../../support/editRules.ts';
import { ids } from '../../support/ids.ts';
import { ownSandbox } from '../../support/ownSandbox.ts';

// What each action costs of 250 requests a day: a look where what is held is not fresh or not whole, and one write.

const sandbox = await ownSandbox();
const at = new Date(Date.UTC(2045, 4, 6, 7, 8));

let fixed: string;
let queued: string;

beforeEach(() => {
  const queue = sandbox.state.pending(sandbox.state.profiles.find(({ id }) => id === ids.linkedin)!);
  fixed = queue.find(({ isCustomScheduled, assets }) => isCustomScheduled && !assets)!.id;
  queued = queue.findLast(({ isCustomScheduled, assets }) => !isCustomScheduled && !assets)!.id;
});

/** A window that holds nothing, or all that it needs. */
async function storeWith(api: ApiName, isFresh: boolean, ...updateIds: string[]): Promise<QueueStore> {
  // Nothing that was read in this test grows old.
  const store = new QueueStore(() => 20, newMemory(), { freshness: Number.POSITIVE_INFINITY });
  store.connect(clientOf(sandbox, api));
  if (isFresh) for (const id of updateIds) await store.readUpdate(id);
  sandbox.resetRequests();
  return store;
}

/** What was asked of the service, shortly. */
const asked = () =>
  sandbox
    .requests()
    .map(({ operationName, path }) => operationName ?? path.replace(/^.*\/(\w+)(?:\.json)$/u, '$1').replace(/^[0-9a-f]{24}$/u, 'update'));

type Action = (store: QueueStore) => Promise<unknown>;
const edits: Readonly<Record<string, { readonly act: Action; readonly v1: string }>> = {
  'editing the text': { act: (store) => store.edit(queued, { text: 'Other words' }), v1: 'update' },
  rescheduling: { act: (store) => store.edit(queued, { when: { at } }), v1: 'update' },
  'sharing now': { act: (store) => store.share(queued), v1: 'share' },
};

describe.each(editRules)('on %s', (_title, { api, settings }) => {
  beforeEach(() => sandbox.behave(settings));

  const look = api === 'v1' ? 'update' : 'Post';

  test.each(Object.entries(edits))('%s costs one request where the copy is fresh, and two otherwise', async (_, { act, v1 }) => {
    const write = api === 'v1' ? v1 : 'EditPost';
    await act(await storeWith(api, true, queued));
    expect(asked()).toEqual([write]);
    sandbox.reset();
    sandbox.behave(settings);
    await act(await storeWith(api, false));
    expect(asked()).toEqual([look, write]);
  });

  test('a change that changes nothing costs no write', async () => {
    const store = await storeWith(api, true, queued);
    await store.edit(queued, { text: store.update(queued)!.text });
    expect(asked()).toEqual([]);
  });

  test('deleting and moving to the top cost one, whatever is held', async () => {
    const store = await storeWith(api, false);
    await store.moveToTop(queued);
    expect(asked()).toEqual([api === 'v1' ? 'move_to_top' : 'MoveToTop']);
    sandbox.resetRequests();
    await store.destroy(queued);
    expect(asked()).toEqual([api === 'v1' ? 'destroy' : 'DeletePost']);
  });

  test('bringing back costs one more than deleting, where the copy is fresh', async () => {
    const store = await storeWith(api, true, queued);
    const kept = await store.restorable(queued);
    await store.destroy(queued);
    await store.restore(kept!);
    expect(asked()).toEqual(api === 'v1' ? ['destroy', 'create'] : ['DeletePost', 'CreatePost']);
  });
});

describe.each(editRulesOf('graphql'))('on %s', (_title, { settings }) => {
  beforeEach(() => sandbox.behave(settings));

  test.each([true, false])(
    'giving back to the queue costs one request where the copy is fresh, and two otherwise (fresh: %s)',
    async (isFresh) => {
      const store = await storeWith('graphql', isFresh, fixed);
      await store.edit(fixed, { when: 'queue' });
      expect(asked()).toEqual(isFresh ? ['EditPost'] : ['Post', 'EditPost']);
    },
  );
});
