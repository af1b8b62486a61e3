import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ApiName } from '../../../src/core/buffer/model.ts';
import { createGraphql } from '../../../src/core/buffer/graphql/graphqlApi.ts';
import { createRestV1 } from '../../../src/core/buffer/restV1/restV1Api.ts';
import { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { apiNames } from '../../harness/environment.ts';
import { newMemory } from '../../harness/memory.ts';
import type { Benchmark, Figure } from '../benchmark.ts';
import { recordPage, type RecordedAnswer } from '../recordedAnswer.ts';

const held = 100_000;
const page = 100;

/** What an update takes once it is held: read by the client, page after page, as from the service. */
export const heap: Benchmark = {
  name: 'heap',
  run: async ({ runs = 3 }) => {
    const figures: Figure[] = [];
    for (const api of apiNames) {
      const recorded = await recordPage(api, page);
      const samples: number[] = [];
      for (let run = 0; run < runs; run++) samples.push(await bytesAnUpdate(api, recorded));
      const note = `${Math.round(recorded.body.length / page)} bytes each on the wire`;
      figures.push({ name: `heap an update, 100,000 held, ${api}`, unit: 'bytes', samples, goal: 2_000, note });
    }
    return figures;
  },
};

async function bytesAnUpdate(api: ApiName, { profileId, organizationId, body }: RecordedAnswer): Promise<number> {
  const options = { baseUrl: 'http://127.0.0.1:1', token: () => Promise.resolve('a-token') };
  const service = api === 'v1' ? createRestV1(options) : createGraphql({ ...options, organizationId });
  const store = new QueueStore(() => page, newMemory());
  const real = globalThis.fetch;
  let pages = 0;
  globalThis.fetch = () => Promise.resolve(new Response(pageOf(api, body, pages++), { headers: { 'content-type': 'application/json' } }));
  try {
    store.connect({ ...service, overview: () => Promise.resolve({ profiles: [] }) });
    await store.loadProfiles();
    const before = used();
    await store.loadList(profileId, 'pending');
    while (store.list(profileId, 'pending').items.length < held) {
      // Many pages between two looks at how many there are: looking makes a list of them all.
      for (let count = 0; count < 100; count++) await store.loadMore(profileId, 'pending');
    }
    const after = used();
    return (after - before) / store.list(profileId, 'pending').items.length;
  } finally {
    globalThis.fetch = real;
  }
}

/** The same page with ids of its own, and more to follow. */
function pageOf(api: ApiName, body: string, number: number): string {
  const answer = JSON.parse(body) as Answer;
  const mark = number.toString(16).padStart(8, '0');
  const each = api === 'v1' ? answer.updates! : answer.data!.dated.edges.map(({ node }) => node);
  for (const update of each) {
    update.id = mark + update.id.slice(mark.length);
    update.text = `${update.text} ${mark}`;
  }
  if (api === 'v1') answer.total = 1_000_000;
  else Object.assign(answer.data!.dated.pageInfo, { hasNextPage: true, endCursor: mark });
  return JSON.stringify(answer);
}

interface Answer {
  total?: number;
  updates?: Listed[];
  data?: { dated: { edges: { node: Listed }[]; pageInfo: object } };
}
interface Listed {
  id: string;
  text: string;
}

/** Bytes of the heap that are in use, once all that can go has gone. */
function used(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
