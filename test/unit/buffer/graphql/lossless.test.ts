import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Profile } from '../../../../src/core/buffer/model.ts';
import { ServiceClock } from '../../../../src/core/buffer/transport/serviceClock.ts';
import { QueueStore } from '../../../../src/core/queue/queueStore.ts';
import { newMemory } from '../../../harness/memory.ts';
import { type BehaviourName, behaviours, type Settings } from '../../../sandbox/behaviours.ts';
import { clientOf } from '../../../sandbox/client.ts';
import type { ThreadPart } from '../../../sandbox/content.ts';
import { youtubeCategories } from '../../../sandbox/metadataWire.ts';
import { startSandbox } from '../../../sandbox/sandbox.ts';
import { anyPost, type Input, withCardsOf } from './anyPost.ts';
import { differences } from '../../support/differences.ts';
import { seed } from '../../support/seed.ts';
import { graphqlCalls } from './graphqlCalls.ts';
import { publicSchema } from './wholeType.ts';
import { type Case, type Expected, type Post, type Way, ways } from './postWays.ts';

// An edit changes what the person changed, and nothing else: of any post that a service takes, made by a plain request.

/** How many posts in all; a few hundred in the suite. */
const posts = Number(process.env.LOSSLESS_RUNS ?? 0);

const start = new Date('2026-10-26T14:00:00Z');
const sandbox = await startSandbox({ now: () => start, seed: 'empty', rateLimit: Infinity, graphqlLimits: Infinity });
afterAll(() => sandbox.close());
const { ask, create, read, edit } = graphqlCalls(() => sandbox);

const organizationOf = ({ organizationId }: { organizationId: string }) => organizationId;
/** Those of the signed-in person that a post can be made for. */
const channels = sandbox.state
  .profilesOf(sandbox.state.users[0]!)
  .filter(({ isLocked }) => !isLocked)
  .map((profile) => ({
    profile,
    tagIds: sandbox.state.tags.filter((tag) => organizationOf(tag) === organizationOf(profile)).map(({ id }) => id),
    categoryIds: Object.keys(youtubeCategories),
  }));
const services = [...new Set(channels.map(({ profile }) => profile.service))].sort();
const profiles = new Map<string, Profile>();
for (const { profile } of channels) profiles.set(profile.id, await clientOf(sandbox, 'graphql').profile(profile.id));

const rules = behaviours.editPost.settings;
const weights = ways.reduce((sum, { weight = 1 }) => sum + weight, 0);
const perCombination = Math.max(1, Math.ceil(posts / (services.length * rules.length * weights)));

/** Figures of the run, told at its end. */
const tally = {
  made: 0,
  discarded: 0,
  closed: 0,
  lost: 0,
  byService: {} as Record<string, number>,
  byRule: {} as Record<string, number>,
  byWay: {} as Record<string, number>,
  /** By where a thread's part has its card, of those that have one. */
  byCards: {} as Record<string, number>,
};
const count = (counts: Record<string, number>, name: string) => void (counts[name] = (counts[name] ?? 0) + 1);

/** The other switches that are about posts stand as they may. */
const switches = (Object.keys(behaviours) as BehaviourName[]).filter(
  (name) => name !== 'editPost' && /^(?:editing|creating)-/u.test(behaviours[name].line),
);
const otherSettings = fc.record(
  Object.fromEntries(switches.map((name) => [name, fc.constantFrom(...behaviours[name].settings)])),
) as unknown as fc.Arbitrary<Partial<Settings>>;

interface Given {
  readonly input: Input;
  readonly others: Partial<Settings>;
  readonly pick: number;
  readonly words: string;
  readonly fails: boolean;
}

function given(service: string, way: Way): fc.Arbitrary<Given> {
  // What is sent at once needs the network's permission.
  const able = channels.filter(({ profile }) => profile.service === service && (way.name !== 'shared now' || !profile.disconnected));
  return fc.record({
    input: fc.constantFrom(...able).chain((channel) => anyPost(channel, !way.leavesDrafts)),
    others: otherSettings,
    pick: fc.nat(10_000),
    words: fc.string({ unit: 'grapheme', maxLength: 12 }).filter((each) => !/[\p{Cc}‡]/u.test(each)),
    fails: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  });
}

/** A window of its own, which holds nothing. */
function newStore(): QueueStore {
  const store = new QueueStore(() => 20, newMemory());
  // It is known what time it is there: some of what is asked goes by the day.
  const clock = new ServiceClock();
  clock.learn(new Headers({ date: start.toUTCString() }), performance.now());
  store.connect(clientOf(sandbox, 'graphql', { clock }));
  return store;
}

