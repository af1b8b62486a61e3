import * as vscode from 'vscode';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

const { fixAndRequeue } = await import('../../../src/commands/failedCommands.ts');
const { UpdateFileSystem } = await import('../../../src/documents/updateFileSystem.ts');
const { UpdateHeader } = await import('../../../src/documents/updateHeader.ts');
const { QueueView } = await import('../../../src/sidebar/queueView.ts');
const { pendingWords } = await import('../../../src/ui/profileWords.ts');
const { drawFailed } = await import('../../../src/sidebar/queueRows.ts');
const { shortHeadline } = await import('../../../src/ui/headline.ts');
const { updateUri } = await import('../../../src/ui/updateUri.ts');
const { queueWindow } = await import('../support/queueWindow.ts');
const { newMemory } = await import('../../harness/memory.ts');

const sandbox = await ownSandbox();
let window: ReturnType<typeof queueWindow>;
const opened: string[] = [];

beforeEach(async () => {
  opened.length = 0;
  Object.assign(vscode.window, { tabGroups: { all: [] }, showTextDocument: (uri: { path: string }) => void opened.push(uri.path) });
  Object.assign(vscode.workspace, Object.fromEntries(events.map((each) => [each, () => ({ dispose: () => undefined })])));
  window = queueWindow(sandbox);
  await window.load(ids.linkedin, ids.bluesky);
});
afterEach(() => {
  vi.restoreAllMocks();
});
const events = ['onWillSaveTextDocument', 'onDidChangeTextDocument', 'onDidCloseTextDocument'];

const top = () => window.tree.getChildren();
const item = (node: ReturnType<typeof top>[number]) => window.tree.getTreeItem(node) as vscode.TreeItem;
const failedRows = () => window.tree.getChildren(top()[0]);
const stored = (id: string) => sandbox.state.updates.get(id)!;

const newFiles = (store = window.store) =>
  new UpdateFileSystem(
    store,
    () => Promise.resolve(),
    () => undefined,
    newMemory(),
  );

test('a reason that they share is told once for all, in the row above them', () => {
  const { store } = window;
  const draw = (...reasons: string[]) =>
    drawFailed({ kind: 'failed', id: 'failed' }, store, { failed: reasons.map((message) => ({ failure: { message } })) } as never)
      .description;
  expect(draw('Too long', 'Too long')).toBe('2 · Too long');
  expect(draw('Too long', 'No picture')).toBe('2');
  expect(draw('Too long')).toBe('1');
});

test.each([
  ['Short enough', 'Short enough'],
  ['So many letters.', 'So many letters.'],
  ['A diagram is worth a thousand words', 'A diagram is…'],
  ['New in the docs: “Reproducible”', 'New in the docs…'],
  ['Heads-up for plugin-authors', 'Heads-up for…'],
  ['Donaudampfschifffahrtsgesellschaft', 'Donaudampfschiff…'],
  ['年'.repeat(30), `${'年'.repeat(16)}…`],
  ['👩‍👩‍👧'.repeat(30), `${'👩‍👩‍👧'.repeat(16)}…`],
])('a text leaves room for the reason, by whole words where it has such: %s', (text, words) => {
  expect(shortHeadline({ text } as never)).toBe(words);
});

describe('what failed', () => {
  test('stands above all profiles while there is any, each with whose it is and why, and in no queue', () => {
    const { failed } = window.store;
    expect(failed.length).toBeGreaterThan(1);
    expect([top()[0]!.kind, item(top()[0]!).label, item(top()[0]!).description]).toEqual([
      'failed',
      'Failed',
      `${failed.length} · ${failed[0]!.failure!.message}`,
    ]);
    const rows = failedRows();
    expect(rows.map((node) => node.kind === 'update' && node.updateId)).toEqual(failed.map(({ id }) => id));
    for (const [index, node] of rows.entries()) {
      const { profileId, failure } = failed[index]!;
      // The reason comes first, and the text leaves it room: in a narrow sidebar it is what would not be seen.
      const { name } = window.store.profile(profileId)!;
      expect(String(item(node).description).indexOf(`${failure!.message} · ${name} · `)).toBe(0);
      expect(item(node).label).toBe(shortHeadline(failed[index]!));
      expect(window.tree.getParent(node)).toBe(top()[0]);
    }
    const waiting = window.store.list(ids.bluesky, 'pending').items.filter(({ status }) => status !== 'failed' && status !== 'draft');
    const shown = window.rows(ids.bluesky, 'Pending').filter(({ contextValue }) => contextValue?.startsWith('update'));
    expect(shown).toHaveLength(waiting.length);
  });

  test('is found where it stands without a request, and goes from there once it is requeued', async () => {
    const { id, profileId } = window.store.failed[0]!;
    expect((await window.tree.find(id))!.section).toBe('failed');
    expect(sandbox.requests()).toEqual([]);
    failedRows();
    window.redrawn.length = 0;
    await window.store.edit(id, { when: 'queue' });
    expect(window.redrawn).toContain(top()[0]);
    expect(failedRows().some((node) => node.kind === 'update' && node.updateId === id)).toBe(false);
    expect(window.store.update(id)).toMatchObject({ profileId, status: 'pending' });
  });

  test('leaves no row on top when the last of it is gone', async () => {
    for (const { id } of window.store.failed) await window.store.destroy(id);
    expect(window.redrawn).toContain(undefined);
    expect(top()[0]!.kind).toBe('profile');
  });
});

