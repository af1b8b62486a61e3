import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/sandbox.ts';
import { type Answer, graphqlCalls } from '../buffer/graphql/graphqlCalls.ts';
import { ids } from '../support/ids.ts';

// The clock stands still unless a test moves it.
const monday = new Date('2026-10-26T14:00:00Z');

const organization = '5a10c0de5ca1ab1e00000001';
const guild = '5a10c0de5ca1ab1e00000002';
const foreignOrganization = '5a10c0de5ca1ab1e00000003';
const instagram = '5160746d13f04a5e3a000007';
const pinterest = '5160746d13f04a5e3a000008';
const youtube = '5160746d13f04a5e3a00000d';
const paused = '5160746d13f04a5e3a00000e';
const locked = '5160746d13f04a5e3a00000f';
const guildMastodon = '5160746d13f04a5e3a000010';
const unknown = 'f00000000000000000000000';

const image = { image: { url: 'https://larkspur.example/a.png', metadata: { altText: 'Petals' } } };
const video = { video: { url: 'https://larkspur.example/a.mp4' } };

let sandbox: Sandbox;
let now: Date;

const begin = (options: SandboxOptions = {}) => startSandbox({ now: () => now, rateLimit: Infinity, ...options });

beforeAll(async () => {
  now = monday;
  sandbox = await begin();
});
afterAll(() => sandbox.close());
beforeEach(() => {
  now = monday;
  sandbox.reset();
});

const { ask, data } = graphqlCalls(() => sandbox);

const postFields = `id text status dueAt sentAt channelId isCustomScheduled sharedNow shareMode schedulingType createdAt updatedAt
  assets { type source ... on ImageAsset { image { altText width } } } error { message supportUrl } externalLink`;

async function posts(filter: object, more: { first?: number; after?: string; sort?: object[] } = {}) {
  const { sort, ...variables } = { first: 100, ...more };
  const query = `query Posts($input: PostsInput!, $first: Int, $after: String) {
    posts(input: $input, first: $first, after: $after) { edges { cursor node { ${postFields} } } pageInfo { hasNextPage endCursor } } }`;
  const page = (await data(query, { input: { organizationId: organization, filter, sort }, ...variables })).posts;
  return { ...page, nodes: page.edges.map(({ node }: { node: unknown }) => node) };
}
const nodes = async (filter: object, more: Parameters<typeof posts>[1] = {}) => (await posts(filter, more)).nodes;
const queue = (channel: string) => nodes({ channelIds: [channel], status: ['scheduled'] });
const idsOf = (list: { id: string }[]) => list.map(({ id }) => id);

const metadataFields = `metadata { __typename ... on CommonPostMetadata { type }
  ... on ThreadedPostMetadata { threadCount thread { text } } ... on FacebookPostMetadata { firstComment linkAttachment { url title } }
  ... on PinterestPostMetadata { board { name } } ... on YoutubePostMetadata { title category { categoryId title } privacy }
  ... on GoogleBusinessPostMetadata { details { __typename ... on GoogleBusinessOfferMetaData { code startDate } } } }`;

/** What a mutation on a post came to: the post, or the error. */
async function change(name: 'createPost' | 'editPost' | 'movePostInQueue', input: object, options?: { token?: string }) {
  const kind = `${name[0]!.toUpperCase()}${name.slice(1)}`;
  const query = `mutation ${kind}($input: ${kind}Input!) { ${name}(input: $input) {
    __typename ... on PostActionSuccess { post { ${postFields} ${metadataFields} } } ... on MutationError { message } } }`;
  const answer = (await data(query, { input }, options))[name];
  return answer.post ? { ...answer.post, type: answer.__typename } : { type: answer.__typename, message: answer.message };
}
const create = (input: object, options?: { token?: string }) =>
  change('createPost', { channelId: ids.mastodon, mode: 'addToQueue', schedulingType: 'automatic', ...input }, options);
const edit = (id: string, input: object) => change('editPost', { id, ...input });
const invalid = (message: RegExp) => ({ type: 'InvalidInputError', message: expect.stringMatching(message) });
const codes = ({ status, body }: Answer) => [
  status,
  body.errors.map(({ extensions }: { extensions?: { code?: string } }) => extensions?.code),
];

describe('who may ask', () => {
  it('takes its own keys only, as v1 takes only its own', async () => {
    for (const token of ['', 'nonsense', sandbox.token, sandbox.otherToken]) {
      expect(codes(await ask('{ account { id } }', {}, { token }))).toEqual([401, ['UNAUTHENTICATED']]);
    }
    for (const key of [sandbox.graphqlToken, sandbox.otherGraphqlToken]) {
      const { status } = await fetch(`${sandbox.url}/user.json`, { headers: { authorization: `Bearer ${key}` } });
      expect(status).toBe(401);
    }
  });

  it('revokes and restores both credentials of the main user', async () => {
    sandbox.revoke();
    expect((await ask('{ account { id } }')).status).toBe(401);
    expect((await ask('{ account { id } }', {}, { token: sandbox.otherGraphqlToken })).status).toBe(200);
    sandbox.restore();
    expect((await ask('{ account { id } }')).status).toBe(200);
  });

  it('takes an access token until it expires or is ended', async () => {
    const user = sandbox.state.users[0]!;
    const seconds = monday.getTime() / 1000;
    sandbox.state.grantAccess('access', user.id, seconds + 3600);
    expect((await data('{ account { id } }', {}, { token: 'access' })).account.id).toBe(user.id);
    now = new Date(monday.getTime() + 3_600_000);
    expect((await ask('{ account { id } }', {}, { token: 'access' })).status).toBe(401);
    sandbox.state.grantAccess('another', user.id, seconds + 7200);
    sandbox.state.endAccess('another');
    expect((await ask('{ account { id } }', {}, { token: 'another' })).status).toBe(401);
  });

  it('lets an access token do no more than it was granted', async () => {
    sandbox.state.grantAccess('reader', sandbox.state.users[0]!.id, monday.getTime(), ['posts:read', 'account:read']);
    expect((await ask('{ account { id } }', {}, { token: 'reader' })).status).toBe(200);
    const write = `mutation { deletePost(input: { id: "${unknown}" }) { __typename } }`;
    expect(codes(await ask(write, {}, { token: 'reader' }))).toEqual([200, ['UNAUTHORIZED']]);
    expect(codes(await ask(`{ ideaGroups(input: { organizationId: "${organization}" }) { id } }`, {}, { token: 'reader' }))).toEqual([
      200,
      ['UNAUTHORIZED'],
    ]);
    expect(
      (await ask(`{ channels(input: { organizationId: "${organization}" }) { id } }`, {}, { token: 'reader' })).body.errors,
    ).toBeUndefined();
  });
});

