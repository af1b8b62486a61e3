// `npm run soak`: at least 5,000 random actions on each service; ends with three numbers that must be zero.
//   --actions=N  --seed=N  --api=v1|graphql  --faults=name,name (all of `faultNames.ts`, where left out)
import { parseArgs } from 'node:util';
import type { ApiName } from '../../src/core/buffer/model.ts';
import { faultNames, type FaultName } from './faultNames.ts';
import { soak, type SoakReport } from './soak.ts';

const { values } = parseArgs({
  options: { actions: { type: 'string', default: '5000' }, seed: { type: 'string' }, api: { type: 'string' }, faults: { type: 'string' } },
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const chosen = values.faults?.split(',') ?? [...faultNames];
const unknown = chosen.filter((each) => !faultNames.includes(each as FaultName));
if (unknown.length) throw new Error(`There is no fault ${unknown.join(', ')}; there are ${faultNames.join(', ')}.`);

const apis: readonly ApiName[] = values.api === 'v1' || values.api === 'graphql' ? [values.api] : ['v1', 'graphql'];
for (const api of apis) {
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1000);
  const known = new Set<string>();
  let shown = 0;
  const problems = ({ lost, doubled, falseClaims }: SoakReport) => [...lost, ...doubled, ...falseClaims];
  const sumOf = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((total, each) => total + each, 0);
  const report = await soak({
    api,
    actions: Number(values.actions),
    faults: chosen as FaultName[],
    seed: values.seed === undefined ? undefined : Number(values.seed),
    told: (soFar) => {
      const thousands = Math.floor(sumOf(soFar.actions) / 1000);
      if (thousands > shown)
        console.error(`${api}, seed ${soFar.seed}: ${thousands}000 actions in ${seconds()} s, ${problems(soFar).length} wrong`);
      shown = thousands;
      for (const each of problems(soFar)) {
        if (!known.has(each)) console.error(`\n${api}, seed ${soFar.seed}, after ${sumOf(soFar.actions)} actions: ${each}`);
        known.add(each);
      }
    },
  });
  const list = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .sort(([, a], [, b]) => b - a)
      .map(([name, count]) => `    ${String(count).padStart(6)}  ${name}`)
      .join('\n');
  const { seed, actions, faults, told, lost, doubled, falseClaims } = report;
  console.log(`\n${api}, seed ${seed}: ${sumOf(actions)} actions in ${seconds()} s\n`);
  console.log(`  actions\n${list(actions)}\n\n  faults\n${list(faults)}\n\n  what the person was told\n${list(told)}\n`);
  console.log(`  lost          ${lost.length}\n  doubled       ${doubled.length}\n  false claims  ${falseClaims.length}`);
  if (problems(report).length > 0) process.exitCode = 1;
}