describe('Fix and Requeue', () => {
  const textOnly = () => window.store.failed.find(({ media, closed }) => !media && !closed)!;

  test('opens what failed; saving it then edits and requeues it with one request', async () => {
    const { id, text } = textOnly();
    const files = newFiles();
    await fixAndRequeue(window.parts, window.nodeOf(id));
    expect(opened).toHaveLength(1);
    sandbox.resetRequests();
    await files.writeFile(updateUri({ id, text }), new TextEncoder().encode('Mended'));
    expect(sandbox.requests().filter(({ operationName }) => operationName === 'EditPost')).toHaveLength(1);
    expect([stored(id).text, stored(id).status]).toEqual(['Mended', 'buffer']);
    // From now on it is an update like any other.
    sandbox.resetRequests();
    await files.writeFile(updateUri({ id, text }), new TextEncoder().encode('Mended'));
    expect(sandbox.requests().filter(({ operationName }) => operationName === 'EditPost')).toHaveLength(0);
    files.dispose();
  });

  test('requeues what was mended elsewhere, with its text as it is', async () => {
    const { id, text } = textOnly();
    const files = newFiles();
    await fixAndRequeue(window.parts, window.nodeOf(id));
    await files.writeFile(updateUri({ id, text }), new TextEncoder().encode(text));
    expect([stored(id).text, stored(id).status]).toEqual([text, 'buffer']);
    files.dispose();
  });

  test('what went back another way and failed again is not requeued by a later save', async () => {
    const { id, text } = textOnly();
    const files = newFiles();
    await fixAndRequeue(window.parts, window.nodeOf(id));
    await window.store.edit(id, { when: 'queue' });
    await files.writeFile(updateUri({ id, text }), new TextEncoder().encode('Mended'));
    Object.assign(stored(id), { status: 'error', error: 'No' });
    await window.store.readUpdate(id);
    await files.writeFile(updateUri({ id, text }), new TextEncoder().encode('Mended again'));
    expect([stored(id).text, stored(id).status]).toEqual(['Mended again', 'error']);
    files.dispose();
  });

  test('a save tells where it stands by what Buffer answered', async () => {
    const { id, text } = textOnly();
    const files = newFiles();
    const flashed: string[] = [];
    Object.assign(vscode.window, { setStatusBarMessage: (words: string) => void flashed.push(words) });
    const warned = vi.spyOn(vscode.window, 'showWarningMessage');
    await fixAndRequeue(window.parts, window.nodeOf(id));
    const edit = window.store.edit.bind(window.store);
    vi.spyOn(window.store, 'edit').mockImplementation(async (...given) => {
      const edited = await edit(...given);
      return { ...edited, update: { ...edited.update, status: 'draft' } };
    });
    await files.writeFile(updateUri({ id, text }), new TextEncoder().encode('Mended'));
    expect(flashed).toEqual([]);
    expect(warned.mock.calls[0]![0]).toContain('A draft at Buffer');
    files.dispose();
  });

  test('one that cannot be opened is not requeued by a later save', async () => {
    const { id, text } = textOnly();
    const files = newFiles();
    Object.assign(vscode.window, { showTextDocument: () => Promise.reject(new Error('No editor')) });
    await expect(fixAndRequeue(window.parts, window.nodeOf(id))).rejects.toThrow('No editor');
    await files.writeFile(updateUri({ id, text }), new TextEncoder().encode('Mended'));
    expect([stored(id).text, stored(id).status]).toEqual(['Mended', 'error']);
    files.dispose();
  });

  test('a save that nobody asked to requeue leaves it failed', async () => {
    const { id, text } = textOnly();
    const files = newFiles();
    await files.writeFile(updateUri({ id, text }), new TextEncoder().encode('Mended'));
    expect([stored(id).text, window.store.update(id)!.status]).toEqual(['Mended', 'failed']);
    files.dispose();
  });

  test('goes to the composer where there is more to mend than a text, with the queue chosen', async () => {
    const update = window.store.failed[0]!;
    const edited: unknown[][] = [];
    Object.assign(window.parts, { composers: { edit: (...given: unknown[]) => void edited.push(given) } });
    const media = { picture: 'https://example.com/a.png' };
    vi.spyOn(window.store, 'inFull').mockResolvedValue({ ...update, media });
    vi.spyOn(window.store, 'update').mockReturnValue({ ...update, media });
    await fixAndRequeue(window.parts, window.tree.getChildren(top()[0])[0]);
    expect(edited).toEqual([[{ ...update, media }, { when: { kind: 'queue' } }]]);
    expect(opened).toEqual([]);
  });
});

