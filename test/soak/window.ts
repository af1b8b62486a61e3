import { join } from 'node:path';
import type { ApiName } from '../../src/core/buffer/model.ts';
import type { Disk } from '../../src/core/delivery/disk.ts';
import type { Holder } from '../../src/core/delivery/lease.ts';
import { Outbox } from '../../src/core/delivery/outbox.ts';
import { OutboxSender } from '../../src/core/delivery/outboxSender.ts';
import { DraftStore } from '../../src/core/drafts/draftStore.ts';
import { IdeaStore } from '../../src/core/ideas/ideaStore.ts';
import { QueueStore } from '../../src/core/queue/queueStore.ts';
import { newMemory } from '../harness/memory.ts';
import { clientOf, type ServiceAddress } from '../sandbox/client.ts';
import { mortal } from './mortal.ts';
import type { Computer } from './time.ts';

export const owner = { key: 'me', label: 'Me' };
export const other = { key: 'other', label: 'Other' };

/** A window's life, which ends at a moment of which nobody is asked. */
export interface Life {
  isOver: boolean;
}

export interface WindowOptions {
  readonly service: ServiceAddress;
  readonly api: ApiName;
  readonly folder: string;
  readonly disk: Disk;
  readonly computer: Computer;
  readonly process: Pick<Holder, 'machine' | 'pid'>;
  readonly life: Life;
  readonly token: () => Promise<string>;
}

/** One window of the extension: stores and a sender of its own, as shipped, over what all windows share. */
export type Window = ReturnType<typeof openWindow>;

export function openWindow({ service, api, folder, disk, computer, process, life, token }: WindowOptions) {
  return computer.run(() => {
    // Windows act within moments of each other here, so none may take what it read a while ago for what is.
    const store = new QueueStore(() => 20, newMemory(), { freshness: 0, folder: join(folder, 'writes') });
    const ideas = new IdeaStore();
    const drafts = new DraftStore(join(folder, 'drafts'));
    const outbox = new Outbox(join(folder, 'outbox'), { disk, monotonic: () => computer.monotonic(), process });
    const sender = new OutboxSender({
      store,
      outbox,
      leaving: async ({ draftId, text }, profileIds) => (draftId === undefined ? undefined : drafts.leave(draftId, profileIds, text)),
    });
    store.onDidAnswer(() => sender.heardFrom());
    const connect = (who: typeof owner, credential: () => Promise<string>) => {
      const client = mortal(clientOf(service, api, { token: credential }), life, computer);
      store.connect(client, undefined, who.key);
      ideas.connect(client);
      sender.connect(who);
    };
    connect(owner, token);
    return {
      store,
      ideas,
      drafts,
      outbox,
      sender,
      computer,
      life,
      folder,
      /** Does something in it; never ends once it is dead. */
      run: <Result>(work: () => Promise<Result>): Promise<Result> => computer.run(work),
      /** Somebody else is signed in from now on, or the person again. */
      signIn: (isOther: boolean) =>
        computer.run(() =>
          isOther
            ? connect(other, () => Promise.resolve(api === 'v1' ? service.otherToken : service.otherGraphqlToken))
            : connect(owner, token),
        ),
      /** From here on nothing of it goes on, as when its process is killed. */
      die: () => {
        life.isOver = true;
        sender.dispose();
      },
    };
  });
}
