import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { behaviours } from '../../sandbox/behaviours.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/sandbox.ts';
import { graphqlCalls } from '../buffer/graphql/graphqlCalls.ts';
import { ids } from '../support/ids.ts';

// What was measured on the live service, line by line of docs/live-service.md: each title begins with its line.

// The clock stands still unless a test moves it.
const monday = new Date('2026-10-26T14:00:00Z');
const later = '2027-01-04T10:30:07.000Z';

const organization = '5a10c0de5ca1ab1e00000001';
const guildMastodon = '5160746d13f04a5e3a000010';
const substack = '5160746d13f04a5e3a000014';
const unknown = 'f00000000000000000000000';
const pinterest = '5160746d13f04a5e3a000008';
const locked = '5160746d13f04a5e3a00000f';
const instagramProfile = '5160746d13f04a5e3a000012';
const facebookGroup = '5160746d13f04a5e3a000013';
const tiktok = '5160746d13f04a5e3a00000e';

const picture = (name: string) => ({
  image: { url: `https://larkspur.example/${name}.png`, metadata: { altText: `A picture of ${name}` } },
});
const film = { video: { url: 'https://larkspur.example/a.mp4' } };
const automatic = 'automatic';

let sandbox: Sandbox;
let now: Date;
const { ask, data, create, edit, move, read, remove, list } = graphqlCalls(() => sandbox);

beforeAll(async () => {
  now = monday;
  sandbox = await startSandbox({ now: () => now, rateLimit: Infinity, graphqlLimits: Infinity });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  now = monday;
  sandbox.reset();
});

const invalid = (message: string) => ({ type: 'InvalidInputError', message });
const queue = (channel: string) => list(organization, { channelIds: [channel], status: ['scheduled'] });
const idsOf = (posts: { id: string }[]) => posts.map(({ id }) => id);

const codes = (body: { errors: { extensions?: { code?: string } }[] }) => body.errors.map(({ extensions }) => extensions?.code);

/** A sandbox of another kind, for as long as it takes. */
async function withSandbox(
  options: SandboxOptions,
  act: (calls: ReturnType<typeof graphqlCalls>, other: Sandbox) => Promise<void>,
): Promise<void> {
  const other = await startSandbox({ now: () => now, rateLimit: Infinity, ...options });
  try {
    await act(
      graphqlCalls(() => other),
      other,
    );
  } finally {
    await other.close();
  }
}

const instagramPost = {
  channelId: ids.instagram,
  text: 'Petals',
  assets: [picture('petals'), picture('leaves')],
  metadata: { instagram: { type: 'post', shouldShareToFeed: true } },
};
const tiktokPost = { channelId: tiktok, text: 'One minute', assets: [film], metadata: { tiktok: { title: 'A title' } } };

describe('the switches', () => {
  it('name a line each, and have the measured setting first', () => {
    for (const [name, { line, settings }] of Object.entries(behaviours)) {
      expect(line, name).toMatch(/^(reading|editing|creating|limits|v1)-\d+$/u);
      expect(new Set(settings).size, name).toBe(settings.length);
      expect(sandbox.state.settings[name as keyof typeof behaviours], name).toBe(settings[0]);
    }
  });
});

describe('the seeds', () => {
  it('hold updates as richer clients write them, and all can be read whole', async () => {
    const { profiles, updates } = sandbox.state;
    const shown = [...updates.values()].filter(
      ({ status, assets = [], profileId }) => profileId !== ids.foreign && status !== 'sent' && (status !== 'buffer' || assets.length > 0),
    );
    const ends = profiles.filter(({ id }) => id !== ids.foreign).flatMap((profile) => sandbox.state.pending(profile).slice(-3));
    const rich = [...new Set([...shown, ...ends].map(({ id }) => id))];
    const posts = await Promise.all(rich.map(read));
    const services = (isWanted: (post: (typeof posts)[number]) => boolean) =>
      [...new Set(posts.filter(isWanted).map(({ channelService }) => channelService as string))].sort();
    const isPictured = ({ assets }: { assets: { image?: { altText: string } }[] }) =>
      assets.length >= 3 && assets.every(({ image }) => image?.altText);
    expect(services(isPictured)).toEqual(
      expect.arrayContaining(['bluesky', 'facebook', 'instagram', 'linkedin', 'mastodon', 'threads', 'twitter']),
    );
    expect(services(({ metadata }) => metadata?.thread?.[1]?.assets.length > 0)).toEqual(['bluesky', 'mastodon', 'twitter']);
    expect(services(({ assets }) => assets[0]?.type === 'document')).toEqual(['linkedin']);
    expect(services(({ metadata }) => metadata?.annotations?.length > 0)).toEqual(['facebook', 'linkedin']);
    expect(services(({ tags }) => tags.length > 0)).toEqual(expect.arrayContaining(['instagram', 'twitter', 'youtube']));
    expect(services(({ metadata }) => metadata?.details?.isFullDayEvent)).toEqual(['googlebusiness']);
    expect(services(({ schedulingType }) => schedulingType === 'notification')).toEqual(['facebook', 'instagram']);
    expect(services((post) => post.status === 'needs_approval' && post.assets.length > 1)).toEqual(['linkedin']);
    expect(services((post) => post.status === 'error' && post.assets.length > 1)).toEqual(['bluesky']);
  });
});

