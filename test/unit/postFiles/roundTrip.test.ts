import { beforeEach, describe, expect, test } from 'vitest';
import type { Update } from '../../../src/core/buffer/model.ts';
import { queueWriter } from '../../../src/core/postFiles/queueWriter.ts';
import { fileNameFor, fileOf } from '../../../src/core/postFiles/write.ts';
import type { Seed } from '../../sandbox/sandbox.ts';
import { graphqlCalls } from '../buffer/graphql/graphqlCalls.ts';
import { fileRun, newStores } from '../support/fileRun.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const sandbox = await ownSandbox();
const { read, remove } = graphqlCalls(() => sandbox);
let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  sandbox.reset('lifelike');
});

/** One run over these files, and what their problems are. */
async function runOver(texts: Readonly<Record<string, string>>) {
  const { apply, stopped } = fileRun(sandbox, folder, texts);
  return { applied: await apply(), stopped };
}

/** What waits at all profiles, each by its file, as an export writes it. */
async function exported(): Promise<{ readonly updates: ReadonlyMap<string, Update>; readonly texts: Readonly<Record<string, string>> }> {
  const stores = newStores(sandbox, folder);
  const writer = queueWriter(stores);
  const profiles = await writer.profiles();
  const all = await writer.pending(profiles.map(({ id }) => id));
  const waiting = all.filter(({ status }) => status === 'pending' || status === 'draft');
  const updates = new Map<string, Update>();
  const texts: Record<string, string> = {};
  for (const listed of waiting) {
    const update = listed.details?.thread?.length ? await stores.store.inFull(listed.id) : listed;
    const profile = profiles.find(({ id }) => id === update.profileId)!;
    const name = fileNameFor(update, profile.timeZone);
    const path = updates.has(name) ? name.replace('.buffer.md', `-${update.id}.buffer.md`) : name;
    updates.set(path, update);
    texts[path] = served(fileOf(update, profile, profiles));
  }
  return { updates, texts };
}

/** The sandbox serves its pictures without encryption, which no file may name. */
const served = (text: string) => text.replaceAll(/http:\/\/127\.0\.0\.1:\d+/gu, 'https://pictures.example.com');
const mutations = () => sandbox.requests().filter(({ operationName }) => /^(?:Create|Edit|Delete)/u.test(operationName ?? ''));

describe('a queue that was exported as files', () => {
  test.each<Seed>(['lifelike', 'large'])('is applied at once without a writing request, also twice: %s', async (seed) => {
    sandbox.reset(seed);
    const { updates, texts } = await exported();
    sandbox.resetRequests();
    const first = await runOver(texts);
    expect(first.stopped).toEqual([]);
    expect(first.applied.done.map(({ item, outcome }) => `${item.action} ${outcome}`)).toEqual(Array(updates.size).fill('adopt done'));
    const again = await runOver(texts);
    expect(again.applied.done).toEqual([]);
    expect(again.applied.left.filter(({ action }) => action !== 'leave').map(({ action, fields }) => [action, fields])).toEqual([]);
    expect(again.applied.left).toHaveLength(updates.size);
    expect(mutations()).toEqual([]);
  });

  test('is equal in all that files and the API hold once it was deleted at Buffer, and applied', async () => {
    // Otherwise each text comes back with other links.
    sandbox.behave({ links: 'kept' });
    const { updates, texts } = await exported();
    const chosen = [...updates].filter(([, update]) => update.profileId !== ids.x || !isPlain(update)).map(([path]) => path);
    const before = new Map<string, unknown>();
    for (const path of chosen) before.set(path, await read(updates.get(path)!.id));
    for (const { id } of updates.values()) await remove(id);
    const { applied, stopped } = await runOver(Object.fromEntries(chosen.map((path) => [path, texts[path]!])));
    expect(stopped).toEqual([]);
    // One profile is not in the plan.
    const refused = applied.done.filter(({ outcome }) => outcome !== 'done');
    expect(refused.map(({ error }) => error?.message)).toEqual(['This channel is locked: the plan does not include it.']);
    const made = applied.done.filter(({ outcome }) => outcome === 'done');
    expect(made.map(({ item }) => item.action)).toEqual(made.map(() => 'create'));
    expect(made).toHaveLength(chosen.length - 1);
    const different = new Map<string, string>();
    for (const { item, update } of made) {
      const was = before.get(item.wanted!.path) as { readonly channelService: string };
      for (const [field, words] of differencesIn(was, await read(update!.id)))
        different.set(`${was.channelService} ${field}`, `${item.wanted!.path}: ${words}`);
    }
    const surprising = [...different].filter(([field]) => ![...ofTheService, ...inNoFile].some((each) => each.test(field)));
    expect(surprising).toEqual([]);
    // What is excused has to be there.
    for (const each of [...ofTheService, ...inNoFile])
      expect(
        [...different.keys()].some((field) => each.test(field)),
        `${each}`,
      ).toBe(true);
  });

  test('says of a network only what is not usual there', async () => {
    const { texts } = await exported();
    const all = Object.values(texts).join('\n');
    expect(all).not.toMatch(/isAiGenerated: false/u);
    expect(all).toMatch(/isAiGenerated: true/u);
    // Where yes is usual, no is said.
    expect(all).toMatch(/shareToFeed: false/u);
  });
});

/** What the service gives each post by itself. */
const ofTheService = [/ (?:id|createdAt|updatedAt|via)$/u, / assets\[\]\.thumbnail$/u];
/** What files have no words for (docs/posts-as-files.md): it is at Buffer, and stays there as long as the update does. */
const inNoFile = [
  // Whom a text mentions.
  /^(?:facebook|linkedin) metadata\.annotations/u,
  // What is shown again with a comment.
  /^twitter metadata\.retweet/u,
  // The day that a draft is meant for; and X has fewer before it, here.
  /^(?:twitter|mastodon) (?:dueAt|isCustomScheduled|shareMode)$/u,
  // What is said for another kind of post.
  /^instagram metadata\.(?:shouldShareToFeed|stickerFields\.topics)$/u,
];

/** X has hundreds of these, which tell nothing that a few do not. */
function isPlain({ media, details, tags, status, isFixedTime }: Update): boolean {
  return !media && !details?.thread && !tags?.length && status !== 'draft' && !isFixedTime;
}

/** The fields in which two posts differ, without places in lists, each with what it was and is. */
function differencesIn(was: object, is: object): readonly (readonly [field: string, words: string])[] {
  const [one, other] = [leavesOf(was), leavesOf(is)];
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((path) => one.get(path) !== other.get(path))
    .map((path) => [path.replaceAll(/\.\d+/gu, '[]'), `${one.get(path)} → ${other.get(path)}`]);
}

/** Everything in a value that is no object, by its path; what is empty counts as one. */
function leavesOf(value: unknown, path = ''): Map<string, string> {
  if (value === null || typeof value !== 'object' || Object.keys(value).length === 0)
    return new Map([[path, served(JSON.stringify(value))]]);
  return new Map(Object.entries(value).flatMap(([key, each]) => [...leavesOf(each, path === '' ? key : `${path}.${key}`)]));
}
