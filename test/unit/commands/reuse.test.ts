import * as vscode from 'vscode';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CommandContext } from '../../../src/commands/commandContext.ts';
import type { Update } from '../../../src/core/buffer/model.ts';
import type { DraftStart } from '../../../src/core/drafts/ideaDraft.ts';
import { deliveryWindow } from '../support/deliveryWindow.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const { composeAgain, duplicateUpdate, duplicateWeekly } = await import('../../../src/commands/reuseCommands.ts');

const sandbox = await ownSandbox();
let parts: CommandContext;
let composed: DraftStart[];
let shown: { readonly words: string; readonly detail: string | undefined }[];
let answers: string[];

const show = (words: string, ...rest: unknown[]): Promise<string | undefined> => {
  const [options, ...choices] = typeof rest[0] === 'object' ? rest : [{}, ...rest];
  shown.push({ words, detail: (options as { detail?: string }).detail });
  return Promise.resolve((choices as string[]).find((each) => answers.includes(each)));
};

beforeEach(async () => {
  composed = [];
  shown = [];
  answers = [];
  for (const name of ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'] as const)
    vi.spyOn(vscode.window, name).mockImplementation(show as never);
  const window = await deliveryWindow(sandbox, 'graphql', await temporaryFolder());
  parts = {
    ...window,
    view: { selection: [] },
    tree: {},
    queueView: { budget: [] },
    log: { error: () => undefined },
    failures: { attempt: (step: () => Promise<unknown>) => step() },
    composers: { write: (start: DraftStart) => void composed.push(start) },
  } as unknown as CommandContext;
  for (const section of ['pending', 'sent'] as const) await window.store.loadList(ids.linkedin, section);
  sandbox.resetRequests();
});
afterEach(() => void vi.restoreAllMocks());

const row = ({ id, profileId }: Update) => ({ kind: 'update', id, profileId, section: 'pending', updateId: id }) as const;
const waiting = () =>
  parts.store.list(ids.linkedin, 'pending').items.filter(({ status, closed }) => status === 'pending' && !closed?.length);
const made = (text: string) => [...sandbox.state.updates.values()].filter((each) => each.profileId === ids.linkedin && each.text === text);
const creates = () => sandbox.requests().filter(({ operationName = '' }) => /create/iu.test(operationName)).length;

describe('what was sent', () => {
  test('is composed again with all that a draft can hold', async () => {
    const sent = parts.store.list(ids.linkedin, 'sent').items.find(({ media }) => media !== undefined)!;
    await composeAgain(parts, row(sent));
    expect(composed).toHaveLength(1);
    expect(composed[0]).toMatchObject({ text: sent.text, profileIds: [ids.linkedin] });
    expect(composed[0]!.media!.kind).not.toBe('none');
    // It is a new one, and edits nothing.
    expect(composed[0]).not.toHaveProperty('editing');
    expect(creates()).toBe(0);
  });
});

describe('what waits', () => {
  test('is duplicated with one request', async () => {
    sandbox.behave({ duplicates: 'taken' });
    const [update] = waiting();
    await duplicateUpdate(parts, row(update!));
    expect(made(update!.text)).toHaveLength(2);
    expect(creates()).toBe(1);
    expect(shown.at(-1)!.words).toMatch(/^Queued for Larkspur: /u);
  });

  test('is duplicated once where the answer is lost', async () => {
    sandbox.behave({ duplicates: 'taken' });
    const [update] = waiting();
    sandbox.faults.add({ kind: 'dropAfter', match: { operation: 'reate' } });
    await duplicateUpdate(parts, row(update!));
    expect(made(update!.text)).toHaveLength(2);
    expect(creates()).toBe(1);
  });

  test('is asked about where another one says the same by now', async () => {
    sandbox.behave({ duplicates: 'taken' });
    const [update] = waiting();
    await duplicateUpdate(parts, row(update!));
    expect(shown.map(({ words }) => words)).not.toContain('Duplicate this update?');
    await expect(duplicateUpdate(parts, row(update!))).rejects.toBeInstanceOf(vscode.CancellationError);
    expect(shown.at(-1)).toEqual({ words: 'Duplicate this update?', detail: expect.stringMatching(/Already in the queue of .*Larkspur/u) });
    expect(creates()).toBe(1);
    answers = ['Duplicate'];
    await duplicateUpdate(parts, row(update!));
    expect(creates()).toBe(2);
  });

  test('opens in the composer where Buffer refuses the same words twice', async () => {
    const [update] = waiting();
    answers = ['Open in Composer'];
    await duplicateUpdate(parts, row(update!));
    expect([made(update!.text).length, creates()]).toEqual([1, 1]);
    expect(shown.at(-1)!.words).toContain('already got this one scheduled');
    expect(composed).toMatchObject([{ text: update!.text, profileIds: [ids.linkedin] }]);
  });
});

describe('what waits, for the next weeks', () => {
  const week = 7 * 86_400_000;
  let placeholder: string;
  let labels: string[];
  let flashed: string[];

  /** A list in which somebody types this and presses Enter. */
  const typing = (words: string) => () => {
    let [accept, hide, change] = [() => {}, () => {}, () => {}];
    const pick = {
      items: [] as readonly { readonly label: string }[],
      activeItems: [] as readonly { readonly label: string }[],
      value: '',
      placeholder: '',
      onDidAccept: (listener: () => void) => void (accept = listener),
      onDidHide: (listener: () => void) => void (hide = listener),
      onDidChangeValue: (listener: () => void) => void (change = listener),
      dispose: () => undefined,
      hide: () => hide(),
      show: () => {
        pick.value = words;
        change();
        [placeholder, labels] = [pick.placeholder, pick.items.map(({ label }) => label)];
        accept();
        hide();
      },
    };
    return pick;
  };

  beforeEach(() => {
    flashed = [];
    vi.spyOn(vscode.window, 'setStatusBarMessage').mockImplementation(((words: string) => void flashed.push(words)) as never);
    answers = ['Duplicate'];
    sandbox.behave({ duplicates: 'taken' });
  });

  test('becomes as many ordinary updates as were asked for, a week apart, with a request each and their times told before', async () => {
    Object.assign(vscode.window, { createQuickPick: typing('3') });
    const [update] = waiting();
    const before = new Set(made(update!.text).map(({ id }) => id));
    await duplicateWeekly(parts, row(update!));
    expect(placeholder).toContain('up to 26');
    expect(labels).toEqual([expect.stringMatching(/^Each \S+day for 3 weeks$/u)]);
    const question = shown.find(({ words }) => words === 'Make 3 more updates like this?')!;
    expect(question.detail!.split('\n').filter((line) => /\d:\d\d/u.test(line))).toHaveLength(3);
    const copies = made(update!.text).filter(({ id }) => !before.has(id));
    const zone = parts.store.profile(ids.linkedin)!.timeZone;
    const clock = (at: Date) =>
      new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(at);
    const dues = copies.map(({ dueAt }) => new Date(dueAt * 1000)).sort((a, b) => a.getTime() - b.getTime());
    expect(dues.map(clock)).toEqual(Array.from({ length: 3 }, () => clock(update!.dueAt!)));
    expect(dues.map((due) => Math.round((due.getTime() - update!.dueAt!.getTime()) / week))).toEqual([1, 2, 3]);
    expect(copies.every(({ isCustomScheduled }) => isCustomScheduled)).toBe(true);
    expect(creates()).toBe(3);
    expect(shown.at(-1)!.words).toBe('3 updates were scheduled for Larkspur.');
  });

  test('is taken back with one Undo', async () => {
    Object.assign(vscode.window, { createQuickPick: typing('2') });
    answers = ['Duplicate', 'Undo'];
    const [update] = waiting();
    await duplicateWeekly(parts, row(update!));
    expect(made(update!.text)).toHaveLength(1);
    expect(flashed).toEqual(['The updates were deleted again.']);
  });

  test.each(['0', '27', '-1', 'two', '1.5', '999'])('is not made %s times, and a sentence says what to type', async (words) => {
    Object.assign(vscode.window, { createQuickPick: typing(words) });
    await expect(duplicateWeekly(parts, row(waiting()[0]!))).rejects.toBeInstanceOf(vscode.CancellationError);
    expect(labels).toEqual([expect.stringContaining('Type a number from 1 to 26.')]);
    expect(creates()).toBe(0);
  });

  test('is sent once where Buffer refuses the same words twice: so it would all others', async () => {
    sandbox.behave({});
    Object.assign(vscode.window, { createQuickPick: typing('4') });
    answers = ['Duplicate', 'Open in Composer'];
    const [update] = waiting();
    await duplicateWeekly(parts, row(update!));
    expect([made(update!.text).length, creates()]).toEqual([1, 1]);
    expect(composed).toMatchObject([{ text: update!.text, profileIds: [ids.linkedin] }]);
  });

  test('is made of all that the update holds', async () => {
    Object.assign(vscode.window, { createQuickPick: typing('1') });
    const update = waiting().find(({ media }) => media?.picture)!;
    const before = new Set(made(update.text).map(({ id }) => id));
    await duplicateWeekly(parts, row(update));
    const [copy] = made(update.text).filter(({ id }) => !before.has(id));
    const held = ({ media, assets }: NonNullable<typeof copy>) => ({ media, assets: assets ?? [] });
    expect(held(copy!)).toEqual(held(sandbox.state.updates.get(update.id)!));
  });
});
