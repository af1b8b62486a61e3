import * as vscode from 'vscode';
import type { Tag } from '../core/buffer/model.ts';
import type { Memento } from '../core/files/memento.ts';
import { TagFilter } from '../core/queue/tagFilter.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { plainText } from '../ui/plainText.ts';
import type { QueueTree } from './queueTree.ts';
import type { QueueView } from './queueView.ts';
import { tagWords } from '../ui/tagWords.ts';

/** Where a window keeps it, over a reload. */
export const filterKey = 'buffer.tagFilter';

interface Kept {
  readonly owner: string | undefined;
  readonly tags: readonly Tag[];
}

export interface FilterParts {
  readonly store: QueueStore;
  readonly tree: QueueTree;
  readonly queueView: QueueView;
  readonly windowMemory: Memento;
}

/** Shows only what has one of these tags, in this window, until it is cleared. */
export async function filterBy(parts: FilterParts, tags: readonly Tag[]): Promise<void> {
  show(parts, tags);
  const { store, windowMemory } = parts;
  await windowMemory.update(filterKey, tags.length ? ({ owner: store.owner, tags } satisfies Kept) : undefined);
}

/** The filter that this window had; tags are an organization's, so those of another one are forgotten. */
export function restoreFilter(parts: FilterParts): void {
  const { store, windowMemory } = parts;
  const kept = windowMemory.get(filterKey) as Kept | undefined;
  const isTheirs = store.capabilities.tags && kept?.owner === store.owner;
  show(parts, isTheirs ? (kept?.tags ?? []) : []);
}

function show({ store, tree, queueView }: FilterParts, tags: readonly Tag[]): void {
  tree.show(tags.length ? new TagFilter(store, tags, (change) => tree.tell(change)) : undefined);
  queueView.tellFilter(tags.length ? vscode.l10n.t('Only updates tagged {0} are shown.', plainText(tagWords(tags))) : undefined);
}
