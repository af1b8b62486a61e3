import * as vscode from 'vscode';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { BudgetWindow, Update } from '../../../src/core/buffer/model.ts';
import type { UpdateList } from '../../../src/core/queue/queueModel.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

const commands = await import('../../../src/commands/updateCommands.ts');
const { requestWords } = await import('../../../src/commands/batch.ts');
const { freeSlots } = await import('../../../src/core/queue/freeSlots.ts');
const { queueWindow } = await import('../support/queueWindow.ts');

const sandbox = await ownSandbox();
let window: ReturnType<typeof queueWindow>;

/** What was shown, and what the person chooses: by the beginning of what it says. */
let shown: { readonly words: string; readonly detail: string | undefined; readonly choices: readonly string[] }[];
let answers: (readonly [begins: string, choice: string])[];
let copied: string;
/** Called before each update is dealt with. */
let onTurn: (message: string) => void;
let isCancelled: boolean;
let list: ReturnType<typeof quickPick>;

function show(words: string, ...rest: unknown[]): Promise<string | undefined> {
  const [options, ...choices] = typeof rest[0] === 'object' ? rest : [{}, ...rest];
  const { detail } = options as { detail?: string };
  shown.push({ words, detail, choices: choices as string[] });
  const index = answers.findIndex(([begins, choice]) => words.startsWith(begins) && choices.includes(choice));
  return Promise.resolve(index < 0 ? undefined : answers.splice(index, 1)[0]![1]);
}

/** A list in which the person chooses by what `choose` does. */
function quickPick() {
  let accept = () => {};
  let hide = () => {};
  let change = (_value: string) => {};
  const made = {
    items: [] as { label: string; description?: string; detail?: string }[],
    activeItems: [] as unknown[],
    title: '',
    value: '',
    onDidAccept: (listener: () => void) => (accept = listener),
    onDidHide: (listener: () => void) => (hide = listener),
    onDidChangeValue: (listener: (value: string) => void) => (change = listener),
    onDidTriggerItemButton: () => undefined,
    show: () => void Promise.resolve().then(() => made.onShow()),
    hide: () => hide(),
    dispose: () => undefined,
    onShow: () => made.hide(),
    choose: (label: string) => {
      made.activeItems = made.items.filter((each) => each.label === label);
      accept();
    },
    type: (words: string) => {
      made.value = words;
      change(words);
      accept();
    },
  };
  return made;
}

beforeEach(async () => {
  shown = [];
  answers = [];
  copied = '';
  onTurn = () => {};
  isCancelled = false;
  list = quickPick();
  vi.spyOn(vscode.window, 'showInformationMessage').mockImplementation(show as never);
  vi.spyOn(vscode.window, 'showWarningMessage').mockImplementation(show as never);
  const progress = { report: ({ message }: { message: string }) => onTurn(message) };
  const cancellation = {
    get isCancellationRequested() {
      return isCancelled;
    },
    onCancellationRequested: () => undefined,
  };
  vi.spyOn(vscode.window, 'withProgress').mockImplementation(((_: unknown, task: (...given: unknown[]) => unknown) => {
    isCancelled = false;
    return task(progress, cancellation);
  }) as never);
  Object.assign(vscode.window, { createQuickPick: () => list });
  Object.assign(vscode.env, { clipboard: { writeText: (text: string) => void (copied = text) } });
  window = queueWindow(sandbox);
  await window.load(ids.bluesky, ids.linkedin);
});
afterEach(() => void vi.restoreAllMocks());

const asked = () => sandbox.requests().map(({ operationName, path }) => operationName ?? path);
const waiting = (profileId: string) =>
  window.store.list(profileId, 'pending').items.filter(({ status, closed }) => status === 'pending' && !closed?.length);
const texts = (profileId: string) =>
  sandbox.state.pending(sandbox.state.profiles.find(({ id }) => id === profileId)!).map(({ text }) => text);
const rows = (updates: readonly Update[]) => updates.map(({ id }) => window.nodeOf(id)!);
const at = (id: string) => sandbox.state.updates.get(id)!.dueAt;
const told = () => shown.at(-1)!;

