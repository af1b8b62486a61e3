import { DateTime } from 'luxon';
import qs from 'qs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/sandbox.ts';

// The clock stands still unless a test moves it: a Monday, five days before New York leaves daylight saving time.
const monday = new Date('2026-10-26T14:00:00Z');

const twitter = '5160746d13f04a5e3a000001';
const facebook = '5160746d13f04a5e3a000003';
const mastodon = '5160746d13f04a5e3a000004';
const bluesky = '5160746d13f04a5e3a000005';
const threads = '5160746d13f04a5e3a000006';
const pinterest = '5160746d13f04a5e3a000008';
const google = '5160746d13f04a5e3a000009';
const disconnected = '5160746d13f04a5e3a00000a';
const unscheduled = '5160746d13f04a5e3a00000b';
const others = '5160746d13f04a5e3a00000c';
const unknown = 'f00000000000000000000000';

let sandbox: Sandbox;
let now: Date;

async function begin(options: SandboxOptions = {}): Promise<void> {
  await (sandbox as Sandbox | undefined)?.close();
  now = monday;
  sandbox = await startSandbox({ now: () => now, rateLimit: Infinity, ...options });
}

beforeEach(() => begin());
afterEach(() => sandbox.close());

interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // Whatever the wire holds; the expectations say what that should be.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  return { status: response.status, headers: response.headers, text, body };
}

async function get(path: string, token = sandbox.token): Promise<Answer> {
  return answerOf(await fetch(sandbox.url + path, { headers: { authorization: `Bearer ${token}` } }));
}

async function post(path: string, form: object = {}, token = sandbox.token): Promise<Answer> {
  const body = qs.stringify(form, { arrayFormat: 'brackets' });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' };
  return answerOf(await fetch(sandbox.url + path, { method: 'POST', headers, body }));
}

async function control(method: string, path: string, body?: object): Promise<Answer> {
  const headers = body && { 'content-type': 'application/json' };
  return answerOf(await fetch(sandbox.controlUrl + path, { method, headers, body: body && JSON.stringify(body) }));
}

const create = (form: object) => post('/updates/create.json', form);
const pending = async (profile: string) => (await get(`/profiles/${profile}/updates/pending.json?count=100`)).body.updates;
const idsOf = (updates: { id: string }[]) => updates.map(({ id }) => id);
const unix = (iso: string) => Date.parse(iso) / 1000;