describe('reading', () => {
  it('gives the account with its organizations', async () => {
    const { account } = await data('{ account { email timezone name organizations { id name channelCount limits { scheduledPosts } } } }');
    expect(account).toMatchObject({
      timezone: 'Europe/Berlin',
      organizations: [
        { id: organization, name: 'Larkspur', channelCount: 17 },
        { id: guild, channelCount: 2 },
      ],
    });
    const filtered = await data(`{ account { organizations(filter: { organizationId: "${guild}" }) { id } } }`);
    expect(filtered.account.organizations).toEqual([{ id: guild }]);
  });

  it('gives every channel of an organization, the same as v1 and those after it', async () => {
    const query = `query ($id: OrganizationId!) { channels(input: { organizationId: $id }) {
      id service name displayName type timezone isLocked isDisconnected isQueuePaused externalLink descriptor postingSchedule { day
        paused times }
      metadata { __typename ... on PinterestMetadata { boards { id name serviceId url } } ... on MastodonMetadata { maxCharacters
        serverUrl }
      ... on TwitterMetadata { subscriptionType } } } }`;
    const { channels } = await data(query, { id: organization });
    const channel = (id: string) => channels.find((each: { id: string }) => each.id === id);
    expect(channels).toHaveLength(17);
    expect(channel(ids.x)).toMatchObject({
      service: 'twitter',
      name: 'larkspur_dev',
      displayName: '@larkspur_dev',
      type: 'profile',
      metadata: { subscriptionType: 'None' },
    });
    expect(channel(ids.x).postingSchedule[5]).toEqual({ day: 'sat', paused: false, times: ['11:00'] });
    expect(channel(ids.google)).toMatchObject({ service: 'googlebusiness', descriptor: 'Google Business Profile' });
    expect(channel(ids.disconnected)).toMatchObject({ isDisconnected: true, isLocked: false });
    expect(channel(locked)).toMatchObject({ service: 'tiktok', isLocked: true });
    expect(channel(paused)).toMatchObject({ service: 'tiktok', isQueuePaused: true });
    expect(channel(pinterest).metadata.boards).toHaveLength(3);
    expect((await data(query, { id: guild })).channels[0].metadata).toEqual({
      __typename: 'MastodonMetadata',
      maxCharacters: 1000,
      serverUrl: 'https://fen.example',
    });
    const v1 = await (await fetch(`${sandbox.url}/profiles.json`, { headers: { authorization: `Bearer ${sandbox.token}` } })).json();
    expect(v1).toHaveLength(11);
  });

  it('filters channels', async () => {
    const query = 'query ($input: ChannelsInput!) { channels(input: $input) { id } }';
    expect((await data(query, { input: { organizationId: organization, filter: { isLocked: true } } })).channels).toEqual([{ id: locked }]);
    expect((await data(query, { input: { organizationId: organization, filter: { product: 'startPage' } } })).channels).toEqual([]);
  });

  it('keeps to what belongs to the user', async () => {
    const cases: [string, string][] = [
      [`{ channel(input: { id: "${unknown}" }) { id } }`, 'NOT_FOUND'],
      [`{ channel(input: { id: "${ids.foreign}" }) { id } }`, 'FORBIDDEN'],
      [`{ channels(input: { organizationId: "${unknown}" }) { id } }`, 'NOT_FOUND'],
      [`{ channels(input: { organizationId: "${foreignOrganization}" }) { id } }`, 'FORBIDDEN'],
      [`{ post(input: { id: "${unknown}" }) { id } }`, 'NOT_FOUND'],
      [
        `{ posts(input: { organizationId: "${organization}", filter: { channelIds: ["${ids.foreign}"] } }) { pageInfo { hasNextPage } } }`,
        'FORBIDDEN',
      ],
      [
        `{ posts(input: { organizationId: "${organization}", filter: { channelIds: ["${guildMastodon}"] } }) { pageInfo { hasNextPage }
          } }`,
        'NOT_FOUND',
      ],
    ];
    sandbox.behave({ unknownOrganization: 'notFound' });
    for (const [query, code] of cases) expect(codes(await ask(query))).toEqual([200, [code]]);
  });

  it('checks a query against the schema', async () => {
    expect((await ask('{ account { shoeSize } }')).body.errors[0].message).toMatch(/shoeSize/u);
    expect((await ask('{ channel(input: { id: 7 }) { id } }')).body.errors[0].message).toMatch(/ChannelId/u);
    const input = { channelId: ids.mastodon, mode: 'whenever', schedulingType: 'automatic' };
    const { status, body } = await ask('mutation ($input: CreatePostInput!) { createPost(input: $input) { __typename } }', { input });
    expect([status < 500, body.errors[0].message]).toEqual([true, expect.stringMatching(/whenever/u)]);
    const local = await ask(`{ dailyPostingLimits(input: { channelIds: [], date: "2026-10-26T10:00:00" }) { limit } }`);
    expect(local.body.errors[0].message).toMatch(/offset/u);
    expect((await ask('{')).body.errors).toHaveLength(1);
    expect(JSON.stringify(local.body)).not.toMatch(/stack|\.ts/u);
  });

  it('lists the same queue as v1', async () => {
    const listed = (await queue(ids.x)).slice(0, 100);
    const pending = sandbox.state.pending(sandbox.state.profiles[0]!);
    expect(idsOf(listed)).toEqual(idsOf(pending.slice(0, 100)));
    expect(listed[0]).toMatchObject({
      status: 'scheduled',
      dueAt: '2026-10-26T14:15:00.000Z',
      shareMode: 'addToQueue',
      sharedNow: false,
      error: null,
    });
  });

  it('has posts in every status', async () => {
    const found: Record<string, unknown[]> = {};
    for (const status of ['draft', 'needs_approval', 'scheduled', 'sending', 'sent', 'error']) {
      found[status] = await nodes({ status: [status] });
      expect(found[status]!.length, status).toBeGreaterThan(0);
    }
    expect(found.error![0]).toMatchObject({
      error: { message: 'The network did not accept this post.', supportUrl: expect.stringMatching(/^https:/u) },
    });
    expect(found.draft!.some((post) => (post as { dueAt: unknown }).dueAt === null)).toBe(true);
    expect(found.sending).toMatchObject([{ channelId: youtube, sharedNow: true }]);
    expect(found.sent![0]).toMatchObject({ externalLink: expect.stringMatching(/^https:/u), sentAt: expect.any(String) });
  });

  it('keeps drafts from v1', async () => {
    const [draft] = await nodes({ channelIds: [ids.x], status: ['draft'] });
    const v1 = async (path: string) => fetch(sandbox.url + path, { headers: { authorization: `Bearer ${sandbox.token}` } });
    expect((await v1(`/updates/${draft.id}.json`)).status).toBe(404);
    expect((await v1(`/profiles/${youtube}.json`)).status).toBe(404);
    expect(await (await v1(`/profiles/${ids.x}/updates/pending.json`)).json()).toMatchObject({ total: 250 });
  });

  it('sorts by each key, in either direction', async () => {
    const times = (list: { dueAt: string; createdAt: string }[], key: 'dueAt' | 'createdAt') => list.map((post) => Date.parse(post[key]));
    for (const field of ['dueAt', 'createdAt'] as const) {
      for (const [direction, sign] of [
        ['asc', 1],
        ['desc', -1],
      ] as const) {
        const list = times(await nodes({ status: ['scheduled'] }, { sort: [{ field, direction }] }), field);
        expect(list).toEqual(list.toSorted((a, b) => sign * (a - b)));
      }
    }
    const mixed = await nodes({ status: ['draft'] }, { sort: [{ field: 'dueAt', direction: 'desc' }] });
    expect(mixed.at(-1).dueAt).toBeNull();
  });

  it('filters by time', async () => {
    const start = '2026-10-26T14:00:00Z';
    const end = '2026-10-27T00:00:00+00:00';
    const within = await nodes({ status: ['scheduled'], dueAt: { start, end } });
    expect(within.length).toBeGreaterThan(3);
    expect(within.every(({ dueAt }: { dueAt: string }) => Date.parse(dueAt) <= Date.parse(end))).toBe(true);
    expect(idsOf(await nodes({ status: ['scheduled'], startDate: start, endDate: end }))).toEqual(idsOf(within));
    const made = await create({ text: 'Made just now' });
    expect(idsOf(await nodes({ channelIds: [ids.mastodon], createdAt: { start: monday.toISOString() } }))).toEqual([made.id]);
    const undated = await nodes({ dueAtPresence: 'absent' });
    expect(undated.every(({ dueAt }: { dueAt: unknown }) => dueAt === null)).toBe(true);
    expect(undated.length).toBeGreaterThan(0);
    expect(await nodes({ tags: { in: ['none'] } })).toEqual([]);
  });

  it('pages through everything without a gap or a repeat', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await posts({ channelIds: [ids.x, ids.bluesky], status: ['scheduled'] }, { first: 60, after });
      seen.push(...idsOf(page.nodes));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined;
    } while (after);
    expect([seen.length, new Set(seen).size]).toEqual([262, 262]);
    const usual = await data(`{ posts(input: { organizationId: "${organization}" }) { edges { cursor } } }`);
    expect(usual.posts.edges).toHaveLength(20);
  });

  it('goes on from a cursor though the list has changed', async () => {
    const filter = { channelIds: [ids.linkedin], status: ['scheduled'] };
    const whole = idsOf(await nodes(filter));
    const first = await posts(filter, { first: 4 });
    // What the cursor was taken from is gone, and two of those before it.
    for (const { id } of first.nodes.slice(1)) sandbox.state.updates.delete(id);
    const rest = await posts(filter, { after: first.pageInfo.endCursor });
    expect(idsOf(rest.nodes)).toEqual(whole.slice(4));
  });

  it('refuses pages that are too long, and cursors of something else', async () => {
    const query = (more: string) => `{ posts(input: { organizationId: "${organization}" }, ${more}) { pageInfo { hasNextPage } } }`;
    for (const more of ['first: 0', 'first: 101', 'after: "nonsense"']) expect((await ask(query(more))).body.errors).toHaveLength(1);
  });

  it('gives metrics of what was sent, and sums of them', async () => {
    const query = `{ posts(first: 3, input: { organizationId: "${organization}", filter: { channelIds: ["${ids.x}"], status: [sent] } }) {
      edges { node { metrics { name type unit value } metricsUpdatedAt } } } }`;
    const [{ node }] = (await data(query)).posts.edges;
    expect(node.metrics.map(({ type }: { type: string }) => type)).toEqual(['reach', 'clicks', 'reposts', 'reactions', 'engagementRate']);
    expect(node.metrics.at(-1)).toMatchObject({ unit: 'percentage' });
    const [waiting] = await queue(ids.x);
    expect((await data(`{ post(input: { id: "${waiting.id}" }) { metrics { name } } }`)).post.metrics).toBeNull();
    const sums = await data(`{ aggregatedPostMetrics(input: { organizationId: "${organization}", channelIds: ["${ids.x}"],
      startDateTime: "2026-10-01T00:00:00Z", endDateTime: "2026-10-26T14:00:00Z" }) { metrics { type value } } }`);
    expect(sums.aggregatedPostMetrics.metrics[0]).toMatchObject({ type: 'postCount', value: expect.any(Number) });
  });

  it('counts a day of a channel', async () => {
    const query = `{ dailyPostingLimits(input: { channelIds: ["${ids.x}", "${ids.linkedin}"], date: "2026-10-27T12:00:00Z" }) {
      channelId limit scheduled sent isAtLimit } }`;
    expect((await data(query)).dailyPostingLimits).toEqual([
      { channelId: ids.x, limit: 50, scheduled: expect.any(Number), sent: 0, isAtLimit: false },
      { channelId: ids.linkedin, limit: null, scheduled: expect.any(Number), sent: 0, isAtLimit: false },
    ]);
  });
});

