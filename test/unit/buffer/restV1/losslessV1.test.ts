import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Profile, Update } from '../../../../src/core/buffer/model.ts';
import { changeOf, draftOf } from '../../../../src/core/drafts/draftUpdate.ts';
import type { Draft } from '../../../../src/core/drafts/draft.ts';
import { EditConflict } from '../../../../src/core/queue/editConflict.ts';
import { takesSlot } from '../../../../src/core/queue/queueOrder.ts';
import { QueueStore } from '../../../../src/core/queue/queueStore.ts';
import { newMemory } from '../../../harness/memory.ts';
import { behaviours } from '../../../sandbox/behaviours.ts';
import { clientOf } from '../../../sandbox/client.ts';
import { networks } from '../../../sandbox/networks.ts';
import { startSandbox } from '../../../sandbox/sandbox.ts';
import { anyUpdate, type Form, richFile } from './anyUpdateV1.ts';
import { mark, seldom } from '../graphql/anyPost.ts';
import { differences } from '../../support/differences.ts';
import { seed } from '../../support/seed.ts';
import { graphqlCalls } from '../graphql/graphqlCalls.ts';
import { textWith, typed } from '../../composer/composerFields.ts';

// The same on REST API v1: any update that its forms can tell of, and updates of richer clients, which it cannot take
// back whole and so does not edit.

const updates = Number(process.env.LOSSLESS_RUNS_V1 ?? 0);

const start = new Date('2026-10-26T14:00:00Z');
let now = start;
/** Unix seconds; past by any clock. */
const yesterday = start.getTime() / 1000 - 86_400;
const sandbox = await startSandbox({ now: () => now, seed: 'empty', rateLimit: Infinity, graphqlLimits: Infinity });
afterAll(() => sandbox.close());
const { create: createPost } = graphqlCalls(() => sandbox);

// What came over the wire.
// oxlint-disable-next-line typescript/no-explicit-any
type Raw = any;

async function call(path: string, form?: Form): Promise<{ readonly status: number; readonly body: Raw }> {
  const response = await fetch(`${sandbox.url}${path}`, {
    headers: { authorization: `Bearer ${sandbox.token}` },
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  });
  return { status: response.status, body: await response.json() };
}
const read = async (id: string): Promise<Raw> => (await call(`/updates/${id}.json`)).body;

/** As the extension sees them, and as the sandbox does. */
const profiles: Profile[] = [...(await clientOf(sandbox, 'v1').overview({ size: 1, known: [] })).profiles];
const services = [...new Set(profiles.map(({ service }) => service))].sort();

interface Given {
  readonly profile: Profile;
  readonly form: Form;
  /** Files of a richer client instead. */
  readonly files: readonly object[];
  readonly editKeepsTime: (typeof behaviours.editKeepsTime.settings)[number];
  readonly v1EditMedia: (typeof behaviours.v1EditMedia.settings)[number];
  readonly pick: number;
  readonly words: string;
  readonly fails: boolean;
}

interface Case extends Given {
  readonly id: string;
  readonly before: Raw;
}

interface Expected {
  readonly id: string;
  readonly update: Raw;
  readonly excepted: readonly string[];
}

interface Way {
  readonly name: string;
  /** It sends the update again, so one that v1 cannot take back whole is left alone. */
  readonly sendsAll: boolean;
  readonly act: (on: Case) => Promise<Expected>;
}

/** Other words of the same, made by the service for display, and the kind that follows from what is in it. */
const text = ['text_formatted', 'type'];
const place = ['due_at', 'day', 'due_time', 'scheduled_at', 'pinned'];
const out = [...place, 'status', 'sent_at', 'service_update_id', 'statistics', 'error', 'shared_now'];
const remade = ['id', '_id', 'created_at', 'via', 'shared_now'];

function newStore(): QueueStore {
  const store = new QueueStore(() => 20, newMemory());
  store.connect(clientOf(sandbox, 'v1'));
  return store;
}

