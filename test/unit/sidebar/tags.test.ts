import * as vscode from 'vscode';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Update } from '../../../src/core/buffer/model.ts';
import { newMemory } from '../../harness/memory.ts';
import { failureOf } from '../support/failureOf.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

const { clearFilter, editTags, filterByTag } = await import('../../../src/commands/tagCommands.ts');
const { restoreFilter } = await import('../../../src/sidebar/queueFilter.ts');
const { dotOf } = await import('../../../src/ui/tagWords.ts');
const { updateTooltip } = await import('../../../src/sidebar/updateTooltip.ts');
const { queueWindow } = await import('../support/queueWindow.ts');

const sandbox = await ownSandbox();
let window: ReturnType<typeof queueWindow>;

interface Item {
  readonly label: string;
  readonly detail?: string;
}
/** What was offered, and who chooses: the labels' beginnings that are to be chosen, after typing something. */
let offered: Item[];
let choose: { readonly labels: readonly string[]; readonly typed?: string } | undefined;

beforeEach(() => {
  choose = undefined;
  Object.assign(vscode.window, { createQuickPick });
  window = queueWindow(sandbox);
});
afterEach(() => {
  vi.restoreAllMocks();
});

function createQuickPick() {
  const on: { accept?: () => void; hide?: () => void; value?: (value: string) => void } = {};
  const pick = {
    items: [] as Item[],
    selectedItems: [] as Item[],
    onDidAccept: (listener: () => void) => (on.accept = listener),
    onDidHide: (listener: () => void) => (on.hide = listener),
    onDidChangeValue: (listener: (value: string) => void) => (on.value = listener),
    dispose: () => undefined,
    show() {
      if (choose?.typed !== undefined) on.value?.(choose.typed);
      offered = pick.items;
      if (!choose) return on.hide!();
      pick.selectedItems = pick.items.filter(({ label }) => choose!.labels.some((each) => label.includes(each)));
      on.accept!();
    },
  };
  return pick;
}

const asked = () => sandbox.requests().map(({ operationName }) => operationName);
const stored = (id: string) => sandbox.state.updates.get(id)!;
const tagIds = (...names: string[]) =>
  names.map((name) => sandbox.state.tags.find((tag) => tag.name === name && tag.organizationId === sandbox.state.organizations[0]!.id)!.id);
const some = (profileId: string): Update =>
  window.store.list(profileId, 'pending').items.find((each) => each.status === 'pending' && !each.closed && each.source !== undefined)!;
const item = (id: string) => window.tree.getTreeItem(window.nodeOf(id)!) as vscode.TreeItem;
const shownIn = (profileId: string, title = 'Pending') => window.rows(profileId, title).map(({ label }) => label as string);

