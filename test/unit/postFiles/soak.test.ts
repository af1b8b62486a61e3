import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesSoak } from '../../soak/files/soak.ts';
import { seed } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

// A small part of `npm run soak:files`; another one each time.
test('posts in files survive what can go wrong', { timeout: 300_000 }, async () => {
  console.log(`seed ${seed}`);
  const history: string[] = [];
  const folder = join(await temporaryFolder(), 'world');
  const { lost, doubled, wrongEdits } = await filesSoak({ actions: 12, seed, folder, told: (line) => history.push(line) });
  expect({ lost, doubled, wrongEdits }, history.join('\n')).toEqual({ lost: [], doubled: [], wrongEdits: [] });
});
