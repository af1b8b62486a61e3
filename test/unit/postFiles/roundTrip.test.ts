import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { Outbox } from '../../../src/core/delivery/outbox.ts';
import { OutboxSender } from '../../../src/core/delivery/outboxSender.ts';
import { apply } from '../../../src/core/postFiles/apply.ts';
import { FileKeeper, newRun } from '../../../src/core/postFiles/keeper.ts';
import { queueWriter } from '../../../src/core/postFiles/queueWriter.ts';
import { isSendable, readPosts, wantedOf } from '../../../src/core/postFiles/readPosts.ts';
import { recordPath } from '../../../src/core/postFiles/record.ts';
import type { RepositoryFiles } from '../../../src/core/postFiles/repositoryFiles.ts';
import { fileOf } from '../../../src/core/postFiles/write.ts';
import { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { newMemory } from '../../harness/memory.ts';
import { clientOf } from '../../sandbox/client.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const sandbox = await ownSandbox();
let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});

/** Files of a repository, in memory. */
function inMemory(texts: Readonly<Record<string, string>>): RepositoryFiles {
  return {
    list: () => Promise.resolve(Object.keys(texts)),
    read: (path) => Promise.resolve(new TextEncoder().encode(texts[path])),
    stat: (path) => Promise.resolve(texts[path] === undefined ? undefined : { isFile: true, size: texts[path].length }),
    realpath: (path) => Promise.resolve(path),
  };
}

function newStore() {
  const store = new QueueStore(() => 100, newMemory());
  store.connect(clientOf(sandbox, 'graphql'), undefined, 'me');
  const outbox = new Outbox(join(folder, 'outbox'));
  return { store, outbox, sender: new OutboxSender({ store, outbox, settleAfter: 100 }) };
}

async function applyFiles(texts: Readonly<Record<string, string>>) {
  const stores = newStore();
  const stopped: string[] = [];
  const applied = await apply({
    writer: queueWriter(stores),
    keeper: new FileKeeper(join(folder, recordPath), join(folder, 'turns')),
    run: newRun(),
    posts: async (profiles, now) => {
      const { files } = await readPosts(inMemory(texts), { now, profiles });
      const tagIds = new Map((await stores.store.tags()).tags.map(({ id, name }) => [name, id] as const));
      stopped.push(
        ...files
          .filter((each) => !isSendable(each))
          .flatMap(({ problems }) => problems.filter(({ severity }) => severity === 'error').map(({ message }) => message)),
      );
      return { wanted: await wantedOf(files, { tagIds }), paths: Object.keys(texts) };
    },
  });
  stores.sender.dispose();
  return { applied, stopped };
}

async function waiting() {
  const { store, sender } = newStore();
  const profiles = await store.loadProfiles();
  for (const id of [ids.bluesky, ids.mastodon, ids.linkedin]) await store.loadList(id, 'pending');
  const updates = [ids.bluesky, ids.mastodon, ids.linkedin].flatMap((id) => store.list(id, 'pending').items);
  sender.dispose();
  return { store, profiles, updates: updates.filter(({ status }) => status === 'pending' || status === 'draft') };
}

/** The sandbox serves its pictures without encryption, which no file may name. */
const served = (text: string) => text.replaceAll(/http:\/\/127\.0\.0\.1:\d+/gu, 'https://pictures.example.com');
const mutations = () => sandbox.requests().filter(({ operationName }) => /^(?:Create|Edit|Delete)/u.test(operationName ?? ''));

describe('a queue that was exported as files', () => {
  test('is applied at once without a writing request', { timeout: 120_000 }, async () => {
    const { updates, profiles } = await waiting();
    const profileOf = (profileId: string) => profiles.find(({ id }) => id === profileId)!;
    const texts = Object.fromEntries(
      updates.map((each) => [`${each.id}.buffer.md`, served(fileOf(each, profileOf(each.profileId), profiles))]),
    );
    sandbox.resetRequests();
    const { applied, stopped } = await applyFiles(texts);
    expect(stopped).toEqual([]);
    expect(applied.done.map(({ item, outcome }) => `${item.action} ${outcome}`)).toEqual(updates.map(() => 'adopt done'));
    expect(mutations()).toEqual([]);
    const again = await applyFiles(texts);
    expect(again.applied.left.filter(({ action }) => action !== 'leave').map(({ action, fields }) => [action, fields])).toEqual([]);
    expect(mutations()).toEqual([]);
  });
});
