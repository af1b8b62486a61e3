// `npm run package`: the .vsix, as small as it can be. Takes what `vsce package` takes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { repack } from './repack.ts';
import manifest from '../../package.json' with { type: 'json' };

const { values } = parseArgs({ options: { out: { type: 'string', short: 'o' } }, strict: false });
const vsix = typeof values.out === 'string' ? values.out : `${manifest.name}-${manifest.version}.vsix`;

// As a program and not through its API, which prints a page about each package. The bundle holds the dependencies.
const vsce = fileURLToPath(import.meta.resolve('@vscode/vsce/vsce'));
const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', vsix];
const [code] = (await once(
  spawn(process.execPath, [vsce, 'package', ...options, ...process.argv.slice(2)], { stdio: 'inherit' }),
  'exit',
)) as [number | null];
if (code !== 0) process.exit(code ?? 1);

const { before, after } = await repack(vsix);
console.log(`Packed again: ${before} → ${after} bytes`);
