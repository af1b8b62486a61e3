import type { BufferApi } from '../buffer/bufferApi.ts';
import { DiskCache, type Owner } from '../files/diskCache.ts';
import { figureFormat, mostKept } from './figureSnapshot.ts';
import { FigureStore, type FigureStoreOptions } from './figureStore.ts';

export interface FiguresOptions extends FigureStoreOptions {
  /** Of what was last known. */
  readonly folder: string;
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
  { folder, log, ...options }: FiguresOptions,
  current: () => readonly [owner: Owner | undefined, api: BufferApi | undefined],
): Figures {
  const store = new FigureStore(options);
  const cache = new DiskCache({ store, folder, format: () => Promise.resolve(figureFormat), rows: mostKept, log });
  const follow = () => {
    const [owner, api] = current();
    store.connect(api, cache.follow(owner));
  };
  follow();
  return { store, cache: cache as DiskCache<unknown>, follow };
}
