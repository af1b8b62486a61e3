// `npm run pictures -- webviewThemes`: takes down what VS Code gives a webview's page of each colour theme, for the tests of
// the composer's page in a plain browser (`test/page`).
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ColorTheme } from '../harness/environment.ts';
import { repositoryDir } from '../harness/paths.ts';
import type { WebviewTheme, WebviewThemes } from '../page/support/webviewThemes.ts';
import { test } from './fixtures.ts';
import { compose } from './steps.ts';

const themes: readonly ColorTheme[] = ['light', 'dark', 'highContrast', 'highContrastLight'];
const found = new Map<ColorTheme, WebviewTheme>();
let styles = '';

test.describe.configure({ mode: 'serial' });

for (const colorTheme of themes) {
  test.describe(colorTheme, () => {
    test.use({ colorTheme });
    test('is taken down', async ({ workbench }) => {
      const composer = await compose(workbench);
      const taken = await composer.locator('html').evaluate((root): WebviewTheme & { readonly styles: string } => {
        const { style } = root as unknown as { style: Iterable<string> & { getPropertyValue(name: string): string } };
        const body = root.ownerDocument.body;
        return {
          bodyClass: [...body.classList].filter((name) => name.startsWith('vscode-')).join(' '),
          kind: body.getAttribute('data-vscode-theme-kind')!,
          variables: Object.fromEntries(
            [...style].filter((name) => name.startsWith('--')).map((name) => [name, style.getPropertyValue(name)]),
          ),
          styles: root.ownerDocument.getElementById('_defaultStyles')!.textContent,
        };
      });
      styles = taken.styles;
      found.set(colorTheme, taken);
    });
  });
}

test.afterAll(async () => {
  if (found.size < themes.length) return;
  const names = [...new Set([...found.values()].flatMap(({ variables }) => Object.keys(variables)))].sort();
  const told: WebviewThemes = {
    about: 'Recorded by test/e2e/webviewThemes.pictures.ts from VS Code 1.139.',
    styles: styles
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .join('\n'),
    themes: Object.fromEntries([...found].map(([name, { bodyClass, kind }]) => [name, { bodyClass, kind }])) as WebviewThemes['themes'],
    variables: Object.fromEntries(names.map((name) => [name, themes.map((theme) => found.get(theme)!.variables[name] ?? null)])),
  };
  await writeFile(join(repositoryDir, 'test', 'page', 'support', 'webviewThemes.json'), `${JSON.stringify(told, undefined, 2)}\n`);
});
