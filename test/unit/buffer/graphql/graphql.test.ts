import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { BufferApi } from '../../../../src/core/buffer/bufferApi.ts';
import { createGraphql } from '../../../../src/core/buffer/graphql/graphqlApi.ts';
import { allDocuments as documents } from '../../../../src/core/buffer/graphql/allDocuments.ts';
import { createPosts, textOf } from '../../../../src/core/buffer/graphql/documents.ts';
import type { BudgetWindow, NewUpdate } from '../../../../src/core/buffer/model.ts';
import { isScarce, tightest } from '../../../../src/core/buffer/transport/requestBudget.ts';
import { budgetIn } from '../../../../src/core/buffer/transport/rateLimitHeaders.ts';
import { buildSchema, parse, validate } from 'graphql';
import { editRulesOf } from '../../support/editRules.ts';
import { failureOf } from '../../support/failureOf.ts';
import { ids } from '../../support/ids.ts';
import { ownSandbox } from '../../support/ownSandbox.ts';

const sandbox = await ownSandbox({});
let api: BufferApi;
let log: string[];
let budget: readonly BudgetWindow[];

beforeEach(() => {
  log = [];
  budget = [];
  api = connect();
});

function connect(
  token = sandbox.graphqlToken,
  options: { timeout?: number; organizationId?: string; renewToken?: (refused: string) => Promise<string | undefined> } = {},
): BufferApi {
  return createGraphql({
    baseUrl: sandbox.graphqlUrl,
    token: () => Promise.resolve(token),
    organizationId: sandbox.state.organizations[0]!.id,
    log: (line) => log.push(line),
    onBudget: (windows) => (budget = windows),
    ...options,
  });
}

/** At a whole minute: the service cuts seconds off. */
const inDays = (days: number) => new Date(Math.floor(Date.now() / 60_000) * 60_000 + days * 86_400_000);
const services = () => new Map(sandbox.state.profiles.map(({ id, service }) => [id, service === 'google' ? 'googlebusiness' : service]));
const create = (update: Omit<NewUpdate, 'when'> & Partial<NewUpdate>) =>
  api.create({ when: 'queue', ...update }, (id) => services().get(id) ?? '');
const idOf = (service: string) =>
  sandbox.state.profiles.find(({ id, disconnected, isLocked }) => services().get(id) === service && !disconnected && !isLocked)!.id;
const operations = () => sandbox.requests().map(({ operationName }) => operationName);
const asked = { size: 25, known: [] };

describe('the documents', () => {
  const schema = buildSchema(readFileSync(new URL('../../../../src/core/buffer/graphql/schema.graphql', import.meta.url), 'utf8'));

  test.each(Object.entries(documents))('%s is what the published types allow', (name, document) => {
    const text = textOf(document);
    expect(text).toContain(name);
    expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([]);
  });

  test.each([1, 2, 30])('so are %i posts in one request', (count) => {
    expect(validate(schema, parse(textOf(createPosts(count)))).map(({ message }) => message)).toEqual([]);
  });
});