/** What another client sends, which says all that v1 can be told of it. */
async function elsewhere({ id, before }: Case, change: { readonly text?: string }): Promise<Raw> {
  const { link, title, description, picture, thumbnail } = before.media ?? {};
  const media = { link, title, description: link || picture ? 'Described elsewhere' : description, picture, thumbnail };
  const form: Form = {
    text: change.text ?? before.text,
    ...(before.scheduled_at * 1000 > now.getTime() && {
      scheduled_at: String(before.scheduled_at),
      pinned: String(before.pinned ?? false),
    }),
  };
  for (const [name, value] of Object.entries(media)) if (value !== undefined) form[`media[${name}]`] = value;
  const { status } = await call(`/updates/${id}/update.json`, form);
  expect(status).toBe(200);
  const present = await read(id);
  sandbox.resetRequests();
  return present;
}

interface Field {
  readonly type: (draft: Draft, words: string) => Draft;
  readonly media: (media: Raw, words: string) => Raw;
}
const another = 'https://larkspur.example/another.png';

/** What the composer shows of an update's media, and changes. */
function fieldsOf({ media }: Draft): Field[] {
  switch (media.kind) {
    case 'picture':
      return [
        {
          type: (draft, words) => ({ ...draft, media: { ...media, description: typed(words) } }),
          media: (of, words) => ({ ...of, description: typed(words) }),
        },
        {
          type: (draft) => ({ ...draft, media: { ...media, url: another } }),
          media: ({ title: _, ...of }) => ({ ...of, picture: another }),
        },
      ];
    case 'link':
      return [
        {
          type: (draft, words) => ({ ...draft, media: { ...media, title: typed(words) } }),
          media: (of, words) => ({ ...of, title: typed(words) }),
        },
        {
          type: (draft, words) => ({ ...draft, media: { ...media, description: typed(words) } }),
          media: (of, words) => ({ ...of, description: typed(words) }),
        },
        { type: (draft) => ({ ...draft, media: { ...media, picture: another } }), media: (of) => ({ ...of, picture: another }) },
        {
          type: (draft) => ({ ...draft, media: { ...media, url: 'https://larkspur.example/there' } }),
          media: (of) => ({ ...of, link: 'https://larkspur.example/there' }),
        },
      ];
    default:
      return [];
  }
}

