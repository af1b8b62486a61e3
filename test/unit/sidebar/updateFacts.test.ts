import type * as vscode from 'vscode';
import { beforeEach, expect, test, vi } from 'vitest';
import { BufferError } from '../../../src/core/buffer/bufferError.ts';
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
  vi.restoreAllMocks();
  window = queueWindow(sandbox);
});

const titles = async (header: InstanceType<typeof UpdateHeader>, update: { readonly id: string; readonly text: string }) =>
  (await header.provideCodeLenses({ uri: updateUri(update), getText: () => update.text } as vscode.TextDocument)).map(
    ({ command }) => command!.title,
  );
const newHeader = () => new UpdateHeader(window.store, () => undefined);

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
    expect.stringMatching(/^Created /u),
    expect.stringMatching(/^Created .*\d/u),
    expect.stringMatching(/^Changed .*\d/u),
  ]);
  const tooltip = updateTooltip(window.nodeOf(stored.id)!, window.store);
  // Plain text stays plain: a string is no Markdown.
  expect(typeof tooltip).toBe('string');
  expect(tooltip).toContain('By Docs $(guild)\nCreated ');
  const header = newHeader();
  const lenses = await titles(header, update);
  expect(lenses).toContainEqual(expect.stringMatching(/ on LinkedIn$/u));
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
  const header = newHeader();
  expect(await titles(header, sent)).toContain('Shared');
  expect(await titles(header, { id: 'unknown', text: 'Unknown' })).toEqual([]);
  header.dispose();
});

test('a document says when its update goes out, by both clocks where they differ, how long it is and what is the matter', async () => {
  await window.load(ids.bluesky);
  const [stored] = sandbox.state.pending(sandbox.state.profiles.find(({ id }) => id === ids.bluesky)!);
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zoned = (timeZone: string) => {
    const profile = { ...window.store.profile(ids.bluesky)!, timeZone };
    return vi.spyOn(window.store, 'profile').mockReturnValue(profile);
  };
  const update = window.store.update(stored!.id)!;
  const header = newHeader();
  zoned(own);
  const here = await titles(header, update);
  expect(here).toContain(`${update.text.length}/300`);
  expect(here.join('\n')).not.toContain('your time');
  // No place has the time of both of them.
  zoned(own === 'Pacific/Apia' ? 'Pacific/Niue' : 'Pacific/Apia');
  expect(await titles(header, update)).toContainEqual(expect.stringMatching(/ \(.+ your time\)$/u));
  vi.spyOn(window.store, 'profile').mockReturnValue({ ...window.store.profile(ids.bluesky)!, isDisconnected: true });
  vi.spyOn(window.store, 'update').mockReturnValue({ ...update, failure: { message: 'No $(luck)', helpUrl: 'https://x.example' } });
  const lenses = await header.provideCodeLenses({ uri: updateUri(update), getText: () => 'One' } as vscode.TextDocument);
  const wrong = lenses.map(({ command }) => command!).filter(({ title }) => title.startsWith('$(warning) '));
  expect(wrong.map(({ title, command }) => [title, command])).toEqual([
    ['$(warning) No $\u2060(luck)', 'buffer.openFailureHelp'],
    [expect.stringContaining('Reconnect'), 'buffer.reconnectProfile'],
  ]);
  header.dispose();
});

test('a save is told of for a moment', async () => {
  vi.useFakeTimers({ now: new Date('2026-03-05T14:02:00'), toFake: ['setTimeout', 'Date'] });
  try {
    await window.load(ids.bluesky);
    const [update] = window.store.list(ids.bluesky, 'pending').items;
    const header = newHeader();
    let changes = 0;
    header.onDidChangeCodeLenses(() => void changes++);
    header.tellSaved(update!.id);
    expect((await titles(header, update!))[0]).toMatch(/^\$\(check\) Saved to Buffer 0?2:02.PM$/u);
    vi.advanceTimersByTime(60_000);
    expect((await titles(header, update!)).join('\n')).not.toContain('Saved');
    expect(changes).toBe(2);
    header.dispose();
  } finally {
    vi.useRealTimers();
  }
});

test.each([
  ['unauthorized', undefined, 'buffer.signIn'],
  ['offline', 'keyring', 'buffer.followAccount'],
  ['offline', 'proxySettings', 'workbench.action.openSettings'],
  ['server', undefined, 'workbench.action.files.revert'],
] as const)('a document that could not be read, %s, offers what helps', async (kind, remedy, command) => {
  const header = new UpdateHeader(window.store, () => new BufferError(kind, 'Not now.', { remedy }));
  const lenses = await header.provideCodeLenses({ uri: updateUri({ id: 'x', text: '' }), getText: () => '' } as vscode.TextDocument);
  expect(lenses.map((lens) => lens.command!.command)).toEqual([command]);
  header.dispose();
});

test('who has left, and who has no name, is told as far as it is known', () => {
  const update = { createdAt: new Date(0), text: '' } as never;
  expect(updateFacts(update, 'UTC')).toEqual([]);
  expect(updateFacts({ ...(update as object), author: { name: 'Ann', isDeleted: true }, via: 'network' } as never, 'UTC')).toEqual([
    'By Ann, who has left',
    'Created outside Buffer',
  ]);
});