/** The post as a plain request makes it, between two others in its queue; undefined where it is refused. */
async function make({ input, fails }: Given): Promise<Post> {
  const profile = sandbox.state.profiles.find(({ id }) => id === input.channelId)!;
  sandbox.state.add(profile, { text: 'Before it', when: 'queue' });
  const query = `mutation ($input: CreatePostInput!) { createPost(input: $input) {
    __typename ... on PostActionSuccess { post { id } } ... on MutationError { message } } }`;
  const { body } = await ask(query, { input });
  if (!body.data?.createPost?.post && process.env.LOSSLESS_SHOW)
    console.log(input.channelId, profile.service, JSON.stringify(body.errors ?? body.data), JSON.stringify(input));
  const id: string | undefined = body.data?.createPost?.post?.id;
  if (!id) return undefined;
  sandbox.state.add(profile, { text: 'After it', when: 'queue' });
  if (fails) fail(id);
  return read(id);
}

/** Lets its time pass, and the network refuse it; only what waits for its time can fail. */
function fail(id: string): void {
  const update = sandbox.state.updates.get(id)!;
  if (update.status !== 'buffer') return;
  update.failure = 'The network refused it.';
  update.dueAt = start.getTime() / 1000 - 86_400;
  sandbox.state.settle();
}

/** Each write moves it on. */
const always = ['updatedAt'];

/** Why a post is edited at Buffer, as far as what was read shows it (`ClosedReason`): the reason that these inputs can lead to. */
function reasonsToClose({ metadata }: Post): string[] {
  // Nobody knows how to say again what a network of its own holds.
  return metadata && !publicSchema.getType(metadata.__typename) ? ['network'] : [];
}

const writes = () =>
  sandbox.requests().filter(({ operationName }) => ['EditPost', 'CreatePost', 'DeletePost', 'MoveToTop'].includes(operationName ?? ''));

async function holds(way: Way, rule: Settings['editPost'], given: Given): Promise<void> {
  sandbox.reset();
  sandbox.behave({ ...given.others, editPost: rule });
  const { threadCards } = sandbox.state.settings;
  const each = { ...given, input: withCardsOf(threadCards, given.input) };
  const before = await make(each);
  tally.made++;
  if (!before) {
    tally.discarded++;
    fc.pre(false);
  }
  const { channelId } = each.input as { channelId: string };
  count(tally.byService, sandbox.state.profiles.find(({ id }) => id === channelId)!.service);
  count(tally.byRule, rule);
  count(tally.byWay, way.name);
  const parts = (before.metadata?.thread ?? []) as Post[];
  if (
    parts.some(({ linkAttachment, metadata }) => linkAttachment ?? metadata?.bluesky?.linkAttachment ?? metadata?.threads?.linkAttachment)
  )
    count(tally.byCards, threadCards);
  const lost: string[] = [];
  const on: Case = {
    store: newStore(),
    otherStore: newStore(),
    id: before.id,
    profile: profiles.get(channelId)!,
    before,
    pick: each.pick,
    words: each.words,
    elsewhere: (text) => elsewhere(before, each.input, text),
    now: start,
    lost: (some) => void lost.push(...some),
  };
  const reasons = reasonsToClose(before);
  if (reasons.length > 0) {
    tally.closed++;
    return staysClosed(way, on, reasons);
  }
  sandbox.resetRequests();
  const carried = filesOfFirstPart(before.id);
  const { id, post, excepted = [] } = await way.act(on);
  // What the schema lacks is told by a refusal: once of what is asked, once of what is sent.
  const most = way.writes + (way.writes && { both: 0, newOnly: 1, oldOnly: 2 }[threadCards]);
  expect({ lost, writes: writes().length }).toEqual({ lost: [], writes: expect.toSatisfy((made: number) => made <= most) as number });
  const left = differences(post, await read(id), [...always, ...excepted]);
  tally.lost += left.length;
  expect(left).toEqual([]);
  if (way.name !== 'one field changed in the composer') expect(filesOfFirstPart(id)).toEqual(carried);
}

/**
 * What the first part of a thread carries of the post's own files, which is what Threads publishes of them. No answer
 * tells it, so the sandbox itself is asked. What it carries beside them nobody but the sandbox can know of.
 */
function filesOfFirstPart(id: string): readonly string[] {
  const { details, assets = [] } = sandbox.state.updates.get(id)!;
  const [first] = (details?.thread ?? []) as readonly ThreadPart[];
  const own = new Set(assets.map(({ url }) => url));
  return (first?.assets ?? []).map(({ url }) => url).filter((url) => own.has(url));
}

/** Nothing is written that would lose something, and the reason is known. */
async function staysClosed(way: Way, { store, id, before, ...rest }: Case, reasons: readonly string[]): Promise<void> {
  expect((await store.readUpdate(id)).closed).toEqual(reasons);
  if (way.name === 'opened in the composer and saved') return;
  sandbox.resetRequests();
  if (!way.isEdit || way.name === 'deleted and brought back' || way.name.includes('elsewhere') || way.name.includes('conflict')) return;
  const refused: unknown = await way.act({ store, id, before, ...rest }).catch((error: unknown) => error);
  // What would change nothing is no edit.
  if (refused instanceof Error) expect(refused.message).toMatch(/would be lost/u);
  else expect(differences((refused as Expected).post, before)).toEqual([]);
  expect(writes()).toEqual([]);
  expect(await read(id)).toEqual(before);
}

