import * as vscode from 'vscode';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { noCapabilities } from '../../../src/core/buffer/bufferApi.ts';
import type { Update, UpdateStatus } from '../../../src/core/buffer/model.ts';
import { failureOf } from '../support/failureOf.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

const commands = await import('../../../src/commands/stateCommands.ts');
const { updateTooltip } = await import('../../../src/sidebar/updateTooltip.ts');
const { queueWindow } = await import('../support/queueWindow.ts');

const sandbox = await ownSandbox();
let window: ReturnType<typeof queueWindow>;
let flashed: string[];
let warned: string[];

beforeEach(() => {
  flashed = [];
  warned = [];
  vi.spyOn(vscode.window, 'setStatusBarMessage').mockImplementation(((words: string) => void flashed.push(words)) as never);
  vi.spyOn(vscode.window, 'showWarningMessage').mockImplementation((words: string) => {
    warned.push(words);
    return Promise.resolve(undefined);
  });
  window = queueWindow(sandbox);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const asked = () => sandbox.requests().map(({ operationName }) => operationName);
const stored = (id: string) => sandbox.state.updates.get(id)!;
const some = (profileId: string, status: UpdateStatus): Update =>
  window.store.list(profileId, 'pending').items.find((each) => each.status === status && !each.closed && each.source !== undefined)!;
const offers = (id: string) => window.offers(window.nodeOf(id)!);
const item = (id: string) => window.tree.getTreeItem(window.nodeOf(id)!) as vscode.TreeItem;

describe('reminders', () => {
  test('are changed to what goes out by itself and back, with one request each, and nothing else of the update changes', async () => {
    await window.load(ids.linkedin);
    const { id } = some(ids.linkedin, 'pending');
    const before = structuredClone(stored(id));
    expect(offers(id)).toContain('remindable');
    expect(item(id).description).toBeUndefined();

    await commands.remindMe(window.parts, window.nodeOf(id));
    expect([stored(id).isReminder, asked()]).toEqual([true, ['EditPost']]);
    expect([item(id).description, (item(id).iconPath as vscode.ThemeIcon).id]).toEqual(['Reminder', 'bell']);
    expect(item(id).accessibilityInformation!.label).toContain('Reminder');
    expect(offers(id)).toContain('automatable');
    expect(offers(id)).not.toContain('remindable');

    await commands.publishAutomatically(window.parts, window.nodeOf(id));
    expect(asked()).toEqual(['EditPost', 'EditPost']);
    expect(offers(id)).toContain('remindable');
    const same = ({ text, assets, tagIds, dueAt, isCustomScheduled, status, isReminder = false, placed }: typeof before) => [
      text,
      assets ?? [],
      tagIds ?? [],
      dueAt,
      isCustomScheduled,
      status,
      isReminder,
      placed,
    ];
    expect(same(stored(id))).toEqual(same(before));
    expect([flashed.length, warned]).toEqual([2, []]);
  });

  test('cannot be chosen where the profile takes nothing else, or the credential may not change anything', async () => {
    const profileId = sandbox.state.profiles.find(({ service, serviceType }) => service === 'facebook' && serviceType === 'group')!.id;
    await window.load(profileId, ids.linkedin);
    const { id } = some(profileId, 'pending');
    expect(item(id).description).toBe('Reminder');
    expect(offers(id)).toContain('editable');
    for (const each of ['remindable', 'automatable']) expect(offers(id)).not.toContain(each);
    expect(noCapabilities.reminders).toBe(false);
    const v1 = queueWindow(sandbox, 'v1');
    await v1.load(ids.linkedin);
    const words = v1.store.list(ids.linkedin, 'pending').items.flatMap((each) => v1.offers(v1.nodeOf(each.id)!));
    expect(words).toContain('editable');
    for (const each of ['remindable', 'automatable', 'approvable', 'withdrawable']) expect(words).not.toContain(each);
  });

  test('that are past say what became of them', async () => {
    const profileId = sandbox.state.profiles.find(({ service, serviceType }) => service === 'facebook' && serviceType === 'group')!.id;
    const [marked, other] = sandbox.state.sent(sandbox.state.profiles.find(({ id }) => id === profileId)!);
    marked!.isMarkedAsPublished = true;
    await window.load(profileId);
    await window.store.loadList(profileId, 'sent');
    expect([item(marked!.id).description, (item(marked!.id).iconPath as vscode.ThemeIcon).id]).toEqual(['Marked as published', 'check']);
    expect([item(other!.id).description, (item(other!.id).iconPath as vscode.ThemeIcon).id]).toEqual(['Reminded', 'bell']);
    expect(updateTooltip(window.nodeOf(marked!.id)!, window.store)).toContain('Marked as published');
  });

  test('whose answer was lost are looked for, and not changed twice', async () => {
    await window.load(ids.linkedin);
    const { id } = some(ids.linkedin, 'pending');
    sandbox.faults.add({ kind: 'dropAfter', match: { operation: 'EditPost' } });
    await commands.remindMe(window.parts, window.nodeOf(id));
    expect(asked()).toEqual(['EditPost', 'Post']);
    expect([stored(id).isReminder, flashed.length]).toEqual([true, 1]);
  });
});

describe('approvals', () => {
  test('are asked for and withdrawn where the policy has them, with one request each', async () => {
    sandbox.behave({ approvals: 'policy' });
    await window.load(ids.linkedin);
    const { id } = some(ids.linkedin, 'draft');
    const count = window.store.profile(ids.linkedin)!.counts.pending!;
    expect(offers(id)).toContain('approvable');
    await commands.askForApproval(window.parts, window.nodeOf(id));
    expect([stored(id).status, asked()]).toEqual(['needs_approval', ['EditPost']]);
    expect([window.nodeOf(id)!.section, item(id).description]).toEqual(['pending', 'Waiting for approval']);
    expect(window.store.profile(ids.linkedin)!.counts.pending).toBe(count + 1);
    expect(offers(id)).toContain('withdrawable');
    expect(offers(id)).not.toContain('approvable');
    await commands.withdrawFromApproval(window.parts, window.nodeOf(id));
    expect([stored(id).status, asked()]).toEqual(['draft', ['EditPost', 'EditPost']]);
    expect(window.nodeOf(id)!.section).toBe('drafts');
    expect([flashed.length, warned]).toEqual([2, []]);
  });

  test('leave no trace where there is no policy, and are refused in the service’s words', async () => {
    await window.load(ids.linkedin);
    const all = window.store.list(ids.linkedin, 'pending').items;
    expect(all.map(({ status }) => status)).toEqual(expect.arrayContaining(['draft', 'needsApproval']));
    for (const each of all) for (const word of ['approvable', 'withdrawable']) expect(offers(each.id)).not.toContain(word);
    const { id } = some(ids.linkedin, 'draft');
    const error = await failureOf(window.store.edit(id, { approval: 'ask' }));
    expect(error).toMatchObject({ kind: 'rejected', message: expect.stringMatching(/approval policy/u) });
    expect(stored(id).status).toBe('draft');
  });

  test('are the author’s alone', async () => {
    sandbox.behave({ approvals: 'policy' });
    await window.load(ids.linkedin);
    const { id } = some(ids.linkedin, 'draft');
    stored(id).author = { name: 'Docs Guild', email: 'guild@larkspur.example' };
    await window.store.readUpdate(id);
    expect(offers(id)).not.toContain('approvable');
    expect(await failureOf(window.store.edit(id, { approval: 'ask' }))).toMatchObject({ kind: 'rejected' });
  });

  test('that somebody decided meanwhile are not asked for again, and the row shows what they did', async () => {
    sandbox.behave({ approvals: 'policy' });
    window = queueWindow(sandbox);
    await window.load(ids.linkedin);
    const { id, profileId } = some(ids.linkedin, 'needsApproval');
    sandbox.state.place(stored(id), 'queue');
    sandbox.state.retime(sandbox.state.profiles.find((each) => each.id === profileId)!);
    const seen = window.store.update(id)!;
    await window.store.readUpdate(id);
    const error = await failureOf(window.store.edit(id, { approval: 'withdraw' }, seen));
    expect(error.message).toMatch(/changed elsewhere/u);
    expect([stored(id).status, window.store.update(id)!.status]).toEqual(['buffer', 'pending']);
  });

  test('whose answer was lost are looked for', async () => {
    sandbox.behave({ approvals: 'policy' });
    await window.load(ids.linkedin);
    const { id } = some(ids.linkedin, 'draft');
    sandbox.faults.add({ kind: 'dropAfter', match: { operation: 'EditPost' } });
    await commands.askForApproval(window.parts, window.nodeOf(id));
    expect([asked(), stored(id).status, window.store.update(id)!.status]).toEqual([
      ['EditPost', 'Post'],
      'needs_approval',
      'needsApproval',
    ]);
  });
});
