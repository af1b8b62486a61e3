import * as vscode from 'vscode';
import { beforeEach, expect, test } from 'vitest';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

const { findUpdate, goToNextUpdate, goToPreviousUpdate } = await import('../../../src/commands/findUpdate.ts');
const { sections } = await import('../../../src/core/queue/queueModel.ts');
const { updateUri } = await import('../../../src/ui/updateUri.ts');
const { queueWindow } = await import('../support/queueWindow.ts');

interface Row {
  readonly label: string;
  readonly description?: string;
  readonly more?: readonly unknown[];
}

/** VS Code's list, as far as the command knows it. */
class Pick {
  title = '';
  placeholder = '';
  busy = false;
  items: readonly Row[] = [];
  selectedItems: readonly Row[] = [];
  value = '';
  isGone = false;
  #on: Record<string, () => void> = {};
  onDidChangeValue = (call: () => void) => void (this.#on.value = call);
  onDidTriggerItemButton = (call: (event: { readonly item: Row }) => void) => void (this.press = (item) => call({ item }));
  press: (item: Row) => void = () => undefined;
  onDidAccept = (call: () => void) => void (this.#on.accept = call);
  onDidHide = (call: () => void) => void (this.#on.hide = call);
  show = () => undefined;
  dispose = () => void (this.isGone = true);
  type(words: string) {
    this.value = words;
    this.#on.value!();
  }
  choose(row: Row) {
    this.selectedItems = [row];
    this.#on.accept!();
  }
  /** Before VS Code shows any of the rows. */
  enter() {
    this.selectedItems = [];
    this.#on.accept!();
  }
  hide() {
    this.#on.hide!();
  }
  get more() {
    return this.items.filter(({ more }) => more);
  }
}

const sandbox = await ownSandbox();
let window: ReturnType<typeof queueWindow>;
let pick: Pick;
const flashed: string[] = [];
const opened: string[] = [];

beforeEach(async () => {
  flashed.length = 0;
  opened.length = 0;
  Object.assign(vscode, { QuickPickItemKind: { Separator: -1 } });
  Object.assign(vscode.window, {
    createQuickPick: () => (pick = new Pick()),
    setStatusBarMessage: (words: string) => void flashed.push(words),
    showTextDocument: ({ query }: { query: string }) => void opened.push(query),
    activeTextEditor: undefined,
  });
  window = queueWindow(sandbox);
  await window.load(ids.linkedin, ids.bluesky);
});

const begin = async () => {
  const over = findUpdate(window.parts);
  await expect.poll(() => pick.items.length).toBeGreaterThan(0);
  return { over };
};

/** What there is more of at the service. */
const places = () =>
  window.store.profiles.items.flatMap(({ id }) =>
    sections.filter((section) => {
      const { hasMore, status } = window.store.list(id, section);
      return hasMore || status === 'unloaded';
    }),
  );

test('Enter right behind the words opens the first that they find, though VS Code shows none yet; it loads nothing', async () => {
  const { over } = await begin();
  sandbox.resetRequests();
  pick.type('no update has these words');
  pick.enter();
  expect(pick.isGone).toBe(false);
  const { id, text } = window.store.list(ids.bluesky, 'pending').items[0]!;
  pick.type(text.slice(0, 30));
  pick.enter();
  await over;
  expect(opened).toHaveLength(1);
  expect(opened[0]).toContain(id);
  expect(sandbox.requests()).toEqual([]);
});

test('all that there is more of is one row that says what it costs, and is read once however often it is pressed', async () => {
  const { over } = await begin();
  const count = places().length;
  expect(pick.more.map(({ description }) => description)).toEqual([`${count} requests`]);
  const before = pick.items.length;
  const [row] = pick.more;
  pick.choose(row!);
  pick.choose(row!);
  expect(pick.busy).toBe(true);
  await expect.poll(() => pick.busy).toBe(false);
  expect(sandbox.requests()).toHaveLength(count);
  expect(pick.items.length).toBeGreaterThan(before);
  pick.hide();
  await over;
  expect(opened).toEqual([]);
});

test('a profile that is named among the words has a row of its own before that', async () => {
  const { over } = await begin();
  pick.type('bluesky candidate');
  const { name } = window.store.profile(ids.bluesky)!;
  expect(pick.more.map(({ label }) => label.replace('$(fold-down) ', ''))).toEqual([
    `Load More: ${name}`,
    `Load More: ${window.store.profiles.items.length} profiles`,
  ]);
  const wanted = pick.more[0]!.more!.length;
  pick.choose(pick.more[0]!);
  await expect.poll(() => pick.busy).toBe(false);
  expect(sandbox.requests()).toHaveLength(wanted);
  pick.hide();
  await over;
});

test('ends with the list: what is under way is finished, and nothing is asked for after it', async () => {
  const { over } = await begin();
  pick.choose(pick.more[0]!);
  await Promise.resolve();
  pick.hide();
  await over;
  expect(pick.isGone).toBe(true);
  const before = pick.items;
  await expect.poll(() => pick.busy).toBe(false);
  expect(sandbox.requests().length).toBeLessThan(3);
  expect(pick.items).toBe(before);
});

test('what was not read, and what could not be, is offered', async () => {
  const { store } = window;
  const list = store.list.bind(store);
  Object.assign(store, {
    list: (...[id, section]: Parameters<typeof list>) => ({ ...list(id, section), status: 'failed', hasMore: false }),
  });
  const { over } = await begin();
  expect(pick.more.map(({ description }) => description)).toEqual([`${2 * store.profiles.items.length} requests`]);
  pick.hide();
  await over;
});

test('a row that cannot be shown in the sidebar says so', async () => {
  const { over } = await begin();
  window.tree.find = () => Promise.reject(new Error('Not readable'));
  pick.press(pick.items[0]!);
  await expect(over).rejects.toThrow('Not readable');
});

test('the next update is the one after it, and there is none beside one that is not listed', async () => {
  const [first, second] = window.store.list(ids.bluesky, 'pending').items.filter(({ status }) => status === 'pending');
  const from = (update: { readonly id: string; readonly text: string }) =>
    Object.assign(vscode.window, { activeTextEditor: { document: { uri: updateUri(update) } } });
  from(first!);
  await goToNextUpdate(window.parts);
  from(second!);
  await goToPreviousUpdate(window.parts);
  expect(opened).toEqual([second!.id, first!.id]);
  from({ id: 'unknown', text: 'Elsewhere' });
  await goToNextUpdate(window.parts);
  await goToPreviousUpdate(window.parts);
  expect(flashed).toEqual(Array(2).fill('This update is not among those that are loaded.'));
  expect(opened).toHaveLength(2);
});
