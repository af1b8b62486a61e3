import { registerHooks } from 'node:module';
import type { Update } from '../../../src/core/buffer/model.ts';
import type { QueueNode } from '../../../src/sidebar/queueNodes.ts';
import { vscodeStub } from '../../unit/support/vscodeStub.ts';
import type { Benchmark, Figure } from '../benchmark.ts';
import { fakeOverview, fakeUpdate, storeOf } from '../fakeApi.ts';

const profileId = 'shown';
const emitters: Emitter[] = [];
const changedId = `${profileId}-7`;

/** Rows that the sidebar draws again when one of a hundred updates changes. */
export const rows: Benchmark = {
  name: 'rows',
  run: async () => [
    await redrawn('one changed update: rows redrawn, edited here', async ({ store }) => {
      await store.edit(changedId, { text: 'Another text' });
    }),
    await redrawn('one changed update: rows redrawn, edited elsewhere', async ({ store, change }) => {
      change('Another text');
      // What waits comes along with the profiles.
      await store.refreshInBackground(['pending']);
    }),
  ],
};

interface Shown {
  readonly store: ReturnType<typeof storeOf>;
  /** Changes the update at the service. */
  readonly change: (text: string) => void;
}

async function redrawn(name: string, act: (shown: Shown) => Promise<void>): Promise<Figure> {
  const QueueTree = await loadTree();
  let now = new Map<string, Update>(Array.from({ length: 100 }, (_, index) => [`${profileId}-${index}`, fakeUpdate(profileId, index)]));
  const change = (text: string) => (now = new Map(now).set(changedId, { ...now.get(changedId)!, text }));
  const profiles = (await fakeOverview([profileId])).profiles;
  const store = storeOf([{ profileId, length: 100 }], () => 100, {
    overview: () => Promise.resolve({ profiles, pending: { [profileId]: { updates: [...now.values()] } } }),
    update: (id) => Promise.resolve(now.get(id)!),
    isComplete: () => true,
    edit: (update, { text }) => {
      change(text!);
      return Promise.resolve({ update: now.get(update.id)!, lost: [] });
    },
  });
  const tree = new QueueTree(store, {
    onDidLoad: () => ({ dispose() {} }),
    iconOf: () => undefined,
    thumbnailOf: () => undefined,
  } as never);
  await store.loadProfiles();
  await store.loadList(profileId, 'pending');
  // What draws rows is loaded with the first.
  await tree.getTreeItem(tree.pendingOf(profileId)!);
  const drawn = new Set<string>();
  /** As VS Code does: the row itself, and all that is open below it. */
  const draw = (node: QueueNode): void => {
    void tree.getTreeItem(node);
    drawn.add(node.id);
    for (const child of tree.getChildren(node)) draw(child);
  };
  for (const node of tree.getChildren()) draw(node);
  drawn.clear();
  emitters.at(-1)!.listen((nodes) => {
    for (const node of (nodes as QueueNode[] | undefined) ?? tree.getChildren()) draw(node);
  });
  await act({ store, change });
  return { name, unit: 'rows', samples: [drawn.size], goal: 1 };
}

/** What VS Code's emitters do; the stub's own do nothing. */
class Emitter {
  readonly #listeners = new Set<(value: unknown) => void>();
  readonly event = (listener: (value: unknown) => void) => {
    this.listen(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };
  constructor() {
    emitters.push(this);
  }
  listen(listener: (value: unknown) => void): void {
    this.#listeners.add(listener);
  }
  fire(value: unknown): void {
    for (const listener of this.#listeners) listener(value);
  }
  dispose(): void {}
}

/** Loads the tree without a VS Code. */
async function loadTree() {
  const stub = { ...vscodeStub, EventEmitter: Emitter };
  Object.assign(globalThis, { vscodeStub: stub });
  const source = Object.keys(stub)
    .map((name) => `export const ${name} = globalThis.vscodeStub.${name};`)
    .join('');
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vscode' ? { url: `data:text/javascript,${encodeURIComponent(source)}`, shortCircuit: true } : next(specifier, context),
  });
  return (await import('../../../src/sidebar/queueTree.ts')).QueueTree;
}