describe('creating a post', () => {
  it('puts at the end, next, at a time, or out at once', async () => {
    const before = idsOf(await queue(ids.threads));
    const on = (text: string, more: object) => create({ channelId: ids.threads, text, ...more });
    const last = await on('Last', {});
    const next = await on('Next', { mode: 'shareNext' });
    const chosen = await on('Chosen', { mode: 'customScheduled', dueAt: '2027-01-01T01:00:00+01:00' });
    const out = await on('Out', { mode: 'shareNow' });
    expect(last).toMatchObject({ type: 'PostActionSuccess', status: 'scheduled', shareMode: 'addToQueue', isCustomScheduled: false });
    expect(next).toMatchObject({ shareMode: 'shareNext' });
    expect(chosen).toMatchObject({ dueAt: '2027-01-01T00:00:00.000Z', isCustomScheduled: true, shareMode: 'customScheduled' });
    expect(out).toMatchObject({
      status: 'sent',
      sharedNow: true,
      sentAt: monday.toISOString(),
      externalLink: expect.stringMatching(/^https:/u),
    });
    expect(idsOf(await queue(ids.threads))).toEqual([next.id, ...before, last.id, chosen.id]);
  });

  it('shows in v1 at once', async () => {
    const made = await create({ text: 'For both', assets: [image] });
    const response = await fetch(`${sandbox.url}/updates/${made.id}.json`, { headers: { authorization: `Bearer ${sandbox.token}` } });
    expect(await response.json()).toMatchObject({ status: 'buffer', text: 'For both', media: { picture: image.image.url } });
  });

  it('says the same thing twice when asked twice', async () => {
    sandbox.behave({ duplicates: 'taken' });
    const [first, second] = [await create({ text: 'Again' }), await create({ text: 'Again' })];
    expect(first.id).not.toBe(second.id);
    expect(second.type).toBe('PostActionSuccess');
  });

  it('keeps drafts and what needs approval out of the queue', async () => {
    sandbox.behave({ approvals: 'policy' });
    const before = idsOf(await queue(ids.mastodon));
    expect(await create({ text: 'A draft', saveToDraft: true })).toMatchObject({ status: 'draft', dueAt: null });
    expect(await create({ text: 'Please look', needsApproval: true })).toMatchObject({ status: 'needs_approval', dueAt: null });
    const dated = await create({ text: 'Then', saveToDraft: true, mode: 'customScheduled', dueAt: '2027-01-01T00:00:00Z' });
    expect(dated).toMatchObject({ status: 'draft', dueAt: '2027-01-01T00:00:00.000Z' });
    expect(idsOf(await queue(ids.mastodon))).toEqual(before);
    now = new Date('2027-01-02');
    expect(await nodes({ channelIds: [ids.mastodon], status: ['draft'] })).toHaveLength(3);
  });

  it('reminds a person instead', async () => {
    expect(
      await create({
        channelId: instagram,
        text: 'By hand',
        assets: [image],
        schedulingType: 'notification',
        metadata: { instagram: { type: 'post', shouldShareToFeed: true } },
      }),
    ).toMatchObject({ schedulingType: 'notification' });
  });

  it('keeps what the network was told, and gives it back', async () => {
    const thread = [{ text: 'One' }, { text: 'Two', assets: [image] }];
    expect(await create({ text: 'One', metadata: { mastodon: { thread } } })).toMatchObject({
      metadata: { __typename: 'MastodonPostMetadata', type: 'thread', threadCount: 2, thread: [{ text: 'One' }, { text: 'Two' }] },
    });
    const facebook = { type: 'post', firstComment: 'First!', linkAttachment: { url: 'https://larkspur.example/a', title: 'A' } };
    expect(await create({ channelId: ids.facebook, text: 'See', mode: 'shareNow', metadata: { facebook } })).toMatchObject({
      metadata: {
        __typename: 'FacebookPostMetadata',
        type: 'post',
        firstComment: 'First!',
        linkAttachment: { url: facebook.linkAttachment.url, title: 'A' },
      },
    });
    const boardServiceId = sandbox.state.profiles.find(({ id }) => id === pinterest)!.boards![1]!.serviceId;
    expect(await create({ channelId: pinterest, text: 'Pin', assets: [image], metadata: { pinterest: { boardServiceId } } })).toMatchObject(
      {
        metadata: { board: { name: 'Release posters' } },
        assets: [{ type: 'image', image: { altText: 'Petals' } }],
      },
    );
    const film = { title: 'A film', categoryId: '28', privacy: 'unlisted' };
    expect(await create({ channelId: youtube, text: '', assets: [video], metadata: { youtube: film } })).toMatchObject({
      metadata: { title: 'A film', privacy: 'unlisted', category: { categoryId: '28', title: 'Science & Technology' } },
    });
    const detailsOffer = { title: 'Stickers', code: 'PETAL', startDate: '2026-11-01T00:00:00Z', endDate: '2026-11-02T00:00:00Z' };
    expect(await create({ channelId: ids.google, text: 'Offer', metadata: { google: { type: 'offer', detailsOffer } } })).toMatchObject({
      metadata: { type: 'offer', details: { code: 'PETAL', startDate: '2026-11-01T00:00:00.000Z' } },
    });
  });

  it.each([
    [
      'Instagram without a picture',
      { channelId: instagram, metadata: { instagram: { type: 'post', shouldShareToFeed: true } } },
      /image or video/u,
    ],
    ['Instagram without a type', { channelId: instagram, assets: [image] }, /type/u],
    ['Facebook without a type', { channelId: ids.facebook, mode: 'shareNow' }, /type/u],
    ['Pinterest without a picture', { channelId: pinterest, metadata: { pinterest: { boardServiceId: '910000017' } } }, /image/u],
    ['Pinterest without a board', { channelId: pinterest, assets: [image] }, /board/u],
    [
      'Pinterest with somebody’s board',
      { channelId: pinterest, assets: [image], metadata: { pinterest: { boardServiceId: '1' } } },
      /board/u,
    ],
    ['YouTube without a video', { channelId: youtube, metadata: { youtube: { title: 'T', categoryId: '28' } } }, /video/u],
    ['YouTube without a title', { channelId: youtube, assets: [video], metadata: { youtube: { categoryId: '28' } } }, /title/u],
    ['YouTube without a category', { channelId: youtube, assets: [video], metadata: { youtube: { title: 'T' } } }, /category/u],
    ['TikTok without anything to see', { channelId: paused }, /image or video/u],
    ['Google without a type', { channelId: ids.google }, /type/u],
    ['Google without an event', { channelId: ids.google, metadata: { google: { type: 'event' } } }, /detailsEvent/u],
    ['a thread that begins otherwise', { metadata: { mastodon: { thread: [{ text: 'Else' }, { text: 'Two' }] } } }, /first post/u],
    [
      'a thread with a long post',
      { text: 'A', metadata: { mastodon: { thread: [{ text: 'A' }, { text: 'x'.repeat(501) }] } } },
      /Mastodon posts cannot exceed 500/u,
    ],
    [
      'a link and a picture',
      { channelId: ids.bluesky, assets: [image], metadata: { bluesky: { linkAttachment: { url: 'https://larkspur.example' } } } },
      /exclude/u,
    ],
    ['too much text', { text: 'x'.repeat(501) }, /cannot exceed 500/u],
    ['nothing', { text: ' ' }, /either text or media/u],
    ['no time', { mode: 'customScheduled' }, /dueAt/u],
    ['the past', { mode: 'customScheduled', dueAt: '2026-10-26T13:59:59Z' }, /future/u],
    ['an asset that is two things', { assets: [{ ...image, ...video }] }, /exactly one/u],
    ['an address of one’s own', { assets: [{ image: { url: 'file:///a.png' } }] }, /public address/u],
    ['a strange file', { assets: [{ image: { url: 'https://larkspur.example/a.psd' } }] }, /psd/u],
    ['a locked channel', { channelId: locked, assets: [video] }, /locked/u],
    ['a disconnected channel, now', { channelId: ids.disconnected, mode: 'shareNow' }, /disconnected/u],
  ])('refuses %s', async (_, input, message) => {
    const before = sandbox.state.updates.size;
    expect(await create({ text: 'Some text', ...input })).toEqual(invalid(message));
    expect(sandbox.state.updates.size).toBe(before);
  });

  it('asks less of a draft', async () => {
    const metadata = { instagram: { type: 'post', shouldShareToFeed: true } };
    expect(await create({ channelId: instagram, text: 'A picture to come', saveToDraft: true, metadata })).toMatchObject({
      status: 'draft',
    });
    expect(await create({ channelId: instagram, text: '', saveToDraft: true, metadata })).toMatchObject(invalid(/text/u));
  });

  it('goes by the server’s own limit, and by what is paid for', async () => {
    expect(await create({ channelId: guildMastodon, text: 'x'.repeat(1000) })).toMatchObject({ status: 'scheduled' });
    expect(await create({ channelId: ids.x, text: 'x'.repeat(281) })).toEqual(invalid(/cannot exceed 280/u));
    sandbox.state.profiles[0]!.subscriptionType = 'Premium';
    expect(await create({ channelId: ids.x, text: 'x'.repeat(281) })).toMatchObject({ status: 'scheduled' });
  });

  it('says where a channel is not one’s own, or is none', async () => {
    expect(await create({ channelId: ids.foreign, text: 'x' })).toMatchObject({ type: 'UnauthorizedError' });
    expect(await create({ channelId: unknown, text: 'x' })).toMatchObject({ type: 'NotFoundError' });
  });

  it('stops at the end of the queue, and of the day', async () => {
    sandbox.behave({ duplicates: 'taken' });
    const facebook = { channelId: ids.facebook, metadata: { facebook: { type: 'post' } } };
    expect(await create({ ...facebook, text: 'One too many' })).toMatchObject({ type: 'LimitReachedError' });
    expect(await create({ text: 'x', channelId: ids.foreign }, { token: sandbox.otherGraphqlToken })).toMatchObject({
      type: 'LimitReachedError',
    });
    const film = { channelId: youtube, assets: [video], metadata: { youtube: { title: 'T', categoryId: '28' } }, mode: 'customScheduled' };
    for (let hour = 10; hour < 16; hour += 1)
      expect(await create({ ...film, dueAt: `2026-12-01T${hour}:00:00-05:00` })).toMatchObject({ status: 'scheduled' });
    expect(await create({ ...film, dueAt: '2026-12-01T22:00:00-05:00' })).toMatchObject({
      type: 'LimitReachedError',
      message: expect.stringMatching(/6 posts/u),
    });
    expect(await create({ ...film, dueAt: '2026-12-02T00:00:00-05:00' })).toMatchObject({ status: 'scheduled' });
    const query = `{ dailyPostingLimits(input: { channelIds: ["${youtube}"], date: "2026-12-01T12:00:00Z" }) { limit scheduled
      isAtLimit } }`;
    expect((await data(query)).dailyPostingLimits).toEqual([{ limit: 6, scheduled: 6, isAtLimit: true }]);
  });

  it('takes a while over a video', async () => {
    const film = { channelId: youtube, text: 'Out', assets: [video], metadata: { youtube: { title: 'T', categoryId: '28' } } };
    const { id, status } = await create({ ...film, mode: 'shareNow' });
    expect(status).toBe('sending');
    expect(await edit(id, { text: 'Too late' })).toEqual(invalid(/sent already/u));
    now = new Date(monday.getTime() + 180_000);
    expect((await data(`{ post(input: { id: "${id}" }) { status } }`)).post.status).toBe('sent');
  });
});

