import type * as vscode from 'vscode';
import type { CommandContext } from '../../../src/commands/commandContext.ts';
import type { ApiName } from '../../../src/core/buffer/model.ts';
import { QueueStore } from '../../../src/core/queue/queueStore.ts';
import type { QueueNode, UpdateNode } from '../../../src/sidebar/queueNodes.ts';
import { QueueTree } from '../../../src/sidebar/queueTree.ts';
import { newMemory } from '../../harness/memory.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { clientOf } from '../../sandbox/client.ts';

/**
 * Store, tree and commands as one window has them, at a sandbox.
 * @param memory     what the window remembers over a reload
 * @param freshness  how old what an edit is applied to may be, in milliseconds
 */
export function queueWindow(sandbox: Sandbox, api: ApiName = 'graphql', memory = newMemory(), freshness = 60_000) {
  const store = new QueueStore(() => 20, newMemory(), { freshness });
  store.connect(clientOf(sandbox, api));
  const tree = new QueueTree(store, {
    onDidLoad: () => ({ dispose: () => undefined }),
    iconOf: () => undefined,
    networkIcon: (service: string) => ({ id: service }),
    thumbnailOf: () => undefined,
  } as never);
  const redrawn: (QueueNode | undefined)[] = [];
  tree.onDidChangeTreeData((nodes) => redrawn.push(...(nodes ?? [undefined])));
  const filtered: { words?: string | undefined } = {};
  const parts = {
    store,
    tree,
    view: { selection: [], visible: false },
    queueView: { tellFilter: (words: string | undefined) => (filtered.words = words), budget: [] },
    // Nothing waits in it.
    outbox: { entries: [] },
    log: { error: () => undefined },
    memory: newMemory(),
    windowMemory: memory,
    failures: { attempt: (step: () => Promise<unknown>) => step() },
  } as unknown as CommandContext;

  /** How a row looks, once what draws it is loaded. */
  const item = (node: QueueNode) => tree.getTreeItem(node) as vscode.TreeItem;
  const sectionsOf = (profileId: string) => {
    const profile = tree.getChildren().find((node) => node.kind === 'profile' && node.profileId === profileId);
    return profile ? tree.getChildren(profile) : [];
  };
  const nodesOf = (profileId: string, title: string) => {
    const section = sectionsOf(profileId).find((node) => item(node).label === title);
    return section ? tree.getChildren(section) : [];
  };

  return {
    store,
    tree,
    parts,
    /** What is said above the queues of a filter. */
    filtered,
    /** What the tree was told to draw anew, the oldest first. */
    redrawn,
    /** What stands in a profile: its sections, with what is written beside each. */
    sections: (profileId: string) => sectionsOf(profileId).map((node) => [item(node).label, item(node).description] as const),
    /** The rows of a section, by its title. */
    rows: (profileId: string, title: string): vscode.TreeItem[] => nodesOf(profileId, title).map(item),
    /** The row of an update, wherever it stands; undefined where it is shown nowhere. */
    nodeOf: (updateId: string): UpdateNode | undefined => {
      const profileId = store.update(updateId)?.profileId ?? '';
      const isSent = store.update(updateId)?.status === 'sent';
      const failed = tree.getChildren().filter(({ kind }) => kind === 'failed');
      // To look into a section is to read it.
      return [...failed, ...sectionsOf(profileId)]
        .filter((node) => node.kind === 'failed' || (node.kind === 'section' && (node.section === 'sent') === isSent))
        .flatMap((section) => tree.getChildren(section))
        .find((node): node is UpdateNode => node.kind === 'update' && node.updateId === updateId);
    },
    /** The words by which menus decide what they offer on a row. */
    offers: (node: UpdateNode): string[] => item(node).contextValue!.split(' '),
    /** Reads the profiles, and the queues of these. */
    load: async (...profileIds: string[]) => {
      await store.loadProfiles();
      await tree.getTreeItem(tree.pendingOf(profileIds[0]!)!);
      // As VS Code does with what is on top.
      for (const node of tree.getChildren()) item(node);
      for (const profileId of profileIds) await store.loadList(profileId, 'pending');
      sandbox.resetRequests();
    },
  };
}
