import * as fc from 'fast-check';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { recognise } from '../../../../src/account/recognise.ts';
import type { BufferApi } from '../../../../src/core/buffer/bufferApi.ts';
import { characterLimit } from '../../../../src/core/networks/characterCount.ts';
import { type Media, type NewUpdate, type ShareTime, type Update, weekdays } from '../../../../src/core/buffer/model.ts';
import { defaultDetails } from '../../../../src/core/networks/networkNeeds.ts';
import { knownServices, networkOf } from '../../../../src/core/networks/networks.ts';
import { send } from '../../../../src/commands/send.ts';
import { deleteUpdate } from '../../../../src/commands/updateCommands.ts';
import type { CommandContext } from '../../../../src/commands/commandContext.ts';
import { draftOf, mediaOf } from '../../../../src/core/drafts/draftUpdate.ts';
import { Outbox } from '../../../../src/core/delivery/outbox.ts';
import { OutboxSender } from '../../../../src/core/delivery/outboxSender.ts';
import { isWaiting, may } from '../../../../src/core/queue/abilities.ts';
import { drawUpdate } from '../../../../src/sidebar/queueRows.ts';
import { updateTooltip } from '../../../../src/sidebar/updateTooltip.ts';
import { QueueStore } from '../../../../src/core/queue/queueStore.ts';
import { snapshotSchema } from '../../../../src/core/queue/snapshot.ts';
import { newMemory } from '../../../harness/memory.ts';
import { behaviours, type Settings } from '../../../sandbox/behaviours.ts';
import { clientOf } from '../../../sandbox/client.ts';
import type { Asset } from '../../../sandbox/content.ts';
import { failureOf } from '../../support/failureOf.ts';
import { ids } from '../../support/ids.ts';
import { ownSandbox } from '../../support/ownSandbox.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { runs } from '../../support/runs.ts';

// How v1 really answers, beyond its documents: `behaviours.ts` names what the sandbox does of it, and both settings
// of what nobody knows.

// Its clock stands still, so that no queue moves on between two looks at it.
const now = new Date();
const sandbox = await ownSandbox({ now: () => now, rateLimit: Number.POSITIVE_INFINITY, graphqlLimits: Number.POSITIVE_INFINITY });
const unscheduled = '5160746d13f04a5e3a00000b';
let api: BufferApi;

beforeEach(() => {
  sandbox.reset('lifelike');
  api = clientOf(sandbox, 'v1');
});

/** What the runs of a property begin with: profiles without updates, and a client that was never told to wait. */
function beginAnew(behaviour: Partial<Settings>): void {
  sandbox.reset('empty');
  sandbox.behave(behaviour);
  api = clientOf(sandbox, 'v1');
}

const serviceOf = () => '';
const stored = (id: string) => sandbox.state.updates.get(id)!;
const profileOf = (profileId: string) => sandbox.state.profiles.find(({ id }) => id === profileId)!;
const writes = () =>
  sandbox
    .requests()
    .filter(({ method }) => method === 'POST')
    .map(({ path }) => path.split('/').at(-1));

async function create(profileId: string, text: string, when: ShareTime = 'queue', media?: Media): Promise<Update> {
  return (await api.create({ profileIds: [profileId], text, when, media }, serviceOf)).updates[0]!;
}

