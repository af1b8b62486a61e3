import { expect, it } from 'vitest';
import { problem, sentences, type ProblemCode } from '../../../src/core/postFiles/problem.ts';

const { problemWords } = await import('../../../src/postFiles/problemWords.ts');

it('says in English what the command line says', () => {
  const start = { offset: 0, line: 0, column: 0 };
  for (const code of Object.keys(sentences) as ProblemCode[]) {
    const found = problem(code, { start, end: start }, ['one', 1234, 'three', 4]);
    expect(problemWords(found)).toBe(found.message);
  }
});
