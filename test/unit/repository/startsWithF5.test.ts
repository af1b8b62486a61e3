// That F5 works on a fresh clone: what .vscode/ names exists, and its task understands what the build prints.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));

interface Launch {
  configurations: { type: string; name: string; preLaunchTask?: string; args?: string[]; runtimeArgs?: string[]; outFiles?: string[] }[];
}
interface Tasks {
  tasks: { label: string; type: string; script: string; problemMatcher: ProblemMatcher }[];
}
interface ProblemMatcher {
  pattern: { regexp: string }[];
  background: { beginsPattern: string; endsPattern: string };
}

/** Reads a file as VS Code does: JSON that may hold comments, and nothing else beside JSON. */
function readJsonc(name: string): unknown {
  const { config, error } = ts.readConfigFile(join(root, name), (path) => readFileSync(path, 'utf8')) as {
    config: unknown;
    error?: ts.Diagnostic;
  };
  expect(error?.messageText, name).toBeUndefined();
  return config;
}

const manifest = readJsonc('package.json') as { main: string; scripts: Record<string, string>; devDependencies: Record<string, string> };
const { configurations } = readJsonc('.vscode/launch.json') as Launch;
const { tasks } = readJsonc('.vscode/tasks.json') as Tasks;

test.each(['settings', 'extensions'])('%s.json can be read', (name) => {
  expect(readJsonc(`.vscode/${name}.json`)).toBeTypeOf('object');
});

test('the first configuration, which F5 starts, runs the extension of this folder after its build', () => {
  const [first] = configurations;
  expect(first).toMatchObject({ type: 'extensionHost', args: ['--extensionDevelopmentPath=${workspaceFolder}'] });
  const task = tasks.find(({ label }) => label === first!.preLaunchTask);
  expect(task).toMatchObject({ type: 'npm', isBackground: true });
  expect(Object.keys(manifest.scripts)).toContain(task!.script);
  // Break points are found by the source maps of these files.
  expect(first!.outFiles).toEqual(['${workspaceFolder}/dist/**/*.js']);
  expect(manifest.main).toMatch(/^\.\/dist\/.*\.js$/u);
});

test('a program that is started through npm is one of the project', () => {
  const started = configurations.flatMap(({ runtimeArgs = [] }) =>
    runtimeArgs.slice(runtimeArgs.indexOf('--') + 1, runtimeArgs.indexOf('--') + 2),
  );
  expect(started).not.toEqual([]);
  for (const program of started) expect(Object.keys(manifest.devDependencies)).toContain(program);
});

test('the task sees the build begin, and end once all that it makes is there', async () => {
  const { background } = tasks[0]!.problemMatcher;
  const folder = await mkdtemp(join(tmpdir(), 'buffer-watch-'));
  const build = spawn(process.execPath, ['esbuild.js', '--watch', `--outdir=${folder}`], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const marks: string[] = [];
    for await (const line of createInterface(build.stdout)) {
      if (new RegExp(background.beginsPattern, 'u').test(line)) marks.push('begins');
      if (!new RegExp(background.endsPattern, 'u').test(line)) continue;
      marks.push('ends');
      break;
    }
    expect(marks).toEqual(['begins', 'ends']);
    for (const name of [basename(manifest.main), 'composer.js', 'chunks/page-chunk.js', 'composer-styles.css'])
      expect(existsSync(join(folder, name)), name).toBe(true);
  } finally {
    const gone = once(build, 'exit');
    build.kill();
    await gone;
    await rm(folder, { recursive: true, force: true });
  }
});

test('the task finds the place of an error', () => {
  const [message, place] = tasks[0]!.problemMatcher.pattern.map(({ regexp }) => new RegExp(regexp, 'u'));
  expect('✘ [ERROR] Could not resolve "x"').toMatch(message!);
  expect(place!.exec('    src/core/time/parseTime.ts:12:7:')?.slice(1)).toEqual(['src/core/time/parseTime.ts', '12', '7']);
});
