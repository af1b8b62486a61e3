// Exporting a queue as files, in the real extension host, and that queueing these files sends nothing.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { accepting, read, uriOf, write, writesSince } from './steps.ts';
import { timeoutFactor } from '../harness/timeoutFactor.ts';
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
    this.timeout(120_000 * timeoutFactor);
    await accepting('buffer.exportQueueAsFiles', uriOf('exported'));
    const names = await files('exported');
    assert.ok(names.length > 20, `${names.length} files`);
    assert.equal(vscode.window.activeTextEditor?.document.languageId, 'buffer-post');
    const noted = await record();
    assert.deepEqual(noted.map(({ post }) => post).toSorted(), names.map((name) => `exported/${name}`).toSorted());
    assert.deepEqual([...new Set(noted.map(({ state }) => state))], ['queued']);
    assert.equal(new Set(noted.map(({ update }) => update)).size, noted.length);

    // Whatever the plan offers is confirmed: it has nothing to send, and notes nothing else.
    const before = (await writesSince(0)).length;
    await accepting('buffer.queueFolder', uriOf('exported'));
    assert.deepEqual(await writesSince(before), []);
    const idOf = ({ post, update }: Entry) => `${post} ${update}`;
    assert.deepEqual((await record()).map(idOf), noted.map(idOf));

    // Exported again, each has its file already; one that nobody knows of any more gets another, beside what took its name.
    const [own] = names as [string];
    await write(`exported/${own}`, 'Mine');
    const lines = (await read('.buffer/queued.json')).split('\n').filter((line) => !line.includes(JSON.stringify(`exported/${own}`)));
    await write('.buffer/queued.json', lines.join('\n'));
    const texts = await Promise.all(names.map((name) => read(`exported/${name}`)));
    await accepting('buffer.exportQueueAsFiles', uriOf('exported'));
    assert.deepEqual(await Promise.all(names.map((name) => read(`exported/${name}`))), texts);
    const added = (await files('exported')).filter((name) => !names.includes(name));
    assert.equal(added.length, 1);
    assert.match(added[0]!, /-\d+\.buffer\.md$/u);
  });
});