describe('changing a post', () => {
  // As the reference says; sandboxMeasured.test.ts has what was measured.
  beforeEach(() => sandbox.behave({ editPost: 'merge' }));

  it('keeps what is left out, and clears what is empty', async () => {
    const made = await create({ text: 'Before', assets: [image] });
    expect(await edit(made.id, { text: 'After' })).toMatchObject({ text: 'After', dueAt: made.dueAt, assets: [{ type: 'image' }] });
    expect(await edit(made.id, { assets: [] })).toMatchObject({ text: 'After', assets: [] });
    expect(await edit(made.id, { text: '' })).toEqual(invalid(/either text or media/u));
    expect(await edit(made.id, { assets: [image], text: '' })).toMatchObject({ text: '', assets: [{ type: 'image' }] });
  });

  it('keeps what v1 made: its picture and its link', async () => {
    const [pin] = await queue(pinterest);
    expect(await edit(pin.id, { text: 'Better said' })).toMatchObject({ text: 'Better said', assets: pin.assets });
    const linked = sandbox.state.pending(sandbox.state.profiles[1]!).find(({ media }) => media?.link)!;
    const { media } = linked;
    expect(await edit(linked.id, { text: 'Still linked' })).toMatchObject({ assets: [] });
    expect(linked.media).toEqual(media);
    expect(await edit(linked.id, { assets: [image] })).toMatchObject({ assets: [{ type: 'image' }] });
    expect(linked.media).not.toHaveProperty('link');
  });

  it('takes every mode', async () => {
    const [first, second, third] = await queue(ids.threads);
    const schedulingType = 'automatic';
    expect(await edit(first.id, { mode: 'customScheduled', schedulingType, dueAt: '2027-01-01T00:00:00Z' })).toMatchObject({
      isCustomScheduled: true,
    });
    expect(idsOf(await queue(ids.threads))).toEqual([second.id, third.id, first.id]);
    expect(await edit(third.id, { mode: 'shareNext' })).toMatchObject({ dueAt: first.dueAt, shareMode: 'shareNext' });
    expect(await edit(first.id, { mode: 'addToQueue' })).toMatchObject({ isCustomScheduled: false, shareMode: 'addToQueue' });
    expect(idsOf(await queue(ids.threads))).toEqual([third.id, second.id, first.id]);
    expect(await edit(second.id, { mode: 'shareNow' })).toMatchObject({ status: 'sent', sharedNow: true });
    expect(await edit(second.id, { text: 'Too late' })).toEqual(invalid(/sent already/u));
    expect(await edit(first.id, { mode: 'customScheduled', schedulingType })).toEqual(invalid(/dueAt/u));
  });

  it('moves updatedAt on with every edit', async () => {
    const [post] = await queue(ids.threads);
    const first = await edit(post.id, { text: 'One' });
    const second = await edit(post.id, { text: 'Two' });
    expect(Date.parse(second.updatedAt)).toBeGreaterThan(Date.parse(first.updatedAt));
  });

  it('makes a draft of a post and a post of a draft', async () => {
    sandbox.behave({ editPost: 'merge', approvals: 'policy' });
    const { id } = await create({ text: 'Back and forth' });
    expect(await edit(id, { saveToDraft: true })).toMatchObject({ status: 'draft', dueAt: null });
    expect(await edit(id, { text: 'Still a draft' })).toMatchObject({ status: 'draft', text: 'Still a draft' });
    expect(await edit(id, { approvalChange: 'request' })).toMatchObject({ status: 'needs_approval' });
    expect(await edit(id, { mode: 'shareNow' })).toEqual(invalid(/approval/u));
    expect(await edit(id, { approvalChange: 'revert' })).toMatchObject({ status: 'draft' });
    const leaving = { mode: 'addToQueue', schedulingType: 'automatic', saveToDraft: false };
    expect(await edit(id, leaving)).toMatchObject({ status: 'scheduled', dueAt: expect.any(String) });
    const [failed] = await nodes({ channelIds: [ids.bluesky], status: ['error'] });
    expect(await edit(failed.id, { mode: 'shareNext' })).toMatchObject({ status: 'scheduled', error: null });
  });

  it('refuses what was refused at the start', async () => {
    const [post] = await queue(ids.threads);
    expect(await edit(post.id, { text: 'x'.repeat(501) })).toEqual(invalid(/cannot exceed/u));
    expect(await edit(post.id, { mode: 'customScheduled', schedulingType: 'automatic', dueAt: '2020-01-01T00:00:00Z' })).toEqual(
      invalid(/future/u),
    );
    expect(await edit(unknown, { text: 'x' })).toMatchObject({ type: 'NotFoundError' });
    expect((await queue(ids.threads))[0]).toEqual(post);
  });

  it('moves within the queue, and nothing else', async () => {
    const before = idsOf(await queue(ids.bluesky));
    const move = (id: string, position: string) => change('movePostInQueue', { id, position });
    await move(before[3]!, 'top');
    await move(before[0]!, 'bottom');
    expect(idsOf(await queue(ids.bluesky))).toEqual([before[3], before[1], before[2], ...before.slice(4), before[0]]);
    const chosen = await create({ text: 'Chosen', mode: 'customScheduled', dueAt: '2027-01-01T00:00:00Z' });
    const [sent] = await nodes({ channelIds: [ids.bluesky], status: ['sent'] });
    for (const id of [chosen.id, sent.id, unknown]) {
      for (const position of ['top', 'bottom']) expect(await move(id, position)).toMatchObject({ type: 'VoidMutationError' });
    }
  });

  it('deletes, once', async () => {
    const [post] = await queue(ids.threads);
    const remove = async (id: string) =>
      (
        await data(
          `mutation ($id: PostId!) { deletePost(input: { id: $id }) { __typename ... on DeletePostSuccess { id } ... on MutationError {
            message } } }`,
          { id },
        )
      ).deletePost;
    expect(await remove(post.id)).toEqual({ __typename: 'DeletePostSuccess', id: post.id });
    expect(await remove(post.id)).toEqual({ __typename: 'VoidMutationError', message: 'Document not found' });
    const [theirs] = sandbox.state.pending(sandbox.state.profiles.find(({ id }) => id === ids.foreign)!);
    expect(await remove(theirs!.id)).toMatchObject({ __typename: 'VoidMutationError', message: expect.stringMatching(/access/u) });
  });

  it('tells what may be done with a post', async () => {
    const actions = async (id: string) => (await data(`{ post(input: { id: "${id}" }) { allowedActions } }`)).post.allowedActions;
    expect(await actions((await queue(ids.threads))[0].id)).toEqual(
      expect.arrayContaining(['updatePost', 'deletePost', 'publishPostNow', 'publishPostNext']),
    );
    const [sent] = await nodes({ channelIds: [ids.threads], status: ['sent'] });
    expect(await actions(sent.id)).not.toContain('updatePost');
    expect(await actions((await queue(locked))[0].id)).toEqual(['viewPost']);
  });

  it('lets nothing leave a paused queue', async () => {
    const before = idsOf(await queue(paused));
    now = new Date('2026-12-01');
    expect(idsOf(await queue(paused))).toEqual(before);
  });
});

