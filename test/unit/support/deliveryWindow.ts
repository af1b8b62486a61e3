import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ApiName } from '../../../src/core/buffer/model.ts';
import { deliver, type Delivery } from '../../../src/core/delivery/deliver.ts';
import { Outbox, type OutboxOptions } from '../../../src/core/delivery/outbox.ts';
import { OutboxSender, type OutboxSenderOptions } from '../../../src/core/delivery/outboxSender.ts';
import { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { newMemory } from '../../harness/memory.ts';
import { clientOf } from '../../sandbox/client.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { mortal } from '../../soak/mortal.ts';

export const me = { key: 'me', label: 'Me' };

export interface WindowOptions extends Partial<Omit<OutboxSenderOptions, 'store' | 'outbox'>> {
  readonly outboxOptions?: OutboxOptions;
  /** Whether it asks the service for something first; it knows the service's time then. */
  readonly isAsking?: boolean;
}

/** A window that delivers, over the outbox in a folder. It tries again only when told to, and ends with its test. */
export async function deliveryWindow(sandbox: Sandbox, api: ApiName, folder: string, options: WindowOptions = {}) {
  const { outboxOptions, isAsking = true, ...rest } = options;
  const store = new QueueStore(() => 20, newMemory());
  const life = { isOver: false };
  store.connect(mortal(clientOf(sandbox, api, { timeout: 3_000, pause: 5 }), life));
  const outbox = new Outbox(join(folder, 'outbox'), outboxOptions);
  const sender = new OutboxSender({ store, outbox, pause: 3_600_000, lookAfter: 3_600_000, ...rest });
  onTestFinished(() => sender.dispose());
  if (isAsking) await store.loadProfiles();
  sender.connect(me);
  await sender.run();
  const profiles = (...wanted: string[]) => wanted.map((id) => store.profile(id)!);
  return {
    store,
    outbox,
    sender,
    profiles,
    /** Nothing reaches it from now on, and it gives no more signs of life. */
    die: () => {
      life.isOver = true;
      sender.dispose();
    },
    send: (text: string, ...to: string[]) =>
      deliver({ store, outbox, sender }, { text, profiles: profiles(...to), when: 'queue' } satisfies Delivery),
  };
}
