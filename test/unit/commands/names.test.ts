import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CommandContext } from '../../../src/commands/commandContext.ts';
import type { Update } from '../../../src/core/buffer/model.ts';
import { deliveryWindow } from '../support/deliveryWindow.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { queueWindow } from '../support/queueWindow.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const updates = await import('../../../src/commands/updateCommands.ts');
const states = await import('../../../src/commands/stateCommands.ts');
const { shuffleQueue } = await import('../../../src/commands/queueCommands.ts');
const { findUpdate } = await import('../../../src/commands/findUpdate.ts');
const { pickProfiles } = await import('../../../src/commands/pickProfiles.ts');
const { postSelection } = await import('../../../src/commands/postSelection.ts');
const { openDiscarded } = await import('../../../src/commands/composeCommands.ts');
const { duplicateUpdate, duplicateWeekly } = await import('../../../src/commands/reuseCommands.ts');
const { sendOutboxEntry } = await import('../../../src/commands/outboxCommands.ts');
const { send, tellSent } = await import('../../../src/commands/send.ts');
const { DraftTree } = await import('../../../src/sidebar/draftTree.ts');
const { OutboxTree } = await import('../../../src/sidebar/outboxTree.ts');
const { profileNotes } = await import('../../../src/ui/profileNotes.ts');

const sandbox = await ownSandbox();
let parts: CommandContext;
/** All words that were shown, each line by itself. */
let shown: string[];
let answer: (choices: readonly string[]) => string | undefined;

const turned = 'odd\u202e';

function say(...words: unknown[]): void {
  shown.push(...words.filter((each) => typeof each === 'string').flatMap((each) => each.split('\n')));
}

function show(words: string, ...rest: unknown[]): Promise<string | undefined> {
  const [options, ...choices] = typeof rest[0] === 'object' ? rest : [{}, ...rest];
  say(words, (options as { detail?: string }).detail);
  return Promise.resolve(answer(choices as string[]));
}

type Item = Partial<Record<'label' | 'description' | 'detail', string>>;

/** Takes the first of a list. */
function quickPick() {
  const [accepting, hiding] = [[] as (() => unknown)[], [] as (() => unknown)[]];
  const pick = {
    items: [] as readonly Item[],
    selectedItems: [] as readonly Item[],
    activeItems: [] as readonly Item[],
    title: '',
    value: '',
    onDidAccept: (listener: () => unknown) => accepting.push(listener),
    onDidHide: (listener: () => unknown) => hiding.push(listener),
    onDidChangeValue: () => undefined,
    onDidChangeSelection: () => undefined,
    onDidTriggerItemButton: () => undefined,
    hide: () => hiding.forEach((each) => each()),
    dispose: () => undefined,
    show: () =>
      setTimeout(() => {
        say(pick.title, ...pick.items.map(({ label, description, detail }) => [label, description, detail].filter(Boolean).join(' · ')));
        pick.activeItems = pick.items.slice(0, 1);
        for (const each of accepting) each();
        pick.hide();
      }),
  };
  return pick;
}

