import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import {
  checkSignIn,
  finishSignIn,
  refresh,
  optionalScopes,
  ScopeRefused,
  scopesWithout,
  startSignIn,
} from '../../../src/account/oauth.ts';
import type { Grant } from '../../../src/account/grant.ts';
import { characterLimit } from '../../../src/core/networks/characterCount.ts';
import { networkOf } from '../../../src/core/networks/networks.ts';
import type { ApiName, BudgetWindow, Update } from '../../../src/core/buffer/model.ts';
import type { MissingPart } from '../../../src/core/buffer/missingPart.ts';
import { isWaiting } from '../../../src/core/queue/abilities.ts';
import { outcomeOf } from '../../../src/core/queue/editOutcome.ts';
import type { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { behaviours, type BehaviourName, type Settings } from '../../sandbox/behaviours.ts';
import { clientOf } from '../../sandbox/client.ts';
import type { ThreadPart } from '../../sandbox/content.ts';
import { answerConsent } from '../../sandbox/oauthBrowser.ts';
import { aDay, held, newStore, readEverything, readWhole, shown } from '../support/everyday.ts';
import { failureOf } from '../support/failureOf.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { graphqlCalls } from './graphql/graphqlCalls.ts';

// Where sources disagree about the service, the client has to be right either way: for each switch of the sandbox, what
// a person does that it is about, on each of its settings.

/** Stands still, so that no queue moves on between two looks at it, until a journey moves it. */
let now = Date.now();
const started = now;
const sandbox = await ownSandbox({ now: () => new Date(now), rateLimit: Number.POSITIVE_INFINITY, graphqlLimits: 1000 });
afterEach(() => void (now = started));
const plain = graphqlCalls(() => sandbox);

const names = Object.keys(behaviours) as BehaviourName[];
const settingsOf = (name: BehaviourName): readonly string[] => behaviours[name].settings;
const stored = (id: string) => sandbox.state.updates.get(id)!;
const profileOf = (profileId: string) => sandbox.state.profiles.find(({ id }) => id === profileId)!;
const saying = (text: string) => [...sandbox.state.updates.values()].filter((update) => update.text === text);
const requests = (name: RegExp) => sandbox.requests().filter(({ operationName, path }) => name.test(operationName ?? path));
const agree = (store: QueueStore, profileId: string, api: ApiName = 'graphql') =>
  expect(shown(store, profileId)).toEqual(held(sandbox, api, profileId));
/** With seconds, which may be cut off. */
const inDays = (days: number) => new Date(Math.floor(now / 60_000) * 60_000 + days * 86_400_000 + 17_000);
const isSameMinute = (seconds: number, at: Date) => Math.floor(seconds / 60) === Math.floor(at.getTime() / 60_000);

const picture = (name: string) => ({ image: { url: `https://larkspur.example/${name}.png`, metadata: { altText: `About ${name}` } } });
const film = { video: { url: 'https://larkspur.example/a.mp4', metadata: { thumbnailOffset: 1500 } } };
const pdf = { document: { url: 'https://larkspur.example/a.pdf', thumbnailUrl: 'https://larkspur.example/a.png', title: 'A paper' } };

/** As another client makes it. */
async function made(channelId: string, input: object): Promise<string> {
  const post = await plain.create({ channelId, ...input });
  expect(post).toHaveProperty('id');
  return post.id as string;
}

/** What there is to an update but its text, its place and its state; what is empty is nothing. */
function carried(id: string): object {
  const { assets, details, media, tagIds } = stored(id);
  const isEmpty = (value: unknown) =>
    value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  const filled = (value: object = {}) => Object.fromEntries(Object.entries(value).filter(([, each]) => !isEmpty(each)));
  // The first of a thread has the text itself.
  const thread = (details?.thread as readonly ThreadPart[] | undefined)?.map(({ text, ...part }, index) => ({
    ...part,
    text: index ? text : '',
  }));
  return filled({ assets, details: filled({ ...details, thread }), media, tagIds });
}

/** What an edit, another time, the drafts, and a deletion that is undone leave as it was; each is one write, and whole. */
async function comesThrough(store: QueueStore, id: string, isDraft = false): Promise<void> {
  const before = carried(id);
  const edit = async (change: Parameters<QueueStore['edit']>[1]) => {
    sandbox.resetRequests();
    const { lost, update } = await store.edit(id, change);
    expect([lost, requests(/^EditPost$/u).length, carried(id)]).toEqual([[], 1, before]);
    return update;
  };
  const at = inDays(6);
  expect((await edit({ text: `${stored(id).text}!` })).status).toBe(isDraft ? 'draft' : 'pending');
  await edit({ when: { at } });
  expect([stored(id).status, isSameMinute(stored(id).dueAt, at)]).toEqual(['buffer', true]);
  expect((await edit({ when: 'draft' })).status).toBe('draft');
  expect((await edit({ when: 'next' })).status).toBe('pending');
  const kept = await store.restorable(id);
  await store.destroy(id);
  const { id: again } = await store.restore(kept!);
  expect([carried(again), stored(again).status]).toEqual([before, 'buffer']);
  agree(store, stored(again).profileId);
}

/** A store and what it is told of what answers lack. */
function storeWithMissing(options: Parameters<typeof newStore>[2] = {}): { store: QueueStore; missing: () => readonly MissingPart[] } {
  let parts: readonly MissingPart[] = [];
  return { store: newStore(sandbox, 'graphql', { ...options, onMissing: (told) => (parts = told) }), missing: () => parts };
}

const redirectUri = 'vscode://queue-for-buffer.queue-for-buffer/signed-in';
const application = () => ({ authUrl: sandbox.authUrl, clientId: sandbox.clientId, redirectUri });

/** Signs in as the extension does: asks first, leaves out what is refused, and goes through the browser. */
async function signIn(): Promise<Grant> {
  const scope = await checkSignIn(application()).then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof ScopeRefused) return scopesWithout(optionalScopes);
      throw error;
    },
  );
  const asked = { ...application(), scope };
  const start = await startSignIn(asked);
  return finishSignIn({ ...asked, ...start, callback: await answerConsent(start.authorizeUrl, 'allow') });
}