/** An update as v1 tells it. */
async function raw(updateId: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${sandbox.url}/updates/${updateId}.json`, { headers: { authorization: `Bearer ${sandbox.token}` } });
  return (await response.json()) as Record<string, unknown>;
}

/** The next update that is read is as this. */
function tellNext(update: object): void {
  sandbox.faults.add({
    kind: 'status',
    status: 200,
    body: { id: 'u1', profile_id: ids.x, profile_service: 'twitter', status: 'buffer', text: '', ...update },
  });
}

async function told(update: object): Promise<Update> {
  tellNext(update);
  return api.update('u1');
}

/** Whole seconds from now. */
const inHours = (hours: number) => new Date((Math.floor(now.getTime() / 1000) + hours * 3600) * 1000);

describe('a profile without posting times', () => {
  test('gives its updates no time, and they wait', async () => {
    const update = await create(unscheduled, 'Some day');
    expect(await raw(update.id)).toMatchObject({ due_at: 0, status: 'buffer' });
    for (const each of [update, await api.update(update.id), (await api.pending(unscheduled, { size: 20 })).updates[0]!]) {
      expect(each).toMatchObject({ status: 'pending', dueAt: undefined });
      expect(isWaiting(each)).toBe(true);
    }
  });

  test('a time of 0 is none, whichever time it is', async () => {
    expect(await told({ due_at: 0, scheduled_at: 0, sent_at: '0' })).toMatchObject({
      dueAt: undefined,
      sentAt: undefined,
      isFixedTime: undefined,
    });
    // A queue that is paused takes the time away, and not the one that a person chose.
    expect((await told({ due_at: 0, scheduled_at: 1_900_000_000 })).dueAt).toEqual(new Date(1_900_000_000_000));
  });

  test('Undo takes back what was queued there', async () => {
    const folder = await temporaryFolder();
    const store = newStore();
    await store.loadProfiles();
    const outbox = new Outbox(folder);
    const sender = new OutboxSender({ store, outbox });
    const said: unknown[] = [];
    vi.spyOn(vscode.window, 'showInformationMessage').mockImplementation((...shown: unknown[]) => Promise.resolve(shown[1] as never));
    vi.spyOn(vscode.window, 'setStatusBarMessage').mockImplementation((message: string) => said.push(message) as never);
    const failures = { attempt: (step: () => Promise<unknown>) => step() };
    const parts = { store, sender, outbox, failures, log: { error: () => undefined } } as unknown as CommandContext;
    try {
      await send(parts, [{ text: 'On second thoughts', profiles: [store.profile(unscheduled)!], when: 'queue' }]);
    } finally {
      vi.restoreAllMocks();
      sender.dispose();
    }
    expect(writes()).toEqual(['create.json', 'destroy.json']);
    expect(said).toEqual(['The update was deleted again.']);
  });

  test('one more comes last in a queue of which only the head is shown, and nothing else moves', async () => {
    for (let count = 0; count < 12; count++) sandbox.state.add(profileOf(unscheduled), { text: `Number ${count}`, when: 'queue' });
    const store = newStore(5);
    await store.loadProfiles();
    await store.loadList(unscheduled, 'pending');
    const shown = () => store.list(unscheduled, 'pending').items.map(({ text }) => text);
    const before = shown();
    expect(before).toHaveLength(5);
    await store.create({ profileIds: [unscheduled], text: 'One more', when: 'queue' });
    expect(shown().slice(0, 5)).toEqual(before);
  });
});

function newStore(pageSize = 20): QueueStore {
  const store = new QueueStore(() => pageSize, newMemory());
  store.connect(api);
  return store;
}

describe('words of a failure', () => {
  const words = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ,']{0,60}[a-z.]$/);
  /** Words in an object, in an object…: as documented, as Buffer's clients read them, and as nobody promised. */
  const wrappings: readonly ((inner: unknown) => unknown)[] = [
    (message) => ({ message }),
    (text) => ({ text }),
    (text) => ({ text, link: 'https://support.buffer.example/why' }),
    (text) => ({ link: 'https://support.buffer.example/why', code: 7, text }),
    (error) => ({ error, message: null }),
    (text) => ({ text: '', message: { text } }),
    (reason) => ({ type: null, reason }),
    (each) => [null, each],
    (each) => ({ text: [], message: [each] }),
  ];
  const depths = fc.array(fc.constantFrom(...wrappings), { maxLength: 2 });
  const wrapped = (inner: string, layers: readonly ((inner: unknown) => unknown)[]) =>
    layers.reduce<unknown>((value, wrap) => wrap(value), inner);

  test('are found in a refusal of any shape', async () => {
    await fc.assert(
      fc.asyncProperty(
        words,
        depths,
        fc.constantFrom('message', 'error'),
        fc.constantFrom(200, 400, 403),
        async (said, layers, key, status) => {
          sandbox.faults.add({ kind: 'status', status, body: { success: false, code: 1022, [key]: wrapped(said, layers) } });
          const error = await failureOf(api.destroy('u1'));
          expect(error).toMatchObject({ kind: 'rejected', code: 1022, message: said.replace(/\s+/g, ' ').trim() });
        },
      ),
      { numRuns: runs(200) },
    );
  });

  test('are found in the error of an update of any shape, with the page that explains it', async () => {
    await fc.assert(
      fc.asyncProperty(words, depths, async (said, layers) => {
        const error = wrapped(said, layers);
        const { status, failure } = await told({ status: 'error', error });
        const helpUrl = JSON.stringify(error).includes('support.buffer') ? 'https://support.buffer.example/why' : undefined;
        expect([status, failure]).toEqual(['failed', { message: said, helpUrl }]);
      }),
      { numRuns: runs(200) },
    );
  });

  test('that are none leave a sentence all the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 3 }), async (odd) => {
        const { failure } = await told({ status: 'error', error: odd });
        expect(failure!.message).not.toBe('');
        sandbox.faults.add({ kind: 'status', status: 400, body: { success: false, code: 1022, message: odd } });
        expect((await failureOf(api.destroy('u1'))).message).not.toBe('');
      }),
      { numRuns: runs(100) },
    );
    expect((await told({ status: 'error' })).failure).toEqual({ message: 'The network refused it.', helpUrl: undefined });
    expect((await told({ status: 'buffer' })).failure).toBeUndefined();
    sandbox.faults.add({ kind: 'status', status: 400, body: { success: false, code: 1022, message: { text: '' } } });
    expect((await failureOf(api.destroy('u1'))).message).toBe('Buffer refused the request (400).');
  });

  test('never lead to a page that is not safe', async () => {
    for (const link of ['javascript:alert(1)', 'http://example.com/', 'file:///etc/passwd', 7, null]) {
      expect((await told({ status: 'error', error: { text: 'No', link } })).failure).toEqual({ message: 'No', helpUrl: undefined });
    }
  });

  test.each(behaviours.v1UpdateError.settings)('as the sandbox tells them of an update: %s', async (v1UpdateError) => {
    sandbox.behave({ v1UpdateError });
    const failed = (await api.sent(ids.x, { size: 100 })).updates.find(({ status }) => status === 'failed')!;
    expect(failed.failure!.message).toBe(stored(failed.id).failure);
    expect(failed.failure!.helpUrl !== undefined).toBe(v1UpdateError === 'textAndLink');
  });

  test.each(behaviours.v1Refusal.settings)('as the sandbox tells them of a refusal: %s', async (v1Refusal) => {
    sandbox.behave({ v1Refusal });
    const error = await failureOf(create(ids.x, 'x'.repeat(281)));
    expect(error).toMatchObject({ kind: 'rejected', code: 1022, message: expect.stringMatching(/too long/) });
  });
});

describe('what an update is', () => {
  test('a time that a person chose, and a posting time to stay at', async () => {
    const at = inHours(30);
    const update = await create(ids.linkedin, 'In a day', { at });
    expect(update).toMatchObject({ isFixedTime: true, isPinned: undefined, dueAt: at });
    stored(update.id).isPinned = true;
    expect(await api.update(update.id)).toMatchObject({ isFixedTime: true, isPinned: true });
    expect(await api.update((await create(ids.linkedin, 'In its turn')).id)).toMatchObject({ isFixedTime: undefined, isPinned: undefined });
  });

  test('a retweet tells its own words, the comment, or the words that are passed on', async () => {
    const retweet = { tweet_id: '1750', text: 'What was said', comment: 'Read this', username: 'another_account' };
    expect(await told({ text: 'My own', retweet })).toMatchObject({ text: 'My own', closed: ['retweet'] });
    expect(await told({ retweet })).toMatchObject({ text: 'Read this', closed: ['retweet'] });
    expect(await told({ retweet: { ...retweet, comment: '' } })).toMatchObject({ text: 'What was said', closed: ['retweet'] });
  });

  test('a reminder that is past is listed with what was sent, says so, and cannot be changed', async () => {
    const update = await create(ids.instagram, 'By hand', 'queue', { picture: 'https://larkspur.example/a.png' });
    stored(update.id).isReminder = true;
    await api.share(update);
    const store = newStore();
    await store.loadProfiles();
    await store.loadList(ids.instagram, 'sent');
    const listed = store.list(ids.instagram, 'sent').items[0]!;
    expect(listed).toMatchObject({ id: update.id, status: 'sent', isReminder: true, sentAt: undefined });
    for (const action of ['edit', 'delete', 'shareNow', 'reschedule'] as const)
      expect(may(action, listed, { capabilities: api.capabilities })).toBe(false);
    const node = { kind: 'update', id: 'row', updateId: update.id, profileId: ids.instagram, section: 'sent' } as const;
    expect(drawUpdate(node, store)).toMatchObject({
      description: 'Reminded',
      contextValue: expect.not.stringMatching(/editable|deletable|shareable/),
    });
    expect(updateTooltip(node, store)).toMatch(/Reminded /);
  });

  const picture = (name: string) => `https://larkspur.example/${name}.png`;

  test('every picture is known, the first one too, from a list or a map, with its alternative text', async () => {
    const media = { picture: picture('a'), thumbnail: picture('a-small'), description: 'A' };
    const more = [
      { photo: picture('b'), picture: picture('b'), thumbnail: picture('b-small'), alt_text: 'B' },
      { photo: picture('c'), alt_text: 'null' },
    ];
    const attachments = [
      { kind: 'picture', url: picture('a'), thumbnail: picture('a-small'), description: 'A' },
      { kind: 'picture', url: picture('b'), thumbnail: picture('b-small'), description: 'B' },
      { kind: 'picture', url: picture('c'), thumbnail: undefined, description: undefined },
    ];
    for (const extra_media of [more, { 0: more[0], 1: more[1] }]) {
      expect(await told({ media, extra_media })).toMatchObject({ media: { picture: picture('a') }, attachments, closed: ['extraMedia'] });
    }
    for (const extra_media of [[], {}, null, '']) {
      expect(await told({ media, extra_media })).toMatchObject({ attachments: attachments.slice(0, 1), closed: undefined });
    }
    expect(await told({ media: { link: 'https://larkspur.example', picture: picture('a') } })).toMatchObject({
      attachments: undefined,
      closed: undefined,
    });
    expect(await told({ media: { picture: picture('a'), alt_text: 'A' } })).toMatchObject({
      media: { description: 'A' },
      closed: ['altText'],
    });
  });

  test('a video is known by its address, in either form', async () => {
    const url = 'https://larkspur.example/a.mp4';
    const details = { location: url, transcoded_location: url, width: 1080 };
    for (const video of [url, { title: 'A', details }, { id: '7', details: { location: url } }]) {
      const update = await told({ media: { video, thumbnail: picture('a') } });
      expect(update).toMatchObject({
        media: { video: url, thumbnail: picture('a') },
        attachments: [{ kind: 'video', url }],
        closed: ['video'],
      });
    }
    // One whose address is not told is a video all the same.
    expect(await told({ media: { video: { id: '7' }, thumbnail: picture('a') } })).toMatchObject({ closed: ['video'] });
    expect(await told({ media: { document: { location: 'https://larkspur.example/a.pdf' } } })).toMatchObject({ closed: ['otherMedia'] });
  });

  test('what was known of it outlives the session', async () => {
    const update = await told({
      media: { picture: picture('a') },
      extra_media: [{ photo: picture('b') }],
      scheduled_at: 1_900_000_000,
      pinned: true,
    });
    const { profiles } = await api.overview({ size: 20, known: [] });
    const list = { profileId: ids.x, section: 'pending' as const, readAt: new Date(0), updates: [update], hasMore: false };
    const kept = v.parse(snapshotSchema, JSON.parse(JSON.stringify({ profiles, readAt: new Date(0), lists: [list] })));
    const { closed, attachments, isPinned } = kept.lists[0]!.updates[0]!;
    expect({ closed, attachments, isPinned }).toEqual({
      closed: ['extraMedia'],
      attachments: [
        { kind: 'picture', url: picture('a') },
        { kind: 'picture', url: picture('b') },
      ],
      isPinned: true,
    });
  });
});

