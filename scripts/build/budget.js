// Holds a build for release to budget.json.
import { readFileSync } from 'node:fs';
import { panels } from './panels.js';

export const budget = JSON.parse(readFileSync(new URL('budget.json', import.meta.url), 'utf8'));

/**
 * How much of a build is loaded at which moment, in bytes, and of how many files it is: each takes room in the package
 * and time to load.
 * @param metafiles  of esbuild
 */
export function sizesOf(metafiles) {
  const outputs = Object.assign({}, ...metafiles.map((metafile) => metafile.outputs));
  const named = (name) => Object.keys(outputs).find((path) => path.endsWith(`/${name}`) && !path.includes('/chunks/'));
  const atOnce = (path, found = new Set()) => {
    if (found.has(path)) return found;
    found.add(path);
    for (const each of outputs[path].imports) if (each.kind === 'import-statement' && outputs[each.path]) atOnce(each.path, found);
    return found;
  };
  const sizeOf = (entry) => [...atOnce(named(entry))].reduce((sum, path) => sum + outputs[path].bytes, 0);
  return {
    activation: sizeOf('extension.js'),
    composerPage: sizeOf('composer.js') + sizeOf('twitterText.js'),
    ...Object.fromEntries(panels.map((name) => [`${name}Page`, sizeOf(`${name}.js`)])),
    files: Object.keys(outputs).length,
  };
}

/** @throws Error that names what has grown too large */
export function checkBudget(metafiles) {
  const sizes = sizesOf(metafiles);
  for (const [part, size] of Object.entries(sizes)) {
    const most = budget[part] ?? budget.panelPage;
    console.log(`${part}: ${size} of ${most}`);
    if (size > most)
      throw new Error(
        `${part} is ${size} and may be ${most}: see budget.json in scripts/build, and chunks.js for what is loaded together.`,
      );
  }
}