describe('reading', () => {
  // https://developers.buffer.com/guides/character-limits
  test.each([
    ['None', undefined],
    ['', undefined],
    ['Basic', 25_000],
    ['Premium', 25_000],
    ['PremiumPlus', 25_000],
  ])('who pays X for %j may write %s characters', async (plan, characters) => {
    sandbox.state.profiles.find(({ id }) => id === idOf('twitter'))!.subscriptionType = plan;
    const { profiles } = await api.overview(asked);
    expect(profiles.find(({ id }) => id === idOf('twitter'))?.characters).toBe(characters);
  });

  test('the account tells its organizations', async () => {
    expect(await api.account()).toMatchObject({
      label: expect.any(String) as string,
      organizations: [{ name: expect.any(String) as string }, {}],
    });
  });

  test('one request opens the sidebar: channels with what they are, and the heads of their queues', async () => {
    const { profiles, pending } = await api.overview(asked);
    expect(operations()).toEqual(['Overview']);
    expect(profiles.length).toBeGreaterThanOrEqual(12);
    expect(profiles.find(({ id }) => id === ids.disconnected)).toMatchObject({ isDisconnected: true });
    expect(profiles.some(({ isLocked }) => isLocked)).toBe(true);
    expect(profiles.some(({ isPaused }) => isPaused)).toBe(true);
    expect(profiles.find(({ service }) => service === 'pinterest')!.boards).toHaveLength(3);
    for (const { id, timeZone } of profiles) {
      expect(timeZone).not.toBe('');
      const queue = sandbox.state.pending(sandbox.state.profiles.find((each) => each.id === id)!).map((each) => each.id);
      const head = pending![id]!.updates.filter(({ status }) => status === 'pending').map((each) => each.id);
      // A head is the queue itself up to some place.
      expect(queue.slice(0, head.length)).toEqual(head);
    }
  });

  test('what may still be posted today comes along once the channels are known', async () => {
    const { profiles } = await api.overview({ size: 25, known: [ids.x] });
    expect(profiles.find(({ id }) => id === ids.x)!.today).toMatchObject({ isReached: false });
    expect(sandbox.requests()).toHaveLength(1);
  });

  test('every kind of waiting post is shown as what it is', async () => {
    const { pending } = await api.overview(asked);
    const statuses = new Set(Object.values(pending!).flatMap(({ updates }) => updates.map(({ status }) => status)));
    const undated = await Promise.all([...services().keys()].slice(0, 8).map((id) => api.pending(id, { size: 100 })));
    for (const { status } of undated.flatMap(({ updates }) => updates)) statuses.add(status);
    expect([...statuses]).toEqual(expect.arrayContaining(['pending', 'draft', 'needsApproval', 'failed']));
    const failed = Object.values(pending!)
      .flatMap(({ updates }) => updates)
      .find(({ status }) => status === 'failed')!;
    expect(failed.failure!.message).not.toBe('');
    expect(failed.failure!.helpUrl).toMatch(/^https:/);
  });

  test('sent posts carry their numbers and their address', async () => {
    const { updates } = await api.sent(ids.x, { size: 5 });
    expect(updates).toHaveLength(5);
    expect(Object.keys(updates[0]!.statistics).length).toBeGreaterThan(0);
    expect(updates[0]!.url).toMatch(/^https:/);
    expect(updates.map(({ sentAt }) => sentAt!.getTime())).toEqual(updates.map(({ sentAt }) => sentAt!.getTime()).sort((a, b) => b - a));
  });

  test('pages of sent posts follow one another', async () => {
    const first = await api.sent(ids.x, { size: 100 });
    const second = await api.sent(ids.x, { size: 100, after: first.next, held: 100 });
    expect(new Set([...first.updates, ...second.updates].map(({ id }) => id)).size).toBe(200);
  });
});