describe('what a profile is', () => {
  test('cut off, or beyond the plan, by either of two words', async () => {
    expect(await api.profile(ids.disconnected)).toMatchObject({ isDisconnected: true, isLocked: false });
    profileOf(ids.mastodon).isLocked = true;
    expect(await api.profile(ids.mastodon)).toMatchObject({ isDisconnected: false, isLocked: true });
    const profile = { id: 'p1', service: 'twitter' };
    sandbox.faults.add({ kind: 'status', status: 200, body: { ...profile, oauth_broken: true } });
    expect(await api.profile('p1')).toMatchObject({ isDisconnected: true });
    sandbox.faults.add({ kind: 'status', status: 200, body: { ...profile, disconnected: null, oauth_broken: false, disabled: false } });
    expect(await api.profile('p1')).toMatchObject({ isDisconnected: false, isLocked: false, isPaused: false });
  });

  test('days that stand still have no posting times, whether they are listed or not', async () => {
    const profile = profileOf(ids.x);
    await fc.assert(
      fc.asyncProperty(
        fc.subarray([...weekdays]),
        fc.constantFrom(...behaviours.v1PausedDays.settings),
        async (pausedDays, v1PausedDays) => {
          sandbox.behave({ v1PausedDays });
          profile.pausedDays = pausedDays;
          const times = (schedules: readonly { days: readonly string[]; times: readonly string[] }[]) =>
            schedules.flatMap(({ days, times }) => days.flatMap((day) => times.map((time) => `${day} ${time}`))).sort();
          const expected = times(profile.schedules).filter((time) => !pausedDays.some((day) => time.startsWith(day)));
          expect(times((await api.profile(ids.x)).schedules)).toEqual(expected);
        },
      ),
      { numRuns: runs(60) },
    );
  });
});

