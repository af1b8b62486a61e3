// Exporting a queue as files, in the real extension host, and that queueing these files sends nothing.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const folder = () => vscode.workspace.workspaceFolders![0]!.uri;
const uriOf = (path: string) => vscode.Uri.joinPath(folder(), path);
const read = async (path: string) => new TextDecoder().decode(await vscode.workspace.fs.readFile(uriOf(path)));
const control = process.env['BUFFER_SANDBOX_CONTROL'] ?? '';

interface Entry {
  readonly post?: string;
  readonly state?: string;
  readonly update?: string;
}

/** Files by name, without what else is in the folder. */
async function files(path: string): Promise<string[]> {
  const found = await vscode.workspace.fs.readDirectory(uriOf(path));
  return found.map(([name]) => name).filter((name) => name.endsWith('.buffer.md'));
}

const record = async () => (JSON.parse(await read('.buffer/queued.json')) as Entry[]).filter(({ post }) => post !== undefined);

/** Does what a command asks for until it is through: what is chosen in its list is taken. */
async function accepting(command: string, ...args: unknown[]): Promise<void> {
  const state = { isOver: false };
  const running = Promise.resolve(vscode.commands.executeCommand(command, ...args)).finally(() => (state.isOver = true));
  for (let tries = 0; tries < 150 && !state.isOver; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    // That there is nothing to do is told until somebody takes it away.
    if (command === 'buffer.queueFolder') await vscode.commands.executeCommand('notifications.clearAll');
  }
  await running;
}

async function writes(): Promise<string[]> {
  const answer = await fetch(`${control}/requests`);
  const requests = (await answer.json()) as { operationName?: string; method: string; path: string }[];
  return requests
    .filter(({ operationName, method, path }) =>
      operationName ? /^(?:Create|Edit|Delete)/u.test(operationName) : method !== 'GET' && !path.includes('graphql'),
    )
    .map(({ operationName, path }) => operationName ?? path);
}

describe('a queue that is exported', () => {
  before(async () => {
    await vscode.extensions.getExtension('queue-for-buffer.queue-for-buffer')!.activate();
    await vscode.commands.executeCommand('buffer.refresh');
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const path of ['exported', '.buffer']) await vscode.workspace.fs.delete(uriOf(path), { recursive: true });
  });

  it('has a file for each update, is noted as queued, and is sent by nothing', async function () {
    // What files hold and note does not depend on the service: one of both is enough for the longest test.
    if (process.env['BUFFER_SANDBOX_API'] === 'v1') this.skip();
    this.timeout(120_000);
    await accepting('buffer.exportQueueAsFiles', uriOf('exported'));
    const names = await files('exported');
    assert.ok(names.length > 20, `${names.length} files`);
    assert.equal(vscode.window.activeTextEditor?.document.languageId, 'buffer-post');
    const noted = await record();
    assert.deepEqual(noted.map(({ post }) => post).toSorted(), names.map((name) => `exported/${name}`).toSorted());
    assert.deepEqual([...new Set(noted.map(({ state }) => state))], ['queued']);
    assert.equal(new Set(noted.map(({ update }) => update)).size, noted.length);

    // Whatever the plan offers is confirmed: it has nothing to send, and notes nothing else.
    const before = (await writes()).length;
    await accepting('buffer.queueFolder', uriOf('exported'));
    assert.deepEqual((await writes()).slice(before), []);
    const idOf = ({ post, update }: Entry) => `${post} ${update}`;
    assert.deepEqual((await record()).map(idOf), noted.map(idOf));

    // Exported again, each has its file already; one that nobody knows of any more gets another, beside what took its name.
    const [own] = names as [string];
    await vscode.workspace.fs.writeFile(uriOf(`exported/${own}`), new TextEncoder().encode('Mine'));
    const lines = (await read('.buffer/queued.json')).split('\n').filter((line) => !line.includes(JSON.stringify(`exported/${own}`)));
    await vscode.workspace.fs.writeFile(uriOf('.buffer/queued.json'), new TextEncoder().encode(lines.join('\n')));
    const texts = await Promise.all(names.map((name) => read(`exported/${name}`)));
    await accepting('buffer.exportQueueAsFiles', uriOf('exported'));
    assert.deepEqual(await Promise.all(names.map((name) => read(`exported/${name}`))), texts);
    const added = (await files('exported')).filter((name) => !names.includes(name));
    assert.equal(added.length, 1);
    assert.match(added[0]!, /-\d+\.buffer\.md$/u);
  });
});
