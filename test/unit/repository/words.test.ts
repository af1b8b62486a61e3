// What a person reads can be said in another language: words come through `l10n`, the manifest's through package.nls.json.
import { glob, readFile } from 'node:fs/promises';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const json = async (path: string) => JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;

describe('the manifest', () => {
  /** What VS Code shows of a manifest. */
  const shown = new Set(
    ['title', 'shortTitle', 'category', 'description', 'markdownDescription', 'enumDescriptions', 'markdownEnumDescriptions'].concat([
      'enumItemLabels',
      'contents',
      'label',
      'displayName',
      'deprecationMessage',
      'contextualTitle',
      'altText',
      'accessibilityHelpContent',
    ]),
  );
  const found: { readonly path: string; readonly words: string }[] = [];
  const collect = (value: unknown, path: string, isShown: boolean): void => {
    if (typeof value === 'string') {
      if (isShown) found.push({ path, words: value });
    } else if (value && typeof value === 'object') {
      for (const [key, each] of Object.entries(value))
        collect(each, `${path}.${key}`, shown.has(key) || (isShown && Array.isArray(value)) || (key === 'name' && /\.views\./.test(path)));
    }
  };

  test('takes all its words from package.nls.json, and leaves none there', async () => {
    const { contributes, displayName, description } = await json('package.json');
    const nls = await json('package.nls.json');
    collect({ contributes, displayName, description }, '', false);
    expect(found.length).toBeGreaterThan(80);
    // The product's name is the same in every language.
    const own = found.filter(({ words }) => !/^%[\w.-]+%$/.test(words) && !/^(?:Queue for )?Buffer$/.test(words) && /\p{L}/u.test(words));
    expect(own).toEqual([]);
    const used = new Set([...JSON.stringify(await json('package.json')).matchAll(/%([\w.-]+)%/g)].map(([, key]) => key!));
    expect([...used].filter((key) => !(key in nls))).toEqual([]);
    expect(Object.keys(nls).filter((key) => !used.has(key))).toEqual([]);
  });
});

describe('the sources', () => {
  /** Where a text goes that VS Code shows. */
  const properties = new Set(
    ['title', 'label', 'description', 'detail', 'placeHolder', 'placeholder', 'prompt', 'tooltip', 'message', 'validationMessage'].concat(
      'ariaLabel',
      'openLabel',
      'saveLabel',
    ),
  );
  const calls = /^(?:show(?:Information|Warning|Error)Message|setStatusBarMessage|MarkdownString|LanguageModelTextPart)$/;
  /** A word, or several; no id, no icon, no address. */
  const isWords = (label: string, text = label.replace(/\$\([\w~-]+\)/g, '')) =>
    /\p{L}{2}/u.test(text) && !/^[\w.$:/#()-]*$/.test(text) ? true : /^\p{Lu}\p{Ll}+$/u.test(text);

  const literalsOf = (path: string, code: string): string[] => {
    const file = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true);
    const told: string[] = [];
    const tell = (node: ts.Node, text: string) =>
      told.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${text.trim()}`);
    const check = (node: ts.Expression) => {
      if (ts.isStringLiteralLike(node) && isWords(node.text)) tell(node, node.text);
      else if (
        ts.isTemplateExpression(node) &&
        isWords([node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => text).join(' '))
      )
        tell(node, node.getText());
      else if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(check);
      else if (ts.isBinaryExpression(node)) [node.left, node.right].forEach(check);
    };
    const visit = (node: ts.Node): void => {
      if (ts.isPropertyAssignment(node) && properties.has(node.name.getText())) check(node.initializer);
      if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isPropertyAccessExpression(node.left))
        if (properties.has(node.left.name.text)) check(node.right);
      if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
        const name = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : node.expression.getText();
        if (calls.test(name)) node.arguments?.forEach(check);
      }
      if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'html') {
        const parts = ts.isTemplateExpression(node.template)
          ? [node.template.head, ...node.template.templateSpans.map(({ literal }) => literal)].map(({ text }) => text)
          : [node.template.text];
        // The markup with marks where values go: what stands between tags, and in attributes that are read.
        const markup = parts.join('\uFFFC').replace(/<!--.*?-->/gs, '');
        for (const text of markup.replace(/<[^>]*>/gs, '\n').split(/[\n\uFFFC]/)) if (/\p{L}{2}/u.test(text)) tell(node, text);
        for (const [, text] of markup.matchAll(/\b(?:aria-label|title|placeholder|alt)="([^"\uFFFC]*\p{L}{2}[^"\uFFFC]*)"/gu))
          tell(node, text!);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
    return told;
  };

  test('say nothing to a person that is not translated', async () => {
    const told: string[] = [];
    let files = 0;
    for await (const path of glob('src/**/*.ts')) {
      if (/^src.core|\.d\.ts$/.test(path)) continue;
      files++;
      told.push(...literalsOf(path.replaceAll('\\', '/'), await readFile(path, 'utf8')));
    }
    expect(files).toBeGreaterThan(150);
    expect(told).toEqual([]);
  });

  test('would be found with words of their own', () => {
    const code = [
      "window.showErrorMessage('It failed');",
      "const item = { label: 'Try again' };",
      'html`<p title="A tip">${x} words</p>`;',
      'view.message = done ? `All ${n} done` : undefined;',
    ];
    expect(code.map((line) => literalsOf('x.ts', line).length)).toEqual([1, 1, 2, 1]);
  });
});
