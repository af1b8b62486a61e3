import { join } from 'node:path';
import type { BufferApi } from '../buffer/bufferApi.ts';
import { DiskCache, type Owner } from '../files/diskCache.ts';
import { figureFormat, mostKept } from './figureSnapshot.ts';
import { FigureStore } from './figureStore.ts';

export interface FiguresOptions {
  /** Of all that is kept. */
  readonly folder: string;
  /** All profiles there are. */
  readonly store: { readonly profiles: { readonly items: readonly { readonly id: string }[] } };
  readonly log: (line: string) => void;
}

/** The figures of whoever is signed in, and where they are kept. */
export interface Figures {
  readonly store: FigureStore;
  readonly cache: DiskCache<unknown>;
  /** To be called when somebody else is signed in. */
  follow(): void;
}

/** @param current  whoever is signed in, and the way to the service */
export function openFigures(
  { folder, log, store: queues }: FiguresOptions,
  current: () => readonly [owner: Owner | undefined, api: BufferApi | undefined],
): Figures {
  const store = new FigureStore({ profileIds: () => queues.profiles.items.map(({ id }) => id) });
  const cache = new DiskCache({
    store,
    folder: join(folder, 'last-known', 'figures'),
    format: () => Promise.resolve(figureFormat),
    rows: mostKept,
    log,
  });
  const follow = () => {
    const [owner, api] = current();
    store.connect(api, cache.follow(owner));
  };
  follow();
  return { store, cache: cache as DiskCache<unknown>, follow };
}