describe('what is selected', () => {
  test('is acted on where the clicked row is part of it, else the clicked row alone', async () => {
    const [a, b, c] = waiting(ids.bluesky);
    // In the order of the queue, whatever the order in which they were chosen.
    await commands.copyText(window.parts, window.nodeOf(b!.id), rows([c!, a!, b!]));
    expect(copied).toBe([a, b, c].map((each) => each!.text).join('\n\n'));
    await commands.copyText(window.parts, window.nodeOf(b!.id), undefined);
    expect(copied).toBe(b!.text);
  });

  test('is acted on by a key where the focused row is part of it', async () => {
    const [a, b, c] = waiting(ids.bluesky);
    const view = window.parts.view as unknown as { selection: unknown[] };
    let focused = window.nodeOf(b!.id);
    vi.spyOn(vscode.commands, 'executeCommand').mockImplementation((name: unknown) => {
      if (name === 'list.selectAndPreserveFocus') view.selection = [focused];
      if (name === 'list.toggleSelection')
        view.selection = view.selection.includes(focused)
          ? view.selection.filter((each) => each !== focused)
          : [...view.selection, focused];
      return Promise.resolve();
    });
    view.selection = rows([a!, b!]);
    await commands.copyText(window.parts, { from: 'view' });
    expect(copied).toBe([a, b].map((each) => each!.text).join('\n\n'));
    expect(new Set(view.selection)).toEqual(new Set(rows([a!, b!])));
    focused = window.nodeOf(c!.id);
    await commands.copyText(window.parts, { from: 'view' });
    expect(copied).toBe(c!.text);
  });
});