describe('a create for many profiles', () => {
  /** So many profiles that differ in nothing but their ids. */
  function manyProfiles(count: number): string[] {
    const [model] = sandbox.state.profiles;
    const made = Array.from({ length: count }, (_, index) => ({
      ...model!,
      id: `5160746d13f04a5e3b${index.toString(16).padStart(6, '0')}`,
    }));
    sandbox.state.profiles.push(...made);
    return made.map(({ id }) => id);
  }

  const failing = {
    rejected: { kind: 'softFailure', code: 1025, message: 'You said that before.' },
    rateLimited: { kind: 'status', status: 429 },
    server: { kind: 'status', status: 502 },
    offline: { kind: 'dropAfter' },
  } as const;
  const isVerdict = (kind: keyof typeof failing) => kind === 'rejected';

  test('goes out ten at a time, and what came of each profile is known', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 35 }),
        fc.option(fc.record({ part: fc.nat(3), kind: fc.constantFrom(...(Object.keys(failing) as (keyof typeof failing)[])) })),
        fc.constantFrom(...behaviours.mostProfileIds.settings),
        async (count, failure, mostProfileIds) => {
          beginAnew({ mostProfileIds });
          const profileIds = manyProfiles(count);
          const parts = Math.ceil(count / 10);
          const failed = failure && failure.part < parts ? failure : undefined;
          if (failed) {
            sandbox.faults.add({ kind: 'latency', times: failed.part || 1, match: { path: failed.part ? 'create' : 'nothing' } });
            sandbox.faults.add({ ...failing[failed.kind], match: { path: 'create' } });
          }
          const outcome = await api
            .create({ profileIds, text: 'To everybody', when: 'queue' }, serviceOf)
            .catch((error: unknown) => error as never);

          const goesOn = !failed || isVerdict(failed.kind);
          expect(writes()).toHaveLength(goesOn ? parts : failed.part + 1);
          // Where the first part may have arrived, the others certainly did not, which is told of each.
          const mayHaveArrived = failed?.kind === 'server' || failed?.kind === 'offline';
          if (failed && (parts === 1 || (failed.part === 0 && !goesOn && !mayHaveArrived))) {
            expect(outcome).toMatchObject({ kind: failed.kind });
            return;
          }
          const partOf = (id: string) => Math.floor(profileIds.indexOf(id) / 10);
          const isCreated = (id: string) => !failed || (goesOn ? partOf(id) !== failed.part : partOf(id) < failed.part);
          expect(outcome.updates.map(({ profileId }) => profileId)).toEqual(profileIds.filter(isCreated));
          expect(Object.keys(outcome.refused!)).toEqual(profileIds.filter((id) => !isCreated(id)));
          for (const [id, error] of Object.entries(outcome.refused!)) {
            const isUnknown = mayHaveArrived && partOf(id) === failed.part;
            expect([error.kind, error.outcome]).toEqual([failed!.kind, isUnknown ? 'unknown' : 'notDone']);
          }
        },
      ),
      { numRuns: runs(60) },
    );
  });

  const url = 'https://larkspur.example/a.png';
  const taggedUsers = [{ handle: 'larkspur', x: 0.5, y: 0.5 }];
  test.each<[string, Partial<NewUpdate>, string]>([
    ['a video', { media: { video: 'https://larkspur.example/a.mp4' } }, 'Videos'],
    ['a document', { media: { document: 'https://larkspur.example/a.pdf', title: 'A', cover: url } }, 'Documents'],
    ['further pictures', { media: { picture: url, more: [{ url }] } }, 'Further pictures'],
    ['tagged accounts', { media: { picture: url, taggedUsers } }, 'Tagged accounts'],
    ['tags', { tagIds: ['a'] }, 'Tags'],
    ['a reminder', { isReminder: true }, 'Reminders'],
    ['a thread', { details: { [ids.x]: { thread: ['The second part'] } } }, 'Threads'],
    ['a part that is a picture', { details: { [ids.x]: { thread: [''], threadPictures: [[{ url }]] } } }, 'Threads'],
    ['a field of its network', { details: { [ids.x]: { firstComment: 'More inside' } } }, 'Fields of a network'],
    ['a time of its network', { details: { [ids.x]: { startsAt: new Date(0) } } }, 'Fields of a network'],
    ['a mark', { details: { [ids.x]: { isAiGenerated: true } } }, 'Fields of a network'],
    ['a draft at Buffer', { when: 'draft' }, 'Drafts at Buffer'],
  ])('%s: refused before anything is sent', async (_, change, words) => {
    const error = await failureOf(api.create({ profileIds: [ids.x], text: 'More than v1 takes', when: 'queue', ...change }, serviceOf));
    expect(error).toMatchObject({ kind: 'rejected', outcome: 'notDone', message: expect.stringMatching(`^${words} need`) as string });
    expect(writes()).toEqual([]);
  });

  test('what is usual on a network is nothing that anybody asked for; what was turned off is', async () => {
    const usual = (service: string) => ({ [ids.x]: { ...defaultDetails(service), title: ' ', thread: [], isAiGenerated: false } });
    for (const service of knownServices)
      await api.create({ profileIds: [ids.x], text: `As usual on ${service}`, when: 'queue', details: usual(service) }, () => service);
    expect(writes()).toHaveLength(knownServices.length);
    for (const [service, details] of [
      ['instagram', { shareToFeed: false }],
      ['instagram', { type: 'story' }],
      ['youtube', { isEmbeddable: false }],
    ] as const) {
      const made = api.create({ profileIds: [ids.x], text: 'Less', when: 'queue', details: { [ids.x]: details } }, () => service);
      expect(await failureOf(made)).toMatchObject({ kind: 'rejected', outcome: 'notDone' });
    }
    expect(writes()).toHaveLength(knownServices.length);
  });

  test('nothing that an edit is to add is dropped without a word', async () => {
    const update = await create(ids.x, 'With a picture', 'queue', { picture: url });
    const before = writes();
    for (const change of [
      { media: { picture: url, more: [{ url }] } },
      { media: { picture: url, taggedUsers } },
      { tagIds: ['a'] },
      { details: { thread: ['A part'] } },
      { when: 'draft' as const },
    ])
      expect(await failureOf(api.edit(update, change))).toMatchObject({ kind: 'rejected', outcome: 'notDone' });
    // Empty lists are nothing to lose.
    await api.edit(update, { text: 'Other words', media: { picture: url, more: [], taggedUsers: [] }, tagIds: [] });
    expect(writes()).toHaveLength(before.length + 1);
  });
});

