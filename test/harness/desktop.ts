// VS Code for the desktop, fetched by Microsoft's own test library, with data folders of our own.
import { join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import type { Settings } from './environment.ts';
import { cacheDir } from './paths.ts';
import { writeSettings } from './settingsFiles.ts';

/** Downloads VS Code once into `.vscode-test/` and returns its program. */
export function installDesktop(): Promise<string> {
  return downloadAndUnzipVSCode({ cachePath: cacheDir });
}

/** Command-line arguments that keep a run apart from the person's own VS Code. Writes the settings as well. */
export async function desktopArguments(dataDir: string, settings: Settings): Promise<string[]> {
  const userData = join(dataDir, 'user-data');
  // A desktop has no machine settings apart from the user's.
  await writeSettings(userData, 'User', settings);
  return [
    `--user-data-dir=${userData}`,
    `--extensions-dir=${join(dataDir, 'extensions')}`,
    '--disable-workspace-trust',
    '--disable-updates',
    '--skip-welcome',
    '--skip-release-notes',
    // Chromium refuses its sandbox to root.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}
