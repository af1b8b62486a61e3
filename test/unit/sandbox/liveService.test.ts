import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repositoryDir } from '../../harness/paths.ts';
import { questions, type Question } from '../../live/questions.ts';
import { behaviours } from '../../sandbox/behaviours.ts';

// docs/live-service.md names switches, tests and questions, and they name its lines: neither may go without the other.

interface Line {
  readonly id: string;
  readonly cells: readonly string[];
  readonly switches: readonly string[];
  readonly tests: readonly string[];
}

const quoted = (cell: string) => [...cell.matchAll(/`([^`]+)`/gu)].map(([, name]) => name!);

const lines: readonly Line[] = readFileSync(join(repositoryDir, 'docs', 'live-service.md'), 'utf8')
  .split('\n')
  .filter((row) => /^\| [a-z0-9]+-\d+ \|/u.test(row))
  .map((row) => {
    const cells = row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
    return { id: cells[0]!, cells, switches: quoted(cells[4]!), tests: quoted(cells[5]!) };
  });

const ids = lines.map(({ id }) => id);

const unitTests = readdirSync(join(repositoryDir, 'test', 'unit'), { recursive: true, encoding: 'utf8' });

/** The file of tests of that name, in whichever folder, as text; empty where there is none. */
function textOf(name: string): string {
  const file = unitTests.find((path) => basename(path) === `${name}.test.ts`);
  return file ? readFileSync(join(repositoryDir, 'test', 'unit', file), 'utf8') : '';
}

/** Whether a file has a test whose title begins with the line, or one with the title that is named. */
function holds(test: string, id: string): boolean {
  const [file, title] = test.split(': ');
  const titles = [...textOf(file!).matchAll(/(?:test|it|describe)(?:\.each\([\s\S]*?\))?\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gu)].map(
    ([, , words]) => words!,
  );
  return titles.some((words) => (title === undefined ? words.startsWith(`${id}:`) : words.includes(title)));
}

test('it has every line once, numbered within its section, with every column filled that has to be', () => {
  const sections = { reading: 12, editing: 15, creating: 23, library: 4, limits: 6, v1: 2 };
  expect(ids).toEqual(
    Object.entries(sections).flatMap(([section, count]) => Array.from({ length: count }, (_, index) => `${section}-${index + 1}`)),
  );
  for (const { id, cells } of lines) {
    expect(cells.length, id).toBe(6);
    for (const cell of [1, 2, 3, 5]) expect(cells[cell], id).not.toBe('');
    expect(cells[2], id).toMatch(/measured|reported|documented|disputed|done by|do it/u);
  }
});

describe('the switches', () => {
  test.each(Object.entries(behaviours))('%s stands at the line that it names', (name, { line }) => {
    expect(lines.find(({ id }) => id === line)?.switches).toContain(name);
  });

  test('every one that is named exists', () => {
    expect(lines.flatMap(({ switches }) => switches).filter((name) => !Object.hasOwn(behaviours, name))).toEqual([]);
  });
});

describe('the tests', () => {
  test.each(lines.map(({ id, tests }) => [id, tests] as const))('%s is held by those that are named', (id, tests) => {
    expect(tests).not.toEqual([]);
    expect(tests.filter((each) => !holds(each, id))).toEqual([]);
  });

  test('none is about a line that there is not', () => {
    for (const file of new Set(lines.flatMap(({ tests }) => tests.map((each) => each.split(': ')[0]!)))) {
      const named = [...textOf(file).matchAll(/['"`]((?:reading|editing|creating|library|limits|v1)-\d+):/gu)].map(([, id]) => id!);
      expect(
        named.filter((id) => !ids.includes(id)),
        file,
      ).toEqual([]);
    }
  });
});

test('check:live has a question about every line, in their order', () => {
  const asked = Object.values(questions).map(({ line }: Question) => line);
  expect([...new Set(asked)]).toEqual(ids);
});