/** What v1 takes back with no edit, by the reason for it. */
const files: Readonly<Record<string, readonly Asset[]>> = {
  extraMedia: ['a', 'b', 'c'].map((name) => ({ kind: 'image', url: `https://larkspur.example/${name}.png`, alt: name })),
  video: [{ kind: 'video', url: 'https://larkspur.example/a.mp4', thumbnail: 'https://larkspur.example/a.png' }],
  otherMedia: [{ kind: 'document', url: 'https://larkspur.example/a.pdf', thumbnail: 'https://larkspur.example/a.png', title: 'A' }],
};

const settings: fc.Arbitrary<Partial<Settings>> = fc.record({
  editKeepsTime: fc.constantFrom(...behaviours.editKeepsTime.settings),
  v1EditMedia: fc.constantFrom(...behaviours.v1EditMedia.settings),
});

describe('an edit', () => {
  const address = fc.webUrl({ validSchemes: ['https'] }).map((url) => `${url.replace(/\/$/, '')}/a.png`);
  const line = fc.stringMatching(/^[A-Za-z][A-Za-z ]{0,40}[a-z]$/);
  const media: fc.Arbitrary<Media | undefined> = fc.oneof(
    fc.constant(undefined),
    fc.record(
      { link: fc.webUrl({ validSchemes: ['https'] }), title: line, description: line, picture: address, thumbnail: address },
      { requiredKeys: ['link', 'title'] },
    ),
    fc.record({ picture: address, thumbnail: address, title: line, description: line }, { requiredKeys: ['picture'] }),
  );
  const places = fc.constantFrom('queue', 'own', 'pinned');
  const profileIds = fc.constantFrom(
    ids.x,
    ids.linkedin,
    ids.mastodon,
    ids.bluesky,
    ids.threads,
    ids.instagram,
    ids.pinterest,
    ids.google,
    unscheduled,
  );

  /** The ways in which a text is edited: by itself, as a document, and in the composer, which knows not all of the media. */
  const ways = fc.constantFrom<((update: Update) => Promise<unknown>)[]>(
    async (update) => (await api.edit(update, { text: 'After' })).update,
    async (update) => {
      const store = newStore();
      await store.readUpdate(update.id);
      await store.edit(update.id, { text: 'After' });
    },
    async (update) => {
      const store = newStore();
      await store.readUpdate(update.id);
      await store.edit(update.id, { text: 'After', media: mediaOf(draftOf(update)) });
    },
  );

  /** What an edit of the text is meant to change. */
  const changing = new Set(['text', 'text_formatted', 'updated_at', 'type']);
  const rest = (update: Record<string, unknown>) => Object.fromEntries(Object.entries(update).filter(([key]) => !changing.has(key)));

  test('changes what was changed and nothing else, whatever v1 does with what is left out', async () => {
    await fc.assert(
      fc.asyncProperty(profileIds, media, places, settings, ways, async (profileId, given, place, behaviour, edit) => {
        beginAnew(behaviour);
        const update = await create(profileId, 'Before', place === 'queue' ? 'queue' : { at: inHours(50) });
        // As another client made it: what this one leaves out in creating must not be what it leaves out in editing.
        Object.assign(stored(update.id), { media: given, isPinned: place === 'pinned' || undefined });
        const before = await raw(update.id);
        expect(before['media']).toEqual(given);
        const read = await api.update(update.id);
        expect(read.closed).toBeUndefined();
        await edit(read);
        const after = await raw(update.id);
        expect(after).toMatchObject({ text: 'After' });
        expect(rest(after)).toEqual(rest(before));
      }),
      { numRuns: runs(200) },
    );
  });

  test('gives an update the new time, and keeps its media', async () => {
    await fc.assert(
      fc.asyncProperty(media, places, settings, async (given, place, behaviour) => {
        beginAnew(behaviour);
        const { id } = await create(ids.mastodon, 'Before', place === 'queue' ? 'queue' : { at: inHours(50) });
        stored(id).media = given;
        const before = await raw(id);
        const at = inHours(70);
        const read = await api.update(id);
        expect((await api.edit(read, { text: 'Before', when: { at } })).update).toMatchObject({
          dueAt: at,
          isFixedTime: true,
          media: read.media,
        });
        expect((await raw(id)).media).toEqual(before.media);
      }),
      { numRuns: runs(60) },
    );
  });

  test('sends a time that is the update’s own, and none for one in the queue, nor one that is past', async () => {
    const queued = await create(ids.mastodon, 'In its turn');
    const form = await formOf(() => api.edit(queued, { text: 'In its turn, still' }));
    expect(form.has('scheduled_at')).toBe(false);
    const past = { ...queued, isFixedTime: true, dueAt: new Date(0) };
    expect((await formOf(() => api.edit(past, { text: 'Late' }))).has('scheduled_at')).toBe(false);
    const at = inHours(4);
    const own = { ...queued, isFixedTime: true, isPinned: true, dueAt: at };
    const sent = await formOf(() => api.edit(own, { text: 'In time' }));
    expect([sent.get('scheduled_at'), sent.get('pinned')]).toEqual([String(at.getTime() / 1000), 'true']);
    // A place in the schedule is given up with its time.
    const moved = await formOf(() => api.edit(own, { text: 'Later', when: { at: inHours(5) } }));
    expect(moved.has('pinned')).toBe(false);
  });

  test('takes the media away where that is meant', async () => {
    for (const v1EditMedia of behaviours.v1EditMedia.settings) {
      sandbox.behave({ v1EditMedia });
      const update = await create(ids.mastodon, `Without, ${v1EditMedia}`, 'queue', { picture: 'https://larkspur.example/a.png' });
      expect((await api.edit(update, { text: 'Without', media: null })).update.media).toBeUndefined();
    }
  });

  test.each([...Object.keys(files), 'retweet'])('is not sent where it would lose something: %s', async (reason) => {
    const { id } = await create(ids.x, 'Whole', 'queue', { picture: 'https://larkspur.example/a.png' });
    if (reason === 'retweet') stored(id).details = { retweet: { id: '1750' } };
    else Object.assign(stored(id), { assets: files[reason], media: reason === 'extraMedia' ? stored(id).media : undefined });
    const before = await raw(id);
    const update = await api.update(id);
    expect(update.closed).toContain(reason);
    expect((['edit', 'reschedule', 'queue'] as const).some((action) => may(action, update, { capabilities: api.capabilities }))).toBe(
      false,
    );
    expect((['delete', 'shareNow', 'shareNext'] as const).every((action) => may(action, update, { capabilities: api.capabilities }))).toBe(
      true,
    );
    sandbox.resetRequests();
    const store = newStore();
    await store.readUpdate(id);
    for (const edit of [{ text: 'Edited' }, { text: 'Whole', when: { at: inHours(5) } }]) {
      const error = await failureOf(store.edit(id, edit));
      expect(error).toMatchObject({
        kind: 'rejected',
        outcome: 'notDone',
        message: expect.stringMatching(/would be lost .*\. Use buffer\.com for it\.$/),
      });
    }
    expect(writes()).toEqual([]);
    // What does not touch the content goes on.
    await api.moveToTop(id);
    const { media: mediaBefore, extra_media: extraBefore, retweet: retweetBefore } = before;
    const { media: mediaAfter, extra_media: extraAfter, retweet: retweetAfter } = await raw(id);
    expect([mediaAfter, extraAfter, retweetAfter]).toEqual([mediaBefore, extraBefore, retweetBefore]);
    await api.share(await api.update(id));
    expect(stored(id).assets).toEqual(files[reason]);
    expect(['sending', 'sent']).toContain(stored(id).status);
  });

  /** The form that a write sends. */
  async function formOf(write: () => Promise<unknown>): Promise<URLSearchParams> {
    const fetched = vi.spyOn(globalThis, 'fetch');
    try {
      await write();
      return new URLSearchParams(fetched.mock.calls.at(-1)![1]!.body as URLSearchParams);
    } finally {
      fetched.mockRestore();
    }
  }
});

