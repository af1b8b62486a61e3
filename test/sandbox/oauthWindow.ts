// One window of several, as a process of its own: shares a stored grant and a folder with the others, and asks for
// tokens when it is told to.
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Grant } from '../../src/account/grant.ts';
import { GrantKeeper, type GrantStore } from '../../src/account/grantKeeper.ts';
import { refresh } from '../../src/account/oauth.ts';

/** What the process is told, as JSON in its first argument. */
export interface WindowTask {
  readonly grantFile: string;
  readonly folder: string;
  readonly calls: number;
}

/** A grant in a file, replaced at once. */
export function fileStore(path: string): GrantStore {
  return {
    read: async () => JSON.parse(await readFile(path, 'utf8')) as Grant,
    store: async (grant) => {
      await writeFile(`${path}.${process.pid}`, JSON.stringify(grant));
      await rename(`${path}.${process.pid}`, path);
    },
  };
}

if (process.argv[1] === import.meta.filename) {
  const task = JSON.parse(process.argv[2]!) as WindowTask;
  const keeper = new GrantKeeper({ store: fileStore(task.grantFile), folder: task.folder, refresh });
  process.once('message', async () => {
    const tokens = await Promise.all(Array.from({ length: task.calls }, () => keeper.accessToken()));
    process.send!(tokens);
    process.disconnect();
  });
  process.send!('ready');
}