describe('reading', () => {
  const count = async (status: string[]) => ((await list(organization, { channelIds: [ids.linkedin], status })) as unknown[]).length;

  it('reading-1: a filter that has needs_approval beside others finds nothing', async () => {
    const [scheduled, waiting] = [await count(['scheduled']), await count(['needs_approval'])];
    expect([scheduled > 0, waiting > 0]).toEqual([true, true]);
    expect(await count(['scheduled', 'needs_approval'])).toBe(0);
    expect(await count(['scheduled', 'sending', 'sent', 'error', 'draft'])).toBeGreaterThan(scheduled);
    sandbox.behave({ approvalFilter: 'combined' });
    expect(await count(['scheduled', 'needs_approval'])).toBe(scheduled + waiting);
  });

  it('reading-2: pages hold at most 100, and posts are not asked for by their ids', async () => {
    const page = (first: number) =>
      ask(`{ posts(first: ${first}, input: { organizationId: "${organization}" }) { edges { node { id } } } }`);
    expect((await page(100)).body.data.posts.edges).toHaveLength(100);
    expect((await page(101)).body.errors).toHaveLength(1);
    const byIds = await ask(
      `{ posts(input: { organizationId: "${organization}", filter: { ids: ["${unknown}"] } }) { edges { cursor } } }`,
    );
    expect(byIds.body.errors[0].message).toMatch(/ids/u);
  });

  it('reading-3: what was made outside of Buffer is among what was sent', async () => {
    const sent = await list(organization, { channelIds: [ids.bluesky, substack], status: ['sent'] });
    expect(
      sent
        .filter(({ via }: { via: string }) => via === 'network')
        .map(({ channelId }: { channelId: string }) => channelId)
        .sort(),
    ).toEqual([ids.bluesky, substack].sort());
  });

  it('reading-4: figures of TikTok and Instagram speak of reactions, never of likes; what is not there yet is not zero', async () => {
    const typesOf = async (channel: string, status: string) => {
      const { posts } = await data(
        `{ posts(first: 50, input: { organizationId: "${organization}", filter: { channelIds: ["${channel}"], status: [${status}] } })
          { edges { node { metrics { type value } } } } }`,
      );
      const metrics = posts.edges.map(({ node }: { node: { metrics: { type: string }[] | null } }) => node.metrics);
      return new Set(metrics.flatMap((each: { type: string }[] | null) => each?.map(({ type }) => type) ?? ['none']));
    };
    for (const channel of [tiktok, ids.instagram]) {
      const types = await typesOf(channel, 'sent');
      expect([types.has('reactions'), types.has('likes')]).toEqual([true, false]);
    }
    expect(await typesOf(ids.facebook, 'sent')).toEqual(
      new Set(['reach', 'clicks', 'reactions', 'likes', 'comments', 'shares', 'engagementRate']),
    );
    expect(await typesOf(ids.instagram, 'scheduled')).toEqual(new Set(['none']));
  });

  it('reading-5: the windows of the rate limit go by measured names, or by those of the guide', async () => {
    const limits = '"100-in-15min"; r=99; t=900, "250-in-1day"; r=249; t=86400, "3000-in-30day"; r=2999; t=2592000';
    await withSandbox({}, async (calls) => {
      expect((await calls.ask('{ account { id } }')).headers.get('ratelimit')).toBe(limits);
    });
    await withSandbox({ settings: { rateLimitNames: 'documented' } }, async (calls) => {
      expect((await calls.ask('{ account { id } }')).headers.get('ratelimit')).toMatch(/^"100-in-15min";r=99;t=900, "250-in-24h";r=249;/u);
    });
  });

  it('reading-6: all personal keys share a quota; failed requests cost, refused ones and questions for the schema do not', async () => {
    await withSandbox({ graphqlLimits: { '15m': 3 } }, async (calls, other) => {
      const left = async (query: string, token?: string) => {
        const { status, headers } = await calls.ask(query, {}, { token });
        return [status, /r=(\d+)/u.exec(headers.get('ratelimit') ?? '')?.[1]];
      };
      expect(await left('{ account { id } }')).toEqual([200, '2']);
      expect(await left('{ account { id } }', other.secondGraphqlToken)).toEqual([200, '1']);
      expect(await left('{ __schema { queryType { name } } }', '')).toEqual([200, undefined]);
      expect(await left(`{ post(input: { id: "${unknown}" }) { id } }`)).toEqual([200, '0']);
      for (let times = 0; times < 3; times += 1) expect(await left('{ account { id } }')).toEqual([429, '0']);
      now = new Date(monday.getTime() + 900_000);
      expect(await left('{ account { id } }', other.secondGraphqlToken)).toEqual([200, '2']);
    });
  });

  it('reading-7: failures of the server come with 200 and with 502, and the write may have happened', async () => {
    const mutation = 'mutation CreatePost($input: CreatePostInput!) { createPost(input: $input) { __typename } }';
    const input = (text: string) => ({ input: { channelId: ids.mastodon, text, mode: 'addToQueue', schedulingType: automatic } });
    sandbox.faults.add({ kind: 'graphqlError', code: 'INTERNAL_SERVER_ERROR', match: { operation: 'CreatePost' }, isDone: true });
    sandbox.faults.add({ kind: 'graphqlError', code: 'UPSTREAM_SERVER_ERROR', status: 502, match: { operation: 'CreatePost' } });
    const first = await ask(mutation, input('Arrived'));
    expect([first.status, codes(first.body)]).toEqual([200, ['INTERNAL_SERVER_ERROR']]);
    const second = await ask(mutation, input('Did not'));
    expect([second.status, codes(second.body)]).toEqual([502, ['UPSTREAM_SERVER_ERROR']]);
    const texts = (await queue(ids.mastodon)).map(({ text }: { text: string }) => text);
    expect([texts.includes('Arrived'), texts.includes('Did not')]).toEqual([true, false]);
  });

  it('reading-8: an unknown organization answers 500', async () => {
    const query = `{ channels(input: { organizationId: "${unknown}" }) { id } }`;
    const answer = await ask(query);
    expect([answer.status, answer.body.errors[0].message]).toEqual([500, 'Organization not found']);
    sandbox.behave({ unknownOrganization: 'notFound' });
    const found = await ask(query);
    expect([found.status, codes(found.body)]).toEqual([200, ['NOT_FOUND']]);
  });

  it('reading-9: there are networks that the schema’s file does not name, and what they hold is kept', async () => {
    const { __type } = await data('{ __type(name: "Service") { enumValues { name } } }');
    const names = __type.enumValues.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['substack', 'whatsapp']));
    const query = `query ($id: PostId!) { post(input: { id: $id }) { channelService metadata { __typename ... on SubstackPostMetadata {
      linkAttachment { url title text } } } } }`;
    const [{ id }] = await queue(substack);
    expect((await data(query, { id })).post).toEqual({
      channelService: 'substack',
      metadata: {
        __typename: 'SubstackPostMetadata',
        linkAttachment: { url: expect.any(String), title: expect.any(String), text: expect.any(String) },
      },
    });
    const card = { url: 'https://larkspur.example/letter', title: 'A letter' };
    const made = await create({ channelId: substack, text: 'A letter', metadata: { substack: { linkAttachment: card } } });
    expect((await data(query, { id: made.id })).post.metadata.linkAttachment).toMatchObject(card);
  });

  it('reading-10: a gateway turns away clients by their name, with a page, whatever their key', async () => {
    const asked = async (name: string, token?: string) => {
      const { status, headers, body } = await ask('{ account { id } }', {}, { token, headers: { 'user-agent': name } });
      return [status, headers.get('content-type')!.startsWith('text/html'), typeof body === 'string' && body.includes('Forbidden')];
    };
    expect(await asked('Python-urllib/3.14')).toEqual([403, true, true]);
    expect(await asked('Python-urllib/3.14', 'no such key')).toEqual([403, true, true]);
    expect(await asked('node')).toEqual([200, false, false]);
    sandbox.behave({ gateway: 'nameless' });
    for (const name of ['Python-urllib/3.14', 'node', 'undici', '']) expect(await asked(name), name).toEqual([403, true, true]);
    expect(await asked('queue-for-buffer/1.0')).toEqual([200, false, false]);
    sandbox.behave({ gateway: 'open' });
    expect(await asked('Python-urllib/3.14')).toEqual([200, false, false]);
  });

  it('reading-11: a post may be on its way for minutes, with an error that passes', async () => {
    const { id, status, error } = await create({ ...tiktokPost, mode: 'shareNow' });
    expect([status, error]).toEqual(['sending', { message: expect.any(String), rawError: null, supportUrl: expect.any(String) }]);
    now = new Date(monday.getTime() + 120_000);
    expect(await read(id)).toMatchObject({ status: 'sending' });
    now = new Date(monday.getTime() + 180_000);
    expect(await read(id)).toMatchObject({ status: 'sent', error: null });
    sandbox.behave({ sending: 'quick' });
    const other = await create({ ...tiktokPost, text: 'Another minute', mode: 'shareNow' });
    expect([other.status, other.error]).toEqual(['sending', null]);
  });

  it('reading-12: what may be done with a post that has a time of its own is as recorded', async () => {
    const recorded = [
      'publishPostNow',
      'updatePost',
      'movePostToDraft',
      'publishPostNext',
      'updatePostSchedule',
      'removePostScheduledTime',
      'deletePost',
    ];
    const { allowedActions } = await create({ channelId: ids.mastodon, text: 'At a time', mode: 'customScheduled', dueAt: later });
    expect(allowedActions.toSorted()).toEqual(recorded.toSorted());
  });
});