describe('a deletion', () => {
  test('offers no Undo where only a part would come back, and the question says so', async () => {
    const { id } = await create(ids.x, 'Three of them', 'queue', { picture: 'https://larkspur.example/a.png' });
    const whole = await create(ids.x, 'One of them', 'queue', { picture: 'https://larkspur.example/a.png' });
    stored(id).assets = files['extraMedia'];
    const store = newStore();
    await store.loadProfiles();
    const parts = {
      store,
      view: { selection: [] },
      failures: { attempt: (step: () => Promise<unknown>) => step() },
    } as unknown as CommandContext;
    const asked = vi
      .spyOn(vscode.window, 'showWarningMessage')
      .mockImplementation((...shown: unknown[]) => Promise.resolve(shown[2] as never));
    const said = vi.spyOn(vscode.window, 'showInformationMessage');
    try {
      for (const updateId of [id, whole.id])
        await deleteUpdate(parts, { kind: 'update', id: updateId, updateId, profileId: ids.x, section: 'pending' });
      expect(asked.mock.calls.map(([, options]) => /cannot be fully restored/.test(options.detail!))).toEqual([true, false]);
      expect(said.mock.calls.map(([, ...offered]) => offered)).toEqual([[], ['Undo']]);
    } finally {
      vi.restoreAllMocks();
    }
    expect([id, whole.id].some((each) => sandbox.state.updates.has(each))).toBe(false);
  });
});

