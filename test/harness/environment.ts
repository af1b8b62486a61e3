// What every VS Code started here has in common: quiet settings, a clean environment, the sandbox's address.
import { type ApiName, apiNames } from '../../src/core/buffer/model.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

export { type ApiName, apiNames };

export type Settings = Readonly<Record<string, unknown>>;

/** The colour themes screenshots are taken in, by the ids VS Code 1.139 knows them under. */
export const colorThemes = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  highContrast: 'Default High Contrast',
  highContrastLight: 'Default High Contrast Light',
} as const;

export type ColorTheme = keyof typeof colorThemes;

/** User settings that leave nothing in the window but the workspace and our extension. */
export const quietSettings: Settings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.settings.enableNaturalLanguageSearch': false,
  'workbench.colorTheme': colorThemes.light,
  'workbench.welcomePage.experimentalOnboarding': false,
  'window.commandCenter': false,
  'window.autoDetectColorScheme': false,
  'window.confirmBeforeClose': 'never',
  'chat.disableAIFeatures': true,
  'files.hotExit': 'off',
  'security.workspace.trust.enabled': false,
  'git.enabled': false,
  'git.autoRepositoryDetection': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  // Looking for ports to forward goes through all processes of the machine, every few seconds.
  'remote.autoForwardPorts': false,
  'remote.restoreForwardedPorts': false,
  'typescript.disableAutomaticTypeAcquisition': true,
};

/** The settings that point the extension at a sandbox. They belong to the machine, not to a workspace. */
export function sandboxSettings(sandbox: Sandbox): Settings {
  return { 'buffer.apiUrl': sandbox.url, 'buffer.graphqlUrl': sandbox.graphqlUrl, 'buffer.authUrl': sandbox.authUrl };
}

/** The environment that signs the sandbox flavour of the extension in, and tells tests to what and where to ask for faults. */
export function sandboxEnvironment(sandbox: Sandbox, api: ApiName = 'graphql'): Record<string, string> {
  return { BUFFER_SANDBOX_TOKEN: tokenOf(sandbox, api), BUFFER_SANDBOX_API: api, BUFFER_SANDBOX_CONTROL: sandbox.controlUrl };
}

/** What signs in to one of the sandbox's services, and to no other. */
export function tokenOf(sandbox: Sandbox, api: ApiName): string {
  return api === 'v1' ? sandbox.token : sandbox.graphqlToken;
}

/**
 * One time zone and one language for every test, whatever the machine has. VS Code takes the environment as it is: else it
 * starts the person's shell with all that it sets up, and extensions wait for that.
 */
export const testEnvironment: Record<string, string> = { TZ: 'UTC', LC_ALL: 'en_US.UTF-8', VSCODE_CLI: '1' };

/** This process's environment plus `extra`, without what ties a child to a VS Code we may have been started in. */
export function cleanEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_)/.test(name));
  return { ...Object.fromEntries(inherited), ...extra };
}
