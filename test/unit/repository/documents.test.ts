// That what the documents for newcomers name is there: scripts, files, and what stands in them.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = new URL('../../../', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, root), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const files = globSync(['src/**/*.*', 'test/**/*.*', '.github/**/*.*'], { cwd: fileURLToPath(root) });
const names = new Set(files.map((file) => basename(file)));
const code = files
  .filter((file) => file.endsWith('.ts'))
  .map(read)
  .join('\n');

const documents = ['README.md', 'CONTRIBUTING.md', 'docs/architecture.md', '.github/pull_request_template.md'];

/** What stands between backticks, and the lines of the shell. */
function quoted(document: string): string[] {
  const text = read(document);
  const blocks = [...text.matchAll(/```sh\n([^]*?)```/gu)].flatMap(([, block]) => block!.trim().split('\n'));
  const words = [...text.replaceAll(/```[^]*?```/gu, '').matchAll(/`([^`\n]+)`/gu)].map(([, word]) => word!);
  return [...blocks, ...words];
}

test.each(documents)('%s names scripts that exist', (document) => {
  const named = quoted(document).flatMap((each) => [...each.matchAll(/\bnpm run ([\w:-]+)/gu)].map(([, script]) => script!));
  expect(named.filter((script) => !(script in scripts))).toEqual([]);
  const tests = quoted(document).flatMap((each) => [...each.matchAll(/\btest:\w+/gu)].map(([script]) => script));
  expect(tests.filter((script) => !(script in scripts))).toEqual([]);
});

test.each(documents)('%s names files and folders that exist', (document) => {
  const isPath = (each: string) => /^(?:src|test|docs|media|core|\.github|\.vscode)\/[\w./-]+$/u.test(each);
  const paths = quoted(document)
    .flatMap((each) => each.split(' '))
    .filter(isPath);
  const exists = (path: string) => existsSync(new URL(path, root)) || existsSync(new URL(`src/${path}`, root));
  expect(paths.filter((path) => !exists(path))).toEqual([]);
  const alone = quoted(document).filter((each) => /^[\w/]+\.(?:ts|yml)$/u.test(each));
  expect(alone.filter((each) => !names.has(basename(each)))).toEqual([]);
  const links = [...read(document).matchAll(/\]\((?!https?:)([^)#]+)\)/gu)].map(([, link]) => link!);
  const folder = new URL(document, root);
  expect(links.filter((link) => !existsSync(new URL(link, folder)))).toEqual([]);
});

test('docs/architecture.md names functions, classes and events that exist', () => {
  const identifiers = quoted('docs/architecture.md')
    .flatMap((each) => each.replace(/\(.*$/u, '').split('.'))
    .filter((each) => /^#?[a-zA-Z]\w+$/u.test(each));
  expect(identifiers.length).toBeGreaterThan(25);
  expect(identifiers.filter((each) => !new RegExp(`(?<![\\w#])${each}\\b`, 'u').test(code))).toEqual([]);
});
