// `npm run release:notes -- v1.2.0`: checks that the tag fits package.json and the change log, and prints the notes.
import { readFile } from 'node:fs/promises';
import { releaseNotes } from './releaseNotes.ts';

const read = (name: string) => readFile(new URL(`../../${name}`, import.meta.url), 'utf8');

try {
  const { version } = JSON.parse(await read('package.json')) as { version: string };
  console.log(releaseNotes(process.argv[2] ?? '', version, await read('CHANGELOG.md')));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