beforeEach(async () => {
  shown = [];
  answer = (choices) => choices.find((each) => !['Undo', 'Show', 'Retry', 'Show Outbox'].includes(each));
  for (const name of ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'] as const)
    vi.spyOn(vscode.window, name).mockImplementation(show as never);
  vi.spyOn(vscode.window, 'setStatusBarMessage').mockImplementation(((words: string) => say(words)) as never);
  vi.spyOn(vscode.window, 'withProgress').mockImplementation(((options: { title?: string }, task: (...given: unknown[]) => unknown) => {
    say(options.title);
    return task({ report: ({ message }: { message: string }) => say(message) }, { onCancellationRequested: () => undefined });
  }) as never);
  const showQuickPick = (items: readonly Item[], { title }: { title: string }) => {
    say(title, ...items.map(({ label, description, detail }) => [label, description, detail].filter(Boolean).join(' · ')));
    return Promise.resolve(items[0]);
  };
  Object.assign(vscode.window, { createQuickPick: quickPick, showQuickPick, showTextDocument: () => Promise.resolve() });
  Object.assign(vscode, { QuickPickItemKind: { Separator: -1 } });
  sandbox.behave({ duplicates: 'taken' });
  const rename = (id: string, name: string) =>
    sandbox.state.profiles.splice(
      sandbox.state.profiles.findIndex((each) => each.id === id),
      1,
      { ...sandbox.state.profiles.find((each) => each.id === id)!, formattedUsername: name },
    );
  rename(ids.bluesky, 'Same Name');
  rename(ids.linkedin, 'Same Name');
  rename(ids.mastodon, turned);
  const window = await deliveryWindow(sandbox, 'graphql', await temporaryFolder());
  const queue = queueWindow(sandbox);
  parts = {
    ...queue.parts,
    ...window,
    tree: queue.tree,
    view: { selection: [], visible: false },
    drafts: { leave: () => Promise.resolve(), save: () => Promise.resolve() },
    composers: { write: () => undefined },
  } as unknown as CommandContext;
  for (const id of [ids.bluesky, ids.linkedin, ids.mastodon]) await window.store.loadList(id, 'pending');
});
afterEach(() => void vi.restoreAllMocks());

const row = ({ id, profileId }: Update) => ({ kind: 'update', id, profileId, section: 'pending', updateId: id }) as const;
const waiting = (profileId: string) =>
  parts.store.list(profileId, 'pending').items.filter(({ status, closed }) => status === 'pending' && !closed?.length);
const profile = (id: string) => ({ kind: 'profile', id, profileId: id }) as const;

/** Each name is told apart and turns nothing round; and there was one. */
function expectNames(): void {
  const all = shown.join('\n');
  expect(all).toMatch(/Same Name|odd/u);
  expect(shown.filter((line) => /Same Name(?! \((?:LinkedIn|Bluesky)\)| (?:on|·) (?:LinkedIn|Bluesky))/u.test(line))).toEqual([]);
  expect(shown.filter((line) => line.replaceAll(`\u2068${turned}\u2069`, '').includes('\u202e'))).toEqual([]);
}

describe('profiles of one name, and a name that turns words round', () => {
  const commands: Readonly<Record<string, (parts: CommandContext, update: Update) => Promise<unknown>>> = {
    shareUpdate: (given, update) => updates.shareUpdate(given, row(update)),
    deleteUpdate: (given, update) => updates.deleteUpdate(given, row(update)),
    moveToDrafts: (given, update) => updates.moveToDrafts(given, row(update)),
    queueUpdate: async (given, update) => {
      await given.store.edit(update.id, { when: 'draft' });
      await updates.queueUpdate(given, row(update));
    },
    remindMe: (given, update) => states.remindMe(given, row(update)),
    duplicateUpdate: (given, update) => duplicateUpdate(given, row(update)),
    duplicateWeekly: (given, update) => duplicateWeekly(given, row(update)),
    // The service of today cannot do it, and says so after the question.
    shuffleQueue: (given, update) => shuffleQueue(given, profile(update.profileId) as never).catch(() => undefined),
    'what was refused': async (given, update) => {
      sandbox.faults.add({ kind: 'status', status: 400, match: { operation: 'reate' } });
      await send(given, [{ text: 'Refused', profiles: [given.store.profile(update.profileId)!], when: 'queue' }]);
    },
    'what waits for a network': async (given, update) => {
      sandbox.faults.add({ kind: 'status', status: 503, times: 0, match: { operation: 'reate' } });
      await send(given, [{ text: 'Waiting', profiles: [given.store.profile(update.profileId)!], when: 'queue' }]);
    },
  };

  test.each(Object.keys(commands).flatMap((name) => [ids.bluesky, ids.mastodon].map((id) => [name, id] as const)))(
    'in what %s says of %s',
    async (name, id) => {
      await commands[name]!(parts, waiting(id)[0]!);
      expectNames();
    },
  );

  test('deleting several', async () => {
    const some = [waiting(ids.bluesky)[0]!, waiting(ids.linkedin)[0]!, waiting(ids.mastodon)[0]!];
    parts.store.list(ids.linkedin, 'pending');
    await updates.deleteUpdate(parts, row(some[0]!), some.map(row));
    expectNames();
  });

  test('in lists to choose from', async () => {
    await findUpdate(parts);
    expectNames();
    shown = [];
    await pickProfiles(parts, 'Post', () => undefined).catch(() => undefined);
    expectNames();
    shown = [];
    await updates.copyText(parts).catch(() => undefined);
    expectNames();
    shown = [];
    const opened = vi.fn<(id: string) => void>();
    const draft = { id: 'old', text: 'Thrown away', variants: {}, profileIds: [ids.bluesky, ids.linkedin, ids.mastodon] };
    const drafts = {
      load: () => Promise.resolve(),
      discarded: [{ draft, savedAt: new Date() }],
      restore: () => Promise.resolve({ ...draft, id: 'restored' }),
    };
    await openDiscarded({ ...parts, drafts, composers: { openKept: opened } } as never);
    expectNames();
    expect(shown.join('\n')).toMatch(/Thrown away.*Same Name.*Discarded: /u);
    expect(opened).toHaveBeenCalledWith('restored');
  });

  test('in what Post Selection asks', async () => {
    const document = { getText: () => `Selected ${'x'.repeat(400)}` };
    Object.assign(vscode.window, { activeTextEditor: { document, selections: [{ start: { compareTo: () => 0 } }] } });
    await parts.memory.update('buffer.lastProfiles', [ids.bluesky, ids.linkedin, ids.mastodon]);
    await postSelection(parts).catch(() => undefined);
    Object.assign(vscode.window, { activeTextEditor: undefined });
    expectNames();
  });

  test('in what comes of the outbox', async () => {
    const all = [ids.bluesky, ids.linkedin, ids.mastodon].map((id) => parts.store.profile(id)!);
    for (const each of all) tellSent([waiting(each.id)[0]!], [{ name: each.name, service: each.service }], all);
    expectNames();
    shown = [];
    const entry = { id: 'none', text: 'T', state: 'undecided', profiles: all, owner: { key: 'me', label: 'Me' } };
    answer = () => undefined;
    for (const each of all) await sendOutboxEntry(parts, { ...entry, profiles: [each, all[2]!] } as never);
    expectNames();
  });

  test('in rows', () => {
    const nothing = () => ({ dispose: () => undefined });
    Object.assign(vscode.window, { createTreeView: () => ({ onDidChangeVisibility: nothing, dispose: () => undefined }) });
    const all = [ids.bluesky, ids.linkedin, ids.mastodon].map((id) => parts.store.profile(id)!);
    const drafts = { drafts: [], discarded: [], onDidChange: nothing, onDidDiscard: nothing };
    const draft = { id: 'd', text: 'T', variants: {}, profileIds: all.map(({ id }) => id) };
    const rows = [
      new DraftTree(drafts as never, parts.store, parts.outbox).getTreeItem(draft as never),
      new OutboxTree(parts.outbox, parts.sender).getTreeItem({
        ...draft,
        profiles: all,
        owner: { key: 'me', label: turned },
        when: 'queue',
        state: 'waiting',
      } as never),
    ];
    for (const { description, accessibilityInformation } of rows) say(description, accessibilityInformation?.label);
    expectNames();
    shown = [];
    for (const each of all)
      say(...profileNotes({ ...each, isPaused: true, today: { isReached: true, scheduled: 1, sent: 1 } }, parts.store));
    expectNames();
  });
});

test('no face names a profile by itself', async () => {
  const own: string[] = [];
  for (const folder of ['commands', 'sidebar', 'documents', 'ui', 'composer/host', 'account'])
    for (const file of await readdir(join('src', folder))) {
      const code = await readFile(join('src', folder, file), 'utf8');
      for (const [line] of code.matchAll(/.*\bprofiles?(?:\[0\])?[!?]*\.name\b.*/gu))
        if (!/isolated\(profile\.name\)/u.test(line)) own.push(`${file}: ${line.trim()}`);
    }
  // What is searched, a name that is shortened before it is told, and one that a setting holds.
  expect(own.map((each) => each.slice(0, each.indexOf(':')))).toEqual(['findUpdate.ts', 'ideaRows.ts', 'composer.ts']);
});
