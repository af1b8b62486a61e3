import * as vscode from 'vscode';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { apiNames } from '../../../src/core/buffer/model.ts';
import { networkOf } from '../../../src/core/networks/networks.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

const { nextUpdate } = await import('../../../src/core/queue/nextUpdate.ts');
const { LazyNextUpdate } = await import('../../../src/sidebar/lazyNextUpdate.ts');
const { locale } = await import('../../../src/sidebar/rowText.ts');
const { queueWindow } = await import('../support/queueWindow.ts');

const sandbox = await ownSandbox();

/** The item of the status bar, as VS Code would show it. */
interface Item {
  text?: string;
  tooltip?: string;
  command?: vscode.Command;
  accessibilityInformation?: { label: string };
  isShown: boolean;
}
let items: Item[];
let isWanted: boolean;
let settingChanged: () => void;

beforeEach(() => {
  items = [];
  isWanted = true;
  Object.assign(vscode, { StatusBarAlignment: { Left: 1, Right: 2 } });
  Object.assign(vscode.window, {
    createStatusBarItem: () => {
      const item: Item = { isShown: false };
      items.push(item);
      return Object.assign(item, {
        show: () => (item.isShown = true),
        hide: () => (item.isShown = false),
        dispose: () => (item.isShown = false),
      });
    },
  });
  vi.spyOn(vscode.workspace, 'getConfiguration').mockImplementation(
    () => ({ get: (name: string) => (name === 'statusBar.next' ? isWanted : undefined), inspect: () => undefined }) as never,
  );
  vi.spyOn(vscode.workspace, 'onDidChangeConfiguration').mockImplementation(((listener: () => void) => {
    settingChanged = listener;
    return { dispose: () => undefined };
  }) as never);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const shown = () => items.filter(({ isShown }) => isShown);

describe.each(apiNames)('the next update in the status bar, %s', (api) => {
  test('says when and where, from what is held, and follows what happens', async () => {
    const { store, load } = queueWindow(sandbox, api);
    const lazy = new LazyNextUpdate(store);
    await vi.waitFor(() => expect(items).toHaveLength(1));
    expect(shown()).toEqual([]);
    await load(ids.bluesky, ids.mastodon);
    const known = () => nextUpdate({ profiles: store.profiles, list: (id, section) => store.list(id, section) })!;
    const { update, profile } = known();
    const [item] = shown();
    expect(item!.text).toMatch(/^\$\(clock\) .*\d:\d\d.* \w+/u);
    // The time is the person's own, and the tooltip says that of the profile.
    const clock = (timeZone?: string) => update.dueAt!.toLocaleTimeString(locale(), { timeZone, hour: 'numeric', minute: '2-digit' });
    expect(item!.text).toContain(`${clock()} ${networkOf(profile.service).label}`);
    expect(item!.tooltip).toContain(clock(profile.timeZone));
    expect(item!.tooltip).toContain(update.text.slice(0, 10));
    expect(item!.accessibilityInformation!.label).toContain(profile.name);
    expect(item!.command).toMatchObject({ command: 'buffer.showInSidebar', arguments: [update.id] });
    expect(sandbox.requests()).toEqual([]);
    await store.destroy(update.id);
    expect(item!.command!.arguments).toEqual([known().update.id]);
    expect(known().update.id).not.toBe(update.id);
    store.connect(undefined);
    expect(shown()).toEqual([]);
    lazy.dispose();
  });

  test('is the soonest of all that go out by themselves', async () => {
    const { store, load } = queueWindow(sandbox, api);
    await load(ids.bluesky, ids.mastodon, ids.linkedin);
    const next = nextUpdate({ profiles: store.profiles, list: (id, section) => store.list(id, section) })!;
    for (const profile of store.profiles.items) {
      if (profile.isPaused || profile.isDisconnected || profile.isLocked) continue;
      const times = store
        .list(profile.id, 'pending')
        .items.flatMap(({ status, dueAt }) => (status === 'pending' && dueAt ? [dueAt.getTime()] : []));
      expect(times.filter((time) => time > Date.now() && time < next.time.getTime())).toEqual([]);
    }
    // It has gone out by then.
    const later = nextUpdate({ profiles: store.profiles, list: (id, section) => store.list(id, section) }, next.time.getTime())!;
    expect(later.time.getTime()).toBeGreaterThan(next.time.getTime());
  });
});

test('it is there only while the setting says so', async () => {
  isWanted = false;
  const { store, load } = queueWindow(sandbox);
  const lazy = new LazyNextUpdate(store);
  await load(ids.bluesky);
  expect(items).toEqual([]);
  isWanted = true;
  settingChanged();
  await vi.waitFor(() => expect(shown()).toHaveLength(1));
  isWanted = false;
  settingChanged();
  expect(shown()).toEqual([]);
  lazy.dispose();
});
