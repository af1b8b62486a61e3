import fc from 'fast-check';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { BufferAccount, type SignedIn } from '../../../src/account/account.ts';
import { Connections } from '../../../src/account/connections.ts';
import type { Grant } from '../../../src/account/grant.ts';
import { GrantKeeper } from '../../../src/account/grantKeeper.ts';
import type { BufferApi } from '../../../src/core/buffer/bufferApi.ts';
import type { BufferError } from '../../../src/core/buffer/bufferError.ts';
import { type ApiName, apiNames } from '../../../src/core/buffer/model.ts';
import { IdeaStore } from '../../../src/core/ideas/ideaStore.ts';
import { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { newMemory } from '../../harness/memory.ts';
import { clientOf } from '../../sandbox/client.ts';
import { failureOf } from '../support/failureOf.ts';
import { ids } from '../support/ids.ts';
import { Keyring } from '../support/keyring.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { runs } from '../support/runs.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const sandbox = await ownSandbox();
afterEach(() => void vi.unstubAllGlobals());

const me = { id: 'me', label: 'Me' };
const other = { id: 'other', label: 'Other' };

/** Every credential that goes out, with the address. */
function watchNetwork(): { bearer: string; url: string }[] {
  const sent: { bearer: string; url: string }[] = [];
  const real = globalThis.fetch;
  vi.stubGlobal('fetch', (input: string, init: RequestInit) => {
    sent.push({ bearer: new Headers(init.headers).get('authorization') ?? '', url: input });
    return real(input, init);
  });
  return sent;
}

describe.each(apiNames)('whoever signs in to %s next', (service) => {
  const mine = service === 'v1' ? sandbox.token : sandbox.graphqlToken;
  const theirs = service === 'v1' ? sandbox.otherToken : sandbox.otherGraphqlToken;
  const signedIn = (token: string, account = me, api: ApiName = service): SignedIn => ({
    credential: { token },
    api,
    account,
    organization: api === 'graphql' ? { id: sandbox.state.organizations[0]!.id, name: 'Mine' } : undefined,
  });

  async function open() {
    const keyring = new Keyring();
    const folder = await temporaryFolder();
    let address = (api: ApiName) => (api === 'v1' ? sandbox.url : sandbox.graphqlUrl);
    const newAccount = () =>
      new BufferAccount({
        secrets: keyring.window(),
        memory: newMemory(),
        forget: () => {},
        address: (api) => address(api),
        signIn: () => Promise.reject(new Error('Not asked for here.')),
        mayLeave: () => Promise.resolve(true),
        keepGrant: (store) => new GrantKeeper({ store, folder, refresh: (grant: Grant) => Promise.resolve(grant) }),
      });
    const connections = new Connections({
      address: (api) => address(api),
      userAgent: 'QueueForBuffer/test',
      folder,
      log: { debug: () => {}, info: () => {}, warn: () => {} },
      onBudget: () => {},
      onMissing: () => {},
    });
    const account = newAccount();
    onTestFinished(() => connections.dispose());
    return { account, otherWindow: newAccount(), connections, keyring, moveTo: (to: string) => (address = () => to) };
  }

  /** Whatever a person can have asked for. */
  const writes: Readonly<Record<string, (api: BufferApi, updateId: string) => Promise<unknown>>> = {
    create: (api) => api.create({ profileIds: [ids.bluesky], text: 'Mine', when: 'queue' }, () => 'bluesky'),
    edit: async (api, id) => api.edit(await clientOf(sandbox, service).update(id), { text: 'Edited' }),
    delete: (api, id) => api.destroy(id),
    move: (api, id) => api.moveToTop(id),
    ...(service === 'graphql' && { idea: (api: BufferApi) => api.createIdea({ text: 'Mine' }) }),
  };

  test.each(Object.keys(writes))('gets nothing of what was meant to be done as somebody else: %s', async (name) => {
    const { account, otherWindow, connections } = await open();
    await account.adopt(signedIn(mine));
    const { api } = connections.connect((await account.connection())!);
    const id = sandbox.state.pending(sandbox.state.profiles.find((each) => each.id === ids.bluesky)!)[0]!.id;
    // This window has not heard of it yet, or hears of it at the same moment.
    await otherWindow.adopt(signedIn(theirs, other));
    const sent = watchNetwork();
    const failure = await failureOf(writes[name]!(api, id));
    expect(failure).toMatchObject({ kind: 'cancelled', outcome: 'notDone' });
    expect(sent.filter(({ bearer }) => bearer.includes(theirs))).toEqual([]);
  });

  test('is not asked for what waits in the rate limiter, whenever they sign in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('beforehand', 'in the row', 'at the keyring', 'on the way'),
        fc.constantFrom('here', 'in another window'),
        async (moment, where) => {
          sandbox.reset();
          const { account, otherWindow, connections, keyring } = await open();
          await account.adopt(signedIn(mine));
          const { api, rateLimiter } = connections.connect((await account.connection())!);
          const change = () => (where === 'here' ? account : otherWindow).adopt(signedIn(theirs, other));
          // All places are taken, so a write stands in the row until one is given back.
          const permits = await Promise.all(
            Array.from({ length: service === 'v1' ? 8 : 3 }, async () => (await rateLimiter.load()).acquire({ priority: 'write' })),
          );
          const sent = watchNetwork();
          if (moment === 'beforehand') await change();
          if (moment === 'on the way') sandbox.faults.add({ kind: 'latency', ms: 30 });
          const written = api
            .create({ profileIds: [ids.bluesky], text: 'Mine', when: 'queue' }, () => 'bluesky')
            .then(
              () => 'done',
              (error: unknown) => (error as BufferError).outcome,
            );
          await new Promise((resolve) => setTimeout(resolve, 5));
          if (moment === 'in the row') await change();
          let isChanged = false;
          if (moment === 'at the keyring')
            keyring.beforeGet = async () => {
              if (isChanged) return;
              isChanged = true;
              await change();
            };
          for (const permit of permits) permit.giveBack();
          if (moment === 'on the way') {
            await vi.waitFor(() => expect(sent).toHaveLength(1));
            await change();
          }
          const outcome = await written;
          vi.unstubAllGlobals();
          const isThere = [...sandbox.state.updates.values()].some(({ text }) => text === 'Mine');
          expect(sent.filter(({ bearer }) => bearer !== `Bearer ${mine}`)).toEqual([]);
          expect(isThere).toBe(outcome === 'done');
          if (moment === 'beforehand' || moment === 'in the row') expect(outcome).toBe('notDone');
        },
      ),
      { numRuns: runs(24) },
    );
  });

  test('is not known at an address of before, nor the credential for one at another', async () => {
    const { account, connections, moveTo } = await open();
    await account.adopt(signedIn(mine));
    const { api } = connections.connect((await account.connection())!);
    moveTo('http://127.0.0.1:9/elsewhere');
    await account.adopt(signedIn('token-of-elsewhere'));
    const sent = watchNetwork();
    expect(await failureOf(writes['create']!(api, ''))).toMatchObject({ kind: 'cancelled', outcome: 'notDone' });
    expect(sent).toEqual([]);
  });

  test('leaves a grant of somebody else alone when one is renewed at that moment', async () => {
    const { account, keyring } = await open();
    const grant = (name: string, expiresAt: number): Grant => ({
      accessToken: `access-${name}`,
      refreshToken: `refresh-${name}`,
      expiresAt,
      authUrl: sandbox.authUrl,
      clientId: 'client',
      scopes: [],
    });
    const hour = 3_600_000;
    const renewing = new BufferAccount({
      secrets: keyring.window(),
      memory: newMemory(),
      forget: () => {},
      address: () => sandbox.graphqlUrl,
      signIn: () => Promise.reject(new Error('Not asked for here.')),
      mayLeave: () => Promise.resolve(true),
      keepGrant: async (store) =>
        new GrantKeeper({
          store: {
            read: () => store.read(),
            store: async (...renewed) => {
              // Between the look at what is kept and the keeping.
              await account.adopt({ credential: { grant: grant('theirs', Date.now() + hour) }, api: 'graphql', account: other });
              await store.store(...renewed);
            },
          },
          folder: await temporaryFolder(),
          refresh: () => Promise.resolve(grant('renewed', Date.now() + hour)),
        }),
    });
    await renewing.adopt({ credential: { grant: grant('mine', Date.now() - 1) }, api: 'graphql', account: me });
    expect(await failureOf((await renewing.connection())!.token())).toMatchObject({ kind: 'cancelled', outcome: 'notDone' });
    expect((await account.getSessions())[0]).toMatchObject({ accessToken: 'access-theirs', account: { id: 'other' } });
  });

  test('has the window to themselves: a client that was left sends nothing more', async () => {
    const store = new QueueStore(() => 20, newMemory());
    const api = clientOf(sandbox, service);
    store.connect(api, undefined, 'me');
    await store.loadProfiles();
    await expect(store.create({ profileIds: [ids.bluesky], text: 'A', when: 'queue' }, {}, { owner: 'me' })).resolves.toBeDefined();
    store.connect(clientOf(sandbox, service, { token: () => Promise.resolve(theirs) }), undefined, 'other');
    sandbox.resetRequests();
    const asMe = store.create({ profileIds: [ids.bluesky], text: 'B', when: 'queue' }, {}, { owner: 'me' });
    expect(await failureOf(asMe)).toMatchObject({ kind: 'cancelled', outcome: 'notDone' });
    for (const write of Object.values(writes).filter((each) => each !== writes['edit'])) {
      expect(await failureOf(write(api, 'f00000000000000000000000'))).toMatchObject({ kind: 'cancelled', outcome: 'notDone' });
    }
    const ideas = new IdeaStore();
    const forIdeas = clientOf(sandbox, service);
    ideas.connect(forIdeas);
    ideas.connect(undefined);
    if (service === 'graphql') expect(await failureOf(forIdeas.createIdea({ text: 'B' }))).toMatchObject({ kind: 'cancelled' });
    expect(sandbox.requests()).toEqual([]);
  });
});