describe('on REST API v1, which cannot requeue', () => {
  test('no row offers it; above the text stands what sends it, and a save only saves', async () => {
    const { id, profileId, text } = window.store.failed.find(({ media, closed }) => !media && !closed)!;
    const v1 = queueWindow(sandbox, 'v1');
    await v1.load(profileId);
    await v1.store.readUpdate(id);
    const node = { kind: 'update', id: 'row', profileId, section: 'failed', updateId: id } as const;
    expect((v1.tree.getTreeItem(node) as vscode.TreeItem).contextValue).toMatch(/^(?!.*fixable).*editable.*shareable.*reschedulable/u);
    expect(window.offers(window.nodeOf(id)!)).toContain('fixable');
    const said = vi.spyOn(vscode.window, 'showInformationMessage');
    await fixAndRequeue(v1.parts, node);
    expect(opened).toHaveLength(1);
    expect(said.mock.calls.map(([words]) => words)).toEqual([expect.stringContaining('REST API v1 cannot put an update back')]);
    Object.assign(vscode, {
      languages: { registerCodeLensProvider: () => ({ dispose: () => undefined }) },
      Range: function () {},
      CodeLens: class {
        readonly command: unknown;
        constructor(_: unknown, command: unknown) {
          this.command = command;
        }
      },
    });
    const header = new UpdateHeader(v1.store, () => undefined);
    const lenses = await header.provideCodeLenses({ uri: updateUri({ id, text }), getText: () => text } as vscode.TextDocument);
    expect(lenses.map(({ command }) => command!.command)).toEqual(
      expect.arrayContaining(['buffer.shareUpdate', 'buffer.rescheduleUpdate']),
    );
    expect(lenses.some(({ command }) => command!.title.includes('queue'))).toBe(false);
    header.dispose();
    const files = newFiles(v1.store);
    await files.writeFile(updateUri({ id, text }), new TextEncoder().encode('Mended'));
    expect([stored(id).text, stored(id).status]).toEqual(['Mended', 'error']);
    files.dispose();
  });
});

