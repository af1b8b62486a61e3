import type * as vscode from 'vscode';
import { beforeEach, expect, test, vi } from 'vitest';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

vi.mock('vscode', async () => {
  const { vscodeStub } = await import('../support/vscodeStub.ts');
  const languages = { registerCodeLensProvider: () => ({ dispose: () => undefined }) };
  const Range = function () {} as unknown;
  class CodeLens {
    readonly command: unknown;
    constructor(_range: unknown, command: unknown) {
      this.command = command;
    }
  }
  return { ...vscodeStub, languages, Range, CodeLens };
});

const { UpdateHeader } = await import('../../../src/documents/updateHeader.ts');
const { updateTooltip } = await import('../../../src/sidebar/updateTooltip.ts');
const { updateFacts } = await import('../../../src/ui/updateFacts.ts');
const { updateUri } = await import('../../../src/ui/updateUri.ts');
const { queueWindow } = await import('../support/queueWindow.ts');

const sandbox = await ownSandbox();
let window: ReturnType<typeof queueWindow>;

beforeEach(() => {
  window = queueWindow(sandbox);
});

const titles = (header: InstanceType<typeof UpdateHeader>, update: { readonly id: string; readonly text: string }) =>
  header.provideCodeLenses({ uri: updateUri(update) } as vscode.TextDocument).map(({ command }) => command!.title);

test('who wrote an update comes with the lists, and is told with the rest in the tooltip and above the document', async () => {
  const stored = sandbox.state.pending(sandbox.state.profiles.find(({ id }) => id === ids.linkedin)!)[0]!;
  stored.author = { name: 'Docs $(guild)', email: 'guild@larkspur.example' };
  stored.updatedAt = stored.createdAt + 3600;
  await window.store.loadProfiles();
  await window.load(ids.linkedin);
  const update = window.store.update(stored.id)!;
  expect(update.author).toEqual({ name: 'Docs $(guild)', isDeleted: undefined });
  const facts = updateFacts(update, 'UTC');
  expect(facts).toEqual([
    'By Docs $(guild)',
    expect.stringMatching(/^Made /u),
    expect.stringMatching(/^Made .*\d/u),
    expect.stringMatching(/^Changed .*\d/u),
  ]);
  const tooltip = updateTooltip(window.nodeOf(stored.id)!, window.store);
  // Plain text stays plain: a string is no Markdown.
  expect(typeof tooltip).toBe('string');
  expect(tooltip).toContain('By Docs $(guild)\nMade ');
  const header = new UpdateHeader(window.store);
  const lenses = titles(header, update);
  expect(lenses[0]).toMatch(/ on LinkedIn$/u);
  // A code lens would make an icon of it.
  expect(lenses).toContain('By Docs $\u2060(guild)');
  expect(sandbox.requests()).toEqual([]);
  header.dispose();
});

test('what was sent tells where it is to be seen; what was not read in this session tells nothing', async () => {
  await window.load(ids.bluesky);
  await window.store.loadList(ids.bluesky, 'sent');
  const sent = window.store.list(ids.bluesky, 'sent').items.find(({ url }) => url)!;
  expect(updateFacts(sent, 'UTC')).toContain(`On the network: ${sent.url}`);
  const header = new UpdateHeader(window.store);
  expect(titles(header, sent)).toContain('Shared');
  expect(titles(header, { id: 'unknown', text: 'Unknown' })).toEqual([]);
  header.dispose();
});

test('who has left, and who has no name, is told as far as it is known', () => {
  const update = { createdAt: new Date(0), text: '' } as never;
  expect(updateFacts(update, 'UTC')).toEqual([]);
  expect(updateFacts({ ...(update as object), author: { name: 'Ann', isDeleted: true }, via: 'network' } as never, 'UTC')).toEqual([
    'By Ann, who has left',
    'Made outside Buffer',
  ]);
});
