// `npm run schema:drift`: how Buffer's schema has moved on since ours was kept.
//   npm run schema:drift -- FILE       from a newer schema: type definitions, or the JSON of an introspection
//   npm run schema:drift               from Buffer's own command line, when npm has a release that was not compared yet
//   npm run schema:drift -- --record   the same, and notes that release and what it names as compared
// Told with each: what the extension uses and is to go, with the day where the service names one, soonest first.
// Differences are told and are no failure; it fails where something has gone that the extension uses.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Cleanup } from '../../test/harness/cleanup.ts';
import { runToEnd } from '../../test/harness/childProcess.ts';
import { npmCommand } from '../../test/harness/npm.ts';
import { cliCoordinates } from './cliCoordinates.ts';
import { cliDrift } from './cliDrift.ts';
import { type CliPackage, readCliPackage } from './cliPackage.ts';
import { driftBetween } from './drift.ts';
import { endingsOf } from './endings.ts';
import { ourDocuments } from './ourDocuments.ts';
import { keptSchemaFile, readSchema } from './readSchema.ts';
import { type Drift, reportOf } from './report.ts';
import { usageOf } from './usage.ts';

const cliName = '@bufferapp/cli';
const lastComparedFile = new URL('lastCompared.json', import.meta.url);

const { values, positionals } = parseArgs({ allowPositionals: true, options: { record: { type: 'boolean', default: false } } });
const cleanup = new Cleanup();
try {
  const [file] = positionals;
  if (file) tell(await driftBetween(await readSchema(keptSchemaFile), await readSchema(file), ourDocuments));
  else await compareWithCli();
} catch (error) {
  console.error(`Nothing was compared: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await cleanup.run();
}

async function compareWithCli(): Promise<void> {
  const last = JSON.parse(await readFile(lastComparedFile, 'utf8')) as { version: string; names: string[] };
  const newest = (await npm('view', cliName, 'version')).trim();
  if (newest === last.version) {
    console.log(`npm has no ${cliName} later than ${newest}, which was compared.\n`);
    const kept = await readSchema(keptSchemaFile);
    const ending = endingsOf(kept, usageOf(kept, Object.values(ourDocuments)));
    tell({ came: [], went: [], changed: [], deprecated: [], ending, broken: [] });
    return;
  }
  console.log(`${cliName}: from ${last.version} to ${newest}\n`);
  const kept = await readSchema(keptSchemaFile);
  const named = cliCoordinates(await unpacked(newest), kept);
  tell(cliDrift(kept, last.names, named, ourDocuments));
  if (!values.record) return;
  const names = [...named.known, ...named.unknown].sort();
  await writeFile(lastComparedFile, `${JSON.stringify({ version: newest, names }, undefined, 2)}\n`);
}

/** Gets a release of the command line into a folder of its own, without running anything of it. */
async function unpacked(version: string): Promise<CliPackage> {
  const folder = await mkdtemp(join(tmpdir(), 'buffer-cli-'));
  cleanup.add(() => rm(folder, { recursive: true, force: true }));
  await npm('install', `${cliName}@${version}`, '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder);
  return readCliPackage(join(folder, 'node_modules', ...cliName.split('/')));
}

async function npm(...commandLine: string[]): Promise<string> {
  const { command, args, shell } = npmCommand(...commandLine);
  return runToEnd(command, args, { shell });
}

function tell(drift: Drift): void {
  console.log(reportOf(drift));
  if (drift.broken.length > 0) process.exitCode = 1;
}
