import type { Edited, Profile, Update, UpdateEdit } from '../buffer/model.ts';
import { deliver, type Delivered, type Delivery, type DeliveryParts } from '../delivery/deliver.ts';
import { type Attempt, lookFor, type Looked } from '../delivery/lookFor.ts';
import { isGone } from '../queue/lostAnswer.ts';
import { shortHash } from './fingerprint.ts';

/** What posts in files need of a person's queues. All of it throws `BufferError`. */
export interface QueueWriter {
  /** Whose queues they are, as the record has it; undefined while nobody is signed in. */
  readonly account: string | undefined;
  /** The service's time, as far as it is known. */
  now(): Date;
  /** Reads all profiles, with what waits of each as far as one request carries it. */
  profiles(): Promise<readonly Profile[]>;
  /** All that waits at these profiles, as read with the profiles; what did not come along is read now. */
  pending(profileIds: readonly string[]): Promise<readonly Update[]>;
  /** What was made since, or sent lately. */
  recent(profileIds: readonly string[], since: Date): Promise<readonly Update[]>;
  /** One update as it is now; undefined where it is gone. */
  update(updateId: string): Promise<Update | undefined>;
  /** Sends it once, and looks for it where no answer came. What could not be told then is among the unclear. */
  create(delivery: Delivery): Promise<Delivered>;
  /** Looks for something that was sent and may have arrived. */
  look(id: string, attempt: Attempt): Promise<Looked>;
  edit(updateId: string, change: UpdateEdit, seen: Update): Promise<Edited>;
  destroy(updateId: string): Promise<void>;
}

/**
 * Posts in files over the stores of the extension, or of a command line. Nothing waits in the outbox for it: the record
 * is written ahead, and whoever runs it next goes on from there.
 */
export function queueWriter(parts: DeliveryParts): QueueWriter {
  const { store, outbox, sender } = parts;
  return {
    get account() {
      const owner = store.owner ?? sender.owner?.key;
      return owner === undefined ? undefined : shortHash(owner);
    },
    now: () => store.serviceNow() ?? new Date(),
    profiles: async () => {
      await store.refresh();
      return store.profiles.items;
    },
    pending: async (profileIds) => {
      for (const id of profileIds) {
        if (store.needsLoading(id, 'pending')) await store.loadList(id, 'pending');
        for (let list = store.list(id, 'pending'); list.hasMore;) {
          await store.loadMore(id, 'pending');
          const next = store.list(id, 'pending');
          if (next.items.length === list.items.length) break;
          list = next;
        }
      }
      return profileIds.flatMap((id) => store.list(id, 'pending').items);
    },
    recent: async (profileIds, since) => (await store.recent(profileIds, since)).updates,
    update: (updateId) =>
      store.readUpdate(updateId).catch((error: unknown) => {
        if (isGone(error)) return undefined;
        throw error;
      }),
    create: (delivery) => deliver(parts, delivery, undefined, {}),
    look: (id, attempt) => lookFor({ store, outbox, settleAfter: sender.options.settleAfter }, id, attempt),
    edit: (updateId, change, seen) => store.edit(updateId, change, seen),
    destroy: (updateId) => store.destroy(updateId),
  };
}
