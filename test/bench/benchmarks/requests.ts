import type { ApiName } from '../../../src/core/buffer/model.ts';
import { IdeaStore } from '../../../src/core/ideas/ideaStore.ts';
import { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { apiNames } from '../../harness/environment.ts';
import { newMemory } from '../../harness/memory.ts';
import { deedOf } from '../../harness/requests.ts';
import { clientOf } from '../../sandbox/client.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import type { Benchmark, Figure } from '../benchmark.ts';

/** What each action of a person asks of Buffer, on each of its services. */
export const requests: Benchmark = {
  name: 'requests',
  run: async () => {
    const figures: Figure[] = [];
    for (const api of apiNames) figures.push(...(await onService(api)));
    return figures;
  },
};

async function onService(api: ApiName): Promise<Figure[]> {
  const sandbox = await startSandbox({ rateLimit: Number.POSITIVE_INFINITY, graphqlLimits: Number.POSITIVE_INFINITY });
  const store = new QueueStore(() => 25, newMemory());
  const ideas = new IdeaStore();
  const client = clientOf(sandbox, api);
  store.connect(client);
  ideas.connect(client);
  const figures: Figure[] = [];
  try {
    for (const [name, act] of actions(sandbox, store, ideas)) {
      sandbox.resetRequests();
      await act();
      const asked = sandbox.requests();
      const note = asked.map((each) => deedOf(each)).join(', ');
      figures.push({ name: `requests, ${api}: ${name}`, unit: 'requests', samples: [asked.length], note });
    }
    return figures;
  } finally {
    await sandbox.close();
  }
}

/** In an order in which each finds what it needs; what a service cannot do is left out. */
function* actions(
  { state }: Sandbox,
  store: QueueStore,
  ideas: IdeaStore,
): Generator<readonly [name: string, act: () => Promise<unknown>]> {
  yield ['first look at the sidebar', () => store.loadProfiles()];
  const postable = store.profiles.items.filter(({ isDisconnected, isLocked }) => !isDisconnected && !isLocked);
  const profile = postable.find(({ service }) => service === 'mastodon') ?? postable[0]!;
  const others = postable.filter(({ id, service }) => id !== profile.id && ['bluesky', 'linkedin'].includes(service)).slice(0, 2);
  yield ['open a queue', () => look(store, profile.id, 'pending')];
  yield ['open it again', () => look(store, profile.id, 'pending')];
  yield ['open what was sent', () => look(store, profile.id, 'sent')];
  yield ['refresh', () => store.refresh()];
  yield ['refresh one list', () => store.refreshList(profile.id, 'pending')];
  let id = '';
  const create = async (profileIds: readonly string[], text: string) => {
    const { created } = await store.create({ profileIds: [...profileIds], text, when: 'queue' });
    if (created.length < profileIds.length) throw new Error(`Only ${created.length} of ${profileIds.length} updates were made.`);
    id = created[0]!.id;
  };
  yield ['add to one queue', () => create([profile.id], 'One queue gets this')];
  yield ['add to three queues', () => create([profile.id, ...others.map((each) => each.id)], 'Three queues get this')];
  yield ['open as a document', () => store.inFull(id)];
  yield ['edit the text at once', () => store.edit(id, { text: 'Another text' })];
  if (store.capabilities.moveToTop) yield ['share next', () => store.moveToTop(id)];
  if (store.capabilities.reorder) yield ['move down', () => store.move(id, 1)];
  if (store.capabilities.shuffle) yield ['shuffle', () => store.shuffle(profile.id)];
  yield ['reschedule', () => store.edit(id, { when: { at: new Date((state.now() + 86_400) * 1000) } })];
  let deleted: Awaited<ReturnType<QueueStore['restorable']>>;
  yield [
    'delete, with what Undo needs',
    async () => {
      deleted = await store.restorable(id);
      await store.destroy(id);
    },
  ];
  yield ['undo the delete', async () => (id = (await store.restore(deleted!)).id)];
  yield ['share now', () => store.share(id)];
  if (!store.capabilities.ideas) return;
  yield ['list ideas', () => ideas.load()];
  yield ['save an idea', () => ideas.create({ text: 'An idea' })];
}

/** As the sidebar does: only what is not known, or not fresh, is read. */
async function look(store: QueueStore, profileId: string, section: 'pending' | 'sent'): Promise<void> {
  if (store.needsLoading(profileId, section)) await store.loadList(profileId, section, 'shown');
}