describe('the tags of an update', () => {
  test('are chosen among those of the organization, and are seen on the row: one request for the list, and one for the edit', async () => {
    await window.load(ids.linkedin);
    const { id } = some(ids.linkedin);
    const before = structuredClone(stored(id));
    choose = { labels: ['Docs', 'Release'] };
    await editTags(window.parts, window.nodeOf(id));
    expect(offered.map(({ label }) => label)).toEqual(['🟣 Community', '🟢 Docs', '🔵 Release']);
    expect([asked(), [...stored(id).tagIds!].sort()]).toEqual([['Tags', 'EditPost'], tagIds('Release', 'Docs').sort()]);
    expect(item(id).description).toBe('🔵 Release 🟢 Docs');
    expect(item(id).accessibilityInformation!.label).toContain('Tags: Release, Docs');
    expect(updateTooltip(window.nodeOf(id)!, window.store)).toContain('Tags: 🔵 Release 🟢 Docs');
    expect({ ...stored(id), tagIds: before.tagIds, updatedAt: before.updatedAt, assets: before.assets, details: before.details }).toEqual({
      ...before,
      isReminder: stored(id).isReminder,
      ideaId: undefined,
    });

    choose = { labels: [] };
    await editTags(window.parts, window.nodeOf(id));
    expect([asked().slice(2), stored(id).tagIds]).toEqual([['EditPost'], []]);
    expect(item(id).description).toBeUndefined();
    // The same once more changes nothing.
    await editTags(window.parts, window.nodeOf(id));
    expect(asked().slice(3)).toEqual([]);
  });

  test('may be new: it is made by typing its name', async () => {
    await window.load(ids.linkedin);
    const { id } = some(ids.linkedin);
    choose = { labels: ['New tag'], typed: ' Summer sales ' };
    await editTags(window.parts, window.nodeOf(id));
    const made = sandbox.state.tags.find(({ name }) => name === 'Summer sales')!;
    expect(made.color).toMatch(/^#[\dA-F]{6}$/u);
    expect([asked(), stored(id).tagIds]).toEqual([['Tags', 'CreateTag', 'EditPost'], [made.id]]);
    choose = { labels: ['Summer sales'], typed: 'Summer sales' };
    await editTags(window.parts, window.nodeOf(id));
    expect(offered.filter(({ label }) => label.includes('New tag'))).toEqual([]);
  });

  test('are those that were seen where the service lists none, which is asked once', async () => {
    sandbox.state.lacking.add('Query.tagsV2');
    await window.load(ids.linkedin);
    const { id } = some(ids.linkedin);
    stored(id).tagIds = tagIds('Docs');
    await window.store.readUpdate(id);
    sandbox.resetRequests();
    choose = { labels: [], typed: 'Another' };
    await editTags(window.parts, window.nodeOf(id));
    expect(offered.map(({ label }) => label)).toContain('🟢 Docs');
    expect(offered.map(({ label }) => label).join()).not.toContain('New tag');
    await editTags(window.parts, window.nodeOf(id));
    expect(asked()).toEqual(['Tags', 'EditPost']);
  });

  test('that somebody else changed meanwhile are a conflict, and a lost answer is looked for', async () => {
    await window.load(ids.linkedin);
    const { id } = some(ids.linkedin);
    const seen = window.store.update(id)!;
    stored(id).tagIds = tagIds('Community');
    await window.store.readUpdate(id);
    expect((await failureOf(window.store.edit(id, { tagIds: tagIds('Docs') }, seen))).message).toMatch(/changed elsewhere/u);
    expect(stored(id).tagIds).toEqual(tagIds('Community'));
    sandbox.resetRequests();
    sandbox.faults.add({ kind: 'dropAfter', match: { operation: 'EditPost' } });
    await window.store.edit(id, { tagIds: tagIds('Docs') }, window.store.update(id));
    expect([asked(), stored(id).tagIds]).toEqual([['EditPost', 'Post'], tagIds('Docs')]);
  });

  test('that Buffer forgets are put back, or told', async () => {
    await window.load(ids.linkedin);
    const { id } = some(ids.linkedin);
    sandbox.faults.add({ kind: 'forgets', match: { operation: 'EditPost' }, times: 2 });
    const { lost } = await window.store.edit(id, { tagIds: tagIds('Docs') });
    expect(lost).toContain('tags');
  });

  test.each([
    ['#ff0000', '🔴'],
    ['#FF702C', '🟠'],
    ['#e9b200', '🟡'],
    ['#00a25b', '🟢'],
    ['#2c4bff', '🔵'],
    ['#F523F1', '🟣'],
    ['#7A4B2A', '🟤'],
    ['#111111', '⚫'],
    ['#cccccc', '⚪'],
    ['whatever', '⚪'],
    [undefined, '⚪'],
  ])('%s is shown as %s', (color, dot) => {
    expect(dotOf(color)).toBe(dot);
  });
});

describe('a filter by tags', () => {
  test('looks through a queue that is loaded whole, and asks for nothing', async () => {
    await window.load(ids.linkedin);
    const { id, text } = some(ids.linkedin);
    await window.store.edit(id, { tagIds: tagIds('Community') });
    const all = shownIn(ids.linkedin);
    const snapshot = JSON.stringify(window.store.snapshot());
    await window.store.tags();
    sandbox.resetRequests();
    choose = { labels: ['Community'] };
    await filterByTag(window.parts);
    const tagged = window.store
      .list(ids.linkedin, 'pending')
      .items.filter(({ tags = [] }) => tags.some(({ name }) => name === 'Community'));
    expect(shownIn(ids.linkedin)).toHaveLength(tagged.filter(({ status }) => status !== 'draft').length);
    expect(shownIn(ids.linkedin).join()).toContain(text.split('\n')[0]!.slice(0, 30));
    expect(window.filtered.words).toBe('Only updates tagged 🟣 Community are shown.');
    expect([asked(), JSON.stringify(window.store.snapshot())]).toEqual([[], snapshot]);
    // What loses the tag goes.
    await window.store.edit(id, { tagIds: [] });
    expect(shownIn(ids.linkedin).join()).not.toContain(text.split('\n')[0]!.slice(0, 30));
    await clearFilter(window.parts);
    expect([shownIn(ids.linkedin).length, window.filtered.words]).toEqual([all.length, undefined]);
  });

  test('of a long queue is answered by the service, a page a request, and leaves what is held as it is', async () => {
    await window.load(ids.x);
    const queue = sandbox.state.pending(sandbox.state.profiles.find(({ id }) => id === ids.x)!);
    const tagged = queue.filter((_, index) => index % 9 === 4);
    for (const each of tagged) each.tagIds = tagIds('Docs');
    await window.store.tags();
    const before = window.store.list(ids.x, 'pending').items.map(({ id }) => id);
    sandbox.resetRequests();
    choose = { labels: ['Docs'] };
    await filterByTag(window.parts);
    window.rows(ids.x, 'Pending');
    await vi.waitFor(() => expect(window.tree.lists.list(ids.x, 'pending').status).toBe('loaded'));
    expect(asked()).toEqual(['Pending']);
    expect(window.rows(ids.x, 'Pending').length).toBeGreaterThanOrEqual(20);
    expect(asked()).toEqual(['Pending']);
    await window.tree.lists.loadMore(ids.x, 'pending');
    expect(
      window.tree.lists
        .list(ids.x, 'pending')
        .items.filter(({ status }) => status === 'pending')
        .map(({ id }) => id),
    ).toEqual(expect.arrayContaining(tagged.map(({ id }) => id)));
    expect(window.store.list(ids.x, 'pending').items.map(({ id }) => id)).toEqual(before);
    expect(
      window.store
        .snapshot()!
        .lists.find(({ profileId }) => profileId === ids.x)!
        .updates.map(({ id }) => id),
    ).toEqual(before);
  });

  test('holds over a reload, and is forgotten with the account it was for', async () => {
    const memory = newMemory();
    window = queueWindow(sandbox, 'graphql', memory);
    await window.load(ids.linkedin);
    choose = { labels: ['Docs'] };
    await filterByTag(window.parts);
    const reloaded = queueWindow(sandbox, 'graphql', memory);
    restoreFilter(reloaded.parts);
    await reloaded.load(ids.linkedin);
    expect([reloaded.filtered.words, reloaded.tree.filteredBy.map(({ name }) => name)]).toEqual([
      'Only updates tagged 🟢 Docs are shown.',
      ['Docs'],
    ]);
    const other = queueWindow(sandbox, 'v1', memory);
    restoreFilter(other.parts);
    expect([other.filtered.words, other.tree.filteredBy]).toEqual([undefined, []]);
  });

  test('that cannot be read says so in its row, and is asked for again by a click', async () => {
    await window.load(ids.x);
    await window.store.tags();
    sandbox.faults.add({ kind: 'graphqlError', match: { operation: 'Pending' }, times: 0 });
    choose = { labels: ['Docs'] };
    await filterByTag(window.parts);
    window.rows(ids.x, 'Pending');
    await vi.waitFor(() => expect(window.tree.lists.list(ids.x, 'pending').status).toBe('failed'), 20_000);
    sandbox.faults.clear();
    await window.tree.lists.refreshList(ids.x, 'pending');
    expect(window.tree.lists.list(ids.x, 'pending').status).toBe('loaded');
  });
});
