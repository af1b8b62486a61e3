import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { watchFolder } from '../../src/ui/watchFolder.ts';

describe('a folder that is watched', () => {
  let parent: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'buffer-watched-'));
  });
  afterEach(() => rm(parent, { recursive: true, force: true }));

  it('tells of files as they come, also of the very first in a folder that was not there', async () => {
    const folder = join(parent, 'drafts');
    let watcher: vscode.Disposable | undefined;
    try {
      const seen = new Promise<void>((resolve) => (watcher = watchFolder(vscode.Uri.file(folder), resolve)));
      // The watcher says nowhere that it began; until it did, files come and go unseen.
      const writing = setInterval(() => void writeFile(join(folder, 'one.json'), String(Date.now())).catch(() => undefined), 200);
      const tooLate = new Promise((_, reject) => setTimeout(() => reject(new Error('It was not seen.')), 10_000));
      await Promise.race([seen, tooLate]).finally(() => clearInterval(writing));
    } finally {
      watcher?.dispose();
    }
  });

  it('tells of none that is no JSON, and of nothing once it is disposed', async () => {
    const folder = join(parent, 'drafts');
    let told = 0;
    const kept = watchFolder(vscode.Uri.file(folder), () => undefined);
    const watcher = watchFolder(vscode.Uri.file(folder), () => told++);
    try {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await writeFile(join(folder, 'note.txt'), 'x');
      watcher.dispose();
      await writeFile(join(folder, 'one.json'), '{}');
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      assert.equal(told, 0);
    } finally {
      kept.dispose();
      watcher.dispose();
    }
  });
});