/** Somebody who signed in sees their queues, and what went out. @returns what they are told to be missing */
async function seesAll({ accessToken, scopes }: Grant): Promise<readonly MissingPart[]> {
  const { store, missing } = storeWithMissing({ token: () => Promise.resolve(accessToken), scopes });
  await store.loadProfiles();
  await readWhole(store, ids.bluesky);
  agree(store, ids.bluesky);
  await store.loadList(ids.bluesky, 'sent');
  expect(store.list(ids.bluesky, 'sent').items.length).toBeGreaterThan(20);
  expect(store.list(ids.bluesky, 'sent').items.some(({ statistics }) => Object.keys(statistics).length > 0)).toBe(
    store.capabilities.figures,
  );
  return missing();
}

/** Fills the main user's windows. */
const spendAll = () => sandbox.spend(1000);

/** The journey of each switch; one that is new has to be given its own before this builds. */
const journeys: { readonly [Name in BehaviourName]: (setting: Settings[Name]) => Promise<void> } = {
  approvalFilter: async () => {
    const store = await readEverything(sandbox, 'graphql');
    const approvals = () =>
      store.profiles.items
        .flatMap(({ id }) => store.list(id, 'pending').items)
        .filter(({ status }) => status === 'needsApproval')
        .map(({ id }) => id);
    const first = approvals();
    expect(first.length).toBeGreaterThan(0);
    await store.refresh();
    expect(approvals()).toEqual(first);
  },

  rateLimitNames: async () => {
    let budget: readonly BudgetWindow[] = [];
    sandbox.spend(300);
    await clientOf(sandbox, 'graphql', { onBudget: (windows) => (budget = windows) }).account();
    expect(budget.map(({ length, quota, remaining }) => [length, quota, remaining])).toEqual(
      [900, 86_400, 2_592_000].map((length) => [length, 1000, 699]),
    );
  },

  unknownOrganization: async () => {
    const store = newStore(sandbox, 'graphql', { organizationId: 'somebody-elses' });
    const error = await failureOf(store.loadProfiles());
    expect([error.message, error.outcome]).toEqual(['Organization not found', 'notDone']);
    // Not a queue that is empty.
    expect(store.profiles).toMatchObject({ status: 'failed', items: [], error });
    // Whose they are can be asked for, and chosen anew.
    const { organizations = [] } = await store.account();
    store.connect(clientOf(sandbox, 'graphql', { organizationId: organizations[0]!.id }));
    expect((await store.loadProfiles()).length).toBeGreaterThan(10);
  },

  gateway: async (setting) => {
    expect((await newStore(sandbox, 'graphql').loadProfiles()).length).toBeGreaterThan(10);
    const disliked = newStore(sandbox, 'graphql', { userAgent: 'python-requests/2.32' });
    // Whoever stands before the service says nothing of the key.
    if (setting === 'open') await disliked.loadProfiles();
    else expect(await failureOf(disliked.loadProfiles())).toMatchObject({ kind: 'intercepted', outcome: 'notDone' });
  },

  sending: async (setting) => {
    const metadata = { youtube: { title: 'A film', categoryId: '28' } };
    const id = await made(ids.youtube, { text: 'A film', assets: [film], metadata, mode: 'shareNow' });
    const look = async () => {
      const store = newStore(sandbox, 'graphql');
      await store.loadProfiles();
      await readWhole(store, ids.youtube);
      agree(store, ids.youtube);
      expect(store.failed.map((each) => each.id)).not.toContain(id);
      return store.readUpdate(id);
    };
    expect((await look()).status).toBe('sending');
    now += 90_000;
    expect((await look()).status).toBe(setting === 'slow' ? 'sending' : 'sent');
    now += 120_000;
    expect(await look()).toMatchObject({ status: 'sent', failure: undefined });
  },

  editPost: async () => {
    const store = newStore(sandbox, 'graphql');
    await store.loadProfiles();
    const thread = (first: object[], second: object[]) => [
      { text: 'First', assets: first },
      { text: 'Second', assets: second },
    ];
    const posts: readonly (readonly [profileId: string, input: object])[] = [
      [ids.bluesky, { text: 'Four', assets: ['a', 'b', 'c', 'd'].map(picture), tagIds: [sandbox.state.tags[0]!.id] }],
      [ids.mastodon, { text: 'First', metadata: { mastodon: { thread: thread([], [picture('a')]), spoilerText: 'Careful' } } }],
      [ids.linkedin, { text: 'A paper', assets: [pdf] }],
      [ids.x, { text: 'First', metadata: { twitter: { thread: thread([], [picture('a'), picture('b')]) } } }],
      [
        ids.instagram,
        { text: 'Three', assets: ['a', 'b', 'c'].map(picture), metadata: { instagram: { type: 'post', shouldShareToFeed: true } } },
      ],
      [
        ids.youtube,
        {
          text: 'A film',
          assets: [film],
          metadata: {
            youtube: {
              title: 'A film',
              categoryId: '28',
              license: 'creativeCommon',
              privacy: 'unlisted',
              madeForKids: false,
              embeddable: false,
              notifySubscribers: true,
            },
          },
        },
      ],
    ];
    for (const [profileId, input] of posts) {
      const id = await made(profileId, input);
      await readWhole(store, profileId);
      await comesThrough(store, id);
    }
  },

  linkedinDrafts: async () => {
    const store = newStore(sandbox, 'graphql');
    await store.loadProfiles();
    for (const assets of [[pdf], ['a', 'b', 'c'].map(picture), []]) {
      const metadata = { linkedin: { firstComment: 'And more' } };
      const id = await made(ids.linkedin, { text: `A draft with ${assets.length}`, assets, metadata, saveToDraft: true });
      await store.refreshList(ids.linkedin, 'pending');
      await comesThrough(store, id, true);
    }
    // What is taken away is gone, also where what is left out stays.
    const id = await made(ids.linkedin, { text: 'One picture', assets: [picture('a')], saveToDraft: true });
    expect((await store.edit(id, { media: null })).update.attachments).toBeUndefined();
    expect(stored(id).assets ?? []).toEqual([]);
  },

  dueSeconds: async () => {
    const store = newStore(sandbox, 'graphql');
    await store.loadProfiles();
    await readWhole(store, ids.bluesky);
    const { created } = await store.create({ profileIds: [ids.bluesky], text: 'To the second', when: { at: inDays(3) } });
    const { id } = created[0]!;
    for (const days of [4, 5]) {
      const at = inDays(days);
      const before = store.update(id)!;
      // One whose answer is lost, too: a look shows that it was done, and it is not done again.
      if (days === 5) sandbox.faults.add({ kind: 'dropAfter', match: { operation: 'EditPost' } });
      sandbox.resetRequests();
      const edited = await store.edit(id, { when: { at } });
      expect([outcomeOf(before, edited, { at }), requests(/^EditPost$/u).length]).toEqual(['done', 1]);
      expect(edited.update).toMatchObject({ dueAt: new Date((await plain.read(id)).dueAt as string), isFixedTime: true });
      agree(store, ids.bluesky);
    }
  },

  links: async () => {
    const store = newStore(sandbox, 'graphql');
    await store.loadProfiles();
    await readWhole(store, ids.linkedin);
    const text = 'Read https://larkspur.example/a/long/address?of=it and https://larkspur.example/another.';
    const { created } = await store.create({ profileIds: [ids.linkedin], text, when: 'queue' });
    const [first] = created;
    expect(first!.text).toBe(stored(first!.id).text);
    // An edit of what is shown is no conflict, and nothing of it is lost; nor where its answer is.
    for (const fault of [undefined, 'dropAfter'] as const) {
      if (fault) sandbox.faults.add({ kind: fault, match: { operation: 'EditPost' } });
      const seen = store.update(first!.id)!;
      sandbox.resetRequests();
      const { update, lost } = await store.edit(first!.id, { text: `${text} Twice: https://larkspur.example/${fault}` }, seen);
      expect([update.text, lost, requests(/^EditPost$/u).length]).toEqual([stored(first!.id).text, [], 1]);
      agree(store, ids.linkedin);
    }
  },

  approvals: async (setting) => {
    const store = await readEverything(sandbox, 'graphql');
    const waiting = store.profiles.items
      .flatMap(({ id }) => store.list(id, 'pending').items)
      .filter(({ status }) => status === 'needsApproval');
    expect(waiting.length).toBeGreaterThan(0);
    for (const { id, profileId, text } of waiting) {
      expect((await store.edit(id, { text: `${text}!` })).update.status).toBe('needsApproval');
      const kept = await store.restorable(id);
      await store.destroy(id);
      const restored = await store.restore(kept!);
      // Where nobody has to approve it any more, it is not sent for that reason: it comes back as a draft.
      expect(restored).toMatchObject({ text: `${text}!`, status: setting === 'policy' ? 'needsApproval' : 'draft' });
      agree(store, profileId);
    }
  },

  freePlan: async (setting) => {
    sandbox.state.users[0]!.plan = 'free';
    const store = await readEverything(sandbox, 'graphql');
    expect(store.scheduledLimit).toBe(10);
    const before = sandbox.state.updates.size;
    // Mastodon has room of its own, and none where all channels are counted together.
    const outcome = async (profileId: string) => {
      const [error] = await store.create({ profileIds: [profileId], text: 'One more', when: 'queue' }).then(
        ({ refused }) => refused.map((each) => each.error),
        (failure: unknown) => [failure],
      );
      agree(store, profileId);
      return error;
    };
    const full = {
      kind: 'rejected',
      outcome: 'notDone',
      message: expect.stringMatching(/^Scheduled posts limit reached\. You have \d+/u) as string,
    };
    expect(await outcome(ids.bluesky)).toMatchObject(full);
    const elsewhere = await outcome(ids.mastodon);
    if (setting === 'perOrganization') expect(elsewhere).toMatchObject(full);
    else expect(elsewhere).toBeUndefined();
    expect(sandbox.state.updates.size).toBe(before + (setting === 'perOrganization' ? 0 : 1));
    // Drafts do not count, and what stands in the queue can be changed.
    const draft = await made(ids.bluesky, { text: 'A draft', saveToDraft: true });
    await store.refreshList(ids.bluesky, 'pending');
    expect(await failureOf(store.edit(draft, { when: 'queue' }))).toMatchObject(full);
    expect(stored(draft).status).toBe('draft');
    const [queued] = store.list(ids.bluesky, 'pending').items.filter(({ status }) => status === 'pending');
    expect((await store.edit(queued!.id, { text: 'Changed' })).update.text).toBe('Changed');
    agree(store, ids.bluesky);
  },

  duplicates: async (setting) => {
    const store = newStore(sandbox, 'graphql');
    await store.loadProfiles();
    await readWhole(store, ids.bluesky);
    const say = (text: string, when: 'queue' | 'now') =>
      store.create({ profileIds: [ids.bluesky], text, when }).then(
        ({ refused: [first] }) => first?.error,
        (error: unknown) => error,
      );
    for (const when of ['queue', 'now'] as const) {
      expect(await say(`Said ${when}`, when)).toBeUndefined();
      const again = await say(`Said ${when}`, when);
      if (setting === 'taken') expect(again).toBeUndefined();
      else expect(again).toMatchObject({ kind: 'rejected', outcome: 'notDone', isDuplicate: true });
      expect(saying(`Said ${when}`)).toHaveLength(setting === 'taken' ? 2 : 1);
      agree(store, ids.bluesky);
    }
    // An edit says the same again, of itself.
    const { id } = saying('Said queue')[0]!;
    expect((await store.edit(id, { when: { at: inDays(2) } })).update.isFixedTime).toBe(true);
  },

  threadEcho: async (setting) => {
    const store = newStore(sandbox, 'graphql');
    await store.loadProfiles();
    await readWhole(store, ids.threads);
    const assets = [picture('a'), picture('b')];
    const thread = [
      { text: 'First', assets },
      { text: 'Second', assets: [] },
    ];
    const id = await made(ids.threads, { text: 'First', assets, metadata: { threads: { thread } } });
    await store.refreshList(ids.threads, 'pending');
    const update = await store.readUpdate(id);
    // What may be there and cannot be seen is said.
    expect([update.hidesFiles ?? false, update.attachments]).toMatchObject([
      setting === 'none',
      [{ kind: 'picture' }, { kind: 'picture' }],
    ]);
    const parts = () => (stored(id).details!.thread as readonly ThreadPart[]).map((part) => part.assets.map(({ alt }) => alt));
    expect((await store.edit(id, { text: 'Another first' })).lost).toEqual([]);
    expect((await store.edit(id, { when: { at: inDays(3) } })).lost).toEqual([]);
    expect([stored(id).text, parts()]).toEqual(['Another first', [['About a', 'About b'], []]]);
    agree(store, ids.threads);
    await store.share(id);
    expect(stored(id).published?.map((part) => part.assets.length)).toEqual([2, 0]);
    // Files that a part alone carries are told to nobody, be it the only part; where they are told, they stay.
    const alone = await made(ids.threads, { text: 'Alone', metadata: { threads: { thread: [{ text: 'Alone', assets }] } } });
    expect((await store.readUpdate(alone)).hidesFiles ?? false).toBe(setting === 'none');
    if (setting === 'none') return;
    expect((await store.edit(alone, { text: 'Not alone' })).lost).toEqual([]);
    expect((stored(alone).details!.thread as readonly ThreadPart[]).map((part) => part.assets.length)).toEqual([2]);
  },

  retweetComment: async (setting) => {
    const store = newStore(sandbox, 'graphql');
    await store.loadProfiles();
    const id = await made(ids.x, { metadata: { twitter: { retweet: { id: '1750', comment: 'Read this' } } } });
    const text = setting === 'asText' ? 'Read this' : '';
    expect(await store.readUpdate(id)).toMatchObject({ text, hidesDetails: true });
    expect((await store.edit(id, { when: { at: inDays(3) } })).lost).toEqual([]);
    expect(stored(id)).toMatchObject({ text, details: { retweet: { id: '1750' } } });
  },

  threadCards: async (setting) => {
    const store = newStore(sandbox, 'graphql');
    await store.loadProfiles();
    const url = 'https://larkspur.example/read';
    const cardOf = (network: string) =>
      setting === 'oldOnly' ? { assets: [{ link: { url } }] } : { metadata: { [network]: { linkAttachment: { url } } } };
    for (const [profileId, network] of [
      [ids.bluesky, 'bluesky'],
      [ids.threads, 'threads'],
    ] as const) {
      const thread = [{ text: 'First' }, { text: 'Second', ...cardOf(network) }];
      const id = await made(profileId, { text: 'First', metadata: { [network]: { thread } } });
      await store.refreshList(profileId, 'pending');
      sandbox.resetRequests();
      await store.edit(id, { text: 'Another first' });
      // What the schema lacks is found out with the first of them, in what is read and what is sent, and not again.
      const isFirst = profileId === ids.bluesky;
      const refused = { both: 0, newOnly: 1, oldOnly: 2 }[setting];
      expect(requests(/^(Post|EditPost)$/u)).toHaveLength(2 + (isFirst ? refused : 0));
      await comesThrough(store, id);
      expect(saying('Another first!').at(-1)!.details!.thread).toMatchObject([{}, { link: { url } }]);
      await store.moveToTop(await made(profileId, { text: 'To the top' }));
    }
  },

  xLoneVideo: async (setting) => {
    const store = newStore(sandbox, 'graphql');
    await store.loadProfiles();
    const thread = [
      { text: 'First', assets: [film] },
      { text: 'Second', assets: [] },
    ];
    const id = await made(ids.x, { text: 'First', metadata: { twitter: { thread } } });
    const films = () => (stored(id).details!.thread as readonly ThreadPart[]).map((part) => part.assets.length);
    // What is stripped was so before we came; what was kept is kept, and nothing is told as lost that was not there.
    const before = setting === 'kept' ? [1, 0] : [0, 0];
    expect(films()).toEqual(before);
    for (const change of [{ text: 'Another first' }, { when: { at: inDays(3) } }] as const) {
      sandbox.resetRequests();
      expect((await store.edit(id, change)).lost).toEqual([]);
      expect([films(), requests(/^EditPost$/u).length]).toEqual([before, 1]);
    }
    // One of our own carries it at its top, where nothing is stripped.
    const media = { video: film.video.url };
    const own = (await store.create({ profileIds: [ids.x], text: 'One', when: 'queue', media, details: { [ids.x]: { thread: ['Two'] } } }))
      .created[0]!;
    expect(own.attachments).toMatchObject([{ kind: 'video', url: film.video.url }]);
    await store.edit(own.id, { text: 'Another one' });
    now += 300_000;
    await store.share(own.id);
    now += 300_000;
    sandbox.state.settle();
    expect(stored(own.id).published?.map((part) => part.assets.length)).toEqual([1, 0]);
  },

  linkedinCard: async () => {
    const store = newStore(sandbox, 'graphql');
    await store.loadProfiles();
    await readWhole(store, ids.linkedin);
    const card = { link: 'https://larkspur.example/post', title: 'A post', picture: 'https://larkspur.example/card.png' };
    const { created } = await store.create({ profileIds: [ids.linkedin], text: 'With a card', when: 'queue', media: card });
    const { id } = created[0]!;
    const shows = () => [stored(id).media?.link, stored(id).assets?.length ?? 0];
    expect(shows()).toEqual([card.link, 0]);
    // Only one of both is ever sent, so neither is dropped nor refused.
    expect((await store.edit(id, { text: 'With the same card' })).lost).toEqual([]);
    expect(shows()).toEqual([card.link, 0]);
    expect((await store.edit(id, { media: { picture: 'https://larkspur.example/a.png', description: 'A' } })).lost).toEqual([]);
    expect(shows()).toEqual([undefined, 1]);
    expect((await store.edit(id, { media: card })).lost).toEqual([]);
    expect(shows()).toEqual([card.link, 0]);
    agree(store, ids.linkedin);
    // A card takes the place of all pictures, as it goes with none of them.
    const many = await made(ids.linkedin, { text: 'Three', assets: ['a', 'b', 'c'].map(picture) });
    const { lost } = await store.edit(many, { media: card });
    expect([lost, stored(many).media?.link, stored(many).assets?.length ?? 0]).toEqual([[], card.link, 0]);
  },

  mostProfileIds: async (setting) => {
    const [model] = sandbox.state.profiles;
    const many = Array.from({ length: 23 }, (_, index) => ({ ...model!, id: `5160746d13f04a5e3b${String(index).padStart(6, '0')}` }));
    sandbox.state.profiles.push(...many);
    const store = newStore(sandbox, 'v1');
    await store.loadProfiles();
    const profileIds = many.map(({ id }) => id);
    const { created, refused } = await store.create({ profileIds, text: 'To many', when: 'queue' });
    expect([created.map(({ profileId }) => profileId), refused]).toEqual([profileIds, []]);
    expect(saying('To many').map(({ profileId }) => profileId)).toEqual(profileIds);
    // That is what the client keeps to: more in one request is taken, or not.
    const form = new URLSearchParams([['text', 'All at once'], ...profileIds.map((id) => ['profile_ids[]', id])]);
    const headers = { authorization: `Bearer ${sandbox.token}` };
    const { ok } = await fetch(`${sandbox.url}/updates/create.json`, { method: 'POST', headers, body: form });
    expect(ok).toBe(setting === 'any');
  },

  editKeepsTime: async () => {
    const store = newStore(sandbox, 'v1');
    await store.loadProfiles();
    await readWhole(store, ids.linkedin);
    const at = inDays(3);
    const timed = (await store.create({ profileIds: [ids.linkedin], text: 'In time', when: { at } })).created[0]!;
    const queued = (await store.create({ profileIds: [ids.linkedin], text: 'In its turn', when: 'queue' })).created[0]!;
    const place = stored(queued.id).dueAt;
    for (const { id } of [timed, queued]) {
      await store.edit(id, { text: `Edited ${id}` });
      agree(store, ids.linkedin, 'v1');
    }
    expect([stored(timed.id).isCustomScheduled, stored(timed.id).dueAt]).toEqual([true, Math.floor(at.getTime() / 1000)]);
    expect([stored(queued.id).isCustomScheduled, stored(queued.id).dueAt]).toEqual([false, place]);
  },

  v1EditMedia: async () => {
    const store = newStore(sandbox, 'v1');
    await store.loadProfiles();
    const media = { picture: 'https://larkspur.example/a.png', description: 'A' };
    const { id } = (await store.create({ profileIds: [ids.mastodon], text: 'Pictured', when: 'queue', media })).created[0]!;
    const before = stored(id).media;
    await store.edit(id, { text: 'Pictured still' });
    await store.edit(id, { when: { at: inDays(3) } });
    expect(stored(id).media).toEqual(before);
    expect((await store.edit(id, { media: null })).update.media).toBeUndefined();
    expect(stored(id).media).toBeUndefined();
  },

  v1PausedDays: async () => {
    const profile = profileOf(ids.mastodon);
    profile.pausedDays = ['sat', 'sun'];
    sandbox.state.retime(profile);
    const store = newStore(sandbox, 'v1');
    await store.loadProfiles();
    await readWhole(store, ids.mastodon);
    agree(store, ids.mastodon, 'v1');
    const days = store.profile(ids.mastodon)!.schedules.flatMap((schedule) => schedule.days);
    expect([...new Set(days)].sort()).toEqual(['fri', 'mon', 'thu', 'tue', 'wed']);
  },

  v1UpdateError: async (setting) => {
    const store = newStore(sandbox, 'v1');
    await store.loadProfiles();
    await store.loadList(ids.linkedin, 'sent');
    expect(store.failed.length).toBeGreaterThan(0);
    for (const { id, failure } of store.failed)
      expect([failure!.message, failure!.helpUrl !== undefined]).toEqual([stored(id).failure, setting === 'textAndLink']);
  },

  v1Refusal: async () => {
    const store = newStore(sandbox, 'v1');
    await store.loadProfiles();
    const before = sandbox.state.updates.size;
    expect(await failureOf(store.create({ profileIds: [ids.x], text: 'x'.repeat(281), when: 'queue' }))).toMatchObject({
      kind: 'rejected',
      outcome: 'notDone',
      message: expect.stringMatching(/too long/u) as string,
    });
    expect(sandbox.state.updates.size).toBe(before);
  },

  v1Configuration: async () => {
    const store = newStore(sandbox, 'v1');
    const configuration = await store.configuration();
    for (const profile of await store.loadProfiles())
      expect(characterLimit(profile, configuration)).toBeGreaterThanOrEqual(networkOf(profile.service).characters);
    // As long as the network takes, and not longer than it takes.
    const text = 'x'.repeat(characterLimit(store.profile(ids.x)!, configuration));
    expect((await store.create({ profileIds: [ids.x], text, when: { at: inDays(3) } })).created).toHaveLength(1);
  },

  insightsScope: async (setting) => {
    const grant = await signIn();
    expect(grant.scopes.includes('insights:read')).toBe(setting === 'granted');
    const missing = await seesAll(grant);
    expect(missing.filter(({ part }) => part === 'figures')).toEqual([]);
  },

  notesScope: async (setting) => {
    const grant = await signIn();
    expect(grant.scopes.includes('notes:read')).toBe(setting === 'granted');
    await seesAll(grant);
  },

  openidScope: async () => {
    const grant = await signIn();
    expect(grant.scopes).not.toContain('openid');
    await seesAll(grant);
  },

  scopeRefusal: async () => {
    sandbox.state.settings.insightsScope = 'refused';
    const grant = await signIn();
    expect(grant.scopes).toEqual(scopesWithout(optionalScopes).split(' '));
    await seesAll(grant);
  },

  consentForRefresh: async (setting) => {
    // That is what the client keeps to: without the question, lasting access is given or not.
    const start = await startSignIn(application());
    const unasked = new URL(start.authorizeUrl);
    unasked.searchParams.delete('prompt');
    const silent = finishSignIn({ ...application(), ...start, callback: await answerConsent(unasked.href, 'allow') });
    if (setting === 'notNeeded') await silent;
    else expect((await failureOf(silent)).message).toContain('cannot be renewed');
    const renewed = await refresh(await refresh(await signIn()));
    await seesAll(renewed);
  },

  signInFailure: async (setting) => {
    const unknown = checkSignIn({ ...application(), clientId: 'nobody' });
    // Where the reason stays in the browser, that is where it is read: the browser opens.
    if (setting === 'inPlace') await unknown;
    else
      expect(await failureOf(unknown)).toMatchObject({ kind: 'rejected', message: expect.stringContaining('client is invalid') as string });
    await seesAll(await signIn());
  },

  redirects: async (setting) => {
    // A desktop application has no public address: it is said, and a key is good.
    if (setting === 'registered') await seesAll(await signIn());
    else
      expect(await failureOf(signIn())).toMatchObject({ kind: 'rejected', message: expect.stringContaining('redirect address') as string });
    await readEverything(sandbox, 'graphql');
  },

  registration: async (setting) => {
    const { registrationEndpoint, register } = await import('../../../src/account/registration.ts');
    const { authUrl, redirectUri } = application();
    expect((await registrationEndpoint(authUrl)) !== undefined).toBe(setting !== 'none');
    if (setting === 'open') {
      const own = { ...application(), clientId: await register({ authUrl, redirectUri }) };
      const start = await startSignIn(own);
      await seesAll(await finishSignIn({ ...own, ...start, callback: await answerConsent(start.authorizeUrl, 'allow') }));
    } else if (setting !== 'noApi') {
      expect(await failureOf(register({ authUrl, redirectUri }))).toMatchObject({ kind: 'rejected' });
    }
    // Where nothing comes of it, a key is good.
    await readEverything(sandbox, 'graphql');
  },

  limitBody: async () => {
    const store = newStore(sandbox, 'graphql');
    await store.loadProfiles();
    const before = sandbox.state.updates.size;
    spendAll();
    const error = await failureOf(store.create({ profileIds: [ids.bluesky], text: 'Too soon', when: 'queue' }));
    expect(error).toMatchObject({ kind: 'rateLimited', outcome: 'notDone' });
    expect(error.retryAfter).toBeGreaterThan(800);
    expect(error.message).not.toBe('');
    expect(sandbox.state.updates.size).toBe(before);
  },

  refusedRequests: async () => {
    const store = newStore(sandbox, 'graphql');
    await store.loadProfiles();
    spendAll();
    sandbox.resetRequests();
    const create = (text: string, from = store) => from.create({ profileIds: [ids.bluesky], text, when: 'queue' });
    // What is refused once is not asked for again before its time, so it cannot count twice.
    for (const text of ['One', 'Two', 'Three'])
      expect(await failureOf(create(text))).toMatchObject({ kind: 'rateLimited', outcome: 'notDone' });
    expect(sandbox.requests()).toHaveLength(1);
    // The longest window is 30 days.
    now += 31 * 86_400_000;
    expect((await create('Later', newStore(sandbox, 'graphql'))).created).toHaveLength(1);
    expect(['One', 'Two', 'Three', 'Later'].map((text) => saying(text).length)).toEqual([0, 0, 0, 1]);
  },

  failedField: async () => {
    const token = 'an-access-token-without-insights';
    sandbox.state.grantAccess(token, sandbox.state.users[0]!.id, sandbox.state.now() + 3600, ['account:read', 'posts:read', 'posts:write']);
    // A thing of its own that fails, and a field of each row.
    sandbox.state.settings.dailyPostingLimits = 'fails';
    const { store, missing } = storeWithMissing({ token: () => Promise.resolve(token) });
    await store.loadProfiles();
    await store.refresh();
    expect([store.profiles.status, missing().map(({ part }) => part)]).toEqual(['loaded', ['dailyLimits']]);
    await readWhole(store, ids.bluesky);
    agree(store, ids.bluesky);
    await store.loadList(ids.bluesky, 'sent');
    expect(store.list(ids.bluesky, 'sent').items.length).toBeGreaterThan(20);
    expect(missing()).toMatchObject([
      { part: 'dailyLimits', isForbidden: false },
      { part: 'figures', isForbidden: true },
    ]);
  },

  dailyPostingLimits: async (setting) => {
    const { store, missing } = storeWithMissing();
    await store.loadProfiles();
    await store.refresh();
    for (const { id } of store.profiles.items) {
      await readWhole(store, id);
      agree(store, id);
    }
    const works = setting === 'works';
    expect(store.profile(ids.x)!.today !== undefined).toBe(works);
    expect(missing().map(({ part }) => part)).toEqual(works ? [] : ['dailyLimits']);
  },

  publishing: async (setting) => {
    const at = new Date(Math.ceil(now / 60_000) * 60_000 + 60_000);
    const store = newStore(sandbox, 'graphql');
    await store.loadProfiles();
    const { id } = (await store.create({ profileIds: [ids.bluesky], text: 'On the minute', when: { at } })).created[0]!;
    const look = async (): Promise<Update> => {
      const fresh = newStore(sandbox, 'graphql');
      await fresh.loadProfiles();
      await readWhole(fresh, ids.bluesky);
      await fresh.loadList(ids.bluesky, 'sent');
      // In one of both, and never in neither.
      const rows = (['pending', 'sent'] as const)
        .flatMap((section) => fresh.list(ids.bluesky, section).items)
        .filter((each) => each.id === id);
      expect(rows).toHaveLength(1);
      return rows[0]!;
    };
    expect((await look()).status).toBe('pending');
    now = at.getTime() + 1000;
    const due = await look();
    expect(due.status).toBe(setting === 'late' ? 'pending' : 'sent');
    // It is not taken for failed, nor for one that can still be moved.
    expect(isWaiting(due, now)).toBe(false);
    now = at.getTime() + 40_000;
    expect(await look()).toMatchObject({ status: 'sent', failure: undefined });
  },
};

