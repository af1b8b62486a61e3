// `npm run soak:files`: random changes to posts in files, and all that can go wrong on their way to Buffer.
//   --actions=N  --seed=N
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { filesSoak } from './soak.ts';

const { values } = parseArgs({ options: { actions: { type: 'string', default: '1000' }, seed: { type: 'string' } } });

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
console.error(`seed ${seed}`);
const folder = await mkdtemp(join(tmpdir(), 'buffer-soak-files-'));
const report = await filesSoak({
  actions: Number(values.actions),
  seed,
  folder: join(folder, 'world'),
  told: (line) => console.error(line),
});
const sum = Object.values(report.actions).reduce((total, each) => total + each, 0);
const rows = Object.entries(report.actions).sort(([, a], [, b]) => b - a);
console.log(
  `\nseed ${report.seed}: ${sum} actions\n\n${rows.map(([name, count]) => `    ${String(count).padStart(6)}  ${name}`).join('\n')}\n`,
);
for (const each of [...report.lost, ...report.doubled, ...report.wrongEdits]) console.log(`  ${each}`);
console.log(`  lost         ${report.lost.length}\n  doubled      ${report.doubled.length}\n  wrong edits  ${report.wrongEdits.length}`);
if (report.lost.length + report.doubled.length + report.wrongEdits.length > 0) process.exitCode = 1;
