// `npm test`: every check there is, whatever the ones before it said. All are told in order.
//   --quick  types, lint and unit tests alone: `npm run test:quick`
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { npmCommand } from './npm.ts';

interface Stage {
  readonly title: string;
  readonly script: string;
  readonly options?: readonly string[];
  /** Finds its own counts in what the stage printed; a stage without counts as one test. */
  readonly passed?: RegExp;
  readonly failed?: RegExp;
}

interface Result extends Stage {
  readonly isGood: boolean;
  readonly seconds: number;
  readonly passedCount: number;
  readonly failedCount: number;
  /** What it printed of each test that failed. */
  readonly failures: readonly string[];
}

const isQuick = parseArgs({ options: { quick: { type: 'boolean', default: false } } }).values.quick;

const types: Stage = { title: 'Types', script: 'check' };
const lint: Stage = { title: 'Lint', script: 'lint' };
const unit: Stage = {
  title: 'Unit',
  script: 'test:unit',
  // As with the windows: a shared machine can be slow beyond any time-out, and what needs the second try is listed.
  options: process.env['CI'] ? ['--', '--retry=1'] : [],
  passed: /^ +Tests .*?(\d+) passed/gm,
  failed: /^ +Tests .*?(\d+) failed/gm,
};
const workbench: Stage = { title: 'Workbench', script: 'test:workbench', passed: /^ +(\d+) passing/gm, failed: /^ +(\d+) failing/gm };
const windows: Stage = {
  title: 'Whole window',
  script: 'test:e2e',
  passed: /^ +(\d+) passed/gm,
  failed: /^ +(\d+) (?:failed|did not run|interrupted)/gm,
};
const page: Stage = { ...windows, title: 'Composer page', script: 'test:page' };
const packaged: Stage = { title: 'Package', script: 'test:package', passed: /^ℹ pass (\d+)/gm, failed: /^ℹ (?:fail|cancelled) (\d+)/gm };

/**
 * What runs beside each other; in each lane one after the other. Two lanes take as long as one where there are two cores,
 * and windows then are slow to come. What builds into the same folder is in one lane.
 */
const lanes: readonly (readonly Stage[])[] = isQuick
  ? [[types], [lint], [unit]]
  : availableParallelism() > 2
    ? [
        [types, lint, windows],
        [unit, page, workbench, packaged],
      ]
    : [[types, lint, unit, page, workbench, windows, packaged]];

/** How the four test runners begin the report of a failure, and some of the lines that follow it. */
const failure = /^ *(?:FAIL |✖ |\d+\) ).*(?:\n.*){0,12}/gm;

const started = performance.now();
const order = [types, lint, unit, page, workbench, windows, packaged].filter((stage) => lanes.flat().includes(stage));
const printer = inOrder(order);
const found = await Promise.all(
  lanes.map(async (lane) => {
    const done: Result[] = [];
    for (const stage of lane) done.push(await run(stage));
    return done;
  }),
);
const results = order.map((stage) => found.flat().find(({ script }) => script === stage.script)!);

// Again at the end: whoever reads a log from behind finds them here.
for (const { title, failures } of results.filter(({ isGood }) => !isGood)) {
  console.log(`\n── Failed in ${title} ──\n\n${failures.join('\n\n')}`);
}

console.log('\nStage          Result   Passed  Failed   Time');
for (const { title, isGood, passedCount, failedCount, seconds } of results) {
  const counts = `${String(passedCount).padStart(6)}  ${String(failedCount).padStart(6)}`;
  console.log(`${title.padEnd(14)} ${isGood ? 'passed' : 'FAILED'}   ${counts}  ${seconds.toFixed(0).padStart(4)} s`);
}
const passed = results.reduce((sum, { passedCount }) => sum + passedCount, 0);
const failed = results.reduce((sum, { failedCount }) => sum + failedCount, 0);
process.exitCode = results.every(({ isGood }) => isGood) ? 0 : 1;
console.log(`\n${passed} passed, ${failed} failed, in ${((performance.now() - started) / 1000).toFixed(0)} s`);

/** Runs one npm script. */
async function run(stage: Stage): Promise<Result> {
  printer.print(stage, `\n── ${stage.title} ── npm run ${stage.script}\n\n`);
  const started = performance.now();
  const { command, args, shell } = npmCommand('run', '--silent', stage.script, ...(stage.options ?? []));
  // Not a group of its own: Ctrl+C in the terminal reaches the stage, which cleans up after itself.
  const child = spawn(command, args, { shell, stdio: ['ignore', 'pipe', 'pipe'], env: stageEnvironment() });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printer.print(stage, text);
      output += text;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  const seconds = (performance.now() - started) / 1000;
  printer.end(stage);

  const isGood = code === 0;
  const text = stripVTControlCharacters(output);
  const passedCount = count(text, stage.passed);
  const failedCount = count(text, stage.failed);
  // A stage that fails before it gets to a test has failed all the same; one without tests is a test itself.
  const isBare = passedCount + failedCount === 0;
  return {
    ...stage,
    isGood,
    seconds,
    passedCount: isGood && isBare ? 1 : passedCount,
    failedCount: isGood ? failedCount : Math.max(1, failedCount),
    failures: text.match(failure)?.slice(0, 20) ?? [text.slice(-2000)],
  };
}

/** Prints what stages say that run at the same time, one stage after the other: the first as it comes, the others when it is their turn. */
function inOrder(stages: readonly Stage[]): { print(stage: Stage, text: string): void; end(stage: Stage): void } {
  const held = new Map<Stage, string>(stages.map((stage) => [stage, '']));
  const ended = new Set<Stage>();
  const turn = () => held.keys().next().value;
  return {
    print(stage, text) {
      if (stage === turn()) process.stdout.write(text);
      else held.set(stage, `${held.get(stage) ?? ''}${text}`);
    },
    end(stage) {
      ended.add(stage);
      for (let first = turn(); first && ended.has(first); first = turn()) {
        held.delete(first);
        const next = turn();
        if (next) {
          process.stdout.write(held.get(next)!);
          held.set(next, '');
        }
      }
    },
  };
}

/** A pipe is no terminal; the stages are told that there is one at its end. */
function stageEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...(isQuick && { QUICK: '1' }),
    ...(process.stdout.isTTY && process.stdout.hasColors() && { FORCE_COLOR: '1' }),
  };
}

function count(text: string, pattern: RegExp | undefined): number {
  if (!pattern) return 0;
  return [...text.matchAll(pattern)].reduce((sum, [, digits]) => sum + Number(digits), 0);
}
