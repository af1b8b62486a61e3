import * as vscode from 'vscode';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { apiNames, type Update } from '../../../src/core/buffer/model.ts';
import type { FreeNode, QueueNode, UpdateNode } from '../../../src/sidebar/queueNodes.ts';
import { newMemory } from '../../harness/memory.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

const { newUpdate } = await import('../../../src/commands/composeCommands.ts');
const { goToNextUpdate } = await import('../../../src/commands/findUpdate.ts');
const { copyText, rescheduleTo } = await import('../../../src/commands/updateCommands.ts');
const { groupByDay, groupByProfile, loadMore } = await import('../../../src/commands/queueCommands.ts');
const { filterBy } = await import('../../../src/sidebar/queueFilter.ts');
const { QueueDragAndDrop } = await import('../../../src/sidebar/queueDragAndDrop.ts');
const { restoreGrouping } = await import('../../../src/sidebar/queueGrouping.ts');
const { locale } = await import('../../../src/sidebar/rowText.ts');
const { updateTooltip } = await import('../../../src/sidebar/updateTooltip.ts');
const { updateUri } = await import('../../../src/ui/updateUri.ts');
const { queueWindow } = await import('../support/queueWindow.ts');

const sandbox = await ownSandbox();
let window: ReturnType<typeof queueWindow>;

const row = (node: QueueNode) => window.tree.getTreeItem(node) as vscode.TreeItem;
const top = () => window.tree.getChildren();
const below = (label: string) => {
  const node = top().find((each) => row(each).label === label);
  return node ? window.tree.getChildren(node) : [];
};
const all = () => top().flatMap((node) => window.tree.getChildren(node));
const updatesAmong = (nodes: readonly QueueNode[]) => nodes.filter((each): each is UpdateNode => each.kind === 'update');
const freeAmong = (nodes: readonly QueueNode[]) => nodes.filter((each): each is FreeNode => each.kind === 'free');
const held = () => window.store.profiles.items.flatMap(({ id }) => [...window.store.list(id, 'pending').items]);
const update = ({ updateId }: UpdateNode) => window.store.update(updateId)!;
const asked = () => sandbox.requests().map(({ operationName, path }) => operationName ?? path);
/** Waits for what is being read. */
const settle = () => vi.waitFor(() => expect(window.store.profiles.items.every(({ id }) => isRead(id))).toBe(true), 5_000);
const isRead = (id: string) => !['loading', 'unloaded'].includes(window.store.list(id, 'pending').status);

afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(apiNames)('queues by day, %s', (api) => {
  beforeEach(async () => {
    window = queueWindow(sandbox, api);
    await window.load(ids.bluesky);
    await groupByDay(window.parts);
    top();
    await settle();
    sandbox.resetRequests();
  });

  test('hold each update that waits once, soonest first, with what failed on top and drafts at the end', () => {
    const rows = updatesAmong(all());
    expect(rows.map(({ updateId }) => updateId).toSorted()).toEqual(
      [...new Set([...held(), ...window.store.failed].map(({ id }) => id))].toSorted(),
    );
    const kinds = top().map(({ kind, id }) => (id === 'day/drafts' ? 'drafts' : kind));
    // The other service lists what failed with what was sent.
    if (api === 'graphql') expect(kinds[0]).toBe('failed');
    const drafts = held().filter(({ status }) => status === 'draft');
    if (drafts.length) expect(kinds.lastIndexOf('day')).toBeLessThan(kinds.indexOf('drafts'));
    const days = top().filter(({ kind, id }) => kind === 'day' && !id.endsWith('s') && !id.endsWith('d'));
    const times = days.flatMap((day) => updatesAmong(window.tree.getChildren(day)).map((node) => update(node).dueAt!.getTime()));
    expect(times.length).toBeGreaterThan(50);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    for (const node of rows) expect(window.tree.getChildren(window.tree.getParent(node))).toContain(node);
  });

  test('say whose they are before the text where two profiles are on one network, else behind it', () => {
    const { items } = window.store.profiles;
    const rows = updatesAmong(top().flatMap((node) => (node.kind === 'day' ? window.tree.getChildren(node) : [])));
    expect(rows.length).toBeGreaterThan(10);
    const name = ({ profileId }: UpdateNode) => items.find(({ id }) => id === profileId)!.name;
    for (const node of rows) {
      expect(row(node).label).toContain(`${name(node)} · `);
      expect(row(node).description ?? '').not.toContain(name(node));
    }
    const apart = items.filter(({ service }, index) => items.findIndex((each) => each.service === service) === index);
    vi.spyOn(window.store, 'profiles', 'get').mockReturnValue({ ...window.store.profiles, items: apart });
    for (const node of rows.filter(({ profileId }) => apart.some(({ id }) => id === profileId))) {
      expect(row(node).label).not.toContain(`${name(node)} · `);
      expect(row(node).description).toContain(name(node));
    }
  });

  test('are open up to tomorrow, and named so', () => {
    const days = top()
      .filter(({ kind, id }) => kind === 'day' && /\d$/u.test(id))
      .map(row);
    const names = days.map(({ label }) => label as string);
    const future = names.findIndex((name) => !['Yesterday', 'Today', 'Tomorrow'].includes(name));
    expect(names.slice(0, future)).toContain('Tomorrow');
    expect(names[future]).toMatch(/^\w+day,? \w+ \d+$|^\w+day,? \d+ \w+$/u);
    expect(days.map(({ collapsibleState }) => collapsibleState)).toEqual(names.map((_, index) => (index < future ? 2 : 1)));
    expect(days[future - 1]!.accessibilityInformation!.label).toMatch(/^Tomorrow, .*day.*, \d+ updates/u);
  });

  test('rows stand in the order of their times, by the clocks of the person; tooltips say those of the profile', async () => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    const clock = (zone: string, time: Date) => time.toLocaleTimeString(locale(), { timeZone: zone, hour: 'numeric', minute: '2-digit' });
    const dated = top().filter(({ kind, id }) => kind === 'day' && /\d$/u.test(id));
    const rows = dated.flatMap((day) => window.tree.getChildren(day));
    const zones = new Set<string>();
    for (const node of rows) {
      const time = node.kind === 'free' ? node.at : update(node as UpdateNode).dueAt!;
      const [profileId] = node.kind === 'free' ? node.profileIds : [(node as UpdateNode).profileId];
      const zone = window.store.profile(profileId!)!.timeZone;
      zones.add(zone);
      const { label, accessibilityInformation, tooltip } = row(node);
      expect((label as string).split('  ')[0]).toBe(clock(timeZone, time));
      expect(accessibilityInformation!.label).toContain(clock(timeZone, time));
      const resolved = node.kind === 'free' ? tooltip : updateTooltip(node as UpdateNode, window.store);
      expect(resolved).toContain(clock(zone, time));
    }
    expect(zones.size).toBeGreaterThan(3);
    expect(rows.some(({ kind }) => kind === 'free')).toBe(true);
    // What failed stands together, too.
    for (const node of updatesAmong(below('Failed'))) expect(row(node).description).toContain(clock(timeZone, update(node).dueAt!));
  });

  test('rows say whose they are, by name and by the icon of the network', () => {
    const node = updatesAmong(all()).find((each) => each.profileId === ids.bluesky && each.section === 'pending')!;
    const { name } = window.store.profile(ids.bluesky)!;
    expect(row(node).label).toContain(name);
    expect(row(node).iconPath).toEqual({ id: 'bluesky' });
    expect(row(node).accessibilityInformation!.label).toContain(`${name} on Bluesky`);
  });

  test('tooltips of updates say whose they are, those below a profile do not', async () => {
    const node = updatesAmong(all()).find((each) => each.profileId === ids.bluesky && each.section === 'pending')!;
    const { name } = window.store.profile(ids.bluesky)!;
    const resolved = async () => {
      const { tooltip } = await window.tree.resolveTreeItem(row(node), node);
      return typeof tooltip === 'object' ? tooltip.value : tooltip;
    };
    expect(await resolved()).toMatch(/on Bluesky/u);
    expect(await resolved()).toContain(name);
    await groupByProfile(window.parts);
    expect(await resolved()).not.toMatch(/on Bluesky/u);
  });

  test('a free posting time says the clock of its profile beside the person’s own, where they differ', () => {
    const person = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const clock = (zone: string, time: Date) => time.toLocaleTimeString(locale(), { timeZone: zone, hour: 'numeric', minute: '2-digit' });
    let foreign = 0;
    for (const node of freeAmong(all())) {
      const zones = new Set(node.profileIds.map((id) => window.store.profile(id)!.timeZone));
      if (zones.size !== 1) continue;
      const [zone] = zones as unknown as [string];
      const there = clock(zone, node.at);
      if (there === clock(person, node.at)) continue;
      foreign++;
      expect(row(node).description).toContain(` · ${there} `);
    }
    expect(foreign).toBeGreaterThan(0);
  });

  test('an update that is moved beyond what is loaded of its queue: it is said where it went', async () => {
    const told: string[] = [];
    vi.spyOn(vscode.window, 'showInformationMessage').mockImplementation((words: string) => Promise.resolve(void told.push(words)));
    const node = updatesAmong(all()).find(({ profileId, updateId }) => {
      const { hasMore, items } = window.store.list(profileId, 'pending');
      return hasMore && items.some(({ id, status, closed }) => id === updateId && status === 'pending' && !closed);
    })!;
    await rescheduleTo(window.parts, node, new Date(Date.now() + 300 * 86_400_000));
    expect(told.at(-1)).toMatch(/^Rescheduled for .*\. That is beyond what is loaded of its queue: Load More shows it\.$/u);
    expect(updatesAmong(all()).map(({ updateId }) => updateId)).not.toContain(node.updateId);
    await rescheduleTo(window.parts, node, new Date(Date.now() + 3_600_000));
    expect(told.at(-1)).toMatch(/^Rescheduled for .+\.$/u);
    expect(told.at(-1)).not.toContain('Load More');
  });

  test('ask for no more than queues that are open, and for nothing when they are drawn again', async () => {
    all();
    await groupByProfile(window.parts);
    await groupByDay(window.parts);
    all();
    await settle();
    expect(asked()).toEqual([]);
    // The service that brings the queues along is asked for none of them; the other one for each that is looked at, once.
    const other = queueWindow(sandbox, api);
    await other.store.loadProfiles();
    sandbox.resetRequests();
    window = other;
    await groupByDay(window.parts);
    top();
    await settle();
    top();
    expect(sandbox.requests()).toHaveLength(api === 'graphql' ? 0 : window.store.profiles.items.length);
  });

  test('offer what is not read of a queue with a row of its own', async () => {
    const more = top().find((node) => node.kind === 'more' && node.profileId === ids.x)!;
    expect(top().indexOf(more)).toBeGreaterThan(top().findLastIndex(({ kind }) => kind === 'day'));
    expect(row(more).description).toContain(window.store.profile(ids.x)!.name);
    const before = window.store.list(ids.x, 'pending').items.length;
    await loadMore(window.parts, row(more).command!.arguments![0]);
    expect(window.store.list(ids.x, 'pending').items.length).toBeGreaterThan(before);
    expect(sandbox.requests()).toHaveLength(1);
  });

  test('posting times are free where nothing stands, as far as the queue is known, and never of one that stands still', () => {
    const free = freeAmong(all());
    expect(free.length).toBeGreaterThan(0);
    for (const { at, profileIds } of free) {
      expect(at.getTime()).toBeGreaterThan(Date.now() - 60_000);
      for (const id of profileIds) {
        const { items, hasMore } = window.store.list(id, 'pending');
        const going = items.filter(({ status }) => status !== 'failed' && status !== 'draft');
        expect(going.map(({ dueAt }) => dueAt?.getTime())).not.toContain(at.getTime());
        const { until } = window.store.list(id, 'pending');
        if (hasMore) expect(until ? at < until : going.some(({ dueAt }) => dueAt && dueAt > at)).toBe(true);
      }
    }
    const shown = new Set(free.flatMap(({ profileIds }) => profileIds));
    // What came along with the profiles says until when no queue has more: one that is empty till then is free.
    expect(shown).toContain(ids.google);
    for (const { id, isDisconnected, isLocked, isPaused } of window.store.profiles.items)
      if (isDisconnected || isLocked || isPaused) expect(shown).not.toContain(id);
  });

  test('a free posting time opens the composer for its profiles, at that time', async () => {
    const [free] = freeAmong(all());
    const write = vi.fn();
    const { command, accessibilityInformation, label } = row(free!);
    expect(command!.command).toBe('buffer.newUpdate');
    expect(label).toContain('Free');
    expect(accessibilityInformation!.label).toMatch(/^Free posting time: .* on /u);
    await newUpdate({ ...window.parts, composers: { write } } as never, command!.arguments![0]);
    expect(write).toHaveBeenCalledWith({ profileIds: free!.profileIds, when: { kind: 'at', at: free!.at.toISOString() } });
  });

  test('an update that is made for a free posting time stands there, though more of its queue is not read', async () => {
    const free = freeAmong(all()).find(
      ({ profileIds: [first] }) =>
        [ids.bluesky, ids.threads, ids.mastodon].some((id) => id === first) && window.store.list(first!, 'pending').hasMore,
    );
    // The other service tells nothing of what is not read.
    if (!free) return expect(api).toBe('v1');
    const { created } = await window.store.create({
      profileIds: free.profileIds.slice(0, 1),
      text: 'Made for this time',
      when: { at: free.at },
    });
    const node = await window.tree.find(created[0]!.id);
    expect(window.tree.getChildren(window.tree.getParent(node!))).toContain(node);
    expect(freeAmong(all()).map(({ id }) => id)).not.toContain(free.id);
  });

  test('an update that is dropped on a free posting time of its profile gets that, by one write', async () => {
    vi.spyOn(vscode.window, 'showInformationMessage').mockResolvedValue(undefined);
    vi.spyOn(vscode.commands, 'executeCommand').mockImplementation(((_name: string, node: UpdateNode, at: Date) =>
      rescheduleTo(window.parts, node, at)) as never);
    Object.assign(vscode, {
      DataTransferItem: class {
        value: unknown;
        constructor(value: unknown) {
          this.value = value;
        }
      },
    });
    const dragAndDrop = new QueueDragAndDrop(
      window.store,
      () => window.tree.days !== undefined,
      () => Promise.resolve(),
    );
    const [free] = freeAmong(all()).filter(({ profileIds }) =>
      window.store.list(profileIds[0]!, 'pending').items.some(({ status, closed }) => status === 'pending' && !closed),
    );
    const profileId = free!.profileIds[0]!;
    const dragged = updatesAmong(all()).find((node) => node.profileId === profileId && node.section === 'pending' && !update(node).closed)!;
    const data = new Map<string, { value: unknown }>();
    dragAndDrop.handleDrag([dragged], data as never);
    await dragAndDrop.handleDrop(free, data as never);
    expect(update(dragged).dueAt).toEqual(free!.at);
    const writes = sandbox
      .requests()
      .filter(({ method, operationName, path }) => (operationName ? operationName !== 'Post' : method === 'POST' && path));
    expect(writes).toHaveLength(1);
    expect(freeAmong(all()).some(({ at, profileIds }) => at.getTime() === free!.at.getTime() && profileIds.includes(profileId))).toBe(
      false,
    );
    // Another profile's time is none of its own.
    const others = freeAmong(all()).find(({ profileIds }) => !profileIds.includes(profileId));
    sandbox.resetRequests();
    await dragAndDrop.handleDrop(others, data as never);
    expect(asked()).toEqual([]);
  });

  test('the next update is the next one of the day, whichever profile it is of', async () => {
    const waiting = updatesAmong(all())
      .filter(({ section }) => section === 'pending')
      .map(update);
    const index = waiting.findIndex((each, at) => waiting[at + 1] && waiting[at + 1]!.profileId !== each.profileId);
    const opened: { path: string }[] = [];
    Object.assign(vscode.window, {
      activeTextEditor: { document: { uri: updateUri(waiting[index]!) } },
      showTextDocument: (uri: { path: string }) => Promise.resolve(opened.push(uri)),
    });
    await goToNextUpdate(window.parts);
    Object.assign(vscode.window, { activeTextEditor: undefined });
    expect(opened).toEqual([updateUri(waiting[index + 1]!)]);
  });

  test('several that are selected are taken in the order of the days', async () => {
    const waiting = updatesAmong(all()).filter(({ section }) => section === 'pending');
    const chosen = [waiting[7]!, waiting[0]!, waiting[3]!];
    let copied = '';
    Object.assign(vscode.env, { clipboard: { writeText: (text: string) => void (copied = text) } });
    await copyText(window.parts, chosen[0], chosen);
    expect(copied.split(/\n\n(?=.)/u)[0]).toBe(update(waiting[0]!).text.split(/\n\n(?=.)/u)[0]);
    expect(copied.indexOf(update(waiting[0]!).text)).toBeLessThan(copied.indexOf(update(waiting[3]!).text));
    expect(copied.indexOf(update(waiting[3]!).text)).toBeLessThan(copied.indexOf(update(waiting[7]!).text));
  });

  test('one that changes redraws its row, one that goes its days', async () => {
    all().map(row);
    top().map(row);
    const node = updatesAmong(all()).find((each) => each.profileId === ids.bluesky && each.section === 'pending')!;
    sandbox.editElsewhere(node.updateId, 'Said otherwise by a colleague');
    window.redrawn.length = 0;
    await window.store.readUpdate(node.updateId);
    expect(window.redrawn).toEqual([node]);
    await window.store.destroy(node.updateId);
    expect(updatesAmong(all()).map(({ updateId }) => updateId)).not.toContain(node.updateId);
    expect(await window.tree.find(node.updateId)).toBeUndefined();
  });

  test('the row of an update is found and has a place; what was sent has none', async () => {
    const found = await window.tree.find(held().findLast(({ status }) => status === 'pending')!.id);
    expect(window.tree.getParent(found!)!.kind).toBe('day');
    await window.store.loadList(ids.bluesky, 'sent');
    expect(await window.tree.find(window.store.list(ids.bluesky, 'sent').items[0]!.id)).toBeUndefined();
  });
});

