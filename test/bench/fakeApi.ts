import type { BufferApi } from '../../src/core/buffer/bufferApi.ts';
import type { Overview, Update } from '../../src/core/buffer/model.ts';
import { QueueStore } from '../../src/core/queue/queueStore.ts';
import { newMemory } from '../harness/memory.ts';
import { profileWith } from '../unit/support/profile.ts';
import { graphqlTraits } from '../../src/core/buffer/graphql/traits.ts';

const start = Date.UTC(2027, 0, 1);

/** A queue that exists nowhere, so that a figure is about what is held and not about how it came. */
export interface FakeQueue {
  readonly profileId: string;
  readonly length: number;
}

/** An update of such a queue; the same one is another object each time, as from the wire. */
export function fakeUpdate(
  profileId: string,
  index: number,
  text = `Update ${index} of a queue, with some words and a link: https://example.com/${index}`,
): Update {
  return {
    id: `${profileId}-${index}`,
    profileId,
    service: 'mastodon',
    status: 'pending',
    text,
    createdAt: new Date(start),
    dueAt: new Date(start + index * 60_000),
    isFixedTime: true,
    statistics: {},
  };
}

/** A store that speaks to a service which answers at once, with pages of these queues. */
export function storeOf(queues: readonly FakeQueue[], pageSize: () => number, change: Partial<BufferApi> = {}): QueueStore {
  const store = new QueueStore(pageSize, newMemory());
  const api: Partial<BufferApi> = {
    ...graphqlTraits(undefined),
    overview: () => fakeOverview(queues.map(({ profileId }) => profileId)),
    pending: (profileId, { size, after }) => {
      const { length } = queues.find((each) => each.profileId === profileId)!;
      const first = Number(after ?? 0);
      const end = Math.min(length, first + size);
      const updates = Array.from({ length: end - first }, (_, index) => fakeUpdate(profileId, first + index));
      return Promise.resolve({ updates, next: end < length ? String(end) : undefined });
    },
    ...change,
  };
  store.connect(api as BufferApi);
  return store;
}

/** Profiles with these ids, and nothing of their queues. */
export function fakeOverview(ids: readonly string[]): Promise<Overview> {
  return Promise.resolve({ profiles: ids.map((id) => profileWith({ id, service: 'mastodon' })) });
}
