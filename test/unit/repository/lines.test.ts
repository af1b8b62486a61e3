// That no line is wider than what fits beside another one on a screen. Prettier breaks code; sentences are broken by hand.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryDir } from '../../harness/paths.ts';

const widest = 140;
/** Made by a program. */
const generated = join('src', 'core', 'buffer', 'graphql', 'schema.d.ts');

test(`no line of code is wider than ${widest} characters`, () => {
  const files = globSync(['*.js', '{src,test,scripts}/**/*.{ts,js}'], { cwd: repositoryDir }).filter((file) => file !== generated);
  expect(files.length).toBeGreaterThan(200);
  const wide = files.flatMap((file) =>
    readFileSync(join(repositoryDir, file), 'utf8')
      .split('\n')
      // What is imported is one thing, however many names it has.
      .flatMap((line, index) => (line.length > widest && !line.startsWith('import ') ? [`${file}:${index + 1}`] : [])),
  );
  expect(wide).toEqual([]);
});