/** Whether the sandbox asks for a switch from now on. */
function watch(name: BehaviourName): () => boolean {
  const { settings } = sandbox.state;
  let [value, isAsked] = [settings[name], false];
  Object.defineProperty(settings, name, {
    configurable: true,
    enumerable: true,
    get: () => ((isAsked = true), value),
    set: (setting: typeof value) => (value = setting),
  });
  onTestFinished(() => void Object.defineProperty(settings, name, { configurable: true, enumerable: true, writable: true, value }));
  return () => isAsked;
}

test('every switch has its journey, and none is about a switch that there is not', () => {
  expect(Object.keys(journeys).sort()).toEqual([...names].sort());
});

describe.each(names)('%s', (name) => {
  test.each(settingsOf(name))('is lived with: %s', async (setting) => {
    sandbox.behave({ [name]: setting });
    const isAsked = watch(name);
    await (journeys[name] as (each: string) => Promise<void>)(setting);
    // A journey that does not pass by the switch would show nothing.
    expect(isAsked()).toBe(true);
  });
});

const most = Math.max(...names.map((name) => settingsOf(name).length));
/** All switches at once: each at its first setting, at its second …, and each one further than the one before. */
const mixtures: readonly (readonly [title: string, choose: (place: number) => number])[] = [
  ...Array.from({ length: most }, (_, each) => [`each at its setting ${each + 1}`, () => each] as const),
  ...[0, 1].map((each) => [`each a setting further than the one before, from ${each + 1}`, (place: number) => place + each] as const),
];

describe.each(['v1', 'graphql'] as const)('a day on %s', (api) => {
  test.each(mixtures)('with %s', async (_, choose) => {
    sandbox.behave(Object.fromEntries(names.map((name, place) => [name, settingsOf(name)[choose(place) % settingsOf(name).length]])));
    await aDay(sandbox, api, inDays(3));
  });
});
