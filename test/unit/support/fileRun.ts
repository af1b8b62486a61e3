import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Profile } from '../../../src/core/buffer/model.ts';
import { Outbox } from '../../../src/core/delivery/outbox.ts';
import { OutboxSender } from '../../../src/core/delivery/outboxSender.ts';
import { apply, plan } from '../../../src/core/postFiles/apply.ts';
import { FileKeeper, newRun } from '../../../src/core/postFiles/keeper.ts';
import type { PlanOptions } from '../../../src/core/postFiles/plan.ts';
import { queueWriter } from '../../../src/core/postFiles/queueWriter.ts';
import { isSendable, readPosts, wantedOf } from '../../../src/core/postFiles/readPosts.ts';
import { recordPath } from '../../../src/core/postFiles/record.ts';
import type { RepositoryFiles } from '../../../src/core/postFiles/repositoryFiles.ts';
import { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { newMemory } from '../../harness/memory.ts';
import { clientOf } from '../../sandbox/client.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';

/** Files of a repository, in memory. */
export function inMemory(texts: Readonly<Record<string, string>>): RepositoryFiles {
  return {
    list: () => Promise.resolve(Object.keys(texts)),
    read: (path) => Promise.resolve(new TextEncoder().encode(texts[path])),
    stat: (path) => Promise.resolve(texts[path] === undefined ? undefined : { isFile: true, size: texts[path].length }),
    realpath: (path) => Promise.resolve(path),
    isGone: (path) => Promise.resolve(texts[path] === undefined),
  };
}

/** The stores of one computer. They are let go of with the test. */
export function newStores(sandbox: Sandbox, folder: string) {
  const store = new QueueStore(() => 100, newMemory());
  store.connect(clientOf(sandbox, 'graphql', { pause: 0 }), undefined, 'me');
  const outbox = new Outbox(join(folder, 'outbox'));
  const sender = new OutboxSender({ store, outbox, settleAfter: 100 });
  onTestFinished(() => sender.dispose());
  return { store, outbox, sender };
}

/** One run over the texts of files, with its record in a folder. */
export function fileRun(sandbox: Sandbox, folder: string, texts: Readonly<Record<string, string>>, options?: PlanOptions) {
  const stores = newStores(sandbox, folder);
  const stopped: string[] = [];
  const parts = {
    writer: queueWriter(stores),
    keeper: new FileKeeper(join(folder, recordPath), join(folder, 'turns')),
    run: newRun(),
    options,
    posts: async (profiles: readonly Profile[], now: Date) => {
      const { files } = await readPosts(inMemory(texts), { now, profiles });
      const tagIds = new Map((await stores.store.tags()).tags.map(({ id, name }) => [name, id] as const));
      for (const { parsed, problems } of files.filter((each) => !isSendable(each)))
        stopped.push(...problems.filter(({ severity }) => severity === 'error').map(({ message }) => `${parsed.path}: ${message}`));
      return { wanted: await wantedOf(files, { tagIds }), paths: Object.keys(texts) };
    },
  };
  return {
    ...stores,
    keeper: parts.keeper,
    /** What is wrong with the files, once they were read. */
    stopped,
    plan: () => plan(parts),
    apply: () => apply(parts),
  };
}
