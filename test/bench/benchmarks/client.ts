import type { ApiName } from '../../../src/core/buffer/model.ts';
import { createGraphql } from '../../../src/core/buffer/graphql/graphqlApi.ts';
import { createRestV1 } from '../../../src/core/buffer/restV1/restV1Api.ts';
import { apiNames } from '../../harness/environment.ts';
import { startAnswerServer } from '../answerServer.ts';
import type { Benchmark, Figure } from '../benchmark.ts';
import { recordPage } from '../recordedAnswer.ts';
import { bothTimes, sideBySide } from '../sideBySide.ts';

const updates = 100;

/** What the client adds to a request: it checks every field, tells failures apart, and gives the model's shapes. */
export const client: Benchmark = {
  name: 'client',
  run: async ({ runs = 15 }) => {
    const figures: Figure[] = [];
    for (const api of apiNames) figures.push(await overBareFetch(api, runs));
    return figures;
  },
};

async function overBareFetch(api: ApiName, runs: number): Promise<Figure> {
  const { profileId, organizationId, path, init, body } = await recordPage(api, updates);
  const server = await startAnswerServer(body);
  const options = { baseUrl: server.url, token: () => Promise.resolve('a-token') };
  const ours = api === 'v1' ? createRestV1(options) : createGraphql({ ...options, organizationId });
  try {
    const taken = await sideBySide(
      { act: () => ours.pending(profileId, { size: updates }) },
      { act: async () => JSON.parse(await (await fetch(server.url + path, init)).text()) as unknown },
      { runs, rounds: 20, warmUps: 100 },
    );
    const note = `${bothTimes(taken)}, ${Math.round(body.length / 1000)} kB`;
    return { name: `client over bare fetch, ${updates} updates, ${api}`, unit: 'times', samples: taken.ratios, goal: 1.5, note };
  } finally {
    await server.stop();
  }
}
