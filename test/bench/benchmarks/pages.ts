import type { QueueStore } from '../../../src/core/queue/queueStore.ts';
import type { Benchmark, Figure } from '../benchmark.ts';
import { storeOf } from '../fakeApi.ts';
import { bothTimes, sideBySide } from '../sideBySide.ts';

const page = 25;

/** Growth: the same page, with much held and with little. A service that answers at once leaves what the store adds. */
export const pages: Benchmark = {
  name: 'pages',
  run: async ({ runs = 15 }) => [await firstPage(runs), await nextPage(runs)],
};

/** Another queue's first page, read again and again. */
async function firstPage(runs: number): Promise<Figure> {
  const side = async (held: number) => {
    const { store } = await holding('long', held, [{ profileId: 'looked-at', length: 1_000 }]);
    return { act: () => store.refreshList('looked-at', 'pending') };
  };
  const taken = await sideBySide(await side(100_000), await side(10), { runs, rounds: 20, warmUps: 40 });
  return { name: 'first page, 100,000 held over 10', unit: 'times', samples: taken.ratios, goal: 1.1, note: bothTimes(taken) };
}

/** The page after what is held of the same queue. */
async function nextPage(runs: number): Promise<Figure> {
  const side = async (held: number) => {
    const { store } = await holding('long', held);
    return { act: () => store.loadMore('long', 'pending') };
  };
  const taken = await sideBySide(await side(100_000), await side(1_000), { runs, rounds: 8, warmUps: 8 });
  return { name: 'next page, 100,000 held over 1,000', unit: 'times', samples: taken.ratios, goal: 2, note: bothTimes(taken) };
}

/** A store that holds so many updates of one queue, and is listened to as the sidebar does. */
async function holding(
  profileId: string,
  held: number,
  others: Parameters<typeof storeOf>[0] = [],
): Promise<{ readonly store: QueueStore }> {
  let size = held;
  const store = storeOf([{ profileId, length: 1_000_000 }, ...others], () => size);
  store.onDidChange((changes) => {
    // The badge, and the row of each update that changed.
    let drawn = store.failed.length;
    for (const change of changes) {
      const update = change.kind === 'update' ? store.update(change.updateId) : undefined;
      if (update) drawn += store.sectionOf(update).length;
    }
    return drawn;
  });
  await store.loadProfiles();
  await store.loadList(profileId, 'pending');
  if (held > 100) await store.loadMore(profileId, 'pending');
  size = page;
  return { store };
}
