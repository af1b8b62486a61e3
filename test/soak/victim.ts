// A window in a process of its own, which is killed while it sends. What it was told it tells the soak.
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiName } from '../../src/core/buffer/model.ts';
import { deliver } from '../../src/core/delivery/deliver.ts';
import type { ServiceAddress } from '../sandbox/client.ts';
import { Journal } from './journal.ts';
import { journaledDisk } from './journaledDisk.ts';
import { Computer, giveTime, World } from './time.ts';
import { openWindow } from './window.ts';

export interface VictimOptions {
  readonly service: ServiceAddress;
  readonly api: ApiName;
  readonly folder: string;
  readonly machine: string;
  /** Of its computer's wall clock, against true time. Milliseconds. */
  readonly ahead: number;
  /** Where it reads how far true time is from this computer's. */
  readonly clock: string;
  readonly journal: string;
  /** Where it says that a request is about to leave, which no check can stop any more. */
  readonly leaving: string;
  readonly trash: string;
  readonly posts: readonly { readonly text: string; readonly profileIds: readonly string[] }[];
}

export type VictimWord =
  | { readonly kind: 'sending' }
  | { readonly kind: 'over' }
  | { readonly kind: 'made'; readonly path: string; readonly text?: string }
  | {
      readonly kind: 'told';
      readonly text: string;
      readonly created: readonly { readonly id: string; readonly profileId: string }[];
      readonly failed: readonly string[];
      readonly waiting: readonly string[];
    };

const options = JSON.parse(process.argv[2]!) as VictimOptions;
const tell = (word: VictimWord) => process.send?.(word);
const realNow = Date.now;

/** True time as the soak has it, also when this process was stopped meanwhile. */
class SharedWorld extends World {
  override get now(): number {
    return realNow() + Number(readFileSync(options.clock, 'utf8'));
  }
}

const connect = globalThis.fetch;
globalThis.fetch = async (...args) => {
  writeFileSync(options.leaving, 'yes');
  try {
    return await connect(...args);
  } finally {
    writeFileSync(options.leaving, 'no');
  }
};

giveTime();
const world = new SharedWorld();
setInterval(() => world.fire(), 2);
const { service, api, folder, machine, ahead, trash } = options;
const window = openWindow({
  service,
  api,
  folder,
  computer: new Computer(world, ahead),
  disk: journaledDisk({ journal: new Journal(options.journal), trash, made: (path, text) => tell({ kind: 'made', path, text }) }),
  process: { machine, pid: process.pid },
  life: { isOver: false },
  token: () => Promise.resolve(api === 'v1' ? service.token : service.graphqlToken),
});
await window.run(async () => {
  await window.store.loadProfiles().catch(() => undefined);
  for (const { text, profileIds } of options.posts) {
    const profiles = profileIds.flatMap((id) => window.store.profile(id) ?? []);
    if (profiles.length === 0) continue;
    tell({ kind: 'sending' });
    await deliver(window, { text, profiles, when: 'queue' }, ({ created, failed, waiting }) => {
      const idsOf = (all: readonly { readonly profile: { readonly id: string } }[]) => all.map(({ profile }) => profile.id);
      tell({
        kind: 'told',
        text,
        created: created.map(({ id, profileId }) => ({ id, profileId })),
        failed: idsOf(failed),
        waiting: idsOf(waiting),
      });
      return Promise.resolve();
    }).catch(() => undefined);
  }
  tell({ kind: 'over' });
  // Goes on as a window until it is killed.
  await sleep(2 ** 31 - 1);
});
