import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BufferError } from '../../../../src/core/buffer/bufferError.ts';
import type { Created } from '../../../../src/core/buffer/model.ts';
import { clientOf } from '../../../sandbox/client.ts';
import type { FailedAlias } from '../../../sandbox/faults.ts';
import { failureOf } from '../../support/failureOf.ts';
import { ids } from '../../support/ids.ts';
import { ownSandbox } from '../../support/ownSandbox.ts';
import { runs } from '../../support/runs.ts';

const sandbox = await ownSandbox();

const profiles = [ids.bluesky, ids.mastodon, ids.threads, ids.linkedin] as const;
const services: Readonly<Record<string, string>> = {
  [ids.bluesky]: 'bluesky',
  [ids.mastodon]: 'mastodon',
  [ids.threads]: 'threads',
  [ids.linkedin]: 'linkedin',
};

let serial = 0;
async function create(count: number): Promise<{ text: string; told: Created | BufferError }> {
  const text = `Partial ${++serial}`;
  const api = clientOf(sandbox, 'graphql');
  const told = await api
    .create({ profileIds: profiles.slice(0, count), text, when: { at: new Date(Date.now() + 86_400_000) } }, (id) => services[id]!)
    .catch((error: unknown) => error as BufferError);
  return { text, told };
}

/** What was told of each profile. */
function toldOf(told: Created | BufferError, profileId: string): 'made' | 'notDone' | 'unknown' {
  if (told instanceof Error) return told.outcome;
  if (told.updates.some((each) => each.profileId === profileId)) return 'made';
  const error = told.refused?.[profileId];
  expect(error).toBeDefined();
  return error!.outcome;
}

const refusals = ['RATE_LIMIT_EXCEEDED', 'UNAUTHENTICATED', 'UNAUTHORIZED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT'];
const failures = ['INTERNAL_SERVER_ERROR', 'UPSTREAM_SERVER_ERROR', 'UNEXPECTED', 'SOMETHING_NEW'];

/** A refusal comes before the act, a failure on the service's side before or after, and one inside an answer after. */
const failedAlias: fc.Arbitrary<FailedAlias> = fc.oneof(
  fc.record({ code: fc.constantFrom(...refusals) }),
  fc.record({ code: fc.constantFrom(...failures), isDone: fc.boolean() }),
  fc.record({ code: fc.constantFrom(...refusals, ...failures), isNested: fc.constant(true) }),
);
const aliases = fc.array(fc.option(failedAlias, { nil: undefined }), { minLength: 1, maxLength: profiles.length });

describe('of several posts in one request', () => {
  test('each is told as it is, or not claimed to be known, whatever fails beside it', async () => {
    await fc.assert(
      fc.asyncProperty(aliases, fc.constantFrom('nulledAlone' as const, 'bubbles' as const), async (fates, failedField) => {
        sandbox.reset();
        sandbox.behave({ failedField });
        const at = Object.fromEntries(fates.flatMap((fate, index) => (fate ? [[`post${index}`, fate] as const] : [])));
        if (Object.keys(at).length) sandbox.faults.add({ kind: 'partial', at });
        const { text, told } = await create(fates.length);
        for (const [index, fate] of fates.entries()) {
          const profileId = profiles[index]!;
          const made = [...sandbox.state.updates.values()].filter((each) => each.text === text && each.profileId === profileId);
          const said = toldOf(told, profileId);
          if (said === 'made') expect(made).toHaveLength(1);
          if (said === 'notDone') expect(made).toHaveLength(0);
          // Nobody is sent to look for what is told.
          if (failedField === 'nulledAlone' && !fate) expect(said).toBe('made');
          if (failedField === 'nulledAlone' && fate && refusals.includes(fate.code) && !fate.isNested) expect(said).toBe('notDone');
        }
      }),
      { numRuns: runs(120) },
    );
  });

  const ok = (index: number) => ({ __typename: 'PostActionSuccess', post: { id: `p${index}` } });
  const error = (code: string, ...path: string[]) => ({ message: 'No.', ...(path.length && { path }), extensions: { code } });
  test.each<[string, number, object, ('notDone' | 'unknown')[]]>([
    ['a refusal of all, before any of it', 200, { errors: [error('UNAUTHENTICATED')] }, ['notDone', 'notDone']],
    ['the same with a status', 429, { errors: [error('RATE_LIMIT_EXCEEDED')] }, ['notDone', 'notDone']],
    ['a failure of all', 200, { errors: [error('INTERNAL_SERVER_ERROR')] }, ['unknown', 'unknown']],
    ['one refusal and one failure of all', 200, { errors: [error('FORBIDDEN'), error('UNEXPECTED')] }, ['unknown', 'unknown']],
    ['null, and who was refused', 200, { data: null, errors: [error('RATE_LIMIT_EXCEEDED', 'post1')] }, ['unknown', 'notDone']],
    ['no data, and who was refused', 200, { errors: [error('UNAUTHENTICATED', 'post1')] }, ['unknown', 'notDone']],
    ['a status for all, and who was refused', 429, { data: null, errors: [error('RATE_LIMIT_EXCEEDED', 'post1')] }, ['unknown', 'notDone']],
    ['null, and nobody named', 200, { data: null, errors: [error('UNAUTHENTICATED')] }, ['unknown', 'unknown']],
    [
      'both null, one of them named',
      200,
      { data: { post0: null, post1: null }, errors: [error('NOT_FOUND', 'post0')] },
      ['notDone', 'unknown'],
    ],
    ['nothing of one', 200, { data: { post0: null } }, ['unknown', 'unknown']],
    ['a refusal inside', 200, { data: null, errors: [error('FORBIDDEN', 'post0', 'post', 'tags')] }, ['unknown', 'unknown']],
    [
      'a post that cannot be read',
      200,
      { data: { post0: ok(0), post1: { __typename: 'LimitReachedError', message: 'Full.' } } },
      ['unknown', 'notDone'],
    ],
  ])('%s is told of each by itself', async (_, status, body, outcomes) => {
    sandbox.faults.add({ kind: 'status', status, body, times: 0 });
    const { told } = await create(2);
    expect([toldOf(told, profiles[0]), toldOf(told, profiles[1])]).toEqual(outcomes);
  });

  test('a refusal inside the answer of a single write leaves open whether it was done', async () => {
    const api = clientOf(sandbox, 'graphql');
    const [made] = (await api.create({ profileIds: [ids.bluesky], text: 'Here', when: 'queue' }, () => 'bluesky')).updates;
    const full = await api.update(made!.id);
    const body = { data: null, errors: [{ message: 'No.', path: ['editPost', 'post', 'tags'], extensions: { code: 'FORBIDDEN' } }] };
    sandbox.faults.add({ kind: 'statusAfter', status: 200, body });
    expect((await failureOf(api.edit(full, { text: 'There' }))).outcome).toBe('unknown');
    expect(sandbox.state.updates.get(made!.id)!.text).toBe('There');
  });
});
