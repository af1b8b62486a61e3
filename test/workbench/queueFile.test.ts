// Queueing a file of posts in a repository whose runs note what they sent at its remote.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { accepting, changeText, folder, read, resetSandbox, textOf, uriOf, write, writesSince } from './steps.ts';
import { timeoutFactor } from '../harness/timeoutFactor.ts';

const run = promisify(execFile);
const git = (...args: string[]) => run('git', args, { cwd: folder().fsPath });
const post = (text: string) => `---\nprofiles: bluesky/docs.larkspur.example\nwhen: queue\n---\n${text}\n`;

describe('a file of posts in a repository', () => {
  let outside: string;

  before(async () => {
    // What the tests before asked for counts against the limit.
    await resetSandbox();
    await vscode.extensions.getExtension('queue-for-buffer.queue-for-buffer')!.activate();
    await vscode.commands.executeCommand('buffer.refresh');
    outside = await mkdtemp(join(tmpdir(), 'buffer-remote-'));
    await run('git', ['init', '-q', '--bare', '-b', 'main', outside]);
    await git('init', '-q', '-b', 'main');
    await git('config', 'user.name', 'Writer');
    await git('config', 'user.email', 'writer@example.com');
    await git('remote', 'add', 'origin', outside);
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const path of ['.git', '.buffer', 'posts']) await vscode.workspace.fs.delete(uriOf(path), { recursive: true });
    await rm(outside, { recursive: true, force: true });
  });

  it('is edited at Buffer, not made again, where only the remote knows that a run made it', async function () {
    if (process.env['BUFFER_SANDBOX_API'] === 'v1') this.skip();
    this.timeout(60_000 * timeoutFactor);
    await write('posts/a.buffer.md', post('The first words'));
    const none = await writesSince(0);
    await accepting('buffer.queueFile', uriOf('posts/a.buffer.md'));
    const made = await writesSince(none.length);
    assert.deepEqual(made, ['CreatePost']);

    // As a run of a workflow leaves it: the record is on a branch of its own, and nobody has pulled it.
    await git('checkout', '-q', '--orphan', 'buffer-queue');
    await git('add', '.buffer/queued.json');
    await git('commit', '-q', '-m', 'Queued');
    await git('push', '-q', 'origin', 'buffer-queue');
    await vscode.workspace.fs.delete(uriOf('.buffer'), { recursive: true });
    await git('branch', '-q', '-m', 'main');
    await write('posts/a.buffer.md', post('Words that were changed'));

    await accepting('buffer.queueFile', uriOf('posts/a.buffer.md'));
    assert.deepEqual(await writesSince(none.length + made.length), ['EditPost']);
    assert.match(await read('.buffer/queued.json'), /posts\/a\.buffer\.md/u);
  });

  it('writes over what was changed at Buffer where a person keeps the file’s, and confirms that', async function () {
    if (process.env['BUFFER_SANDBOX_API'] === 'v1') this.skip();
    this.timeout(60_000 * timeoutFactor);
    const before = (await writesSince(0)).length;
    // As somebody changes it at Buffer: another window, without the file.
    const id = /"update":"([^"]+)"/u.exec(await read('.buffer/queued.json'))![1]!;
    await changeText(id, 'Changed at Buffer');
    await write('posts/a.buffer.md', post('Words that were changed once more'));
    await accepting('buffer.queueFile', uriOf('posts/a.buffer.md'));
    assert.deepEqual(await writesSince(before), ['EditPost']);
    assert.equal(await textOf(id), 'Words that were changed once more');
    await accepting('buffer.queueFile', uriOf('posts/a.buffer.md'));
    assert.equal((await writesSince(before)).length, 1);
  });

  it('is queued with all of its folder, and with nothing beside that', async function () {
    if (process.env['BUFFER_SANDBOX_API'] === 'v1') this.skip();
    this.timeout(60_000 * timeoutFactor);
    const before = (await writesSince(0)).length;
    await write('posts/folder/b.buffer.md', post('The first of a folder'));
    await write('posts/folder/deep/c.buffer.md', post('The second of a folder'));
    await write('posts/folder/broken.buffer.md', '---\nprofile: bluesky\n---\nBroken');
    await write('posts/beside.buffer.md', post('Not in the folder'));
    await accepting('buffer.queueFolder', uriOf('posts/folder'));
    assert.deepEqual(await writesSince(before), ['CreatePost', 'CreatePost']);
    const record = await read('.buffer/queued.json');
    assert.match(record, /posts\/folder\/b\.buffer\.md[\s\S]*posts\/folder\/deep\/c\.buffer\.md/u);
    assert.doesNotMatch(record, /beside|broken/u);
    await accepting('buffer.queueFolder', uriOf('posts/folder'));
    assert.equal((await writesSince(before)).length, 2);
  });

  it('is sent by nothing but its own document', async () => {
    const before = (await writesSince(0)).length;
    const shown = await vscode.workspace
      .openTextDocument(uriOf('posts/a.buffer.md').with({ scheme: 'git', query: '{"path":"","ref":"HEAD"}' }))
      .then(
        ({ uri }) => uri,
        () => uriOf('posts/a.buffer.md').with({ scheme: 'buffer-plan' }),
      );
    await accepting('buffer.queueFile', shown);
    assert.deepEqual(await writesSince(before), []);
  });
});
