import * as fs from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { diskOver, type Files } from '../../../src/core/delivery/disk.ts';
import { remove } from '../../../src/core/files/rename.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

// What is on the disk once it is said to be, and who made a file of which several try to be the maker.

test('a file in a new folder lasts: each folder that was made has its name on the disk, too', async () => {
  const root = await temporaryFolder();
  const synced: string[] = [];
  const files: Files = {
    ...fs,
    remove,
    open: async (path, flags, mode) => {
      const handle = await fs.open(path, flags, mode);
      return {
        writeFile: handle.writeFile.bind(handle),
        close: handle.close.bind(handle),
        sync: async () => {
          synced.push(relative(root, path).replace(/one\.json.*tmp$/, 'one.json'));
          await handle.sync();
        },
      };
    },
  };
  const disk = diskOver(files);
  expect(await disk.create(join(root, 'ledger', 'settled', 'one.json'), 'text')).toBe(true);
  expect(synced).toEqual([join('ledger', 'settled', 'one.json'), join('ledger', 'settled'), 'ledger', '']);
  synced.length = 0;
  await disk.create(join(root, 'ledger', 'settled', 'two.json'), 'text');
  expect(synced.slice(1)).toEqual([join('ledger', 'settled')]);
});

test('a file whose link was made while the answer to it was lost is this window’s, and no other’s', async () => {
  const path = join(await temporaryFolder(), 'outbox', 'one.json');
  await fs.mkdir(dirname(path), { recursive: true });
  const link = async (from: string, to: string) => {
    await fs.link(from, to);
    // As a client of a network drive asks once more by itself.
    await fs.link(from, to);
  };
  expect(await diskOver({ ...fs, remove, link }).create(path, 'mine')).toBe(true);
  expect(await diskOver({ ...fs, remove, link }).create(path, 'of another')).toBe(false);
  expect(await fs.readFile(path, 'utf8')).toBe('mine');
});