/** Another client, which sends all that the post was made of, changes its text, its tags and what describes its files. */
async function elsewhere(before: Post, input: Input, text: string): Promise<Post> {
  const [first, ...more] = sandbox.state.tags.filter(
    (tag) => organizationOf(tag) === organizationOf(sandbox.state.profiles.find(({ id }) => id === input.channelId)!),
  );
  const tagIds = (input.tagIds as string[] | undefined)?.length ? [] : [first!.id, ...more.slice(1).map(({ id }) => id)];
  const { metadata, assets = [], schedulingType, ideaId } = input;
  const described = (assets as Post[]).map((each) =>
    each.image ? { image: { ...each.image, metadata: { ...each.image.metadata, altText: 'Described elsewhere' } } } : each,
  );
  const now = Object.fromEntries(
    Object.entries((metadata ?? {}) as Record<string, Post>).map(([name, { thread, ...rest }]) => [
      name,
      { ...rest, ...(thread && { thread: thread.map((part: Post, index: number) => (index === 0 ? { ...part, text } : part)) }) },
    ]),
  );
  const answered = await edit(before.id, {
    text,
    assets: described,
    ...(metadata !== undefined && { metadata: now }),
    tagIds,
    schedulingType,
    ideaId,
    ...(before.status === 'draft' && { saveToDraft: true }),
  });
  expect(answered.message).toBeUndefined();
  const changed = await read(before.id);
  sandbox.resetRequests();
  return changed;
}

function differencesIn(error: unknown): string {
  const { actual } = error as { readonly actual?: unknown };
  return actual === undefined ? String(error) : JSON.stringify(actual);
}

describe(`any post on GraphQL, ${perCombination} for each service, way and behaviour (seed ${seed})`, () => {
  describe.each(services)('%s', (service) => {
    test.each(rules)(
      'where editPost is %s',
      async (rule) => {
        const failures: string[] = [];
        for (const [index, way] of ways.entries()) {
          const property = fc.asyncProperty(given(service, way), (each) => holds(way, rule, each));
          const own = seed + index + 100 * rules.indexOf(rule) + 1000 * services.indexOf(service);
          const run = await fc.check(property, { numRuns: perCombination * (way.weight ?? 1), seed: own, maxSkipsPerRun: 10 });
          if (run.failed)
            failures.push(`${way.name}, seed ${own}: ${JSON.stringify(run.counterexample)}\n${differencesIn(run.errorInstance)}`);
        }
        expect(failures.join('\n\n')).toBe('');
      },
      3_600_000,
    );
  });

  test.each(rules)('what the other wrote is no comment on it, and that there may be one is said (%s)', async (editPost) => {
    for (const retweetComment of behaviours.retweetComment.settings) {
      sandbox.reset();
      sandbox.behave({ editPost, retweetComment });
      const { profile } = channels.find((each) => each.profile.service === 'twitter' && !each.profile.disconnected)!;
      const metadata = { twitter: { retweet: { id: '1750', comment: 'Read this' } } };
      const { id } = await create({ channelId: profile.id, metadata });
      const before = await read(id);
      const said = retweetComment === 'asText' ? 'Read this' : '';
      expect([before.text, before.metadata.retweet.id]).toEqual([said, '1750']);
      expect((await newStore().readUpdate(id)).hidesDetails).toBe(true);
      const at = new Date('2040-01-02T03:04:00Z');
      expect((await newStore().edit(id, { when: { at } })).lost).toEqual([]);
      const after = await read(id);
      expect([after.text, after.metadata]).toEqual([said, before.metadata]);
      const { comment } = sandbox.state.updates.get(id)!.details!.retweet as { comment?: string };
      expect(comment ?? 'Read this').toBe('Read this');
    }
  });

  test.each(rules)('a thread on Threads that loses its further part is not told to have lost anything else (%s)', async (rule) => {
    sandbox.reset();
    sandbox.behave({ editPost: rule });
    const { profile } = channels.find((each) => each.profile.service === 'threads')!;
    const threads = { thread: [{ text: 'What we learned.' }, { text: 'And more.' }], type: 'post' };
    const { id } = await create({ channelId: profile.id, text: 'What we learned.', metadata: { threads } });
    const { lost } = await newStore().edit(id, { details: { thread: [] } });
    expect(lost).toEqual([]);
    const { metadata } = await read(id);
    expect({ type: metadata.type, parts: metadata.thread.length }).toEqual({ type: 'post', parts: 0 });
  });

  test('most of what the schema allows is taken', () => {
    if (posts) console.log(JSON.stringify({ seed, ...tally }));
    expect(tally.discarded).toBeLessThan(tally.made / 3);
  });
});