describe.each(editRulesOf('graphql'))('writing on %s', (_title, { settings }) => {
  beforeEach(() => sandbox.behave(settings));

  test('a post to three channels costs one request', async () => {
    const three = [ids.mastodon, ids.bluesky, ids.linkedin];
    const { updates, refused } = await create({ profileIds: three, text: 'To three at once 🎈 & + ñ' });
    expect(updates.map(({ profileId }) => profileId)).toEqual(three);
    expect(updates.every(({ text, status }) => text === 'To three at once 🎈 & + ñ' && status === 'pending')).toBe(true);
    expect(refused).toEqual({});
    expect(operations()).toEqual(['CreatePost']);
  });

  test('who did not take it says why, and the others have it', async () => {
    const { updates, refused } = await create({ profileIds: [ids.bluesky, idOf('instagram')], text: 'No picture' });
    expect(updates).toHaveLength(1);
    expect(refused![idOf('instagram')]).toMatchObject({
      kind: 'rejected',
      outcome: 'notDone',
      message: expect.stringMatching(/./) as string,
    });
  });

  test('each way of scheduling', async () => {
    const at = inDays(1);
    const made = async (when: NewUpdate['when']) =>
      (await create({ profileIds: [ids.bluesky], text: `When ${JSON.stringify(when)}`, when })).updates[0]!;
    expect(await made('queue')).toMatchObject({ status: 'pending', isFixedTime: false });
    expect(await made('now')).toMatchObject({ status: 'sent' });
    expect((await made({ at })).dueAt).toEqual(at);
    const next = await made('next');
    expect(
      (await api.pending(ids.bluesky, { size: 10 })).updates.find(({ isFixedTime, status }) => !isFixedTime && status === 'pending')!.id,
    ).toBe(next.id);
  });

  test('an edit keeps what it leaves out; a time of its own and back to the queue', async () => {
    const media = { picture: 'https://example.com/a.png', description: 'A picture' };
    const [created] = (await create({ profileIds: [ids.linkedin], text: 'Pictured', media })).updates;
    const { update: edited } = await api.edit(created!, { text: 'Still pictured' });
    expect(edited).toMatchObject({ text: 'Still pictured', media, dueAt: created!.dueAt });
    const at = inDays(5);
    const { update: later } = await api.edit(edited, { text: 'Later', when: { at } });
    expect(later).toMatchObject({ dueAt: at, isFixedTime: true });
    const { update: back } = await api.edit(later, { text: 'Back', when: 'queue' });
    expect(back).toMatchObject({ isFixedTime: false });
    expect((await api.edit(back, { text: 'Bare', media: null })).update.media).toBeUndefined();
  });

  test('share, delete, and to the head of the queue', async () => {
    const made = async (text: string) => (await create({ profileIds: [ids.bluesky], text })).updates[0]!;
    expect((await api.share(await made('Now')))?.update).toMatchObject({ status: 'sent' });
    const { id } = await made('First');
    expect((await api.moveToTop(id)).id).toBe(id);
    await api.destroy(id);
    expect(await failureOf(api.destroy(id))).toMatchObject({ kind: 'notFound' });
    expect(await failureOf(api.update(id))).toMatchObject({ kind: 'notFound' });
  });

  test('a link with a card, and a card taken away', async () => {
    const media = {
      link: 'https://example.com/post',
      title: 'A post',
      description: 'About something',
      picture: 'https://example.com/card.png',
    };
    const [created] = (await create({ profileIds: [ids.bluesky], text: 'Read this', media })).updates;
    expect(created!.media).toMatchObject({ link: media.link, title: media.title });
    expect((await api.edit(created!, { text: 'Read this', media: null })).update.media).toBeUndefined();
  });

  test.each([
    ['twitter', { thread: ['Second', 'Third'] }, undefined],
    ['mastodon', { thread: ['Second'], spoiler: 'Careful' }, undefined],
    ['threads', { thread: ['Second'], topic: 'tools' }, undefined],
    ['linkedin', { firstComment: 'And one more thing' }, undefined],
    ['facebook', { type: 'post', firstComment: 'First' }, undefined],
    ['instagram', { type: 'post', shareToFeed: true, firstComment: 'First' }, { picture: 'https://example.com/a.png' }],
    ['pinterest', { title: 'A pin', link: 'https://example.com/' }, { picture: 'https://example.com/a.png' }],
    ['youtube', { title: 'A video', category: '28', privacy: 'unlisted', isMadeForKids: false }, { video: 'https://example.com/a.mp4' }],
    ['googlebusiness', { type: 'whats_new', button: 'learn_more', link: 'https://example.com/' }, undefined],
    [
      'googlebusiness',
      {
        type: 'event',
        title: 'Open day',
        startsAt: new Date('2027-01-10T09:00:00Z'),
        endsAt: new Date('2027-01-10T17:00:00Z'),
        button: 'none',
      },
      undefined,
    ],
  ] as const)('%s takes what it asks for, and gives it back', async (service, details, media) => {
    const profileId = idOf(service);
    const board = (await api.overview(asked)).profiles.find(({ id }) => id === profileId)?.boards?.[0]?.id;
    // Facebook's queue is full.
    for (const each of sandbox.state.pending(sandbox.state.profiles.find(({ id }) => id === profileId)!).slice(-1))
      sandbox.state.remove(each);
    const given = board ? { ...details, board } : details;
    const { updates, refused } = await create({
      profileIds: [profileId],
      text: 'What it asks for',
      media,
      details: { [profileId]: given },
    });
    expect(refused).toEqual({});
    expect(updates[0]!.details).toMatchObject(given);
    // An edit of the text alone carries the rest along.
    const { update: edited } = await api.edit(updates[0]!, { text: 'Edited' });
    expect(edited.details).toMatchObject(given);
  });

  test('ideas are kept and listed', async () => {
    const before = await api.ideas({ size: 50 });
    const idea = await api.createIdea({ text: 'A thought for later' });
    expect(idea.text).toBe('A thought for later');
    expect((await api.ideas({ size: 50 })).ideas.map(({ id }) => id)).toContain(idea.id);
    expect(before.ideas.length).toBeGreaterThan(0);
    expect(before.ideas[0]!.createdAt.getFullYear()).toBeGreaterThan(2000);
  });
});

