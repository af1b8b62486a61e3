// What VS Code gives every webview's page: its own styles, and the colours of the theme as variables. Recorded from a running
// VS Code (`npm run pictures -- webviewThemes`), so that the page can be looked at without one.
import { readFileSync } from 'node:fs';
import type { ColorTheme } from '../../harness/environment.ts';

export interface WebviewTheme {
  readonly bodyClass: string;
  readonly kind: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** The file as it is kept: for each variable its value in light, dark, highContrast and highContrastLight. */
export interface WebviewThemes {
  readonly about: string;
  readonly styles: string;
  readonly themes: Readonly<Record<ColorTheme, Pick<WebviewTheme, 'bodyClass' | 'kind'>>>;
  readonly variables: Readonly<Record<string, readonly (string | null)[]>>;
}

const order: readonly ColorTheme[] = ['light', 'dark', 'highContrast', 'highContrastLight'];

let kept: WebviewThemes | undefined;

/** VS Code's default styles for webviews and the variables of one theme, as a style sheet. */
export function themeStyles(theme: ColorTheme): string {
  const { styles, variables } = all();
  const index = order.indexOf(theme);
  const values = Object.entries(variables).flatMap(([name, each]) => (each[index] ? [`${name}: ${each[index]};`] : []));
  return `${styles}\n:root { ${values.join(' ')} }`;
}

/** The attributes of the page's body in a theme. */
export function themeBody(theme: ColorTheme): string {
  const { bodyClass, kind } = all().themes[theme];
  return `class="${bodyClass}" data-vscode-theme-kind="${kind}"`;
}

function all(): WebviewThemes {
  return (kept ??= JSON.parse(readFileSync(new URL('webviewThemes.json', import.meta.url), 'utf8')) as WebviewThemes);
}
