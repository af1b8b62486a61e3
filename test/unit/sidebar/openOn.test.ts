import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { knownServices, networkOf } from '../../../src/core/networks/networks.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

const { queueWindow } = await import('../support/queueWindow.ts');

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8')) as never;
const { contributes } = read('package.json') as {
  contributes: {
    commands: { command: string; title: string }[];
    menus: Record<'view/item/context' | 'commandPalette', { command: string; when: string; group: string }[]>;
  };
};
const words = read('package.nls.json') as Record<string, string>;
const titleOf = (command: string) => words[contributes.commands.find((each) => each.command === command)!.title.replaceAll('%', '')];
const opening = contributes.menus['view/item/context'].filter(({ command }) => /^buffer\.open(On\.|SentUpdate$)/.test(command));

/** Titles of what opens a sent update, on a row with these words. */
function offered(contextValue: string): (string | undefined)[] {
  const holds = (when: string) =>
    [...when.matchAll(/viewItem =~ \/(.+?)\//g)].every(([, pattern]) => new RegExp(pattern!).test(contextValue));
  return opening.filter(({ when }) => holds(when)).map(({ command }) => titleOf(command));
}

test('a sent update is opened on its network, which the menu names', async () => {
  const sandbox = await ownSandbox();
  const { store, load, nodeOf, tree } = queueWindow(sandbox);
  await store.loadProfiles();
  const seen = new Set<string>();
  for (const profile of store.profiles.items) {
    await load(profile.id);
    await store.loadList(profile.id, 'sent').catch(() => undefined);
    for (const { id, url } of store.list(profile.id, 'sent').items) {
      if (!url) continue;
      expect([profile.service, offered((tree.getTreeItem(nodeOf(id)!) as { contextValue: string }).contextValue)]).toEqual([
        profile.service,
        [knownServices.includes(profile.service) ? `Open on ${networkOf(profile.service).label}` : 'Open Sent Update'],
      ]);
      seen.add(profile.service);
    }
  }
  expect(seen.size).toBeGreaterThan(3);
});

test('every network that is known has its command, and one that is not has words without a name', () => {
  for (const service of knownServices) expect(offered(`update sent on:${service}`)).toEqual([`Open on ${networkOf(service).label}`]);
  expect(offered('update sent linked')).toEqual(['Open Sent Update']);
  expect(offered('update sent')).toEqual([]);
});

test('where several rows are selected, the menu offers only what is done with all of them', () => {
  const several = new Set(
    ['rescheduleUpdate', 'shareUpdateNext', 'deleteUpdate', 'queueUpdate', 'moveToDrafts', 'copyText'].map((name) => `buffer.${name}`),
  );
  const ofOne = contributes.menus['view/item/context'].filter(
    ({ command, when, group }) => when.includes('view == buffer.queue') && !group.startsWith('inline') && !several.has(command),
  );
  expect(ofOne.length).toBeGreaterThan(20);
  expect(ofOne.filter(({ when }) => !when.includes('!listMultiSelection')).map(({ command }) => command)).toEqual([]);
});