describe('deleting several', () => {
  test('asks once, and one Undo makes all of them anew', async () => {
    const before = texts(ids.bluesky);
    const chosen = waiting(ids.bluesky).slice(1, 4);
    answers = [
      ['Delete 3 updates?', 'Delete'],
      ['3 updates were deleted.', 'Undo'],
    ];
    await commands.deleteUpdate(window.parts, window.nodeOf(chosen[0]!.id), rows(chosen));
    for (const { text } of chosen) expect(shown[0]!.detail).toContain(text.slice(0, 20));
    expect(asked().filter((each) => each === 'DeletePost')).toHaveLength(3);
    // No way back into their places on this service: they come last, in their order.
    expect(texts(ids.bluesky).filter((text) => chosen.some((each) => each.text === text))).toEqual(chosen.map(({ text }) => text));
    expect(texts(ids.bluesky).toSorted()).toEqual(before.toSorted());
    expect(told()).toMatchObject({ words: '3 updates were brought back. 3 stand at another place now.', choices: ['Show Details'] });
  });

  test('says whose time it is where there are several zones', async () => {
    const chosen = [waiting(ids.bluesky)[0]!, waiting(ids.linkedin)[0]!];
    await commands.deleteUpdate(window.parts, window.nodeOf(chosen[0]!.id), rows(chosen)).catch(() => undefined);
    for (const line of told().detail!.split('\n').slice(0, 2)) expect(line).toMatch(/(?:P[SD]T|GMT\+[12]) · /u);
    await commands.deleteUpdate(window.parts, window.nodeOf(chosen[0]!.id), rows(waiting(ids.bluesky).slice(0, 2))).catch(() => undefined);
    expect(told().detail).not.toMatch(/P[SD]T/u);
  });

  test('puts them back into their places where the service can', async () => {
    window = queueWindow(sandbox, 'v1');
    await window.load(ids.bluesky);
    const before = texts(ids.bluesky);
    const items = window.store.list(ids.bluesky, 'pending').items.filter(({ status }) => status === 'pending');
    const chosen = [items[1]!, items[3]!, items[4]!];
    answers = [
      ['Delete 3 updates?', 'Delete'],
      ['3 updates were deleted.', 'Undo'],
    ];
    await commands.deleteUpdate(window.parts, window.nodeOf(chosen[0]!.id), rows(chosen));
    expect(texts(ids.bluesky)).toEqual(before);
  });

  test('does nothing where the person does not want it', async () => {
    const chosen = waiting(ids.bluesky).slice(0, 3);
    await expect(commands.deleteUpdate(window.parts, window.nodeOf(chosen[0]!.id), rows(chosen))).rejects.toBeInstanceOf(
      vscode.CancellationError,
    );
    expect(asked()).toEqual([]);
  });

  test('says row by row what failed, does the others, and tries again only what certainly was not done', async () => {
    const chosen = waiting(ids.bluesky).slice(0, 3);
    sandbox.faults.add({ kind: 'graphqlError', match: { operation: 'DeletePost' }, times: 1 } as never);
    answers = [
      ['Delete 3 updates?', 'Delete'],
      ['2 updates were deleted. One was not changed', 'Show Details'],
    ];
    let details: typeof list.items = [];
    list.onShow = () => {
      details = list.items;
      list.hide();
    };
    await commands.deleteUpdate(window.parts, window.nodeOf(chosen[0]!.id), rows(chosen));
    expect(details).toHaveLength(3);
    expect(details[0]).toMatchObject({ label: expect.stringContaining(chosen[0]!.text.slice(0, 20)), detail: expect.stringMatching(/\w/) });
    // The way back is still offered after the look.
    expect(told().choices).toEqual(expect.arrayContaining(['Undo', 'Show Details']));
    expect(texts(ids.bluesky)).toContain(chosen[0]!.text);
    expect(texts(ids.bluesky)).not.toContain(chosen[1]!.text);
  });

  test('looks what became of it where an answer is lost, and deletes none twice', async () => {
    const chosen = waiting(ids.bluesky).slice(0, 2);
    answers = [['Delete 2 updates?', 'Delete']];
    sandbox.faults.add({ kind: 'dropAfter', match: { operation: 'DeletePost' }, times: 1 });
    await commands.deleteUpdate(window.parts, window.nodeOf(chosen[0]!.id), rows(chosen));
    expect(asked().filter((each) => each === 'DeletePost')).toHaveLength(2);
    expect(told().words).toBe('2 updates were deleted.');
  });

  test('leaves the rest when it is cancelled, and offers to go on', async () => {
    const chosen = waiting(ids.bluesky).slice(0, 4);
    answers = [
      ['Delete 4 updates?', 'Delete'],
      ['2 updates were deleted. 2 were left as they are.', 'Try Again'],
    ];
    onTurn = (message) => {
      isCancelled = message.startsWith('2/4');
    };
    await commands.deleteUpdate(window.parts, window.nodeOf(chosen[0]!.id), rows(chosen));
    expect(asked().filter((each) => each === 'DeletePost')).toHaveLength(4);
  });

  test('takes back what was done before a second try as well, each in its place', async () => {
    window = queueWindow(sandbox, 'v1');
    await window.load(ids.bluesky);
    const before = texts(ids.bluesky);
    const chosen = window.store
      .list(ids.bluesky, 'pending')
      .items.filter(({ status }) => status === 'pending')
      .slice(0, 4);
    answers = [
      ['Delete 4 updates?', 'Delete'],
      ['2 updates were deleted. 2 were left as they are.', 'Try Again'],
      ['4 updates were deleted.', 'Undo'],
    ];
    onTurn = (message) => {
      isCancelled = answers.length > 1 && message.startsWith('2/4');
    };
    await commands.deleteUpdate(window.parts, window.nodeOf(chosen[0]!.id), rows(chosen));
    expect(texts(ids.bluesky)).toEqual(before);
  });

  test('leaves the rest where the account is left meanwhile, and takes back nothing in another one', async () => {
    let owner = 'one';
    vi.spyOn(window.store, 'owner', 'get').mockImplementation(() => owner);
    const chosen = waiting(ids.bluesky).slice(0, 4);
    answers = [['Delete 4 updates?', 'Delete']];
    onTurn = (message) => {
      if (message.startsWith('2/4')) owner = 'another';
    };
    await commands.deleteUpdate(window.parts, window.nodeOf(chosen[0]!.id), rows(chosen));
    expect(asked().filter((each) => each === 'DeletePost')).toHaveLength(2);
    expect(told()).toMatchObject({ words: '2 updates were deleted. 2 were left as they are.', choices: [] });
    // It changes while the message is there.
    const others = waiting(ids.bluesky).slice(0, 2);
    answers = [['Delete 2 updates?', 'Delete']];
    onTurn = () => undefined;
    vi.spyOn(vscode.window, 'showInformationMessage').mockImplementation(((words: string, ...choices: string[]) => {
      shown.push({ words, detail: undefined, choices });
      owner = 'a third';
      return Promise.resolve(choices.find((each) => each === 'Undo'));
    }) as never);
    sandbox.resetRequests();
    await commands.deleteUpdate(window.parts, window.nodeOf(others[0]!.id), rows(others));
    expect(told().words).toBe('You are signed in to another account now. Nothing was changed.');
    expect(asked()).toEqual(['DeletePost', 'DeletePost']);
  });
});