describe('ideas and templates', () => {
  it('lists ideas by group, page by page', async () => {
    const query = `query ($input: IdeasInput!, $first: Int, $after: String) { ideas(input: $input, first: $first, after: $after) {
      edges { node { id groupId content { title services } } } pageInfo { hasNextPage endCursor } } }`;
    const { ideaGroups } = await data(`{ ideaGroups(input: { organizationId: "${organization}" }) { id name isLocked } }`);
    expect(ideaGroups.map(({ name }: { name: string }) => name)).toEqual(['To do', 'In progress', 'Done']);
    const list = async (groupFilter?: object, more: object = {}) =>
      (await data(query, { input: { organizationId: organization, groupFilter }, ...more })).ideas;
    const first = await list(undefined, { first: 3 });
    const rest = await list(undefined, { after: first.pageInfo.endCursor });
    expect([first.edges.length, rest.edges.length, rest.pageInfo.hasNextPage]).toEqual([3, 2, false]);
    expect((await list({ groups: [ideaGroups[0].id] })).edges).toHaveLength(2);
    expect((await list({ membership: 'ungrouped' })).edges).toHaveLength(2);
  });

  it('keeps an idea', async () => {
    const query = `mutation ($input: CreateIdeaInput!) { createIdea(input: $input) { __typename
      ... on Idea { id position content { title text services } } ... on MutationError { message } } }`;
    const make = async (content: object, organizationId = organization) => ask(query, { input: { organizationId, content } });
    expect((await make({ title: 'Octopus week', services: ['bluesky'] })).body.data.createIdea).toMatchObject({
      __typename: 'Idea',
      content: { title: 'Octopus week', text: null, services: ['bluesky'] },
    });
    expect((await make({ text: ' ' })).body.data.createIdea).toMatchObject({ __typename: 'InvalidInputError' });
    expect(codes(await make({ text: 'x' }, foreignOrganization))).toEqual([200, ['FORBIDDEN']]);
    expect(sandbox.state.library.ideas).toHaveLength(6);
  });

  it('makes, changes and deletes a template', async () => {
    const query = (name: string) => {
      const type = `${name[0]!.toUpperCase()}${name.slice(1)}`;
      const made = name === 'deletePostTemplate' ? '' : `... on ${type}Success { postTemplate { id title body visibility } }`;
      return `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ${made} ... on MutationError { message } } }`;
    };
    const act = async (name: string, input: object) => (await data(query(name), { input }))[name];
    const { postTemplate } = await act('createPostTemplate', {
      organizationId: organization,
      title: 'A',
      body: 'B',
      description: 'For a test.',
    });
    expect(postTemplate).toMatchObject({ title: 'A', body: 'B', visibility: 'private' });
    expect((await act('updatePostTemplate', { id: postTemplate.id, body: 'C' })).postTemplate).toMatchObject({ title: 'A', body: 'C' });
    const list = `{ postTemplates(input: { organizationId: "${organization}" }) { totalCount edges { node { title } } } }`;
    expect((await data(list)).postTemplates).toMatchObject({ totalCount: 5, edges: [{ node: { title: 'A' } }, {}, {}, {}, {}] });
    expect(await act('deletePostTemplate', { id: postTemplate.id })).toEqual({ __typename: 'EmptySuccess' });
    expect(await act('deletePostTemplate', { id: postTemplate.id })).toMatchObject({ __typename: 'VoidMutationError' });
    expect((await data(`{ postTemplate(input: { id: "${unknown}" }) { id } }`)).postTemplate).toBeNull();
    const refused = { __typename: 'VoidMutationError' };
    const full = { organizationId: organization, title: 'A', body: 'B', description: 'C' };
    expect(await act('createPostTemplate', { ...full, description: ' ' })).toMatchObject(refused);
    expect(await act('createPostTemplate', { ...full, visibility: 'public' })).toMatchObject(refused);
  });
});