describe('failures', () => {
  test('a token of v1 or none is not accepted, and a token is asked for', async () => {
    for (const token of [sandbox.token, 'nonsense', ''])
      expect(await failureOf(connect(token).account())).toMatchObject({ kind: 'unauthorized' });
  });

  test('what belongs to another person stays theirs', async () => {
    expect(await failureOf(api.profile(ids.foreign))).toMatchObject({ kind: expect.stringMatching(/forbidden|notFound/) as string });
  });

  test.each([
    ['UNAUTHORIZED', 'forbidden'],
    ['FORBIDDEN', 'forbidden'],
    ['NOT_FOUND', 'notFound'],
    ['UNEXPECTED', 'server'],
    ['SOMETHING_NEW', 'rejected'],
  ] as const)('errors[] with %s is %s', async (code, kind) => {
    sandbox.faults.add({ kind: 'graphqlError', code, message: 'So it is.', times: 0 });
    expect(await failureOf(api.update(ids.x))).toMatchObject({ kind, message: 'So it is.', outcome: 'notDone' });
  });

  test('one error among several posts leaves it open what became of the others', async () => {
    sandbox.behave({ failedField: 'bubbles' });
    sandbox.faults.add({ kind: 'partial', at: { post1: { code: 'FORBIDDEN' } } });
    const { refused } = await create({ profileIds: [ids.bluesky, ids.mastodon], text: 'Open' });
    expect(refused).toMatchObject({ [ids.bluesky]: { outcome: 'unknown' }, [ids.mastodon]: { outcome: 'notDone', kind: 'forbidden' } });
  });

  test('a member of the union that nobody told us of still says what is wrong', async () => {
    sandbox.faults.add({ kind: 'newMutationError', message: 'This breaks a rule made yesterday.' });
    expect(await failureOf(create({ profileIds: [ids.bluesky], text: 'New' }))).toMatchObject({
      kind: 'rejected',
      outcome: 'notDone',
      message: 'This breaks a rule made yesterday.',
    });
  });

  test.each([
    ['html', 'intercepted'],
    ['empty', 'malformed'],
    ['malformed', 'malformed'],
    ['dropAfter', 'offline'],
  ] as const)('a create that ends with %s is unclear, and sent once', async (kind, expected) => {
    sandbox.faults.add({ kind });
    expect(await failureOf(create({ profileIds: [ids.bluesky], text: 'Maybe' }))).toMatchObject({ kind: expected, outcome: 'unknown' });
    expect(sandbox.requests()).toHaveLength(1);
  });

  test('reading is repeated, writing never is', async () => {
    sandbox.faults.add({ kind: 'status', status: 502 });
    await api.account();
    expect(sandbox.requests()).toHaveLength(2);
    sandbox.resetRequests();
    sandbox.faults.add({ kind: 'status', status: 502 });
    expect(await failureOf(create({ profileIds: [ids.bluesky], text: 'Once' }))).toMatchObject({ kind: 'server', outcome: 'unknown' });
    expect(sandbox.requests()).toHaveLength(1);
  });

  test('a refused token is renewed once, for a write too', async () => {
    const renewing = connect('an-old-token', { renewToken: () => Promise.resolve(sandbox.graphqlToken) });
    const { updates } = await renewing.create({ profileIds: [ids.bluesky], text: 'Renewed', when: 'queue' }, () => 'bluesky');
    expect(updates).toHaveLength(1);
    expect(
      sandbox.state.pending(sandbox.state.profiles.find(({ id }) => id === ids.bluesky)!).filter(({ text }) => text === 'Renewed'),
    ).toHaveLength(1);
  });

  test('a token that cannot be renewed because its keeper fails is a failure in a sentence', async () => {
    const renewing = connect('an-old-token', { renewToken: () => Promise.reject(new Error('EACCES: permission denied')) });
    const error = await failureOf(renewing.account());
    expect(error.kind).toBe('offline');
    expect(error.message).not.toContain('EACCES');
  });

  test('the log tells operations, never texts or tokens', async () => {
    await create({ profileIds: [ids.bluesky], text: 'quiet words' });
    expect(log).toEqual([expect.stringMatching(/^POST CreatePost 200 in \d+ ms$/)]);
    expect(log.join()).not.toContain(sandbox.graphqlToken);
  });
});