describe('limits', () => {
  it('limits-1: a 429 has a wait, two headers and a bare message; whether it counts is disputed', async () => {
    const graphqlLimits = { '15m': 2, '24h': 2 };
    const ends = async (calls: ReturnType<typeof graphqlCalls>, times: number) => {
      for (let time = 1; time < times; time += 1) await calls.ask('{ account { id } }');
      return calls.ask('{ account { id } }');
    };
    await withSandbox({ graphqlLimits }, async (calls) => {
      const { status, headers, body } = await ends(calls, 3);
      expect([status, headers.get('retry-after'), Object.keys(body.errors[0])]).toEqual([429, '86400', ['message']]);
      expect([headers.get('ratelimit'), headers.get('ratelimit-policy')]).toEqual([
        expect.stringContaining('r=0'),
        expect.stringContaining('q=2'),
      ]);
    });
    await withSandbox({ graphqlLimits, settings: { limitBody: 'coded' } }, async (calls) => {
      expect((await ends(calls, 3)).body.errors[0].extensions).toEqual({ code: 'RATE_LIMIT_EXCEEDED', window: '24h' });
    });
    for (const [refusedRequests, status] of [
      ['free', 200],
      ['counted', 429],
    ] as const) {
      now = monday;
      await withSandbox({ graphqlLimits: { '15m': 2 }, settings: { refusedRequests } }, async (calls) => {
        await ends(calls, 2);
        now = new Date(monday.getTime() + 600_000);
        await ends(calls, 3);
        now = new Date(monday.getTime() + 900_000);
        expect((await calls.ask('{ account { id } }')).status, refusedRequests).toBe(status);
      });
    }
  });

  it('limits-1: a lock of the plan says to wait for two weeks', async () => {
    sandbox.faults.add({
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '1209600' },
      body: { errors: [{ message: 'Too many requests.' }] },
    });
    const { status, headers } = await ask('{ account { id } }');
    expect([status, headers.get('retry-after')]).toEqual([429, '1209600']);
  });

  it('limits-2: figures without insights:read are refused alone', async () => {
    const scopes = ['account:read', 'posts:read'];
    sandbox.state.grantAccess('reader', sandbox.state.users[0]!.id, monday.getTime(), scopes);
    const sums = `sums: aggregatedPostMetrics(input: { organizationId: "${organization}", startDateTime: "2026-10-01T00:00:00Z",
      endDateTime: "2026-10-26T00:00:00Z" }) { metrics { type } }`;
    const query = `{ ${sums} posts(first: 2, input: { organizationId: "${organization}", filter: { status: [sent] } }) { edges { node {
      text metrics { type } } } } }`;
    const partial = await ask(query, {}, { token: 'reader' });
    const node = { text: expect.any(String), metrics: null };
    expect([partial.status, partial.body.data]).toEqual([200, { sums: null, posts: { edges: [{ node }, { node }] } }]);
    expect(codes(partial.body)).toEqual(['UNAUTHORIZED', 'UNAUTHORIZED', 'UNAUTHORIZED']);
    sandbox.behave({ failedField: 'bubbles' });
    expect((await ask(query, {}, { token: 'reader' })).body.data).toBeNull();
    sandbox.state.grantAccess('insider', sandbox.state.users[0]!.id, monday.getTime(), [...scopes, 'insights:read']);
    expect((await ask(query, {}, { token: 'insider' })).body.errors).toBeUndefined();
  });

  it('limits-3: dailyPostingLimits fails as a whole across organizations, or always', async () => {
    const query = (channels: string[]) =>
      `{ account { id } dailyPostingLimits(input: { channelIds: ${JSON.stringify(channels)} }) { channelId } }`;
    const account = { id: sandbox.state.users[0]!.id };
    expect((await ask(query([ids.x, ids.linkedin]))).body.data.dailyPostingLimits).toHaveLength(2);
    expect((await ask(query([ids.x, guildMastodon]))).body).toMatchObject({
      data: { account, dailyPostingLimits: null },
      errors: [{ path: ['dailyPostingLimits'] }],
    });
    sandbox.behave({ dailyPostingLimits: 'fails' });
    expect((await ask(query([ids.x]))).body).toMatchObject({
      data: { account, dailyPostingLimits: null },
      errors: [{ path: ['dailyPostingLimits'] }],
    });
    sandbox.behave({ dailyPostingLimits: 'fails', failedField: 'bubbles' });
    expect((await ask(query([ids.x]))).body.data).toBeNull();
  });

  it('limits-5: a post goes out 2 to 34 s after its time, never before, or at its very time', async () => {
    const dueAt = '2026-10-27T10:00:00.000Z';
    const at = (seconds: number) => (now = new Date(Date.parse(dueAt) + seconds * 1000));
    for (let post = 0; post < 5; post += 1) {
      now = monday;
      const { id } = await create({ channelId: ids.mastodon, text: `Post ${post}`, mode: 'customScheduled', dueAt });
      at(1);
      expect(await read(id)).toMatchObject({ status: 'scheduled', sentAt: null });
      at(34);
      const { status, sentAt, ...rest } = await read(id);
      const late = (Date.parse(sentAt) - Date.parse(dueAt)) / 1000;
      expect([status, rest.dueAt, late >= 2 && late <= 34]).toEqual(['sent', dueAt, true]);
    }
    sandbox.behave({ publishing: 'punctual' });
    now = monday;
    const { id } = await create({ channelId: ids.bluesky, text: 'To the second', mode: 'customScheduled', dueAt });
    at(0);
    expect(await read(id)).toMatchObject({ status: 'sent', sentAt: dueAt });
  });
});

