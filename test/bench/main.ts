// `npm run bench`: what this extension costs, beside something comparable of the same run. Nothing of it is ever asserted.
//   NAME…            only these benchmarks; without one, all that need no VS Code
//   --all            also those that need one
//   --runs=N         how often each figure is taken
//   --keep-baseline  keeps the medians in test/bench/baseline.json, to compare the next runs with
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { resultsDir } from '../harness/paths.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { calendar } from './benchmarks/calendar.ts';
import { client } from './benchmarks/client.ts';
import { figures as insights } from './benchmarks/figures.ts';
import { heap } from './benchmarks/heap.ts';
import { pages } from './benchmarks/pages.ts';
import { postFiles } from './benchmarks/postFiles.ts';
import { preview } from './benchmarks/preview.ts';
import { requests } from './benchmarks/requests.ts';
import { rows } from './benchmarks/rows.ts';
import { typing } from './benchmarks/typing.ts';
import { activation } from './benchmarks/vscodeActivation.ts';
import { composer } from './benchmarks/vscodeComposer.ts';
import { sidebar } from './benchmarks/vscodeSidebar.ts';
import { summaryOf } from './statistics.ts';
import { type Baseline, tableOf } from './table.ts';

const benchmarks: readonly Benchmark[] = [
  client,
  pages,
  rows,
  requests,
  heap,
  postFiles,
  typing,
  preview,
  calendar,
  insights,
  activation,
  composer,
  sidebar,
];
const baselineFile = join(import.meta.dirname, 'baseline.json');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { all: { type: 'boolean', default: false }, runs: { type: 'string' }, 'keep-baseline': { type: 'boolean', default: false } },
});
const unknown = positionals.filter((name) => !benchmarks.some((each) => each.name === name));
if (unknown.length) throw new Error(`There is no ${unknown.join(', ')}; there are ${benchmarks.map(({ name }) => name).join(', ')}.`);
const isWanted = ({ name, needsVSCode }: Benchmark) =>
  positionals.length ? positionals.includes(name) : values.all || needsVSCode !== true;

const baseline = JSON.parse(await readFile(baselineFile, 'utf8').catch(() => '{}')) as Baseline;
const figures: Figure[] = [];
for (const benchmark of benchmarks.filter(isWanted)) {
  const taken = await benchmark.run({ runs: values.runs === undefined ? undefined : Number(values.runs) });
  console.log(`\n${benchmark.name}\n${tableOf(taken, baseline)}`);
  figures.push(...taken);
}

await mkdir(resultsDir, { recursive: true });
const machine = { cpus: cpus().length, model: cpus()[0]?.model, node: process.version };
const report = { takenAt: new Date().toISOString(), machine, figures: figures.map((each) => ({ ...each, ...summaryOf(each.samples) })) };
await writeFile(join(resultsDir, 'bench.json'), `${JSON.stringify(report, undefined, 2)}\n`);
if (values['keep-baseline']) {
  const medians = Object.fromEntries(figures.map(({ name, samples }) => [name, Number(summaryOf(samples).median.toPrecision(3))]));
  await writeFile(baselineFile, `${JSON.stringify({ ...baseline, ...medians }, undefined, 2)}\n`);
}
// What was started is stopped; sockets that are kept alive need not be waited for.
process.exit();