describe('rescheduling several', () => {
  test('moves each by the same on its own clock, and one Undo takes it back', async () => {
    const chosen = window.store
      .list(ids.linkedin, 'pending')
      .items.filter(({ isFixedTime, status }) => isFixedTime && status === 'pending');
    expect(chosen.length).toBeGreaterThan(1);
    const before = chosen.map(({ id }) => at(id));
    list.onShow = () => list.choose('1 day later');
    answers = [[`${chosen.length} updates were rescheduled.`, 'Undo']];
    const during: unknown[] = [];
    onTurn = (message) => {
      if (message.startsWith(`1/${chosen.length}`)) during.push(chosen.map(({ id }) => at(id)));
    };
    await commands.rescheduleUpdate(window.parts, window.nodeOf(chosen[0]!.id), rows(chosen));
    expect(chosen.map(({ id }) => at(id))).toEqual(before);
    expect(during).toHaveLength(2);
    expect(during[1]).not.toEqual(before);
    // No question: all can be taken back.
    expect(shown).toHaveLength(1);
  });

  test('says of what was lost on the way back that it was lost, and not that it stands elsewhere', async () => {
    const chosen = window.store
      .list(ids.linkedin, 'pending')
      .items.filter(({ isFixedTime, status }) => isFixedTime && status === 'pending')
      .slice(0, 2);
    const edit = window.store.edit.bind(window.store);
    let edits = 0;
    vi.spyOn(window.store, 'edit').mockImplementation(async (...given) => {
      const edited = await edit(...given);
      return ++edits > 2 ? { ...edited, lost: ['tags'] } : edited;
    });
    list.onShow = () => list.choose('1 day later');
    answers = [['2 updates were rescheduled.', 'Undo']];
    await commands.rescheduleUpdate(window.parts, window.nodeOf(chosen[0]!.id), rows(chosen));
    expect(told()).toMatchObject({ words: '2 updates were moved back.', choices: ['Show Details'] });
  });

  test('takes free words', async () => {
    const chosen = waiting(ids.linkedin).slice(0, 2);
    const before = chosen.map(({ dueAt }) => dueAt!.getTime());
    list.onShow = () => list.type('90 minutes later');
    await commands.rescheduleUpdate(window.parts, window.nodeOf(chosen[0]!.id), rows(chosen));
    expect(chosen.map(({ id }) => window.store.update(id)!.dueAt!.getTime())).toEqual(before.map((each) => each + 90 * 60_000));
  });

  test('does nothing on Enter behind words that are not understood', async () => {
    const [fixed] = waiting(ids.linkedin);
    for (const chosen of [waiting(ids.linkedin).slice(0, 2), [fixed!]]) {
      list = quickPick();
      list.onShow = () => {
        // As VS Code does with the first row.
        list.activeItems = list.items.slice(0, 1);
        list.type('a bit so to speak');
        setTimeout(() => list.hide(), 300);
      };
      await expect(commands.rescheduleUpdate(window.parts, window.nodeOf(chosen[0]!.id), rows(chosen))).rejects.toBeInstanceOf(
        vscode.CancellationError,
      );
      expect(list.items[0]!.label).toMatch(/^(?:\$\(error\) |Not understood)/u);
    }
    expect(asked()).toEqual([]);
  });

  test('reckons from what was chosen on a second try, though the queue has moved up since', async () => {
    const chosen = waiting(ids.bluesky).slice(0, 3);
    const before = chosen.map(({ dueAt }) => dueAt!.getTime());
    list.onShow = () => list.choose('1 week later');
    answers = [['The update was rescheduled. 2 were left as they are.', 'Try Again']];
    onTurn = (message) => {
      isCancelled = message.startsWith('1/3');
    };
    await commands.rescheduleUpdate(window.parts, window.nodeOf(chosen[0]!.id), rows(chosen));
    expect(chosen.map(({ id }) => window.store.update(id)!.dueAt!.getTime())).toEqual(before.map((each) => each + 7 * 86_400_000));
  });

  test('overwrites no time that somebody else chose meanwhile, nor on a second try', async () => {
    const [theirs, mine] = waiting(ids.linkedin);
    const other = new Date(Date.now() + 40 * 86_400_000);
    other.setUTCMilliseconds(0);
    const stored = sandbox.state.updates.get(theirs!.id)!;
    Object.assign(stored, { isCustomScheduled: true });
    list.onShow = () => {
      stored.dueAt = Math.floor(other.getTime() / 1000);
      list.choose('1 day later');
    };
    // What is held is old enough to be read again.
    window = queueWindowWithoutFreshness();
    await window.load(ids.linkedin);
    await commands.rescheduleUpdate(window.parts, window.nodeOf(theirs!.id), rows([theirs!, mine!]));
    expect(told().words).toMatch(/^The update was rescheduled\. One was not changed: This update was changed elsewhere/u);
    expect(told().choices).not.toContain('Try Again');
    expect(stored.dueAt).toBe(Math.floor(other.getTime() / 1000));
  });

  test('says before what stays behind', async () => {
    const [a, b] = waiting(ids.linkedin);
    const draft = window.store.list(ids.linkedin, 'pending').items.find(({ status, dueAt }) => status === 'draft' && !dueAt)!;
    list.onShow = () => list.choose('1 week later');
    answers = [['Reschedule 2 updates: 1 week later?', 'Reschedule']];
    await commands.rescheduleUpdate(window.parts, window.nodeOf(a!.id), rows([a!, b!, draft]));
    expect(shown[0]!.detail).toContain('One of the selected updates cannot be changed in this way and stays as it is.');
    expect(told().words).toBe('2 updates were rescheduled.');
  });
});

