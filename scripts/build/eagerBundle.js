// Makes one file of all that is loaded at activation.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

/** How esbuild writes what a chunk takes from another; a chunk that is only to be there has no names. */
const chunkImport = /\bimport\s*(?:\{([^}]*)\}\s*from\s*)?"\.\/([\w-]+\.js)";?/gu;

/**
 * Joins the entry and the chunks that it imports at once into `main.js`: thirty small files take longer to load than one.
 * What is loaded later takes from `main.js` what it shares with them. The entry itself is left as the way there, as VS
 * Code may load it under an address that no other file knows.
 * @param outdir    where esbuild wrote what it split
 * @param metafile  of that build
 * @param options   the same as of that build
 * @returns the outputs as they are now, as a metafile has them
 */
export async function joinEager(outdir, { outputs }, options) {
  const entry = Object.keys(outputs).find((path) => basename(path) === 'extension.js');
  const eager = importedAtOnce(outputs, entry);
  const both = [...eager].find((path) => path !== entry && outputs[path].entryPoint);
  if (both) throw new Error(`${outputs[both].entryPoint} is imported at once and also when it is asked for: one of them is a mistake.`);
  const nameOf = (chunk, name) => `_${basename(chunk, '.js').replaceAll(/\W/gu, '_')}_${name}`;

  /** By eager chunk: what later ones take from it. */
  const taken = new Map();
  const later = Object.keys(outputs).filter((path) => path.endsWith('.js') && !eager.has(path));
  const isEager = new Set([...eager].map((path) => basename(path)));
  for (const path of later) {
    const code = await readFile(path, 'utf8');
    const rewritten = code.replaceAll(chunkImport, (statement, names = '', chunk) => {
      if (!isEager.has(chunk)) return statement;
      const list = names.split(',').flatMap((each) => {
        const [, name, local = name] = /^\s*([\w$]+)(?:\s+as\s+([\w$]+))?\s*$/u.exec(each) ?? [];
        if (name === undefined) return [];
        taken.set(chunk, (taken.get(chunk) ?? new Set()).add(name));
        return [`${nameOf(chunk, name)} as ${local}`];
      });
      // As many lines as before, so that source maps stay true.
      const lines = '\n'.repeat(statement.split('\n').length - 1);
      return list.length ? `import{${list.join(',')}}from"../main.js";${lines}` : lines;
    });
    if (rewritten !== code) await writeFile(path, rewritten);
  }

  const shared = [...taken].map(
    ([chunk, names]) => `export { ${[...names].map((name) => `${name} as ${nameOf(chunk, name)}`).join(', ')} } from './chunks/${chunk}';`,
  );
  const { metafile } = await build({
    ...options,
    stdin: {
      contents: [`export { ${outputs[entry].exports.join(', ')} } from './extension.js';`, ...shared].join('\n'),
      resolveDir: outdir,
      sourcefile: 'eager-entry',
    },
    entryPoints: undefined,
    outdir: undefined,
    outfile: join(outdir, 'main.js'),
    splitting: false,
    plugins: [laterStaysAway],
  });
  await writeFile(entry, `export{${outputs[entry].exports.join(',')}}from"./main.js";\n`);
  await Promise.all([...eager].filter((path) => path !== entry).flatMap((path) => [rm(path), rm(`${path}.map`, { force: true })]));
  await rm(`${entry}.map`, { force: true });

  const main = Object.keys(metafile.outputs).find((path) => basename(path) === 'main.js');
  const size = (await readFile(entry)).length;
  return {
    ...Object.fromEntries(Object.entries(outputs).filter(([path]) => !eager.has(path))),
    [entry]: { ...outputs[entry], bytes: size, imports: [{ path: main, kind: 'import-statement' }] },
    [main]: metafile.outputs[main],
  };
}

function importedAtOnce(outputs, path, found = new Set()) {
  if (found.has(path)) return found;
  found.add(path);
  for (const each of outputs[path].imports)
    if (each.kind === 'import-statement' && outputs[each.path]) importedAtOnce(outputs, each.path, found);
  return found;
}

/** What is loaded later is found beside `main.js`, from wherever it was asked for. */
const laterStaysAway = {
  name: 'later-stays-away',
  setup(build) {
    build.onResolve({ filter: /^\.\.?\// }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: `./chunks/${basename(path)}`, external: true } : undefined,
    );
  },
};