describe('tags, as their preview has them', () => {
  const fields = 'tag { id name color colorName isLocked }';
  const write = async (name: 'createTag' | 'updateTag' | 'deleteTag', input: object) => {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { __typename
      ${name === 'deleteTag' ? '... on DeleteTagActionSuccess { id }' : `... on TagActionSuccess { ${fields} }`}
      ... on MutationError { message } } }`;
    return (await data(query, { input }))[name];
  };
  const list = async (more: object = {}) =>
    (
      await data(
        `query ($input: TagsInput!, $first: Int, $after: String) { tagsV2(input: $input, first: $first, after: $after) {
          edges { node { id name } } pageInfo { hasNextPage endCursor } } }`,
        { input: { organizationId: organization }, ...more },
      )
    ).tagsV2;
  const names = (page: { edges: { node: { name: string } }[] }) => page.edges.map(({ node }) => node.name);

  it('come by name, a page at a time', async () => {
    const first = await list({ first: 2 });
    expect(names(first)).toEqual(['Community', 'Docs']);
    expect(names(await list({ first: 2, after: first.pageInfo.endCursor }))).toEqual(['Release']);
    expect((await ask('query { tagsV2(first: 101, input: { organizationId: "x" }) { edges { cursor } } }')).body.errors).toHaveLength(1);
  });

  it('are made, renamed and deleted, and leave their posts', async () => {
    const tag = { name: 'Summer', color: '#F523F1' };
    const made = await write('createTag', { organizationId: organization, tag });
    expect(made).toMatchObject({ tag: { ...tag, colorName: null, isLocked: false } });
    expect(await write('createTag', { organizationId: organization, tag })).toMatchObject({ __typename: 'DuplicateError' });
    expect(await write('createTag', { organizationId: organization, tag: { name: 'summer', color: '#F51' } })).toMatchObject({
      __typename: 'InvalidInputError',
    });
    const { id } = made.tag;
    expect(await write('updateTag', { id, tag: { ...tag, name: 'Autumn' } })).toMatchObject({ tag: { id, name: 'Autumn' } });
    const query = `mutation ($input: CreatePostInput!) { createPost(input: $input) {
      ... on PostActionSuccess { post { id tags { id } } } } }`;
    const input = { channelId: ids.bluesky, text: 'Tagged', tagIds: [id], mode: 'addToQueue', schedulingType: 'automatic' };
    const { post } = (await data(query, { input })).createPost;
    expect(post.tags).toEqual([{ id }]);
    expect(await write('deleteTag', { id })).toEqual({ __typename: 'DeleteTagActionSuccess', id });
    expect((await data('query ($id: PostId!) { post(input: { id: $id }) { tags { id } } }', { id: post.id })).post.tags).toEqual([]);
    const { body } = await ask('query ($id: TagId!) { tag(input: { id: $id }) { id } }', { id });
    expect([body.data, body.errors[0].extensions.code]).toEqual([{ tag: null }, 'NOT_FOUND']);
  });

  it('may be withdrawn', async () => {
    sandbox.lack(['Query.tagsV2']);
    const { body } = await ask('query { tagsV2(input: { organizationId: "x" }) { edges { cursor } } }');
    expect(body.errors[0].message).toMatch(/^Cannot query field "tagsV2" on type "Query"/u);
  });
});

describe('limits', () => {
  const account = (own: Sandbox, token = own.graphqlToken) => graphqlCalls(() => own).ask('{ account { id } }', {}, { token });

  it('tells in every answer what is left', async () => {
    sandbox.behave({ rateLimitNames: 'documented' });
    await account(sandbox);
    now = new Date(monday.getTime() + 3000);
    const { headers } = await account(sandbox);
    expect(headers.get('ratelimit')).toBe('"100-in-15min";r=98;t=897, "250-in-24h";r=248;t=86397, "3000-in-30d";r=2998;t=2591997');
    expect(headers.get('ratelimit-policy')).toBe('"100-in-15min";q=100;w=900, "250-in-24h";q=250;w=86400, "3000-in-30d";q=3000;w=2592000');
  });

  it('refuses in each window, does not count what it refused, and keeps credentials apart', async () => {
    const small = await begin({
      graphqlLimits: { '15m': 2, '24h': 3, '30d': 4 },
      settings: { limitBody: 'coded', rateLimitNames: 'documented' },
    });
    try {
      const seconds = (at: number) => (now = new Date(monday.getTime() + at * 1000));
      for (const at of [0, 10]) {
        seconds(at);
        expect((await account(small)).status).toBe(200);
      }
      const limited = await account(small);
      expect([limited.status, limited.headers.get('retry-after'), limited.body.errors[0].extensions]).toEqual([
        429,
        '890',
        { code: 'RATE_LIMIT_EXCEEDED', window: '15m' },
      ]);
      expect(limited.headers.get('ratelimit')).toMatch(/^"2-in-15min";r=0;t=890, "3-in-24h";r=1;/u);
      expect((await account(small, small.otherGraphqlToken)).status).toBe(200);
      seconds(900);
      expect((await account(small)).status).toBe(200);
      seconds(2000);
      expect((await account(small)).body.errors[0].extensions.window).toBe('24h');
      seconds(86_400);
      expect((await account(small)).status).toBe(200);
      seconds(2 * 86_400);
      expect((await account(small)).body.errors[0].extensions.window).toBe('30d');
      small.reset();
      expect((await account(small)).status).toBe(200);
    } finally {
      await small.close();
    }
  });

  it('can be used up, and switched off', async () => {
    sandbox.spend(99);
    expect((await account(sandbox)).status).toBe(200);
    expect((await account(sandbox)).status).toBe(429);
    await fetch(`${sandbox.controlUrl}/spend`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ requests: 100, credential: sandbox.otherGraphqlToken }),
    });
    expect((await account(sandbox, sandbox.otherGraphqlToken)).status).toBe(429);
    const free = await begin({ graphqlLimits: Infinity });
    free.spend(10_000);
    const { status, headers } = await account(free);
    expect([status, headers.get('ratelimit')]).toEqual([200, null]);
    await free.close();
  });
});

describe('costs', () => {
  const tooCostly = (measure: string) => ({ status: 200, body: { errors: [{ message: expect.stringContaining(measure) }] } });

  it('refuses what costs too much, without a code and without doing it', async () => {
    const page = (first: number) => `posts(first: ${first}, input: { organizationId: "${organization}" }) {
      edges { node { id channel { postingSchedule { day times } } metrics { name value unit type } assets { source type } } } }`;
    expect((await ask(`{ a: ${page(100)} b: ${page(100)} }`)).status).toBe(200);
    const many = Array.from({ length: 29 }, (_, index) => `a${index}: ${page(100)}`).join(' ');
    const answer = await ask(`{ ${many} }`);
    expect(answer).toMatchObject(tooCostly('points'));
    expect(answer.body.errors[0].extensions?.code).toBeUndefined();
    expect(
      await ask(
        `query ($first: Int) { posts(first: $first, input: { organizationId: "${organization}" }) { edges { node { id text } } } }`,
        { first: 90_000 },
      ),
    ).toMatchObject(tooCostly('points'));
  });

  it('refuses too many aliases, too much depth and too many tokens', async () => {
    const aliases = (count: number) => `{ ${Array.from({ length: count }, (_, index) => `a${index}: __typename`).join(' ')} }`;
    expect((await ask(aliases(30))).body.errors).toBeUndefined();
    expect(await ask(aliases(31))).toMatchObject(tooCostly('aliases'));
    const deep = (levels: number) =>
      `{ __type(name: "Post") { fields { type ${'{ ofType '.repeat(levels)} { name } ${'}'.repeat(levels)} } } }`;
    expect((await ask(deep(20))).body.errors).toBeUndefined();
    expect(await ask(deep(24))).toMatchObject(tooCostly('depth'));
    expect(await ask(`{ ${'__typename '.repeat(15_000)} }`)).toMatchObject(tooCostly('tokens'));
  });
});

describe('faults', () => {
  const match = { operation: '^CreatePost$' };
  const say = (text: string) => create({ text });
  const texts = async () => (await queue(ids.mastodon)).map(({ text }: { text: string }) => text);

  it('records requests by what they call themselves', async () => {
    await say('Recorded');
    await ask('{ account { id } }');
    sandbox.revoke();
    await ask('query Whoami { account { id } }');
    expect(sandbox.requests()).toMatchObject([
      { method: 'POST', path: '/graphql', operationName: 'CreatePost', status: 200, form: { variables: { input: { text: 'Recorded' } } } },
      { path: '/graphql', status: 200 },
      { operationName: 'Whoami', status: 401 },
    ]);
    expect(JSON.stringify(sandbox.requests())).not.toContain(sandbox.graphqlToken);
  });

  it('breaks the connection before, or after, everything is done', async () => {
    sandbox.faults.add({ kind: 'dropBefore', match });
    expect(await texts()).not.toContain('Lost');
    await expect(say('Lost')).rejects.toThrow();
    expect(await texts()).not.toContain('Lost');
    sandbox.faults.add({ kind: 'dropAfter', match });
    await expect(say('Really there')).rejects.toThrow();
    expect(await texts()).toContain('Really there');
    expect(
      sandbox
        .requests()
        .filter(({ operationName }) => operationName === 'CreatePost')
        .map(({ status }) => status),
    ).toEqual([0, 0]);
  });

  it('replaces and spoils answers, and waits', async () => {
    sandbox.faults.add({ kind: 'status', status: 503, match, headers: { 'retry-after': '7' } });
    const query = 'mutation CreatePost { __typename }';
    const replaced = await ask(query);
    expect([replaced.status, replaced.headers.get('retry-after'), replaced.body.errors[0].extensions.code]).toEqual([
      503,
      '7',
      'UNEXPECTED',
    ]);
    sandbox.faults.add({ kind: 'malformed', match });
    expect((await ask(query)).body).toMatch(/^\{"data/u);
    sandbox.faults.add({ kind: 'empty', match });
    expect((await ask(query)).body).toBe('');
    sandbox.faults.add({ kind: 'latency', ms: 60, match });
    const start = performance.now();
    await ask(query);
    expect(performance.now() - start).toBeGreaterThan(55);
  });

  it('leaves v1 alone where an operation is named', async () => {
    sandbox.faults.add({ kind: 'status', status: 500, match });
    sandbox.faults.add({ kind: 'graphqlError' });
    const { status } = await fetch(`${sandbox.url}/user.json`, { headers: { authorization: `Bearer ${sandbox.token}` } });
    expect(status).toBe(200);
  });

  it('fails with 200, as a whole or in part', async () => {
    sandbox.behave({ failedField: 'bubbles' });
    sandbox.faults.add({ kind: 'graphqlError', message: 'Out of order' });
    expect(await ask('{ account { id } }')).toMatchObject({
      status: 200,
      body: { data: null, errors: [{ message: 'Out of order', path: ['account'], extensions: { code: 'UNEXPECTED' } }] },
    });
    sandbox.faults.add({ kind: 'graphqlError', field: 'Post.metrics', code: 'FORBIDDEN' });
    const { body } = await ask(
      `{ posts(first: 1, input: { organizationId: "${organization}", filter: { status: [sent] } }) { edges { node { id metrics { name }
        } } } }`,
    );
    expect(body).toMatchObject({
      data: { posts: { edges: [{ node: { id: expect.any(String), metrics: null } }] } },
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    });
  });

  it('fails before a mutation, or after it', async () => {
    const mutation = 'mutation CreatePost($input: CreatePostInput!) { createPost(input: $input) { __typename } }';
    const input = (text: string) => ({ input: { channelId: ids.mastodon, text, mode: 'addToQueue', schedulingType: 'automatic' } });
    sandbox.faults.add({ kind: 'graphqlError', match });
    expect(codes(await ask(mutation, input('Not done')))).toEqual([200, ['UNEXPECTED']]);
    sandbox.faults.add({ kind: 'graphqlError', match, isDone: true });
    expect(codes(await ask(mutation, input('Done')))).toEqual([200, ['UNEXPECTED']]);
    expect(await texts()).not.toContain('Not done');
    expect(await texts()).toContain('Done');
  });

  it('answers with a kind of error that nobody knows yet', async () => {
    sandbox.faults.add({ kind: 'newMutationError', message: 'Not like this.' });
    await data('{ account { id } }');
    expect(await say('Refused')).toEqual({ type: 'ContentPolicyError', message: 'Not like this.' });
    expect(await texts()).not.toContain('Refused');
    const { ContentPolicyError } = await data('{ ContentPolicyError: __type(name: "ContentPolicyError") { interfaces { name } } }');
    expect(ContentPolicyError.interfaces).toEqual([{ name: 'MutationError' }]);
  });
});

describe('controls', () => {
  it('tells where it is, and starts over', async () => {
    const addresses = await (await fetch(`${sandbox.controlUrl}/graphql`)).json();
    expect(addresses).toEqual({ url: sandbox.graphqlUrl, token: sandbox.graphqlToken, otherToken: sandbox.otherGraphqlToken });
    sandbox.reset('empty');
    expect(await nodes({})).toEqual([]);
    sandbox.reset('none');
    expect((await data(`{ channels(input: { organizationId: "${organization}" }) { id } }`)).channels).toEqual([]);
    sandbox.reset('lifelike');
  });

  it('refuses what is no GraphQL request', async () => {
    const headers = { authorization: `Bearer ${sandbox.graphqlToken}`, 'content-type': 'application/json' };
    const broken = await fetch(sandbox.graphqlUrl, { method: 'POST', headers, body: '{"query":' });
    expect([broken.status, await broken.json()]).toEqual([
      400,
      { errors: [{ message: expect.any(String), extensions: { code: 'BAD_REQUEST' } }] },
    ]);
    expect((await fetch(sandbox.graphqlUrl, { headers })).status).toBe(404);
  });
});