describe('rescheduling one', () => {
  test('shows its time now and the free posting times, and is taken back by Undo', async () => {
    const fixed = window.store.list(ids.linkedin, 'pending').items.find(({ isFixedTime, status }) => isFixedTime && status === 'pending')!;
    const before = at(fixed.id);
    let offered: typeof list.items = [];
    let title = '';
    list.onShow = () => {
      ({ items: offered, title } = list);
      list.choose(offered[1]!.label);
    };
    answers = [['Rescheduled for', 'Undo']];
    await commands.rescheduleUpdate(window.parts, window.nodeOf(fixed.id));
    await vi.waitFor(() => expect(asked().filter((each) => each === 'EditPost')).toHaveLength(2));
    expect(title).toMatch(/^Reschedule \(now: .*\d.*\)$/u);
    expect(offered.map(({ description }) => description).slice(0, 2)).toEqual(['next free posting time', 'free posting time']);
    await vi.waitFor(() => expect(at(fixed.id)).toBe(before));
  });

  test('offers no time that another update takes', () => {
    const now = new Date('2026-11-30T00:00:00Z');
    const schedules = [{ days: ['mon', 'tue', 'wed'] as const, times: ['09:00', '12:00'] }];
    const taken = { status: 'pending', dueAt: new Date('2026-11-30T09:00:00Z') } as Update;
    const failed = { status: 'failed', dueAt: new Date('2026-11-30T12:00:00Z') } as Update;
    const ownTime = { status: 'pending', dueAt: new Date('2026-12-01T09:00:00Z'), isFixedTime: true } as Update;
    const free = (queue: Partial<UpdateList>, pending?: number) =>
      freeSlots(
        { timeZone: 'UTC', schedules, counts: { pending } },
        { status: 'loaded', items: [taken, failed, ownTime], hasMore: false, ...queue },
        2,
        now,
      ).map((each) => each.toISOString().slice(5, 16));
    expect(free({})).toEqual(['11-30T12:00', '12-01T12:00']);
    // What is not known may be taken: as many as wait.
    expect(free({ hasMore: true }, 2)).toEqual(['12-01T12:00', '12-02T09:00']);
    expect(free({ status: 'unloaded', items: [] }, 1)).toEqual(['11-30T12:00', '12-01T09:00']);
    expect(free({ status: 'unloaded', items: [] })).toEqual([]);
  });
});

