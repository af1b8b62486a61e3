// The settings files of a VS Code data folder.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from './environment.ts';

/** Writes `<dataDir>/User/settings.json` or `<dataDir>/Machine/settings.json`, replacing what is there. */
export async function writeSettings(dataDir: string, scope: 'User' | 'Machine', settings: Settings): Promise<void> {
  await mkdir(join(dataDir, scope), { recursive: true });
  await writeFile(join(dataDir, scope, 'settings.json'), JSON.stringify(settings, undefined, 2));
}