const ways: readonly Way[] = [
  {
    name: 'text edited as a document',
    sendsAll: true,
    act: async ({ id, before, words, pick }) => {
      const wanted = textWith(before.text, words, pick);
      await newStore().edit(id, { text: wanted });
      return { id, update: { ...before, text: wanted }, excepted: text };
    },
  },
  {
    name: 'rescheduled',
    sendsAll: true,
    act: async ({ id, before, pick }) => {
      const at = new Date(Date.UTC(2046, pick % 12, 1 + (pick % 28), pick % 24, pick % 60));
      await newStore().edit(id, { when: { at } });
      const seconds = at.getTime() / 1000;
      return {
        id,
        update: { ...before, due_at: seconds, scheduled_at: seconds, status: 'buffer', error: undefined },
        excepted: ['day', 'due_time', 'pinned'],
      };
    },
  },
  {
    name: 'shared now',
    sendsAll: false,
    act: async ({ id, before }) => {
      await newStore().share(id);
      // A video is on its way for a while.
      now = new Date(now.getTime() + 3_600_000);
      return { id, update: before, excepted: out };
    },
  },
  {
    name: 'moved to the top',
    sendsAll: false,
    act: async ({ id, before }) => {
      if (before.status === 'buffer' && !before.scheduled_at) await newStore().moveToTop(id);
      return { id, update: before, excepted: place };
    },
  },
  {
    name: 'moved in its queue',
    sendsAll: false,
    act: async ({ id, before, profile }) => {
      const store = newStore();
      await store.loadProfiles();
      await store.loadList(profile.id, 'pending');
      if (before.status === 'buffer' && !before.scheduled_at) await store.move(id, 0);
      return { id, update: before, excepted: place };
    },
  },
  {
    name: 'opened in the composer and saved',
    sendsAll: true,
    act: async ({ id, before, profile }) => {
      const store = newStore();
      const update = await store.readUpdate(id);
      const draft = draftOf(update);
      await store.edit(id, changeOf(draft, draft.editing!, update, profile, false).change);
      expect(writes()).toEqual([]);
      return { id, update: before, excepted: [] };
    },
  },
  {
    name: 'one field changed in the composer',
    sendsAll: true,
    act: async ({ id, before, profile, words, pick }) => {
      const store = newStore();
      const update = await store.readUpdate(id);
      const draft = draftOf(update);
      const fields = fieldsOf(draft);
      const field = fields[pick % (fields.length + 1)];
      const changed = field?.type(draft, words) ?? { ...draft, text: textWith(draft.text, words, pick) };
      await store.edit(id, changeOf(changed, draft.editing!, update, profile, false).change);
      const after = field ? { ...before, media: field.media(before.media, words) } : { ...before, text: changed.text };
      // The thumbnail of another picture is the picture itself, or none.
      return { id, update: after, excepted: [...text, ...(changed.media !== draft.media ? ['media.thumbnail'] : [])] };
    },
  },
  {
    name: 'deleted and brought back',
    sendsAll: true,
    act: async ({ id, before, profile }) => {
      const store = newStore();
      const kept = (await store.restorable(id))!;
      await store.destroy(id);
      const at = ownTimeOf(kept, profile);
      const restored = await store.restore(kept, at && { at });
      const isLate = before.status === 'error';
      return {
        id: restored.id,
        update: { ...before, ...(isLate && { status: 'buffer', error: undefined }) },
        excepted: [...remade, ...(at && !isLate ? [] : place)],
      };
    },
  },
  {
    name: 'changed while it was changed elsewhere, which is kept',
    sendsAll: true,
    act: async (on) => {
      const seen = await newStore().readUpdate(on.id);
      const present = await elsewhere(on, {});
      const wanted = textWith(present.text, on.words, on.pick);
      await newStore().edit(on.id, { text: wanted }, seen);
      return { id: on.id, update: { ...present, text: wanted }, excepted: text };
    },
  },
  {
    name: 'a conflict overwritten',
    sendsAll: true,
    act: async (on) => {
      const seen = await newStore().readUpdate(on.id);
      const present = await elsewhere(on, { text: `${on.before.text} Elsewhere.` });
      const wanted = textWith(on.before.text, on.words, on.pick);
      const store = newStore();
      const conflict: unknown = await store.edit(on.id, { text: wanted }, seen).catch((error: unknown) => error);
      expect(conflict).toBeInstanceOf(EditConflict);
      await store.edit(on.id, { text: wanted });
      return { id: on.id, update: { ...present, text: wanted }, excepted: text };
    },
  },
];

/** As the command that brings it back does it. */
function ownTimeOf(kept: Update, profile: Profile): Date | undefined {
  return kept.dueAt && kept.isFixedTime !== false && !takesSlot(kept, profile) && kept.dueAt > now ? kept.dueAt : undefined;
}

const tally = { made: 0, discarded: 0, closed: 0, byService: {} as Record<string, number>, byWay: {} as Record<string, number> };
const count = (counts: Record<string, number>, name: string) => void (counts[name] = (counts[name] ?? 0) + 1);
const perCombination = Math.max(1, Math.ceil(updates / (services.length * ways.length)));

function given(service: string, way: Way): fc.Arbitrary<Given> {
  const able = profiles.filter((profile) => profile.service === service && (way.name !== 'shared now' || !profile.isDisconnected));
  return fc.constantFrom(...able).chain((profile) =>
    fc.record({
      profile: fc.constant(profile),
      form: anyUpdate(sandbox.state.profiles.find(({ id }) => id === profile.id)!),
      files: seldom<object[]>(fc.array(richFile, { minLength: 1, maxLength: 3 }), []),
      editKeepsTime: fc.constantFrom(...behaviours.editKeepsTime.settings),
      v1EditMedia: fc.constantFrom(...behaviours.v1EditMedia.settings),
      pick: fc.nat(10_000),
      words: fc.string({ unit: 'grapheme', maxLength: 8 }).filter((each) => !new RegExp(`[\\p{Cc}${mark}]`, 'u').test(each)),
      fails: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    }),
  );
}

