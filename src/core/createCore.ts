import { join } from 'node:path';
import type { BufferApi } from './buffer/bufferApi.ts';
import type { BufferError } from './buffer/bufferError.ts';
import type { ApiName } from './buffer/model.ts';
import { Outbox } from './delivery/outbox.ts';
import { OutboxSender, type OutboxSenderOptions, type Owner } from './delivery/outboxSender.ts';
import { graphqlUrl, restV1Url } from './buffer/transport/serviceUrl.ts';
import { DraftStore } from './drafts/draftStore.ts';
import { DiskCache } from './files/diskCache.ts';
import { lazily } from './async/lazily.ts';
import type { Memento } from './files/memento.ts';
import { IdeaStore } from './ideas/ideaStore.ts';
import { rememberProfiles } from './queue/lastProfiles.ts';
import { QueueStore } from './queue/queueStore.ts';

export interface CoreOptions {
  /** Where it keeps its files; made when first needed. */
  readonly folder: string;
  /** Where a little is kept between sessions. */
  readonly memory: Memento;
  /** Updates a page, 1 to 100. */
  readonly pageSize: () => number;
  readonly log: (line: string) => void;
  /** How long what was sent is looked for; as usual where left out. */
  readonly sending?: Pick<OutboxSenderOptions, 'settleAfter'>;
}

/** Whose queues are shown. */
export interface Person {
  readonly api: ApiName;
  readonly account: { readonly id: string; readonly label: string };
  readonly organization?: { readonly id: string; readonly name: string };
  /** Where the service is; its usual place where left out. */
  readonly address?: string;
}

export type Core = ReturnType<typeof createCore>;

/** Everything that knows and writes, wired: what a face needs. It reads and asks nothing before it is asked. */
export function createCore({ folder, memory, pageSize, log, sending }: CoreOptions) {
  const store = new QueueStore(pageSize, memory, { folder: join(folder, 'writes') });
  const ideas = new IdeaStore();
  let current: BufferApi | undefined;
  const onWithdrawn = () => log('Buffer has withdrawn its preview of templates: they are not offered any more.');
  const templates = lazily(
    async () => new (await import('./templates/templateStore.ts')).TemplateStore({ api: () => current, onWithdrawn }),
  );
  let shown: Person | undefined;
  const figures = lazily(async () => (await import('./figures/figures.ts')).openFigures({ folder, log, store }, () => [shown, current]));
  const drafts = new DraftStore(join(folder, 'drafts'));
  const outbox = new Outbox(join(folder, 'outbox'));
  const sender = new OutboxSender({
    ...sending,
    store,
    outbox,
    leaving: async ({ draftId, text }, profileIds) => (draftId === undefined ? undefined : drafts.leave(draftId, profileIds, text)),
    log,
  });
  const queueCache = new DiskCache({
    store,
    folder: join(folder, 'last-known', 'queues'),
    format: async () => (await import('./queue/snapshot.ts')).queueFormat,
    log,
  });
  const ideaCache = new DiskCache({
    store: ideas,
    folder: join(folder, 'last-known', 'ideas'),
    format: async () => (await import('./ideas/ideaSnapshot.ts')).ideaFormat,
    log,
  });
  const heard = store.onDidAnswer(() => sender.heardFrom());

  return {
    store,
    ideas,
    /** Loaded when somebody asks for one. */
    templates,
    figures,
    drafts,
    outbox,
    sender,
    /**
     * Shows the queues of this person from now on, beginning with what was last known of them; of nobody while undefined.
     * @param absence  why there is nobody, where that is not for having signed out
     */
    connect(person: Person | undefined, api: BufferApi | undefined, absence?: BufferError): void {
      current = api;
      shown = person;
      if (figures.hasBegun()) void figures().then((each) => each.follow());
      const owner = person && ownerOf(person);
      store.connect(api, queueCache.follow(person), owner?.key, absence);
      ideas.connect(api, ideaCache.follow(person));
      // What waits in the outbox is not tried in vain.
      sender.connect(api?.capabilities.post ? owner : undefined);
    },
    /** Drops all that is known of everybody. What people wrote stays. */
    async forget(): Promise<void> {
      const kept = [queueCache.clear(), ideaCache.clear(), figures().then((each) => each.cache.clear())];
      await Promise.all([store.forget(), ...kept, rememberProfiles(memory, undefined)]);
    },
    /** To be awaited before the end: what was last known is on disk then. */
    async settled(): Promise<void> {
      await Promise.all([queueCache.settled(), ideaCache.settled(), figures.hasBegun() && (await figures()).cache.settled()]);
    },
    dispose(): void {
      for (const each of [heard, sender, queueCache, ideaCache]) each.dispose();
      if (figures.hasBegun()) void figures().then((each) => each.cache.dispose());
    },
  };
}

/** Whoever is signed in, as the outbox tells them apart: what waits goes out for nobody else. */
function ownerOf({ api, account, organization, address }: Person): Owner {
  const label = organization ? `${account.label}, ${organization.name}` : account.label;
  const place = address === undefined || [restV1Url, graphqlUrl].includes(address) ? [] : [address];
  return { key: [api, account.id, organization?.id, ...place].join('/'), label };
}