describe('the budget', () => {
  test('each window is told, matched by its length', async () => {
    await api.account();
    expect(budget).toMatchObject([
      { length: 900, quota: 100, remaining: 99 },
      { length: 86_400, quota: 250, remaining: 249 },
      { length: 2_592_000, quota: 3000, remaining: 2999 },
    ]);
    expect(isScarce(tightest(budget)!)).toBe(false);
    sandbox.spend(91);
    await api.account();
    expect(tightest(budget)).toMatchObject({ length: 900, remaining: 7 });
    expect(isScarce(tightest(budget)!)).toBe(true);
  });

  test.each([
    [{}, '15m', 900],
    [{}, '24h', 86_400],
    [{}, '30d', 2_592_000],
    // What the service may think of one day.
    [{}, '1h', 60],
    [{}, 'constructor', 60],
    [{}, undefined, 60],
    [{ 'retry-after': '7' }, '24h', 7],
  ])('a refusal with the headers %j of the window %s is told to be over after %i s', async (headers, window, seconds) => {
    const error = { message: 'Too many requests.', extensions: { code: 'RATE_LIMIT_EXCEEDED', window } };
    sandbox.faults.add({ kind: 'status', status: 429, headers, body: { errors: [error] } });
    const failure = await failureOf(create({ profileIds: [ids.bluesky], text: 'Refused' }));
    expect(failure).toMatchObject({ kind: 'rateLimited', outcome: 'notDone', retryAfter: seconds });
  });

  test('what comes too soon is not even sent', async () => {
    sandbox.spend(100);
    const first = await failureOf(api.account());
    expect(first).toMatchObject({ kind: 'rateLimited' });
    expect(first.retryAfter).toBeGreaterThan(800);
    sandbox.resetRequests();
    expect(await failureOf(create({ profileIds: [ids.bluesky], text: 'Too soon' }))).toMatchObject({
      kind: 'rateLimited',
      outcome: 'notDone',
    });
    expect(sandbox.requests()).toHaveLength(0);
  });

  test('headers that make no sense are no budget', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (limit, policy) => {
        const ascii = (text: string) => text.replace(/[^\x20-\x7e]/g, '');
        const windows = budgetIn(new Headers({ ratelimit: ascii(limit), 'ratelimit-policy': ascii(policy) }));
        for (const { length, quota, remaining, resetsAt } of windows) {
          expect([length, quota, remaining].every((each) => Number.isFinite(each) && each >= 0)).toBe(true);
          expect(resetsAt).toBeInstanceOf(Date);
        }
      }),
    );
    expect(budgetIn(new Headers({ ratelimit: '"a";r=1;t=2', 'ratelimit-policy': '"b";q=1;w=1' }))).toEqual([]);
  });
});