describe('the grouping', () => {
  test('is kept in this window, until it is by profile again', async () => {
    const memory = newMemory();
    window = queueWindow(sandbox, 'graphql', memory);
    await groupByDay(window.parts);
    window = queueWindow(sandbox, 'graphql', memory);
    await restoreGrouping(window.parts);
    expect(window.tree.days).toBeDefined();
    await groupByProfile(window.parts);
    window = queueWindow(sandbox, 'graphql', memory);
    await restoreGrouping(window.parts);
    expect(window.tree.days).toBeUndefined();
  });

  test('goes with a filter: what has the tag, no free times, and a request only for what is loaded by a click', async () => {
    window = queueWindow(sandbox);
    await window.load(ids.bluesky);
    await groupByDay(window.parts);
    const tag = held().flatMap(({ tags = [] }: Update) => tags)[0]!;
    await filterBy(window.parts, [tag]);
    const nodes = all();
    expect(updatesAmong(nodes).length).toBeGreaterThan(0);
    for (const node of updatesAmong(nodes)) expect(update(node).tags!.map(({ id }) => id)).toContain(tag.id);
    expect(freeAmong(nodes)).toEqual([]);
    expect(asked()).toEqual([]);
    const more = top().find(({ kind }) => kind === 'more')!;
    await loadMore(window.parts, row(more).command!.arguments![0]);
    expect(asked()).toHaveLength(1);
  });

  test('shows what is the matter with a profile above the days', async () => {
    window = queueWindow(sandbox);
    await window.load(ids.bluesky);
    await groupByDay(window.parts);
    const nodes = top();
    const profile = nodes.find((node) => node.kind === 'profile' && node.profileId === ids.disconnected)!;
    expect(nodes.indexOf(profile)).toBeLessThan(nodes.findIndex(({ kind }) => kind === 'day'));
    expect(row(profile).contextValue).toContain('disconnected');
    expect(row(profile).collapsibleState).toBe(0);
    expect(below('Today').length + below('Tomorrow').length).toBeGreaterThan(0);
  });
});