test('what was deleted comes back at its place in the schedule where that was chosen, and at any other time without one', async () => {
  const at = inHours(40);
  for (const isPinned of [true, undefined]) {
    const { id } = await create(ids.mastodon, `Kept, ${isPinned}`, { at });
    stored(id).isPinned = isPinned;
    const deleted = await api.update(id);
    await api.destroy(id);
    expect(await api.restore(deleted, { at })).toMatchObject({ text: deleted.text, isFixedTime: true, isPinned, dueAt: at });
  }
});

describe('a key of the current API', () => {
  test('is told from a token that is no good', async () => {
    const withKey = clientOf(sandbox, 'v1', { token: () => Promise.resolve(sandbox.graphqlToken) });
    const error = await failureOf(withKey.account());
    expect(error).toMatchObject({ kind: 'unauthorized', message: expect.stringMatching(/key of the current Buffer API/) });
    const withNonsense = clientOf(sandbox, 'v1', { token: () => Promise.resolve('nonsense') });
    expect((await failureOf(withNonsense.account())).message).not.toMatch(/current/);
  });

  test('signs in to the current API, whatever v1 says to it', async () => {
    const token = () => Promise.resolve(sandbox.graphqlToken);
    expect((await recognise((name) => clientOf(sandbox, name, { token }).account())).api).toBe('graphql');
    expect((await recognise((name) => clientOf(sandbox, name, { token: () => Promise.resolve(sandbox.token) }).account())).api).toBe('v1');
  });
});

test.each(behaviours.v1Configuration.settings)(
  'limits that v1 tells make no text shorter than its network takes: %s',
  async (v1Configuration) => {
    sandbox.behave({ v1Configuration });
    const configuration = await api.configuration();
    const { profiles } = await api.overview({ size: 20, known: [] });
    for (const profile of profiles) {
      expect(characterLimit(profile, configuration)).toBeGreaterThanOrEqual(networkOf(profile.service).characters);
    }
    expect(characterLimit({ service: 'twitter', serviceType: 'profile' }, configuration)).toBe(280);
    expect(characterLimit({ service: 'linkedin', serviceType: 'page' }, configuration)).toBe(3000);
  },
);
