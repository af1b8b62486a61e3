import * as vscode from 'vscode';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

const { moveToDrafts, queueUpdate } = await import('../../../src/commands/updateCommands.ts');
const { updateTooltip } = await import('../../../src/sidebar/updateTooltip.ts');
const { queueWindow } = await import('../support/queueWindow.ts');

const sandbox = await ownSandbox();
let window: ReturnType<typeof queueWindow>;
/** What was told with something to choose, and what is chosen of it. */
let told: string[];
let choose: (offered: string[]) => string | undefined;

beforeEach(async () => {
  told = [];
  choose = () => undefined;
  vi.spyOn(vscode.window, 'showInformationMessage').mockImplementation(((words: string, ...offered: string[]) => {
    told.push(words);
    return Promise.resolve(choose(offered));
  }) as never);
  window = queueWindow(sandbox);
  await window.load(ids.linkedin, ids.bluesky);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const asked = () => sandbox.requests().map(({ operationName }) => operationName);
const statusOf = (id: string) => sandbox.state.updates.get(id)!.status;
const movable = (profileId: string) =>
  window.store.list(profileId, 'pending').items.find(({ status, isFixedTime, closed }) => status === 'pending' && !isFixedTime && !closed)!;

describe('drafts at Buffer', () => {
  test('stand in a section of their own, which is there while there are any, and are named in words', () => {
    const [, drafts] = window.sections(ids.linkedin);
    expect(drafts).toEqual(['Drafts at Buffer', '1']);
    expect(window.sections(ids.bluesky).map(([title]) => title)).toEqual(['Pending', 'Sent']);
    const [row] = window.rows(ids.linkedin, 'Drafts at Buffer');
    expect([row!.description, (row!.iconPath as vscode.ThemeIcon).id]).toEqual(['Draft at Buffer', 'cloud']);
    expect(row!.accessibilityInformation!.label).toContain('Draft at Buffer');
    expect(window.rows(ids.linkedin, 'Pending').map(({ description }) => description)).not.toContain('Draft at Buffer');
    const { id } = window.store.list(ids.linkedin, 'pending').items.find(({ status }) => status === 'draft')!;
    expect(updateTooltip(window.nodeOf(id)!, window.store)).toContain('Draft at Buffer: it does not go out by itself.');
  });

  test('are in no count of what waits', () => {
    const { items } = window.store.list(ids.linkedin, 'pending');
    const waiting = items.filter(({ status }) => status !== 'draft' && status !== 'failed').length;
    expect(window.sections(ids.linkedin)[0]![1]).toContain(String(waiting));
    expect(window.store.profile(ids.linkedin)!.counts.pending).toBe(waiting);
  });

  test('come and go with the row that is moved, which is drawn where it is then', async () => {
    const { id } = movable(ids.bluesky);
    const before = window.store.profile(ids.bluesky)!.counts.pending!;
    expect(window.nodeOf(id)!.section).toBe('pending');
    await moveToDrafts(window.parts, window.nodeOf(id));
    expect([statusOf(id), asked()]).toEqual(['draft', ['EditPost']]);
    expect(window.redrawn.some((node) => node?.kind === 'profile' && node.profileId === ids.bluesky)).toBe(true);
    expect(window.nodeOf(id)!.section).toBe('drafts');
    expect(window.sections(ids.bluesky)[1]).toEqual(['Drafts at Buffer', '1']);
    expect(window.store.profile(ids.bluesky)!.counts.pending).toBe(before - 1);
    expect((await window.tree.find(id))!.section).toBe('drafts');
    expect(window.offers(window.nodeOf(id)!)).toEqual(expect.arrayContaining(['queueable', 'editable', 'deletable']));
    expect(window.offers(window.nodeOf(id)!)).not.toContain('draftable');

    await queueUpdate(window.parts, window.nodeOf(id));
    expect([statusOf(id), window.nodeOf(id)!.section]).toEqual(['buffer', 'pending']);
    expect(window.sections(ids.bluesky).map(([title]) => title)).toEqual(['Pending', 'Sent']);
    expect(window.store.profile(ids.bluesky)!.counts.pending).toBe(before);
  });

  test('the others of a queue are shown where they move up to, as the service has them', async () => {
    const { id } = movable(ids.bluesky);
    await moveToDrafts(window.parts, window.nodeOf(id));
    const shown = window.store.list(ids.bluesky, 'pending').items.filter(({ status }) => status === 'pending');
    const served = sandbox.state.pending(sandbox.state.profiles.find((each) => each.id === ids.bluesky)!);
    expect(shown.map((each) => [each.id, each.dueAt!.getTime() / 1000])).toEqual(served.map((each) => [each.id, each.dueAt]));
  });

  test('made elsewhere meanwhile are found where they belong once they are read', async () => {
    const { id } = movable(ids.bluesky);
    window.rows(ids.bluesky, 'Pending');
    const update = sandbox.state.updates.get(id)!;
    sandbox.state.edit(update, { heldAs: 'draft' });
    await window.store.readUpdate(id);
    expect(window.redrawn.length).toBeGreaterThan(0);
    expect(window.nodeOf(id)!.section).toBe('drafts');
  });
});

describe('Undo', () => {
  test('of a move to the drafts gives it back to its queue', async () => {
    choose = ([first]) => first;
    const { id } = movable(ids.bluesky);
    await moveToDrafts(window.parts, window.nodeOf(id));
    await vi.waitFor(() => expect(statusOf(id)).toBe('buffer'));
    expect(told).toEqual(['Moved to the drafts of @docs.larkspur.example at Buffer.']);
  });

  test('of a move to the drafts gives back the time that somebody chose', async () => {
    choose = ([first]) => first;
    const items = window.store.list(ids.linkedin, 'pending').items;
    const { id, dueAt } = items.find(({ status, isFixedTime, closed }) => status === 'pending' && isFixedTime && !closed)!;
    await moveToDrafts(window.parts, window.nodeOf(id));
    await vi.waitFor(() => expect(statusOf(id)).toBe('buffer'));
    expect(window.store.update(id)).toMatchObject({ dueAt, isFixedTime: true });
  });

  test('of a draft that was added to the queue brings back the draft', async () => {
    choose = ([first]) => first;
    const { id } = window.store.list(ids.linkedin, 'pending').items.find(({ status }) => status === 'draft')!;
    await queueUpdate(window.parts, window.nodeOf(id));
    expect(told[0]).toMatch(/^Queued for LarkspurLinkedIn|^Queued for /u);
    await vi.waitFor(() => expect(statusOf(id)).toBe('draft'));
  });
});
