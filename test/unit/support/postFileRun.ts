import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ApiName, Media, NetworkDetails, NewShareTime, Profile } from '../../../src/core/buffer/model.ts';
import { Outbox } from '../../../src/core/delivery/outbox.ts';
import { OutboxSender } from '../../../src/core/delivery/outboxSender.ts';
import { apply, type ApplyOptions, plan } from '../../../src/core/postFiles/apply.ts';
import { FileKeeper, newRun, type RecordKeeper } from '../../../src/core/postFiles/keeper.ts';
import type { PlanOptions } from '../../../src/core/postFiles/plan.ts';
import { queueWriter } from '../../../src/core/postFiles/queueWriter.ts';
import { recordPath } from '../../../src/core/postFiles/record.ts';
import { handleOf, type Wanted } from '../../../src/core/postFiles/wanted.ts';
import { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { newMemory } from '../../harness/memory.ts';
import { clientOf } from '../../sandbox/client.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';

/** A post as a file would have it, in short. */
export interface ShortPost {
  readonly path: string;
  readonly part?: number;
  readonly to: string;
  readonly text: string;
  readonly when?: NewShareTime;
  readonly media?: Media;
  readonly details?: NetworkDetails;
  readonly tagIds?: readonly string[];
}

export interface RunOptions {
  readonly api?: ApiName;
  readonly owner?: string;
  readonly keeper?: RecordKeeper;
  readonly options?: PlanOptions;
  readonly renames?: ReadonlyMap<string, string>;
  readonly run?: string;
}

/** One run of plan and apply over a record in a folder, at a sandbox, as a process of its own would do it. */
export function newCommand(sandbox: Sandbox, folder: string, posts: readonly ShortPost[], runOptions: RunOptions = {}) {
  const { api = 'graphql', owner = 'me', options, renames, run = newRun() } = runOptions;
  const store = new QueueStore(() => 100, newMemory());
  store.connect(clientOf(sandbox, api, { timeout: 3_000, pause: 5 }), undefined, owner);
  const outbox = new Outbox(join(folder, 'outbox'));
  const sender = new OutboxSender({ store, outbox, settleAfter: 100 });
  sender.connect({ key: owner, label: owner });
  onTestFinished(() => sender.dispose());
  const keeper = runOptions.keeper ?? new FileKeeper(join(folder, recordPath), join(folder, 'turns'));
  const parts = {
    writer: queueWriter({ store, outbox, sender }),
    keeper,
    run,
    options,
    renames: renames && (() => Promise.resolve(renames)),
    posts: (profiles: readonly Profile[]) =>
      Promise.resolve({ wanted: posts.map((each) => wantedOf(each, profiles)), paths: posts.map(({ path }) => path) }),
  };
  return {
    store,
    keeper,
    parts,
    plan: () => plan(parts),
    apply: (applyOptions?: ApplyOptions) => apply(parts, { patience: 20_000, ...applyOptions }),
    /** What the plan says of each post, in its order. */
    actions: async () => (await plan(parts)).items.map(({ action }) => action),
  };
}

export function wantedOf(
  { path, part = 1, to, text, when = 'queue', media, details, tagIds }: ShortPost,
  profiles: readonly Profile[],
): Wanted {
  const profile = profiles.find(({ id }) => id === to)!;
  return { path, part, profile, handle: handleOf(profile), content: { text, media, details }, when, options: tagIds && { tagIds } };
}
