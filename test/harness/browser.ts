// The browser that shows VS Code: whichever Chrome, Edge or Chromium the machine has.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { LaunchOptions } from 'playwright-core';

const programs = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge', 'microsoft-edge-stable'];

const macApps = ['Google Chrome', 'Microsoft Edge', 'Chromium'].map((app) => `Applications/${app}.app/Contents/MacOS/${app}`);

const windowsPrograms = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
];

/** The path of a browser of the Chromium family. CHROME_PATH overrides the search; throws when there is none. */
export function findBrowser(): string {
  const chosen = process.env['CHROME_PATH'];
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Error(`CHROME_PATH is set to ${chosen}, but there is no such file.`);
  }
  const found = candidates().find((path) => existsSync(path));
  if (found) return found;
  throw new Error('No Chrome, Edge or Chromium found: install Google Chrome (on Debian: `apt-get install chromium`), or set CHROME_PATH.');
}

/** The first of these keeps VS Code's code from being compiled once and kept; the others are off in Playwright's own list. */
const disabledFeatures = [
  'BackgroundResourceFetch',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'MediaRouter',
  'OptimizationHints',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
];

/** How Playwright starts that browser. Headless unless asked otherwise. */
export function browserLaunchOptions(): LaunchOptions {
  return {
    executablePath: findBrowser(),
    args: [
      `--disable-features=${disabledFeatures.join()}`,
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  };
}

function candidates(): string[] {
  const windows = process.platform === 'win32';
  if (windows) {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => process.env[name] ?? []);
    return roots.flatMap((root) => windowsPrograms.map((parts) => join(root, ...parts)));
  }
  const onPath = (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => programs.map((program) => join(folder, program)));
  if (process.platform === 'darwin') return [...['/', homedir()].flatMap((root) => macApps.map((app) => join(root, app))), ...onPath];
  return onPath;
}