describe('one number', () => {
  test('of what was sent leaves out what failed, where a service lists both, also after a refresh', async () => {
    const v1 = queueWindow(sandbox, 'v1');
    await v1.load(ids.mastodon);
    const { store } = v1;
    await store.loadList(ids.mastodon, 'sent');
    while (store.list(ids.mastodon, 'sent').hasMore) await store.loadMore(ids.mastodon, 'sent');
    const { items } = store.list(ids.mastodon, 'sent');
    const failed = items.filter(({ status }) => status === 'failed');
    expect(failed.length).toBeGreaterThan(1);
    const number = () => String(v1.sections(ids.mastodon).find(([label]) => label === 'Sent')![1]).split(' ')[0];
    const wanted = items.length - failed.length;
    expect(number()).toBe(String(wanted));
    expect(v1.rows(ids.mastodon, 'Sent')).toHaveLength(wanted);
    await store.refresh();
    expect(store.profile(ids.mastodon)!.counts.sent).toBe(wanted);
    // One that failed was not counted.
    await store.loadList(ids.mastodon, 'sent');
    await store.destroy(failed[0]!.id);
    expect(store.profile(ids.mastodon)!.counts.sent).toBe(wanted);
  });

  test('of what waits is the same on the profile and on its section', () => {
    const { store } = window;
    for (const { id } of store.profiles.items) {
      const profile = item(top().find((node) => node.kind === 'profile' && node.profileId === id)!);
      const number = pendingWords({ id }, store)?.replace(' pending', '');
      expect(profile.description === undefined || number === undefined || String(profile.description).includes(number)).toBe(true);
      const [section] = window.sections(id);
      expect(/^\d*\+?(?= · |$)/u.exec(String(section![1] ?? ''))?.[0] ?? '').toBe(number ?? '');
    }
  });

  test('is drawn anew on every row that shows it, also where no row of it was ever opened', async () => {
    const { store, redrawn } = window;
    const { id } = store.profiles.items.find((each) => store.waiting(each.id)?.isAll === false)!;
    const profile = top().find((node) => node.kind === 'profile' && node.profileId === id)!;
    window.sections(id);
    redrawn.length = 0;
    await store.loadMore(id, 'pending');
    expect(redrawn).toContain(profile);

    window.sections(id);
    item(top()[0]!);
    redrawn.length = 0;
    const update = store.list(id, 'pending').items.find(({ status }) => status === 'pending')!;
    Object.assign(stored(update.id), { status: 'error', error: 'No' });
    await store.readUpdate(update.id);
    expect(redrawn).toEqual(expect.arrayContaining([profile, top()[0]]));

    // As it was drawn.
    window.sections(id);
    item(top()[0]!);
    redrawn.length = 0;
    Object.assign(stored(update.id), { text: 'Other words' });
    await store.readUpdate(update.id);
    expect(redrawn).toEqual([]);
  });

  test('follows what fails elsewhere, where the whole queue is known', async () => {
    const { store, redrawn } = window;
    const isWhole = (id: string) => store.waiting(id)?.isAll && store.list(id, 'pending').items.some(({ status }) => status === 'pending');
    for (const { id } of store.profiles.items) while (store.list(id, 'pending').hasMore) await store.loadMore(id, 'pending');
    const { id } = store.profiles.items.find((each) => isWhole(each.id))!;
    const { count } = store.waiting(id)!;
    const update = store.list(id, 'pending').items.find(({ status }) => status === 'pending')!;
    const profile = top().find((node) => node.kind === 'profile' && node.profileId === id)!;
    redrawn.length = 0;
    Object.assign(stored(update.id), { status: 'error', error: 'No' });
    await store.readUpdate(update.id);
    expect(store.waiting(id)).toEqual({ count: count - 1, isAll: true });
    expect(redrawn).toContain(profile);
    expect(store.list(id, 'pending').items.filter(({ status }) => status !== 'failed' && status !== 'draft')).toHaveLength(count - 1);
    await store.edit(update.id, { when: 'queue' });
    expect(store.waiting(id)).toEqual({ count, isAll: true });
  });

  test('of the rows that are there stands beside Load More', () => {
    const { store } = window;
    const { id } = store.profiles.items.find((each) => store.list(each.id, 'pending').items.some(({ status }) => status === 'failed'))!;
    const rows = window.rows(id, 'Pending');
    const shown = rows.filter(({ contextValue }) => contextValue?.startsWith('update')).length;
    expect(rows.at(-1)).toMatchObject({ label: 'Load More', description: `${shown} shown` });
  });

  test('that is not known yet says so in words, and asks for nothing', () => {
    const { store } = window;
    const open = store.profiles.items.find(({ id }) => store.waiting(id)?.isAll === false)!;
    const profile = item(top().find((node) => node.kind === 'profile' && node.profileId === open.id)!);
    expect(profile.description).toMatch(/\d\+ pending$/u);
    expect(profile.tooltip).toMatch(/At least \d+ pending; the others are counted once they are loaded/u);
    expect(sandbox.requests()).toEqual([]);
  });

  test('is what the view says, with what failed, and the badge in words', async () => {
    const tree: { description?: string; badge?: vscode.ViewBadge } = {};
    const nothing = () => ({ dispose: () => undefined });
    Object.assign(vscode.window, {
      createTreeView: () =>
        Object.assign(tree, {
          onDidCollapseElement: nothing,
          onDidChangeSelection: nothing,
          onDidChangeVisibility: nothing,
          dispose: nothing,
        }),
      onDidChangeActiveTextEditor: nothing,
      onDidChangeTextEditorSelection: nothing,
    });
    const view = new QueueView(window.store, window.tree, {} as never);
    await window.store.destroy(window.store.failed[0]!.id);
    const { count } = window.store.allWaiting;
    const { length } = window.store.failed;
    expect(tree.description ?? '').toContain(`${count}+ pending, ${length} failed`);
    expect(tree.badge).toEqual({ value: length, tooltip: `At least ${count} pending, ${length} failed` });
    view.dispose();
    expect(tree.badge).toBeUndefined();
  });
});
