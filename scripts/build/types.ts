// `npm run check`: the types of everything, by the native TypeScript, which finds the same in a quarter of the time. Where npm has
// no build of it for this machine, the one that the other tools stand on does it.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** All, then what ships under what the oldest VS Code knows, then what runs in a browser. */
const projects = ['.', 'src', 'src/page'];

const { resolve } = createRequire(import.meta.url);
// Several threads would each work out the types of Buffer's schema for themselves.
const compiler = hasNative()
  ? [join(dirname(resolve('@typescript/native/package.json')), 'bin', 'tsc'), '--singleThreaded']
  : [resolve('typescript/bin/tsc')];

for (const project of projects) {
  const { status } = spawnSync(process.execPath, [...compiler, '-p', project], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}

function hasNative(): boolean {
  try {
    return Boolean(resolve(`@typescript/typescript-${process.platform}-${process.arch}/package.json`));
  } catch {
    return false;
  }
}
