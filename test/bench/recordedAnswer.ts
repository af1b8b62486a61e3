import type { ApiName } from '../../src/core/buffer/model.ts';
import { clientOf } from '../sandbox/client.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';

/** A request that the client made of a page, and what the service answered. */
export interface RecordedAnswer {
  readonly profileId: string;
  readonly organizationId: string;
  /** What follows the service's address. */
  readonly path: string;
  readonly init: { readonly method: string; readonly body?: string; readonly headers: Readonly<Record<string, string>> };
  readonly body: string;
}

/** The first page of a queue that holds so many updates of every kind that the local Buffer begins with. */
export async function recordPage(api: ApiName, size: number): Promise<RecordedAnswer> {
  const sandbox = await startSandbox({ rateLimit: Number.POSITIVE_INFINITY, graphqlLimits: Number.POSITIVE_INFINITY });
  const real = globalThis.fetch;
  try {
    const profileId = fillQueue(sandbox, size);
    const base = api === 'v1' ? sandbox.url : sandbox.graphqlUrl;
    let recorded: Omit<RecordedAnswer, 'profileId' | 'organizationId'> | undefined;
    globalThis.fetch = async (input, init) => {
      const answer = await real(input, init);
      const path = (input instanceof Request ? input.url : String(input)).slice(base.length);
      const { method = 'GET', body, headers } = init ?? {};
      recorded = {
        path,
        init: { method, ...(body != null && { body: body as string }), headers: Object.fromEntries(new Headers(headers)) },
        body: await answer.clone().text(),
      };
      return answer;
    };
    const { updates } = await clientOf(sandbox, api).pending(profileId, { size });
    if (updates.length < size || !recorded) throw new Error(`A page of ${api} holds ${updates.length} updates instead of ${size}.`);
    return { profileId, organizationId: sandbox.state.organizations[0]!.id, ...recorded };
  } finally {
    globalThis.fetch = real;
    await sandbox.close();
  }
}

/** Gives the queue of one profile so many updates, each like one of those that wait there or elsewhere. */
function fillQueue({ state }: Sandbox, size: number): string {
  const owner = state.users[0]!;
  const profiles = state.profilesOf(owner).filter(({ organizationId }) => organizationId === state.organizations[0]!.id);
  const profile = profiles.find(({ service }) => service === 'mastodon') ?? profiles[0]!;
  const samples = profiles.flatMap((each) => state.pending(each)).filter(({ status }) => status === 'buffer');
  const now = state.now();
  for (let index = 0; index < size; index++) {
    const id = state.newId();
    const dueAt = now + 3600 * (index + 1);
    const { details: _details, ...sample } = samples[index % samples.length]!;
    state.updates.set(id, { ...sample, id, profileId: profile.id, dueAt, isCustomScheduled: true, isUndated: undefined });
  }
  return profile.id;
}