describe('editing', () => {
  it('editing-1: keeps what is left out, where editPost merges', async () => {
    sandbox.behave({ editPost: 'merge' });
    const made = await create({ ...instagramPost, schedulingType: 'notification' });
    const { updatedAt: _, text, ...rest } = await edit(made.id, { text: 'Leaves' });
    const { updatedAt: _1, text: _2, ...before } = made;
    expect([text, rest]).toEqual(['Leaves', before]);
    expect(await edit(made.id, { assets: [] })).toEqual(invalid('Invalid post: Instagram posts require at least one image or video.'));
    const stories = { instagram: { type: 'story', shouldShareToFeed: false } };
    expect(await edit(made.id, { metadata: stories })).toMatchObject({
      text: 'Leaves',
      metadata: { type: 'story', shouldShareToFeed: false },
    });
  });

  it('editing-1: drops what is left out without looking, where editPost replaces', async () => {
    sandbox.behave({ editPost: 'replace' });
    const made = await create(instagramPost);
    expect(await edit(made.id, { text: 'Leaves' })).toMatchObject({ text: 'Leaves', assets: [], tags: [], dueAt: made.dueAt });
    const film = await create(tiktokPost);
    expect(await edit(film.id, { assets: tiktokPost.assets })).toMatchObject({
      text: '',
      assets: [{ type: 'video' }],
      metadata: { title: null },
    });
  });

  it('editing-1: movePostInQueue never looks at the content', async () => {
    sandbox.behave({ editPost: 'replace' });
    const { id } = await create(tiktokPost);
    await edit(id, { text: 'Nothing to see' });
    sandbox.behave();
    expect(await move(id, 'top')).toMatchObject({ id, text: 'Nothing to see' });
  });

  it('editing-2: refuses an edit on Instagram without its pictures and type, in one sentence', async () => {
    const made = await create(instagramPost);
    const sentence = 'Instagram posts require at least one image or video., Instagram posts require a type (post, story, or reel).';
    expect(await edit(made.id, { text: 'Leaves' })).toEqual(invalid(`Invalid post: ${sentence}`));
    expect(await read(made.id)).toEqual(made);
  });

  it('editing-3: refuses a Facebook draft without its type, and takes it with', async () => {
    const metadata = { facebook: { type: 'post' } };
    const { id } = await create({ channelId: ids.facebook, text: 'Draft', saveToDraft: true, metadata });
    expect(await edit(id, { text: 'Draft two' })).toEqual(invalid('Invalid post: Facebook posts require a type (post, story, or reel).'));
    expect(await edit(id, { text: 'Draft two', metadata })).toMatchObject({ text: 'Draft two', status: 'draft' });
  });

  it('editing-4: refuses TikTok without its video, YouTube without title and category, Google without details', async () => {
    const { id } = await create(tiktokPost);
    expect(await edit(id, { text: 'Other words' })).toEqual(invalid('Invalid post: TikTok posts require at least one image or video.'));
    const [clip] = await queue(ids.youtube);
    expect(await edit(clip.id, { text: 'Other words', assets: [film] })).toEqual(
      invalid('Invalid post: YouTube posts require a title., YouTube posts require a category.'),
    );
    const news = await create({
      channelId: ids.google,
      text: 'News',
      metadata: { google: { type: 'whats_new', detailsWhatsNew: { button: 'none' } } },
    });
    expect(await edit(news.id, { text: 'Old news', metadata: { google: { type: 'whats_new' } } })).toMatchObject({
      type: 'InvalidInputError',
    });
  });

  it('editing-4: drops the video, where editPost replaces', async () => {
    sandbox.behave({ editPost: 'replace' });
    const { id } = await create(tiktokPost);
    expect(await edit(id, { text: 'Other words' })).toMatchObject({ text: 'Other words', assets: [] });
  });

  it('editing-5: takes id and text alone for a LinkedIn draft; whether the rest stays is a switch', async () => {
    const draft = { channelId: ids.linkedin, text: 'Draft', saveToDraft: true, assets: [picture('petals')] };
    const first = await create(draft);
    expect(await edit(first.id, { text: 'Draft two' })).toMatchObject({ text: 'Draft two', status: 'draft', assets: [] });
    sandbox.behave({ linkedinDrafts: 'keepRest' });
    const second = await create({ ...draft, text: 'Another' });
    expect(await edit(second.id, { text: 'Another two' })).toMatchObject({ text: 'Another two', status: 'draft', assets: second.assets });
  });

  it.each(behaviours.editPost.settings)(
    'editing-6: the whole post back changes nothing else, whatever editPost does (%s)',
    async (editPost) => {
      sandbox.behave({ editPost });
      const { channelId: _, ...whole } = { ...instagramPost, schedulingType: 'notification' };
      const made = await create({ ...instagramPost, schedulingType: 'notification' });
      const { updatedAt: _1, ...after } = await edit(made.id, { ...whole, text: 'Leaves' });
      const { updatedAt: _2, ...before } = made;
      expect(after).toEqual({ ...before, text: 'Leaves' });
    },
  );

  it.each(behaviours.editPost.settings)(
    'editing-7: a mode that is sent reschedules even where it is the same; left out, the slot stays (%s)',
    async (editPost) => {
      sandbox.behave({ editPost });
      const [first, second, third] = await queue(ids.threads);
      await edit(first.id, { text: first.text });
      expect(idsOf(await queue(ids.threads))).toEqual([first.id, second.id, third.id]);
      await edit(first.id, { text: first.text, mode: 'addToQueue', schedulingType: automatic });
      expect(idsOf(await queue(ids.threads))).toEqual([second.id, third.id, first.id]);
    },
  );

  it.each([
    ['dueAt alone', { dueAt: later }],
    ['without schedulingType', { dueAt: later, mode: 'customScheduled' }],
    ['without mode', { dueAt: later, schedulingType: automatic }],
  ])('editing-8: a dueAt %s moves nothing, and succeeds', async (_, input) => {
    for (const editPost of behaviours.editPost.settings) {
      sandbox.behave({ editPost });
      const [first] = await queue(ids.threads);
      expect(await edit(first.id, { text: first.text, ...input })).toMatchObject({
        id: first.id,
        dueAt: first.dueAt,
        isCustomScheduled: false,
      });
    }
  });

  it('editing-8: a dueAt with both moves', async () => {
    const [first] = await queue(ids.threads);
    const whole = { text: first.text, mode: 'customScheduled', schedulingType: automatic, dueAt: later };
    expect(await edit(first.id, whole)).toMatchObject({ isCustomScheduled: true, dueAt: '2027-01-04T10:30:00.000Z' });
  });

  it('editing-9: shareNow alone is refused; with text and files it is taken', async () => {
    const [waiting] = await queue(ids.x);
    expect(await edit(waiting.id, { mode: 'shareNow' })).toEqual(invalid('Invalid post: Post must have either text or media.'));
    const clip = await create(tiktokPost);
    expect(await edit(clip.id, { mode: 'shareNow' })).toEqual(invalid('Invalid post: TikTok posts require at least one image or video.'));
    expect(await edit(waiting.id, { mode: 'shareNow', text: waiting.text })).toMatchObject({ status: 'sent' });
    expect(await edit(clip.id, { mode: 'shareNow', text: clip.text, assets: [film] })).toMatchObject({ status: 'sending' });
  });

  it.each(behaviours.editPost.settings)('editing-10: metadata that is given stands for all of it (%s)', async (editPost) => {
    sandbox.behave({ editPost });
    const facebook = {
      type: 'post',
      firstComment: 'First!',
      annotations: [{ content: '1', indices: [0, 3], text: 'See', url: 'https://facebook.com/1' }],
    };
    const made = await create({ channelId: ids.facebook, text: 'See', saveToDraft: true, metadata: { facebook } });
    expect(made.metadata).toMatchObject({ firstComment: 'First!', annotations: [{ text: 'See' }] });
    const edited = await edit(made.id, { text: 'See', metadata: { facebook: { type: 'post' } } });
    expect(edited.metadata).toMatchObject({ firstComment: null, annotations: [] });
  });

  it('editing-11: seconds of a chosen time, and links for LinkedIn, may come back otherwise', async () => {
    const post = { channelId: ids.linkedin, mode: 'customScheduled', dueAt: later };
    const made = await create({ ...post, text: 'See https://larkspur.example/releases' });
    expect(made).toMatchObject({ dueAt: '2027-01-04T10:30:00.000Z', text: expect.stringMatching(/^See https:\/\/lnkd\.in\/[\w-]{8}$/u) });
    expect((await edit(made.id, { text: made.text })).text).toBe(made.text);
    sandbox.behave({ dueSeconds: 'kept', links: 'kept' });
    expect(await create({ ...post, text: 'See https://larkspur.example/guide' })).toMatchObject({
      dueAt: later,
      text: 'See https://larkspur.example/guide',
    });
  });

  it('editing-12: a draft leaves the drafts only with mode, schedulingType and saveToDraft: false', async () => {
    const text = 'A draft';
    const draft = await create({ channelId: ids.mastodon, text, saveToDraft: true });
    const ways = [{ mode: 'addToQueue' }, { schedulingType: automatic }, { saveToDraft: false }];
    for (let chosen = 0; chosen < 7; chosen += 1) {
      const input = Object.assign({ text }, ...ways.filter((_, index) => chosen & (1 << index))) as object;
      const { updatedAt: _, ...after } = await edit(draft.id, input);
      const { updatedAt: _1, ...before } = draft;
      expect(after, JSON.stringify(input)).toEqual(before);
    }
    expect(await edit(draft.id, Object.assign({ text }, ...ways) as object)).toMatchObject({
      status: 'scheduled',
      shareMode: 'addToQueue',
    });
  });

  it('editing-12: a draft that stays one may be given a time', async () => {
    const text = 'A draft';
    const { id } = await create({ channelId: ids.mastodon, text, saveToDraft: true });
    const when = { mode: 'customScheduled', dueAt: '2027-01-04T10:30:00Z' };
    expect(await edit(id, { text, ...when, saveToDraft: true })).toMatchObject({ status: 'draft', dueAt: null });
    expect(await edit(id, { text, ...when, schedulingType: automatic, saveToDraft: true })).toMatchObject({
      status: 'draft',
      dueAt: '2027-01-04T10:30:00.000Z',
    });
  });

  it('editing-13: saveToDraft takes a queued post out of the queue', async () => {
    const [first, ...others] = await queue(ids.threads);
    expect(await edit(first.id, { text: first.text, saveToDraft: true })).toMatchObject({ status: 'draft', dueAt: null });
    expect(idsOf(await queue(ids.threads))).toEqual(idsOf(others));
  });

  it('editing-14: movePostInQueue does nothing with a draft', async () => {
    const { id } = await create({ channelId: ids.mastodon, text: 'A draft', saveToDraft: true });
    for (const position of ['top', 'bottom'] as const) expect(await move(id, position)).toMatchObject({ type: 'VoidMutationError' });
  });

  it('editing-15: a sent post is not changed', async () => {
    const [{ id }] = await list(organization, { channelIds: [ids.x], status: ['sent'] });
    const sent = await read(id);
    expect(await edit(id, { text: 'Too late' })).toMatchObject({ type: 'InvalidInputError' });
    expect(await read(id)).toEqual(sent);
  });

  it('editing-15: neither is one that is not there', async () => {
    expect(await edit(unknown, { text: 'Nobody' })).toMatchObject({ type: 'NotFoundError' });
  });
});

