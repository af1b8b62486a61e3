import * as vscode from 'vscode';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CommandContext } from '../../../src/commands/commandContext.ts';
import type { Update } from '../../../src/core/buffer/model.ts';
import type { DraftStart } from '../../../src/core/drafts/ideaDraft.ts';
import { deliveryWindow } from '../support/deliveryWindow.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const { composeAgain, duplicateUpdate } = await import('../../../src/commands/reuseCommands.ts');

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