async function make({ profile, form, files, fails }: Given): Promise<Raw> {
  const own = sandbox.state.profiles.find(({ id }) => id === profile.id)!;
  sandbox.state.add(own, { text: 'Before it', when: 'queue' });
  const id: string | undefined =
    files.length > 0
      ? await richId(own.id, own.service, files)
      : (await call('/updates/create.json', { 'profile_ids[]': profile.id, ...form })).body.updates?.[0]?.id;
  if (!id) return undefined;
  sandbox.state.add(own, { text: 'After it', when: 'queue' });
  const update = sandbox.state.updates.get(id)!;
  if (fails) {
    update.failure = 'The network refused it.';
    update.dueAt = yesterday;
    sandbox.state.settle();
  }
  return read(id);
}

/** One that another client made with the current API, which v1 shows as it can. */
async function richId(channelId: string, service: string, assets: readonly object[]): Promise<string | undefined> {
  const metadata = {
    facebook: { facebook: { type: 'post' } },
    instagram: { instagram: { type: 'post', shouldShareToFeed: true } },
    google: { google: { type: 'whats_new', detailsWhatsNew: { button: 'none' } } },
  }[service];
  const boardServiceId = sandbox.state.profiles.find(({ id }) => id === channelId)!.boards?.[0]?.serviceId;
  return (
    await createPost({
      channelId,
      text: 'What we learned.',
      assets,
      metadata: service === 'pinterest' ? { pinterest: { boardServiceId } } : metadata,
    })
  ).id;
}

const writes = () => sandbox.requests().filter(({ method }) => method === 'POST');

/** What of an update `update.json` has no field for. */
function reasonsToClose({ media = {}, extra_media: extra = [], retweet }: Raw): boolean {
  const known = ['link', 'title', 'description', 'picture', 'photo', 'thumbnail'];
  return extra.length > 0 || retweet !== undefined || Object.keys(media).some((name) => !known.includes(name));
}

async function holds(way: Way, each: Given): Promise<void> {
  now = start;
  sandbox.reset();
  const { editKeepsTime, v1EditMedia, profile } = each;
  sandbox.behave({ editKeepsTime, v1EditMedia });
  const before = await make(each);
  tally.made++;
  if (!before) {
    tally.discarded++;
    fc.pre(false);
  }
  count(tally.byService, profile.service);
  count(tally.byWay, way.name);
  const isClosed = reasonsToClose(before);
  expect(Boolean((await newStore().readUpdate(before.id)).closed)).toBe(isClosed);
  sandbox.resetRequests();
  if (isClosed && way.sendsAll) {
    tally.closed++;
    await expect(newStore().edit(before.id, { text: 'Other words' })).rejects.toThrow(/would be lost/u);
    expect(writes()).toEqual([]);
    expect(await read(before.id)).toEqual(before);
    return;
  }
  const { id, update, excepted } = await way.act({ ...each, id: before.id, before });
  expect(differences(update, await read(id), ['updated_at', ...excepted])).toEqual([]);
}

describe(`any update on v1, ${perCombination} for each service and way (seed ${seed})`, () => {
  test.each(services)(
    '%s',
    async (service) => {
      const failures: string[] = [];
      for (const [index, way] of ways.entries()) {
        const own = seed + index + 100 * services.indexOf(service);
        const run = await fc.check(
          fc.asyncProperty(given(service, way), (each) => holds(way, each)),
          { numRuns: perCombination, seed: own, maxSkipsPerRun: 10 },
        );
        if (run.failed)
          failures.push(
            [
              `${way.name}, seed ${own}:`,
              JSON.stringify(run.counterexample?.map(({ profile: { id }, ...rest }) => ({ id, ...rest }))),
              wordsOf(run.errorInstance),
            ].join('\n'),
          );
      }
      expect(failures.join('\n\n')).toBe('');
    },
    3_600_000,
  );

  test('most of what the forms can tell is taken', () => {
    if (updates) console.log(JSON.stringify({ seed, ...tally }));
    expect(Object.keys(tally.byService).length).toBe(Object.entries(networks).filter(([, { isAfterV1 }]) => !isAfterV1).length);
    expect(tally.discarded).toBeLessThan(tally.made / 3);
  });
});

function wordsOf(error: unknown): string {
  const { actual } = error as { readonly actual?: unknown };
  return actual === undefined ? String(error) : JSON.stringify(actual);
}
