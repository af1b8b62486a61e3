import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { oldestCodeServer } from '../../harness/oldestVSCode.ts';

const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  engines: { vscode: string };
  devDependencies: Record<string, string>;
};

test('the oldest VS Code of a range is known by the code-server that carries it', () => {
  expect(oldestCodeServer('^1.100.0')).toBe('4.100');
  expect(oldestCodeServer('^1.99.0')).toBe('4.99');
});

test.each(['^1.100.2', '>=1.100.0', '*', '^2.0.0'])('of %s it is not guessed', (engine) => {
  expect(() => oldestCodeServer(engine)).toThrow(engine);
});

test('what package.json promises can be told, and the types are of that very VS Code', () => {
  const minor = oldestCodeServer(manifest.engines.vscode).split('.')[1];
  expect(manifest.devDependencies['@types/vscode']).toBe(`~1.${minor}.0`);
});