describe('creating', () => {
  const everywhere = { facebook: { type: 'post' }, instagram: { type: 'post', shouldShareToFeed: true } };
  const mastodon = (text: string, more: object = {}) => create({ channelId: ids.mastodon, text, ...more });
  const publishedAs = (id: string) =>
    sandbox.state.updates.get(id)!.published!.map((part) => ({ text: part.text, files: part.assets.map(({ url }) => url) }));

  it('creating-1: refuses the whole post for the thumbnailUrl of a video, in a thread, too', async () => {
    const named = { video: { ...film.video, thumbnailUrl: 'https://larkspur.example/a.png' } };
    const sentence =
      /^Video thumbnailUrl is not supported: social networks do not accept .* images.*Remove thumbnailUrl from the video asset$/u;
    const refused = { type: 'InvalidInputError', message: expect.stringMatching(sentence) };
    const before = sandbox.state.updates.size;
    expect(await create({ ...tiktokPost, assets: [named] })).toEqual(refused);
    expect(await mastodon('One', { metadata: { mastodon: { thread: [{ text: 'One' }, { text: 'Two', assets: [named] }] } } })).toEqual(
      refused,
    );
    expect(sandbox.state.updates.size).toBe(before);
    expect(await create(tiktokPost)).toMatchObject({ assets: [{ thumbnail: expect.stringMatching(/\.png$/u) }] });
  });

  it('creating-2: the cover of a video is its thumbnailOffset', async () => {
    const covered = { video: { ...film.video, metadata: { thumbnailOffset: 1200 } } };
    const { boards } = sandbox.state.profiles.find(({ id }) => id === pinterest)!;
    const on: [string, object][] = [
      [ids.instagram, { instagram: { type: 'reel', shouldShareToFeed: true } }],
      [tiktok, {}],
      [pinterest, { pinterest: { boardServiceId: boards![0]!.serviceId } }],
    ];
    for (const [channelId, metadata] of on) {
      expect(await create({ channelId, text: 'Covered', assets: [covered], metadata })).toMatchObject({
        assets: [{ video: { thumbnailOffset: 1200 } }],
      });
    }
  });

  it('creating-3: refuses a carousel on Instagram; several pictures go as a post', async () => {
    const carousel = { instagram: { type: 'carousel', shouldShareToFeed: true } };
    expect(await create({ ...instagramPost, metadata: carousel })).toEqual(
      invalid('Invalid post: Instagram posts require a type (post, story, or reel).'),
    );
    expect(await create(instagramPost)).toMatchObject({ status: 'scheduled', assets: [{ type: 'image' }, { type: 'image' }] });
  });

  it('creating-4: asks Facebook and Instagram for a type, and Instagram whether it goes to the feed', async () => {
    const { assets } = instagramPost;
    for (const [channelId, network] of [
      [ids.facebook, 'Facebook'],
      [ids.instagram, 'Instagram'],
    ] as const) {
      const post = { channelId, text: 'Which?', assets, mode: 'shareNow' };
      expect(await create(post)).toEqual(invalid(`Invalid post: ${network} posts require a type (post, story, or reel).`));
      expect(await create({ ...post, metadata: everywhere })).toMatchObject({ status: 'sent' });
    }
    const input = {
      channelId: ids.instagram,
      text: 'Feed?',
      assets,
      mode: 'addToQueue',
      schedulingType: automatic,
      metadata: { instagram: { type: 'post' } },
    };
    const { body } = await ask('mutation ($input: CreatePostInput!) { createPost(input: $input) { __typename } }', { input });
    expect(body.errors[0].message).toMatch(/shouldShareToFeed/u);
  });

  it('creating-5: needsApproval is a bad request where no policy asks for it', async () => {
    const input = { channelId: ids.mastodon, text: 'Please look', mode: 'addToQueue', schedulingType: automatic, needsApproval: true };
    const { status, body } = await ask('mutation ($input: CreatePostInput!) { createPost(input: $input) { __typename } }', { input });
    expect([status, body.errors.length]).toEqual([400, 1]);
    sandbox.behave({ approvals: 'policy' });
    expect(await create(input)).toMatchObject({ status: 'needs_approval' });
  });

  it('creating-6: ten scheduled posts a channel are free, drafts not counted; X takes 50 a day, 100 of the verified', async () => {
    sandbox.state.users[0]!.plan = 'free';
    const { account } = await data('{ account { organizations { limits { scheduledPosts } } } }');
    expect(account.organizations[0].limits.scheduledPosts).toBe(10);
    for (let count = ((await queue(ids.mastodon)) as unknown[]).length; count < 10; count += 1) {
      expect(await mastodon(`Draft ${count}`, { saveToDraft: true })).toMatchObject({ status: 'draft' });
      expect(await mastodon(`Post ${count}`)).toMatchObject({ status: 'scheduled' });
    }
    const full = { type: 'LimitReachedError', message: 'Scheduled posts limit reached. You have 10 scheduled posts out of 10 allowed.' };
    expect(await mastodon('One more')).toEqual(full);
    const draft = await mastodon('A draft, still', { saveToDraft: true });
    expect(draft).toMatchObject({ status: 'draft' });
    expect(await edit(draft.id, { text: 'A draft, still', mode: 'addToQueue', schedulingType: automatic, saveToDraft: false })).toEqual(
      full,
    );
    const limitOf = async () =>
      (await data(`{ dailyPostingLimits(input: { channelIds: ["${ids.x}"] }) { limit } }`)).dailyPostingLimits[0].limit;
    expect(await limitOf()).toBe(50);
    sandbox.state.profiles[0]!.subscriptionType = 'PremiumPlus';
    expect(await limitOf()).toBe(100);
  });

  it('creating-7: the past is refused, UTC with milliseconds is taken', async () => {
    const at = (dueAt: string) => mastodon('At a time', { mode: 'customScheduled', dueAt });
    expect(await at('2026-10-26T13:59:59.999Z')).toMatchObject({ type: 'InvalidInputError' });
    expect(await at('2026-10-26T14:05:00.123Z')).toMatchObject({ dueAt: '2026-10-26T14:05:00.000Z' });
  });

  it('creating-8: data addresses are refused; a slow host fails the post when it is published', async () => {
    const data = { image: { url: 'data:image/png;base64,iVBORw0KGgo=' } };
    expect(await mastodon('Inline', { assets: [data] })).toEqual(invalid('Failed to fetch image dimensions'));
    const slow = { image: { url: 'https://larkspur.example/slow.png' } };
    const failed = { status: 'error', error: { message: 'Failed to backfill media from URL' } };
    expect(await mastodon('Cold', { assets: [slow], mode: 'shareNow' })).toMatchObject(failed);
    const { id, status } = await mastodon('Later', { assets: [slow], mode: 'customScheduled', dueAt: later });
    expect(status).toBe('scheduled');
    now = new Date(Date.parse(later) + 60_000);
    expect(await read(id)).toMatchObject(failed);
  });

  it('creating-9: a photo title of more than 90 characters on TikTok is taken, and fails at publishing', async () => {
    sandbox.state.profiles.find(({ id }) => id === tiktok)!.isQueuePaused = false;
    const photos = { channelId: tiktok, text: 'Photos', assets: [picture('petals')], mode: 'customScheduled', dueAt: later };
    const long = await create({ ...photos, metadata: { tiktok: { title: 'x'.repeat(91) } } });
    const short = await create({ ...photos, text: 'More photos', metadata: { tiktok: { title: 'x'.repeat(90) } } });
    const moving = await create({ ...photos, text: 'No photos', assets: [film], metadata: { tiktok: { title: 'x'.repeat(91) } } });
    expect([long.status, short.status, moving.status]).toEqual(['scheduled', 'scheduled', 'scheduled']);
    now = new Date(Date.parse(later) + 600_000);
    expect(await read(long.id)).toMatchObject({ status: 'error', error: { message: expect.stringMatching(/90/u) } });
    expect([(await read(short.id)).status, (await read(moving.id)).status]).toEqual(['sent', 'sent']);
  });

  it('creating-10: the same text and pictures again are refused; with others they are taken', async () => {
    await mastodon('Again', { assets: [picture('petals')] });
    expect(await mastodon('Again', { assets: [picture('petals')] })).toMatchObject({ type: 'InvalidInputError' });
    expect(await mastodon('Again', { assets: [picture('leaves')] })).toMatchObject({ status: 'scheduled' });
    sandbox.behave({ duplicates: 'taken' });
    expect(await mastodon('Again', { assets: [picture('petals')] })).toMatchObject({ status: 'scheduled' });
  });

  it('creating-11: says whether it was posted recently, or is scheduled; near-identical and failed ones count, for minutes', async () => {
    const recent = { type: 'InvalidInputError', message: expect.stringContaining("Whoops, it looks like you've posted that one recently") };
    expect(await mastodon('Hello, world!', { mode: 'shareNow' })).toMatchObject({ status: 'sent' });
    for (const text of ['Hello, world!', 'hello world', 'Hello  world.']) expect(await mastodon(text), text).toEqual(recent);
    expect(
      await mastodon('Failing', { mode: 'shareNow', assets: [{ image: { url: 'https://larkspur.example/slow.png' } }] }),
    ).toMatchObject({ status: 'error' });
    expect(await mastodon('Failing', { assets: [{ image: { url: 'https://larkspur.example/slow.png' } }] })).toEqual(recent);
    expect(await create({ channelId: ids.bluesky, text: 'Hello, world!' })).toMatchObject({ status: 'scheduled' });
    now = new Date(monday.getTime() + 900_000);
    expect(await mastodon('Hello, world!')).toMatchObject({ status: 'scheduled' });
    expect(await mastodon('Hello, world!')).toMatchObject({ message: expect.stringContaining('already got this one scheduled') });
    expect(await mastodon('Hello, world!', { saveToDraft: true })).toMatchObject({ status: 'draft' });
  });

  it('creating-12: full is counted by channel or by organization, and the past is refused of drafts, too', async () => {
    const theirs = { channelId: ids.foreign, text: 'One more' };
    const token = sandbox.otherGraphqlToken;
    const full = { type: 'LimitReachedError', message: 'Scheduled posts limit reached. You have 10 scheduled posts out of 10 allowed.' };
    expect(await create(theirs, { token })).toEqual(full);
    const other = { ...sandbox.state.profiles.find(({ id }) => id === ids.foreign)!, id: unknown };
    sandbox.state.profiles.push(other);
    expect(await create({ ...theirs, channelId: other.id }, { token })).toMatchObject({ status: 'scheduled' });
    sandbox.behave({ freePlan: 'perOrganization' });
    expect(await create({ ...theirs, channelId: other.id, text: 'Two more' }, { token })).toMatchObject({
      type: 'LimitReachedError',
      message: expect.stringContaining('out of 10 allowed.'),
    });
    for (const saveToDraft of [false, true]) {
      const past = await mastodon('Yesterday', { saveToDraft, mode: 'customScheduled', dueAt: '2026-10-25T14:00:00Z' });
      expect(past).toEqual(invalid('Invalid post input: dueAt must be in the future'));
    }
  });

  it('creating-13: a first comment refuses the whole post on the Free plan; LinkedIn’s holds 1,250 characters', async () => {
    const commented = (text: string, firstComment: string) =>
      create({ channelId: ids.linkedin, text, metadata: { linkedin: { firstComment } } });
    expect(await commented('One', 'x'.repeat(1250))).toMatchObject({ metadata: { firstComment: 'x'.repeat(1250) } });
    expect(await commented('Two', 'x'.repeat(1251))).toMatchObject({ type: 'InvalidInputError', message: expect.stringMatching(/1250/u) });
    sandbox.state.users[0]!.plan = 'free';
    const before = sandbox.state.updates.size;
    expect(await commented('Three', 'First!')).toEqual(invalid('First comment requires a paid plan.'));
    expect(sandbox.state.updates.size).toBe(before);
  });

  it('creating-14: Instagram profiles and Facebook groups take reminders only', async () => {
    const metadata = everywhere;
    for (const channelId of [instagramProfile, facebookGroup]) {
      const post = { channelId, text: 'By hand', assets: [picture('petals')], metadata };
      expect(await create(post)).toMatchObject({ type: 'InvalidInputError', message: expect.stringMatching(/notification/u) });
      expect(await create({ ...post, schedulingType: 'notification' })).toMatchObject({
        status: 'scheduled',
        schedulingType: 'notification',
      });
      for (const { schedulingType } of await queue(channelId)) expect(schedulingType).toBe('notification');
    }
  });

  it('creating-15: pictures at the top of a thread on Threads are kept and shown, and not published with it', async () => {
    const post = (top: string, parts: string[][]) => {
      const thread = parts.map((names, index) => ({ text: index ? `Part ${index}` : 'A thread', assets: names.map(picture) }));
      return create({
        channelId: ids.threads,
        text: 'A thread',
        assets: [picture(top)],
        mode: 'shareNow',
        metadata: { threads: { thread } },
      });
    };
    const address = (name: string) => picture(name).image.url;
    const lost = await post('top', [[], ['second']]);
    expect(lost).toMatchObject({ status: 'sent', assets: [{ source: address('top') }] });
    expect(publishedAs(lost.id)).toEqual([
      { text: 'A thread', files: [] },
      { text: 'Part 1', files: [address('second')] },
    ]);
    const whole = await post('other', [['first'], []]);
    expect(publishedAs(whole.id)[0]).toEqual({ text: 'A thread', files: [address('first')] });
    expect((await read(whole.id)).metadata.thread).toMatchObject([
      { text: 'A thread', assets: [] },
      { text: 'Part 1', assets: [] },
    ]);
    sandbox.behave({ threadEcho: 'echoed' });
    expect((await read(whole.id)).metadata.thread).toMatchObject([{ assets: [{ source: address('first') }] }, { assets: [] }]);
  });

  it('creating-16: a lone video in the first post of a thread on X is stripped, or kept', async () => {
    const thread = [
      { text: 'Watch', assets: [film] },
      { text: 'And read', assets: [picture('notes')] },
    ];
    const post = { channelId: ids.x, text: 'Watch', metadata: { twitter: { thread } } };
    expect((await create(post)).metadata.thread).toMatchObject([{ assets: [] }, { assets: [{ type: 'image' }] }]);
    sandbox.behave({ xLoneVideo: 'kept', duplicates: 'taken' });
    expect((await create(post)).metadata.thread).toMatchObject([{ assets: [{ type: 'video' }] }, { assets: [{ type: 'image' }] }]);
  });

  it('creating-23: what a post of X shares has the other’s words, and the comment is told nowhere, or as the text', async () => {
    const metadata = { twitter: { retweet: { id: '1750', comment: 'Read this' } } };
    const post = () => create({ channelId: ids.x, metadata });
    const others = { id: '1750', text: 'What another account said in 1750.' };
    expect(await post()).toMatchObject({ text: '', metadata: { retweet: others } });
    sandbox.behave({ retweetComment: 'asText', duplicates: 'taken' });
    expect(await post()).toMatchObject({ text: 'Read this', metadata: { retweet: others } });
    const own = await create({ channelId: ids.x, text: 'My own words', metadata });
    expect(own).toMatchObject({ text: 'My own words', metadata: { retweet: others } });
  });

  it('creating-22: the card of a thread’s part has two places, or the new one, or the old one alone', async () => {
    const url = 'https://larkspur.example/read';
    const asAsset = { text: 'Second', assets: [{ link: { url } }] };
    const asMetadata = { text: 'Second', metadata: { bluesky: { linkAttachment: { url } } } };
    const post = (second: object, channelId = ids.bluesky, network = 'bluesky') => ({
      channelId,
      text: 'First',
      metadata: { [network]: { thread: [{ text: 'First' }, second] } },
    });
    const reading = (places: string) => `query ($id: PostId!) { post(input: { id: $id }) { metadata {
      ... on ThreadedPostMetadata { thread { ${places} } } } } }`;
    const [both, oldOnly, newOnly] = [
      'linkAttachment { url } metadata { bluesky { linkAttachment { url } } }',
      'linkAttachment { url }',
      'metadata { bluesky { linkAttachment { url } } }',
    ];
    sandbox.behave({ duplicates: 'taken' });
    const { id } = await create(post(asMetadata));
    await create(post(asAsset));
    const parts = (await data(reading(both), { id })).post.metadata.thread;
    expect(parts[1]).toEqual({ linkAttachment: { url }, metadata: { bluesky: { linkAttachment: { url } } } });
    // Its key is the channel's network, and it goes with no file.
    expect(await create(post(asMetadata, ids.mastodon, 'mastodon'))).toMatchObject({ type: 'InvalidInputError' });
    expect(await create(post({ ...asMetadata, assets: [picture('petals')] }))).toMatchObject({ type: 'InvalidInputError' });
    for (const [threadCards, place, input, gone, notTaken] of [
      ['newOnly', newOnly, asMetadata, oldOnly, asAsset],
      ['oldOnly', oldOnly, asAsset, newOnly, asMetadata],
    ] as const) {
      sandbox.behave({ threadCards, duplicates: 'taken' });
      expect((await data(reading(place), { id })).post.metadata.thread).toHaveLength(2);
      const refused = await ask(reading(gone), { id });
      expect(refused.body.errors[0].message).toMatch(/^Cannot query field "(linkAttachment|metadata)" on type "ThreadedPost"\./u);
      expect(refused.body.data).toBeUndefined();
      const creating = `mutation ($input: CreatePostInput!) { createPost(input: $input) { __typename } }`;
      const whole = { mode: 'addToQueue', schedulingType: 'automatic' };
      expect((await ask(creating, { input: { ...post(input), ...whole } })).body.data.createPost.__typename).toBe('PostActionSuccess');
      const { status, body } = await ask(creating, { input: { ...post(notTaken), ...whole } });
      expect([status, body.data]).toEqual([400, undefined]);
      expect(body.errors[0].message).toMatch(/not to include unknown field "(link|metadata)"/u);
    }
  });

  it('creating-17: of a card and a picture on LinkedIn one is dropped, or both are refused', async () => {
    const post = {
      channelId: ids.linkedin,
      text: 'Both',
      assets: [picture('petals')],
      metadata: { linkedin: { linkAttachment: { url: 'https://larkspur.example' } } },
    };
    expect(await create(post)).toMatchObject({ assets: [{ type: 'image' }], metadata: { linkAttachment: null } });
    sandbox.behave({ linkedinCard: 'refused' });
    expect(await create({ ...post, text: 'Both again' })).toMatchObject({
      type: 'InvalidInputError',
      message: expect.stringMatching(/exclude/u),
    });
  });

  it('creating-18: says which kind of file could not be read', async () => {
    const unreadable = { image: { url: 'https://larkspur.example/unreadable.png' } };
    expect(await mastodon('Picture', { assets: [unreadable] })).toEqual(invalid('Image could not be read from its URL'));
    expect(await mastodon('Film', { assets: [{ video: { url: 'https://larkspur.example/unreadable.mp4' } }] })).toEqual(
      invalid('Video could not be read from its URL.'),
    );
  });

  it('creating-19: says the rest in the measured words', async () => {
    expect(await create({ channelId: ids.x, text: 'x'.repeat(281) })).toEqual(
      invalid('Invalid post: Twitter / X posts cannot exceed 280 characters'),
    );
    const sentence = 'Invalid post: YouTube posts require a title., YouTube posts require a category.';
    expect(await create({ channelId: ids.youtube, text: 'A film', assets: [film] })).toEqual(invalid(sentence));
    expect(await remove(unknown)).toEqual({ __typename: 'VoidMutationError', message: 'Document not found' });
    expect(await create({ channelId: unknown, text: 'Nowhere' })).toEqual({ type: 'NotFoundError', message: 'Channel not found' });
  });

  it('creating-20: a paused queue takes posts and never publishes, a locked channel takes nothing', async () => {
    const { id, status } = await create({ ...tiktokPost, text: 'Waiting' });
    expect(status).toBe('scheduled');
    now = new Date('2027-06-01T00:00:00Z');
    expect(await read(id)).toMatchObject({ status: 'scheduled', sentAt: null });
    expect(await create({ ...tiktokPost, channelId: locked })).toMatchObject({
      type: 'InvalidInputError',
      message: expect.stringMatching(/locked/u),
    });
  });

  it('creating-21: what is experimental, content items, is not there', async () => {
    for (const name of ['createContentItemDraft', 'promoteContentItemDraftToPosts']) {
      expect((await ask(`mutation { ${name}(input: {}) { __typename } }`)).body.errors[0].message).toMatch(name);
    }
  });
});