describe('moving several', () => {
  test('to the top keeps their order', async () => {
    const [, , c, d, e] = waiting(ids.bluesky);
    await commands.shareUpdateNext(window.parts, window.nodeOf(d!.id), rows([e!, d!, c!]));
    expect(texts(ids.bluesky).slice(0, 3)).toEqual([c, d, e].map((each) => each!.text));
    expect(told().words).toBe('3 updates were moved to the top of the queue.');
  });

  test('to the top, in two tries, and back into their places', async () => {
    window = queueWindow(sandbox, 'v1');
    await window.load(ids.bluesky);
    const before = texts(ids.bluesky);
    const items = window.store.list(ids.bluesky, 'pending').items.filter(({ status }) => status === 'pending');
    const chosen = [items[1]!, items[3]!, items[4]!];
    answers = [
      ['2 updates were moved to the top of the queue. One was left as it is.', 'Try Again'],
      ['3 updates were moved to the top of the queue.', 'Undo'],
    ];
    onTurn = (message) => {
      isCancelled = answers.length > 1 && message.startsWith('2/3');
    };
    await commands.shareUpdateNext(window.parts, window.nodeOf(chosen[0]!.id), rows(chosen));
    expect(texts(ids.bluesky)).toEqual(before);
  });

  test('to the drafts and back', async () => {
    const chosen = waiting(ids.bluesky).slice(0, 2);
    answers = [['2 updates were moved to the drafts at Buffer.', 'Undo']];
    await commands.moveToDrafts(window.parts, window.nodeOf(chosen[0]!.id), rows(chosen));
    expect(chosen.map(({ id }) => window.store.update(id)!.status)).toEqual(['pending', 'pending']);
  });

  test('into the queue, and back to the drafts', async () => {
    const [draft] = window.store.list(ids.linkedin, 'pending').items.filter(({ status }) => status === 'draft');
    const fixed = window.store.list(ids.linkedin, 'pending').items.find(({ isFixedTime, status }) => isFixedTime && status === 'pending')!;
    const time = at(fixed.id);
    answers = [['2 updates were added to the queue.', 'Undo']];
    await commands.queueUpdate(window.parts, window.nodeOf(draft!.id), rows([draft!, fixed]));
    expect([window.store.update(draft!.id)!.status, at(fixed.id)]).toEqual(['draft', time]);
  });
});

describe('the requests that several take', () => {
  const windowOf = (remaining: number): BudgetWindow => ({
    length: 86_400,
    quota: 250,
    remaining,
    resetsAt: new Date(Date.now() + 60_000),
  });

  test('are told where they are many, or many of those that are left', () => {
    expect(requestWords(4, [])).toBeUndefined();
    expect(requestWords(4, [windowOf(212)])).toBeUndefined();
    expect(requestWords(40, [windowOf(212)])).toMatch(/^Uses up to 40 of the 212 requests to Buffer that are left until /u);
    expect(requestWords(4, [windowOf(12)])).toMatch(/^Uses up to 4 of the 12 /u);
    expect(requestWords(40, [windowOf(12), { ...windowOf(98), length: 900 }])).toMatch(/^Needs up to 40 .* only 12 are left/u);
    expect(requestWords(40, [])).toBe('Uses up to 40 requests to Buffer.');
  });

  test('are asked about before the first goes out', async () => {
    const chosen = waiting(ids.bluesky).slice(0, 6);
    (window.parts.queueView as unknown as { budget: BudgetWindow[] }).budget = [windowOf(212)];
    list.onShow = () => list.choose('1 day later');
    await commands.rescheduleUpdate(window.parts, window.nodeOf(chosen[0]!.id), rows(chosen)).catch(() => undefined);
    expect(told()).toMatchObject({
      words: 'Reschedule 6 updates: 1 day later?',
      detail: expect.stringContaining('Uses up to 12 of the 212'),
    });
    expect(asked()).toEqual([]);
  });

  test('are waited for where Buffer allows them again soon', async () => {
    const chosen = waiting(ids.bluesky).slice(0, 3);
    sandbox.faults.add({
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '1' },
      match: { operation: 'DeletePost' },
      times: 1,
    } as never);
    answers = [['Delete 3 updates?', 'Delete']];
    await commands.deleteUpdate(window.parts, window.nodeOf(chosen[0]!.id), rows(chosen));
    expect(told().words).toBe('3 updates were deleted.');
  });
});

function queueWindowWithoutFreshness() {
  return queueWindow(sandbox, 'graphql', undefined, 0);
}