describe('contract shapes', () => {
  it('describes the user', async () => {
    const { status, headers, body, text } = await get('/user.json');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json;charset=UTF-8');
    expect(Object.keys(body)).toEqual([
      '_id',
      'id',
      'activity_at',
      'created_at',
      'plan',
      'referral_link',
      'referral_token',
      'secret_email',
      'timezone',
    ]);
    expect(text).toContain(String.raw`Europe\/Berlin`);
  });

  it('lists profiles, of this user only', async () => {
    const { body } = await get('/profiles.json');
    expect(body).toHaveLength(11);
    expect(idsOf(body)).not.toContain(others);
    expect(body[0]).toMatchObject({
      id: twitter,
      _id: twitter,
      service: 'twitter',
      formatted_username: '@larkspur_dev',
      default: true,
      disconnected: null,
      counts: { pending: 250, sent: 400, drafts: 2 },
      timezone: 'America/New_York',
      service_id: expect.stringMatching(/^\d+$/u),
    });
    expect(body.filter((profile: { disconnected: unknown }) => profile.disconnected)).toHaveLength(1);
  });

  it('leaves `default` out of a single profile', async () => {
    const { body } = await get(`/profiles/${twitter}.json`);
    expect(body).toMatchObject({ id: twitter, verb: 'tweet' });
    expect(body).not.toHaveProperty('default');
  });

  it('gives schedules as a bare list, and replaces all of them', async () => {
    const { body } = await get(`/profiles/${mastodon}/schedules.json`);
    expect(body).toEqual([{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], times: ['09:00', '15:00'] }]);
    const schedules = [{ days: ['wed'], times: ['06:30'] }];
    expect((await post(`/profiles/${mastodon}/schedules/update.json`, { schedules })).body).toEqual({ success: true });
    expect((await get(`/profiles/${mastodon}/schedules.json`)).body).toEqual(schedules);
    const [first, second] = (await pending(mastodon)).filter((update: { due_at: number }) => update.due_at % 3600 === 1800);
    expect([first.due_at, second.due_at]).toEqual([unix('2026-10-28T06:30Z'), unix('2026-11-04T06:30Z')]);
  });

  it('writes a pending update without the keys of a sent one', async () => {
    const [update] = await pending(twitter);
    expect(update).toMatchObject({
      _id: update.id,
      status: 'buffer',
      day: 'Today',
      due_time: '10:15 am',
      profile_service: 'twitter',
      type: 'link',
      shared_now: false,
    });
    expect(update.text_formatted).toContain('<a class="url" href="https://larkspur.example/releases/4.0"');
    for (const key of ['sent_at', 'service_update_id', 'statistics', 'media']) expect(update).not.toHaveProperty(key);
  });

  it('writes a sent update with statistics', async () => {
    const { body } = await get(`/profiles/${twitter}/updates/sent.json`);
    expect(body.total).toBe(400);
    expect(body.updates[7]).toMatchObject({
      status: 'sent',
      sent_at: expect.any(Number),
      service_update_id: expect.stringMatching(/^\d+$/u),
      day: expect.stringMatching(/^\w+ \d+\w\w \w+$/u),
    });
    expect(Object.keys(body.updates[7].statistics)).toEqual(['reach', 'clicks', 'retweets', 'favorites', 'mentions']);
    const times = body.updates.map((update: { sent_at?: number; due_at: number }) => update.sent_at ?? update.due_at);
    expect(times).toEqual(times.toSorted((a: number, b: number) => b - a));
    expect(body.updates.some((update: { status: string }) => update.status === 'error')).toBe(true);
  });

  it('reads one update', async () => {
    const [update] = await pending(twitter);
    expect((await get(`/updates/${update.id}.json`)).body).toEqual(update);
    expect((await get(`/updates/${update.id}.json?utc=true`)).body).toEqual({ ...update, due_time: '2:15 pm' });
  });

  it('describes the networks', async () => {
    sandbox.behave({ v1Configuration: 'ofToday' });
    const { body } = await get('/info/configuration.json');
    expect(body.services.twitter.types.profile).toMatchObject({ name: 'Twitter', character_limit: 280, schedule_limit: 730 });
    expect(body.services.twitter.urls).toHaveProperty('user');
    expect(body.services.linkedin.types.page.character_limit).toBe(3000);
    expect(body.media.picture_filetypes).toEqual(['jpeg', 'jpg', 'gif', 'png']);
  });

  it('counts shares, and lists interactions', async () => {
    const plain = await get('/links/shares.json?url=https%3A%2F%2Flarkspur.example');
    expect(plain.body).toEqual({ shares: expect.any(Number) });
    expect((await get('/links/shares.json?url=https%3A%2F%2Fwww.larkspur.example')).body).toEqual(plain.body);
    const { id, statistics } = (await get(`/profiles/${twitter}/updates/sent.json`)).body.updates[0];
    const { body } = await get(`/updates/${id}/interactions.json?event=retweet&count=1`);
    expect(body.total).toBe(Math.min(200, statistics.retweets));
    expect(body.interactions[0]).toMatchObject({ event: 'retweets', user: { username: 'reader_1' } });
    const waiting = (await pending(twitter))[0].id;
    expect((await get(`/updates/${waiting}/interactions.json`)).body).toEqual({ total: 0, interactions: [] });
  });

  it('escapes slashes, and indents when asked to', async () => {
    expect((await get('/user.json')).text).toMatch(/^\{"_id"/u);
    expect((await get('/user.json?pretty=true')).text).toMatch(/^\{\n {4}"_id"/u);
  });
});

describe('who may ask', () => {
  it('answers a missing or unknown token with an empty page', async () => {
    for (const response of [await fetch(`${sandbox.url}/user.json`), await fetch(`${sandbox.url}/user.json?access_token=no`)]) {
      expect(response.status).toBe(401);
      expect(response.headers.get('content-type')).toMatch(/^text\/html/u);
      expect(response.headers.get('www-authenticate')).toMatch(/^OAuth realm='Service', error='invalid_request'/u);
      expect(await response.text()).toBe('');
    }
  });

  it('takes a token from the query too, and tells', async () => {
    expect((await fetch(`${sandbox.url}/user.json?access_token=${sandbox.token}`)).status).toBe(200);
    await get('/user.json?utc=true');
    expect(sandbox.requests()).toMatchObject([
      { method: 'GET', path: '/1/user.json', query: {}, status: 200, at: monday, isTokenInQuery: true },
      { query: { utc: 'true' }, isTokenInQuery: false },
    ]);
    expect(JSON.stringify(sandbox.requests())).not.toContain(sandbox.token);
  });

  it('forgets a revoked token until it is restored', async () => {
    sandbox.revoke();
    expect((await get('/user.json')).status).toBe(401);
    expect((await get('/user.json', sandbox.otherToken)).status).toBe(200);
    sandbox.restore();
    expect((await get('/user.json')).status).toBe(200);
  });

  it('lets sixty requests a minute through, for each user', async () => {
    await begin({ rateLimit: 60 });
    for (let i = 0; i < 60; i += 1) {
      now = new Date(monday.getTime() + i * 500);
      expect((await get('/user.json')).status).toBe(200);
    }
    const { status, headers, body } = await get('/user.json');
    expect([status, headers.get('retry-after'), body]).toEqual([429, '31', { error: 'Too many requests.', code: 429 }]);
    expect((await get('/user.json', sandbox.otherToken)).status).toBe(200);
    now = new Date(monday.getTime() + 60_000);
    expect((await get('/user.json')).status).toBe(200);
  });
});

describe('failures', () => {
  const failed = (status: number, code: number) => ({ status, body: { success: false, message: expect.any(String), code } });
  const refused = (status: number, code: number) => ({ status, body: { error: expect.any(String), code } });
  const onTwitter = (form: object) => create({ profile_ids: [twitter], text: 'Something new', ...form });

  it('404, 405, 1005: no such endpoint, method or format', async () => {
    expect(await get('/nothing.json')).toMatchObject(refused(404, 404));
    expect(await get('/user')).toMatchObject(refused(404, 404));
    expect(await post('/nothing.json')).toMatchObject(failed(404, 404));
    expect(await post('/user.json')).toMatchObject(failed(405, 405));
    expect(await get('/updates/create.json')).toMatchObject(refused(405, 405));
    expect(await get('/user.xml')).toMatchObject(refused(406, 1005));
  });

  it('1004: something is missing', async () => {
    expect(await create({ text: 'Nowhere' })).toMatchObject(failed(400, 1004));
    expect(await post(`/profiles/${twitter}/updates/reorder.json`)).toMatchObject(failed(400, 1004));
    expect(await post(`/profiles/${twitter}/schedules/update.json`)).toMatchObject(failed(400, 1004));
    expect(await post(`/updates/${(await pending(twitter))[0].id}/update.json`)).toMatchObject(failed(400, 1004));
    expect(await get('/links/shares.json')).toMatchObject(refused(400, 1004));
    expect(await onTwitter({ retweet: { comment: 'Yes' } })).toMatchObject(failed(400, 1004));
  });

  it('1004: JSON is no form', async () => {
    const headers = { authorization: `Bearer ${sandbox.token}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ profile_ids: [twitter], text: 'In JSON' });
    const response = await fetch(`${sandbox.url}/updates/create.json`, { method: 'POST', headers, body });
    expect(await answerOf(response)).toMatchObject(failed(400, 1004));
  });

  it.each(['count=0', 'count=101', 'count=x', 'count=', 'page=0', 'page=-1', 'page=1.5', 'since=soon', 'utc=perhaps'])(
    '1006: a list with %s',
    async (query) => {
      expect(await get(`/profiles/${twitter}/updates/pending.json?${query}`)).toMatchObject(refused(400, 1006));
      expect(await get(`/profiles/${twitter}/updates/sent.json?${query}`)).toMatchObject(refused(400, 1006));
    },
  );

  it('1006: other values that cannot be', async () => {
    expect(await create({ profile_ids: twitter, text: 'Not a list' })).toMatchObject(failed(400, 1006));
    expect(await onTwitter({ scheduled_at: 'tomorrow' })).toMatchObject(failed(400, 1006));
    expect(await onTwitter({ now: 'maybe' })).toMatchObject(failed(400, 1006));
    const schedules = [{ days: ['monday'], times: ['9:00'] }];
    expect(await post(`/profiles/${twitter}/schedules/update.json`, { schedules })).toMatchObject(failed(400, 1006));
    expect(await post(`/profiles/${twitter}/updates/reorder.json`, { order: 'x' })).toMatchObject(failed(400, 1006));
  });

  it('1010, 1011: not a profile, not yours', async () => {
    expect(await get(`/profiles/${unknown}.json`)).toMatchObject(refused(404, 1010));
    expect(await get(`/profiles/${others}.json`)).toMatchObject(refused(403, 1011));
    expect(await create({ profile_ids: [unknown], text: 'x' })).toMatchObject(failed(404, 1010));
    expect(await create({ profile_ids: [others, unknown], text: 'x' })).toMatchObject(failed(403, 1011));
  });

  it('1020, 1021: not an update, not yours', async () => {
    const theirs = (await get(`/profiles/${others}/updates/pending.json`, sandbox.otherToken)).body.updates[0].id;
    expect(await get(`/updates/${unknown}.json`)).toMatchObject(refused(404, 1020));
    expect(await get(`/updates/${theirs}.json`)).toMatchObject(refused(403, 1021));
    for (const action of ['share', 'destroy', 'move_to_top', 'update']) {
      expect(await post(`/updates/${unknown}/${action}.json`, { text: 'x' })).toMatchObject(failed(404, 1020));
      expect(await post(`/updates/${theirs}/${action}.json`, { text: 'x' })).toMatchObject(failed(403, 1021));
    }
  });

  it('1022: too long, or nothing', async () => {
    expect(await onTwitter({ text: 'x'.repeat(281) })).toMatchObject(failed(400, 1022));
    expect(await onTwitter({ text: '  ' })).toMatchObject(failed(400, 1022));
    expect(await onTwitter({ text: 'x'.repeat(280) })).toMatchObject({ status: 200 });
    const link = `https://larkspur.example/${'x'.repeat(100)}`;
    expect(await onTwitter({ text: `${'x'.repeat(256)} ${link}` })).toMatchObject({ status: 200 });
    expect(await create({ profile_ids: [bluesky], text: '👩‍👩‍👧‍👦'.repeat(300) })).toMatchObject({ status: 200 });
    expect(await create({ profile_ids: [bluesky], text: '👩‍👩‍👧‍👦'.repeat(301) })).toMatchObject(failed(400, 1022));
    expect(await onTwitter({ text: '', media: { photo: 'https://larkspur.example/a.png' } })).toMatchObject({ status: 200 });
    expect(await onTwitter({ text: '', retweet: { tweet_id: '7' } })).toMatchObject({ status: 200 });
  });

  it('1022: a sent update stays as it is, and nothing goes out on a disconnected profile', async () => {
    const { id } = (await get(`/profiles/${twitter}/updates/sent.json`)).body.updates[0];
    expect(await post(`/updates/${id}/update.json`, { text: 'Later' })).toMatchObject(failed(400, 1022));
    expect(await post(`/updates/${id}/share.json`)).toMatchObject(failed(400, 1022));
    expect(await create({ profile_ids: [disconnected], text: 'x', now: true })).toMatchObject(failed(400, 1022));
    expect(await create({ profile_ids: [disconnected], text: 'x' })).toMatchObject({ status: 200 });
  });

  it('1023: the queue is full', async () => {
    expect(await create({ profile_ids: [facebook], text: 'One too many' })).toMatchObject(failed(403, 1023));
    expect(await create({ profile_ids: [facebook], text: 'One too many', now: true })).toMatchObject({ status: 200 });
    const form = { profile_ids: [others], text: 'One too many' };
    expect(await post('/updates/create.json', form, sandbox.otherToken)).toMatchObject(failed(403, 1023));
  });

  it('1025: said already, here and within a day', async () => {
    await onTwitter({});
    expect(await onTwitter({})).toMatchObject(failed(400, 1025));
    expect(await create({ profile_ids: [google], text: 'Something new' })).toMatchObject({ status: 200 });
    await create({ profile_ids: [google], text: 'Just sent', now: true });
    expect(await create({ profile_ids: [google], text: 'Just sent' })).toMatchObject(failed(400, 1025));
    now = new Date(monday.getTime() + 86_400_000);
    expect(await create({ profile_ids: [google], text: 'Just sent' })).toMatchObject({ status: 200 });
  });

  it('1027: cannot go to the top', async () => {
    const { id } = (await onTwitter({ scheduled_at: '2027-01-01' })).body.updates[0];
    expect(await post(`/updates/${id}/move_to_top.json`)).toMatchObject(failed(400, 1027));
    const sent = (await get(`/profiles/${twitter}/updates/sent.json`)).body.updates[0];
    expect(await post(`/updates/${sent.id}/move_to_top.json`)).toMatchObject(failed(400, 1027));
  });

  it('1029: no such interaction', async () => {
    const { id } = (await get(`/profiles/${twitter}/updates/sent.json`)).body.updates[0];
    expect(await get(`/updates/${id}/interactions.json?event=applause`)).toMatchObject(refused(400, 1029));
  });

  it('1030, 1031: media', async () => {
    for (const photo of ['https://larkspur.example/a.webp', 'file:///a.png', 'a.png']) {
      expect(await onTwitter({ media: { photo } })).toMatchObject(failed(400, 1030));
    }
    const photo = `${new URL(sandbox.url).origin}/media/pictures/too-large.png`;
    expect(await onTwitter({ media: { photo } })).toMatchObject(failed(400, 1031));
  });

  it('1034: the past', async () => {
    expect(await onTwitter({ scheduled_at: unix('2026-10-26T14:00:00Z') })).toMatchObject(failed(400, 1034));
    expect(await onTwitter({ scheduled_at: '2020-02-02T02:02' })).toMatchObject(failed(400, 1034));
  });

  it('changes nothing when it refuses', async () => {
    const before = await pending(mastodon);
    await post(`/updates/${before[0].id}/update.json`, { text: 'x'.repeat(501) });
    await post(`/updates/${before[0].id}/update.json`, { text: 'x', scheduled_at: 1 });
    await post(`/profiles/${mastodon}/updates/shuffle.json`, { count: 0 });
    expect(await pending(mastodon)).toEqual(before);
  });
});

describe('lists', () => {
  it('pages without a gap or a repeat, and is empty past the end', async () => {
    const ids = new Set<string>();
    for (const page of [1, 2, 3, 4]) {
      const { body } = await get(`/profiles/${twitter}/updates/pending.json?count=100&page=${page}`);
      expect(body.total).toBe(250);
      expect(body.updates).toHaveLength([100, 100, 50, 0][page - 1]!);
      for (const { id } of body.updates) ids.add(id);
    }
    expect(ids.size).toBe(250);
    expect((await get(`/profiles/${unscheduled}/updates/sent.json`)).body).toEqual({ total: 0, updates: [] });
  });

  it('gives the soonest first', async () => {
    const times = (await pending(twitter)).map((update: { due_at: number }) => update.due_at);
    expect(times).toEqual(times.toSorted((a: number, b: number) => a - b));
  });

  it('keeps to what came after `since`', async () => {
    now = new Date(monday.getTime() + 1000);
    await create({ profile_ids: [mastodon], text: 'The newest' });
    const { body } = await get(`/profiles/${mastodon}/updates/pending.json?since=${unix(monday.toISOString())}`);
    expect(body).toMatchObject({ total: 1, updates: [{ text: 'The newest' }] });
  });
});

describe('create', () => {
  const text = '  Two  spaces,\n\n“quotes” & <tags> + 100% 👩‍👩‍👧‍👦 עברית ';

  it('gives one update for each profile that accepts, and passes over the rest', async () => {
    const { body } = await create({ profile_ids: [unknown, facebook, google, mastodon], text });
    expect(body).toMatchObject({ success: true, buffer_count: 1, buffer_percentage: 1 });
    expect(body.updates.map((update: { profile_id: string }) => update.profile_id)).toEqual([google, mastodon]);
    expect(body.updates[0]).toMatchObject({ text, text_formatted: text, status: 'buffer', via: 'api' });
    expect(await pending(google)).toEqual([body.updates[0]]);
  });

  it('puts at the end, at the top, or out at once', async () => {
    const before = idsOf(await pending(threads));
    const [last] = (await create({ profile_ids: [threads], text: 'Last' })).body.updates;
    const [first] = (await create({ profile_ids: [threads], text: 'First', top: true })).body.updates;
    const [out] = (await create({ profile_ids: [threads], text: 'Out', now: true })).body.updates;
    expect(idsOf(await pending(threads))).toEqual([first.id, ...before, last.id]);
    expect(out).toMatchObject({
      status: 'sent',
      sent_at: unix(monday.toISOString()),
      shared_now: true,
      statistics: { views: 0, likes: 0, comments: 0, reposts: 0 },
    });
    expect((await get(`/profiles/${threads}/updates/sent.json`)).body.updates[0]).toEqual(out);
  });

  it.each([
    ['1793100000', 1_793_100_000],
    ['2026-12-24T18:00', unix('2026-12-24T18:00Z')],
    ['2026-12-24T18:00:00+05:30', unix('2026-12-24T12:30Z')],
  ])('schedules at %s, whatever top and now say', async (scheduled_at, due_at) => {
    const form = { profile_ids: [google], text: 'Later', scheduled_at, top: 'true', now: 'true' };
    expect((await create(form)).body.updates[0]).toMatchObject({ status: 'buffer', due_at });
  });

  it('takes a photo and gives a picture', async () => {
    const photo = 'https://larkspur.example/a.png';
    const { body } = await create({ profile_ids: [google], text: 'With a picture', media: { photo } });
    expect(body.updates[0]).toMatchObject({ type: 'image', media: { picture: photo } });
    expect(body.updates[0].media).not.toHaveProperty('photo');
  });

  it('previews a link, unless told not to', async () => {
    const link = 'https://larkspur.example/a?b=c';
    const [google1, twitter1] = (await create({ profile_ids: [google, twitter], text: `See ${link}` })).body.updates;
    expect(google1.media).toEqual({ link, title: 'larkspur.example' });
    expect(twitter1).not.toHaveProperty('media');
    const { body } = await create({ profile_ids: [google], text: `And ${link}`, attachment: false });
    expect(body.updates[0]).not.toHaveProperty('media');
    const media = { link, title: 'A', description: 'B' };
    expect((await create({ profile_ids: [twitter], text: 'C', media })).body.updates[0].media).toEqual(media);
  });
});

describe('the queue', () => {
  it('takes every next slot of the schedule, past the end of daylight saving time', async () => {
    const due = sandbox.state
      .pending(sandbox.state.profiles.find(({ id }) => id === facebook)!)
      .map(({ dueAt }) => DateTime.fromSeconds(dueAt, { zone: 'America/New_York' }));
    expect(due.map((time) => time.toFormat('HH:mm'))).toEqual(Array(25).fill('12:00'));
    // 25 hours lie between noon on 31 October and noon on 1 November.
    expect(due.slice(1).map((time, index) => time.diff(due[index]!).as('hours'))).toEqual(
      Array.from({ length: 24 }, (_, index) => (index === 5 ? 25 : 24)),
    );
  });

  it('moves past a time that daylight saving skips, by half an hour on Lord Howe', async () => {
    now = new Date('2026-10-03T00:00:00Z');
    sandbox.reset();
    const due = (await pending(pinterest)).map(({ due_at }: { due_at: number }) => new Date(due_at * 1000).toISOString());
    // 19:00 at +10:30, then 02:15, which does not exist on the fourth and so is 02:45 at +11, then 19:00 at +11.
    expect(due).toEqual(['2026-10-03T08:30:00.000Z', '2026-10-03T15:45:00.000Z', '2026-10-04T08:00:00.000Z']);
  });

  it('has no time for what waits where there is no schedule, until there is one', async () => {
    for (const text of ['a', 'b']) await create({ profile_ids: [unscheduled], text });
    await create({ profile_ids: [unscheduled], text: 'c', top: true });
    const waiting = await pending(unscheduled);
    expect(waiting.map(({ text }: { text: string }) => text)).toEqual(['c', 'a', 'b']);
    for (const update of waiting) {
      expect(update).toMatchObject({ status: 'buffer', due_at: 0, day: 'No scheduled days or times', due_time: 'No Time Set' });
    }
    now = new Date(monday.getTime() + 7 * 86_400_000);
    expect(await pending(unscheduled)).toHaveLength(3);
    await post(`/profiles/${unscheduled}/schedules/update.json`, { schedules: [{ days: ['wed'], times: ['09:00'] }] });
    const due = (await pending(unscheduled)).map(({ due_at }: { due_at: number }) => due_at);
    expect(due).toEqual([unix('2026-11-03T20:00Z'), unix('2026-11-10T20:00Z'), unix('2026-11-17T20:00Z')]);
  });

  it('closes the gap after a share or a deletion', async () => {
    const before = await pending(threads);
    const slots = before.map(({ due_at }: { due_at: number }) => due_at);
    expect((await post(`/updates/${before[0].id}/share.json`)).body).toEqual({ success: true });
    expect(await pending(threads)).toMatchObject([
      { id: before[1].id, due_at: slots[0] },
      { id: before[2].id, due_at: slots[1] },
    ]);
    expect((await get(`/updates/${before[0].id}.json`)).body).toMatchObject({ status: 'sent', sent_at: unix(monday.toISOString()) });
    const { body } = await post(`/updates/${before[1].id}/destroy.json`);
    expect(body).toEqual({ success: true, message: 'Update deleted successfully' });
    expect(await pending(threads)).toMatchObject([{ id: before[2].id, due_at: slots[0] }]);
    expect((await get(`/updates/${before[1].id}.json`)).status).toBe(404);
  });

  it('moves to the top, and answers with the bare update', async () => {
    const before = await pending(threads);
    const { body } = await post(`/updates/${before[2].id}/move_to_top.json`);
    expect(body).toEqual({ ...before[2], day: body.day, due_at: before[0].due_at });
    expect(idsOf(await pending(threads))).toEqual([before[2].id, before[0].id, before[1].id]);
  });

  it('reorders as a whole, and in part from an offset on', async () => {
    const path = `/profiles/${bluesky}/updates/reorder.json`;
    const before = await pending(bluesky);
    const ids = idsOf(before);
    const { body } = await post(path, { order: ids.toReversed() });
    expect(body.success).toBe(true);
    expect(idsOf(body.updates)).toEqual(ids.toReversed());
    expect(body.updates.map(({ due_at }: { due_at: number }) => due_at)).toEqual(before.map(({ due_at }: { due_at: number }) => due_at));
    await post(path, { order: ids });
    const partly = await post(path, { order: [ids[11], unknown, ids[0]], offset: 2 });
    expect(idsOf(partly.body.updates)).toEqual([ids[1], ids[2], ids[11], ids[0], ...ids.slice(3, 11)]);
  });

  it('reorders a queue of hundreds in one form', async () => {
    const queue = sandbox.state.pending(sandbox.state.profiles[0]!).filter(({ isCustomScheduled }) => !isCustomScheduled);
    const order = idsOf(queue).toReversed();
    const { body } = await post(`/profiles/${twitter}/updates/reorder.json`, { order });
    expect(body.updates).toHaveLength(250);
    expect(idsOf(body.updates).filter((id) => order.includes(id))).toEqual(order);
  });

  it('leaves chosen times alone', async () => {
    const chosen = sandbox.state.pending(sandbox.state.profiles[0]!).filter(({ isCustomScheduled }) => isCustomScheduled);
    expect(chosen).toHaveLength(6);
    const times = chosen.map(({ dueAt }) => dueAt);
    await post(`/profiles/${twitter}/updates/shuffle.json`);
    await post(`/profiles/${twitter}/updates/reorder.json`, { order: idsOf(chosen).toReversed() });
    expect(chosen.map(({ dueAt }) => dueAt)).toEqual(times);
  });

  it('shuffles, and answers with the next few', async () => {
    const before = await pending(bluesky);
    const { body } = await post(`/profiles/${bluesky}/updates/shuffle.json`, { count: 4 });
    expect(body.updates).toHaveLength(4);
    const after = await pending(bluesky);
    expect(after.slice(0, 4)).toEqual(body.updates);
    expect(idsOf(after)).not.toEqual(idsOf(before));
    expect(idsOf(after).sort()).toEqual(idsOf(before).sort());
  });

  it('sends what is due as time passes, and fails where it must', async () => {
    sandbox.behave({ publishing: 'punctual' });
    const before = await pending(mastodon);
    now = new Date(before[1].due_at * 1000);
    const after = await pending(mastodon);
    expect(idsOf(after)).toEqual(idsOf(before).slice(2));
    expect(after.map(({ due_at }: { due_at: number }) => due_at)).toEqual(before.slice(2).map(({ due_at }: { due_at: number }) => due_at));
    expect((await get(`/updates/${before[0].id}.json`)).body).toMatchObject({ status: 'error' });
    expect((await get(`/updates/${before[1].id}.json`)).body).toMatchObject({ status: 'sent', sent_at: before[1].due_at });
    now = new Date('2026-12-01');
    expect((await get(`/profiles/${disconnected}/updates/sent.json`)).body.updates[0]).toMatchObject({ status: 'error' });
  });
});

describe('edit', () => {
  it('keeps the place, the time and the media, and moves updated_at on every time', async () => {
    sandbox.behave({ v1EditMedia: 'kept' });
    const before = (await get(`/profiles/${pinterest}/updates/pending.json`)).body.updates[1];
    const { body } = await post(`/updates/${before.id}/update.json`, { text: 'Better said' });
    expect(body).toMatchObject({ success: true, buffer_count: 3, buffer_percentage: 3 });
    const updated_at = unix(monday.toISOString());
    expect(body.update).toEqual({ ...before, text: 'Better said', text_formatted: 'Better said', updated_at });
    const again = await post(`/updates/${before.id}/update.json`, { text: 'Better still', media: '' });
    expect(again.body.update.updated_at).toBe(updated_at + 1);
    expect(again.body.update).not.toHaveProperty('media');
  });

  it('takes a chosen time, and the others close up', async () => {
    const before = await pending(threads);
    const { body } = await post(`/updates/${before[0].id}/update.json`, { text: 'Then', scheduled_at: '2027-01-01T00:00Z' });
    expect(body.update.due_at).toBe(unix('2027-01-01'));
    expect(idsOf(await pending(threads))).toEqual([before[1].id, before[2].id, before[0].id]);
    expect((await pending(threads))[0].due_at).toBe(before[0].due_at);
  });

  it('goes out at once with now', async () => {
    const [first] = await pending(threads);
    const { body } = await post(`/updates/${first.id}/update.json`, { text: 'Now', now: true });
    expect(body).toMatchObject({ buffer_count: 2, update: { status: 'sent' } });
  });
});

describe('what v1’s documents leave open', () => {
  const stored = (id: string) => sandbox.state.updates.get(id)!;
  const picture = (name: string) => ({ kind: 'image' as const, url: `https://larkspur.example/${name}.png` });

  it('v1-1: a profile tells what it lost, what the plan leaves out, and its days that stand still', async () => {
    expect((await get(`/profiles/${disconnected}.json`)).body).toMatchObject({ oauth_broken: true, disabled: false, paused: false });
    const profile = sandbox.state.profiles.find(({ id }) => id === mastodon)!;
    Object.assign(profile, { isLocked: true, isQueuePaused: true, pausedDays: ['sat', 'sun'] });
    const paused_schedules = [
      { days: ['sat'], times: ['09:00', '15:00'] },
      { days: ['sun'], times: ['09:00', '15:00'] },
    ];
    const { body } = await get(`/profiles/${mastodon}.json`);
    expect(body).toMatchObject({ oauth_broken: false, disabled: true, paused: true, paused_schedules });
    expect(body.schedules).toEqual([{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], times: ['09:00', '15:00'] }]);
    sandbox.behave({ v1PausedDays: 'listed' });
    expect((await get(`/profiles/${mastodon}/schedules.json`)).body[0].days).toHaveLength(7);
  });

  it('v1-1: nothing of the queue goes out on a day that stands still', async () => {
    sandbox.state.profiles.find(({ id }) => id === mastodon)!.pausedDays = ['mon', 'tue', 'wed'];
    const schedules = (await get(`/profiles/${mastodon}.json`)).body.schedules;
    await post(`/profiles/${mastodon}/schedules/update.json`, { schedules });
    const queued = (await pending(mastodon)).filter((update: object) => !('scheduled_at' in update));
    const days = queued.map(({ due_at }: { due_at: number }) => DateTime.fromSeconds(due_at, { zone: 'utc' }).weekday);
    expect(days).toHaveLength(7);
    expect(Math.min(...days)).toBeGreaterThan(3);
  });

  it('v1-1: one create takes ten profiles, or any number', async () => {
    const profile_ids = sandbox.state.profiles.slice(0, 11).map(({ id }) => id);
    expect(await create({ profile_ids, text: 'Everywhere' })).toMatchObject({ status: 400, body: { success: false, code: 1006 } });
    expect((await create({ profile_ids: profile_ids.slice(0, 10), text: 'Nearly everywhere' })).status).toBe(200);
    sandbox.behave({ mostProfileIds: 'any' });
    expect((await create({ profile_ids, text: 'Everywhere' })).status).toBe(200);
  });

  it('v1-1: an edit without its time takes an update into the queue, or leaves it', async () => {
    const scheduled_at = unix('2026-12-01T10:00Z');
    const [update] = (await create({ profile_ids: [mastodon], text: 'In December', scheduled_at, pinned: true })).body.updates;
    expect(update).toMatchObject({ due_at: scheduled_at, scheduled_at, pinned: true });
    const edit = async (form: object) => (await post(`/updates/${update.id}/update.json`, form)).body.update;
    expect(await edit({ text: 'Still', scheduled_at, pinned: true })).toMatchObject({ scheduled_at, pinned: true });
    const unpinned = await edit({ text: 'Still then', scheduled_at });
    expect(unpinned).toMatchObject({ scheduled_at });
    expect(unpinned).not.toHaveProperty('pinned');
    sandbox.behave({ editKeepsTime: 'keeps' });
    expect(await edit({ text: 'Then' })).toMatchObject({ scheduled_at });
    sandbox.behave();
    expect(await edit({ text: 'When its turn comes' })).not.toHaveProperty('scheduled_at');
    expect(idsOf(await pending(mastodon))).toContain(update.id);
  });

  it('v1-1: an edit without media takes away all that the update carries, or nothing', async () => {
    const [update] = (await create({ profile_ids: [google], text: 'Three', media: { photo: picture('a').url } })).body.updates;
    const assets = ['a', 'b', 'c'].map(picture);
    stored(update.id).assets = assets;
    const edit = async (form: object) => (await post(`/updates/${update.id}/update.json`, { text: 'Edited', ...form })).body.update;
    const extra_media = assets.slice(1).map(({ url }) => ({ photo: url, picture: url, thumbnail: url, alt_text: null }));
    expect((await get(`/updates/${update.id}.json`)).body).toMatchObject({ media: { picture: assets[0]!.url }, extra_media });
    sandbox.behave({ v1EditMedia: 'kept' });
    expect(await edit({})).toMatchObject({ media: { picture: assets[0]!.url }, extra_media });
    expect(await edit({ media: { picture: assets[0]!.url } })).toMatchObject({ extra_media });
    expect(stored(update.id).assets).toEqual(assets);
    expect(await edit({ media: { picture: picture('d').url } })).toMatchObject({ media: { picture: picture('d').url }, extra_media });
    sandbox.behave();
    expect(await edit({ media: { picture: picture('d').url } })).not.toHaveProperty('extra_media');
    expect(await edit({})).not.toHaveProperty('media');
    expect(stored(update.id).assets).toEqual([]);
  });

  it('v1-1: a video, a post of another and a reminder that is past are told as they are', async () => {
    const [retweet] = (await create({ profile_ids: [twitter], text: '', retweet: { tweet_id: '1750', comment: 'Read this' } })).body
      .updates;
    expect(retweet).toMatchObject({
      text: '',
      type: 'retweet',
      retweet: { tweet_id: '1750', comment: 'Read this', text: expect.any(String) },
    });
    const [first, second] = await pending(threads);
    stored(first.id).assets = [
      { kind: 'video', url: 'https://larkspur.example/a.mp4', thumbnail: 'https://larkspur.example/a.png', title: 'A' },
    ];
    expect((await get(`/updates/${first.id}.json`)).body).toMatchObject({
      type: 'video',
      media: {
        thumbnail: 'https://larkspur.example/a.png',
        video: { title: 'A', details: { location: 'https://larkspur.example/a.mp4' } },
      },
    });
    stored(second.id).isReminder = true;
    await post(`/updates/${second.id}/share.json`);
    const { body } = await get(`/profiles/${threads}/updates/sent.json?count=1`);
    expect(body.updates[0]).toMatchObject({ id: second.id, status: 'notified' });
    for (const key of ['sent_at', 'service_update_id', 'statistics']) expect(body.updates[0]).not.toHaveProperty(key);
  });

  it('v1-1: why an update failed comes in three forms', async () => {
    const { body } = await get(`/profiles/${twitter}/updates/sent.json?count=100`);
    const { id } = body.updates.find(({ status }: { status: string }) => status === 'error');
    const words = stored(id).failure!;
    const error = async () => (await get(`/updates/${id}.json`)).body.error;
    expect(await error()).toEqual({ text: words, link: expect.stringMatching(/^https:/u) });
    sandbox.behave({ v1UpdateError: 'words' });
    expect(await error()).toBe(words);
    sandbox.behave({ v1UpdateError: 'message' });
    expect(await error()).toEqual({ message: words });
  });

  it('v1-1: a refusal has words, or an object with them', async () => {
    const refuse = async () => (await create({ profile_ids: [twitter], text: '' })).body;
    const { message } = await refuse();
    expect(message).toEqual(expect.any(String));
    sandbox.behave({ v1Refusal: 'text' });
    expect(await refuse()).toEqual({ success: false, message: { text: message }, code: 1022 });
  });

  it('v1-1: the recorded limits of X and LinkedIn are older than those of today', async () => {
    const { services } = (await get('/info/configuration.json')).body;
    expect([services.twitter.types.profile.character_limit, services.linkedin.types.page.character_limit]).toEqual([140, 700]);
    expect(services.mastodon.types.profile.character_limit).toBe(500);
  });

  it('v1-2: a key of the current API is told that it is one; no other wrong token is', async () => {
    const { status, body } = await get('/user.json', sandbox.graphqlToken);
    expect([status, body]).toEqual([401, { error: 'Public API tokens are not accepted for REST API access', code: 401 }]);
    expect((await get('/user.json', 'sandbox-key-of-nobody')).text).toBe('');
  });
});

describe('pictures', () => {
  it('come without a token, a limit or a record', async () => {
    const { body } = await get('/profiles.json');
    const avatars: string[] = body.map(({ avatar_https }: { avatar_https: string }) => avatar_https);
    sandbox.resetRequests();
    const files = await Promise.all(
      avatars.map(async (url) => {
        const response = await fetch(url);
        expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
        return Buffer.from(await response.arrayBuffer());
      }),
    );
    for (const file of files) expect([file.readUInt32BE(16), file.readUInt32BE(20)]).toEqual([96, 96]);
    expect(new Set(files.map((file) => file.toString('base64'))).size).toBe(files.length);
    const [{ media }] = await pending(pinterest);
    const picture = Buffer.from(await (await fetch(media.picture)).arrayBuffer());
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([600, 314]);
    expect(sandbox.requests()).toHaveLength(1);
    expect((await fetch(`${new URL(sandbox.url).origin}/media/avatars/nothing.png`)).status).toBe(404);
  });
});

describe('faults', () => {
  const texts = async (profile: string) => (await pending(profile)).map(({ text }: { text: string }) => text);
  const say = (text: string) => create({ profile_ids: [google], text });
  const match = { method: 'POST', path: 'updates/create' };

  it('breaks the connection before anything is done', async () => {
    sandbox.faults.add({ kind: 'dropBefore', match });
    await expect(say('Lost')).rejects.toThrow();
    expect(sandbox.requests()).toMatchObject([{ path: '/1/updates/create.json', status: 0 }]);
    expect(await texts(google)).toEqual([]);
    expect(await say('Found')).toMatchObject({ status: 200 });
  });

  it('breaks the connection after everything is done', async () => {
    sandbox.faults.add({ kind: 'dropAfter', match });
    await expect(say('Really there')).rejects.toThrow();
    expect(sandbox.requests()).toMatchObject([{ status: 0, form: { text: 'Really there' } }]);
    expect(await texts(google)).toEqual(['Really there']);
  });

  it('answers with a status in place of the work, or after it', async () => {
    sandbox.faults.add({ kind: 'status', status: 503, headers: { 'retry-after': '7' }, match });
    const before = await say('Not there');
    expect([before.status, before.headers.get('retry-after'), before.body.success]).toEqual([503, '7', false]);
    sandbox.faults.add({ kind: 'statusAfter', status: 502, body: '<h1>Bad gateway</h1>', match });
    expect(await say('There')).toMatchObject({ status: 502, text: '<h1>Bad gateway</h1>' });
    expect(sandbox.requests().map(({ status }) => status)).toEqual([503, 502]);
    expect(await texts(google)).toEqual(['There']);
  });

  it('spoils answers', async () => {
    sandbox.faults.add({ kind: 'html' });
    sandbox.faults.add({ kind: 'malformed' });
    sandbox.faults.add({ kind: 'empty' });
    const html = await get('/user.json');
    expect([html.status, html.headers.get('content-type'), html.text.slice(0, 9)]).toEqual([200, 'text/html;charset=UTF-8', '<!doctype']);
    const malformed = await get('/user.json');
    expect(malformed).toMatchObject({ status: 200, body: undefined });
    expect(malformed.text).toMatch(/^\{"_id"/u);
    expect(await get('/user.json')).toMatchObject({ status: 200, text: '' });
    expect((await get('/user.json')).body.plan).toBe('business');
  });

  it('says no with 200', async () => {
    sandbox.faults.add({ kind: 'softFailure', times: 0 });
    expect(await say('')).toMatchObject({ status: 200, body: { success: false, code: 1022 } });
    expect(await say('Fine')).toMatchObject({ status: 200, body: { success: true } });
    expect(await get(`/updates/${unknown}.json`)).toMatchObject({ status: 404 });
    sandbox.faults.clear();
    sandbox.faults.add({ kind: 'softFailure', code: 1028 });
    expect(await say('Not this time')).toMatchObject({ status: 200, body: { success: false, code: 1028 } });
    expect(await texts(google)).toEqual(['Fine']);
  });

  it('waits, as often as asked', async () => {
    sandbox.faults.add({ kind: 'latency', ms: 80, times: 2 });
    const took = [];
    for (let i = 0; i < 3; i += 1) {
      const start = performance.now();
      await get('/user.json');
      took.push(performance.now() - start > 75);
    }
    expect(took).toEqual([true, true, false]);
  });
});

describe('controls', () => {
  it('does over HTTP what the object does', async () => {
    expect((await control('GET', '/')).body).toEqual({ url: sandbox.url, token: sandbox.token, otherToken: sandbox.otherToken });
    await control('POST', '/faults', { kind: 'status', status: 500, times: 0 });
    expect((await get('/user.json')).status).toBe(500);
    await control('DELETE', '/faults');
    expect((await get('/user.json')).status).toBe(200);
    expect((await control('POST', '/faults', { kind: 'gremlins' })).status).toBe(400);
    expect((await control('POST', '/faults', { kind: 'latency', match: { path: '(' } })).status).toBe(400);

    expect((await control('GET', '/requests')).body).toMatchObject([{ status: 500 }, { status: 200 }]);
    await control('DELETE', '/requests');
    expect((await control('GET', '/requests')).body).toEqual([]);

    await control('POST', '/revoke');
    expect((await get('/user.json')).status).toBe(401);
    await control('POST', '/restore');
    expect((await get('/user.json')).status).toBe(200);
  });

  it('edits as another client would', async () => {
    const [update] = await pending(threads);
    now = new Date(monday.getTime() + 5000);
    expect((await control('POST', `/updates/${update.id}`, { text: 'From elsewhere' })).status).toBe(200);
    expect((await get(`/updates/${update.id}.json`)).body).toMatchObject({
      text: 'From elsewhere',
      updated_at: unix(monday.toISOString()) + 5,
      due_at: update.due_at,
    });
    expect((await control('POST', `/updates/${unknown}`, {})).status).toBe(404);
  });

  it('shows the queues, and starts over with any seed', async () => {
    const before = (await control('GET', '/state')).body;
    expect(before.profiles[5].pending).toHaveLength(3);
    await create({ profile_ids: [threads], text: 'Soon forgotten' });
    await control('POST', '/reset');
    expect((await control('GET', '/state')).body).toEqual(before);
    await control('POST', '/reset', { seed: 'empty' });
    expect((await get('/profiles.json')).body[0].counts).toEqual({ pending: 0, sent: 0, drafts: 2 });
    await control('POST', '/reset', { seed: 'none' });
    expect((await get('/profiles.json')).body).toEqual([]);
  });
});

describe('the seed', () => {
  it('never says the same thing twice on one profile, nor more than fits', async () => {
    for (const profile of sandbox.state.profiles) {
      const texts = [...sandbox.state.updates.values()].filter(({ profileId }) => profileId === profile.id).map(({ text }) => text);
      expect(new Set(texts).size).toBe(texts.length);
      if (profile.service === 'twitter') expect(texts.filter((text) => [...text].length > 280)).toEqual([]);
    }
  });
});
