// Bundles what runs in the extension host: what is loaded at activation as one file, and the rest in files by group.
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { transform } from 'esbuild';
import { rolldown, watch } from 'rolldown';
import { chunks } from './chunks.js';

/** VS Code 1.100 brings Node 20. */
const target = 'node20';

/**
 * @param outdir     where the bundle goes
 * @param minify     without source maps then
 * @param isSandbox  with the sign-in that `npm start` and the tests use
 * @returns a builder: `build` gives what was built as esbuild's metafile does, as far as it is read here; `watch` builds
 * anew on each change, and calls `onStart` and `onEnd(errors)`
 */
export function extensionBundle({ outdir, minify, isSandbox }) {
  const { plugin, groups } = chunks();
  const options = {
    input: { extension: 'src/extension.ts' },
    platform: 'node',
    external: ['vscode'],
    // What counts as X does is built apart, for the extension and the page; it lies above the chunks.
    plugins: [plugin, { name: 'shared-twitter-text', resolveId: { filter: { id: /^twitter-text$/ }, handler: aboveChunks } }],
    // ofetch's entry for Node brings a fetch of its own for versions of Node that VS Code left behind.
    resolve: {
      alias: {
        ofetch: resolve('node_modules/ofetch/dist/index.mjs'),
        // Its modules instead of one for require: what is not used stays away.
        yaml: resolve('node_modules/yaml/browser/index.js'),
      },
    },
    transform: { target, define: { SANDBOX_BUILD: String(isSandbox) } },
    // A module that something imports at once is not made to wait elsewhere: chunks.js sees to the ones that matter.
    checks: { ineffectiveDynamicImport: false },
    output: {
      dir: outdir,
      format: 'esm',
      minify,
      sourcemap: !minify,
      comments: !minify,
      chunkFileNames: 'chunks/[name].js',
      codeSplitting: { groups },
    },
  };

  return {
    async build() {
      const bundle = await rolldown(options);
      try {
        const { output } = await bundle.write(options.output);
        const written = output.filter(({ type }) => type === 'chunk');
        if (minify) await shortenMain(join(outdir, 'chunks/main.js'));
        return metafileOf(outdir, written);
      } finally {
        await bundle.close();
      }
    },
    watch({ onStart, onEnd }) {
      const watcher = watch(options);
      const errors = [];
      // It tells of its first start later, when the other builds may have ended.
      let isFirst = true;
      onStart();
      watcher.on('event', async (event) => {
        if (event.code === 'START' && !isFirst) onStart();
        isFirst = false;
        if (event.code === 'BUNDLE_END' || event.code === 'ERROR') await event.result?.close();
        if (event.code === 'ERROR') errors.push(event.error);
        if (event.code === 'END') onEnd(errors.splice(0));
      });
    },
  };
}

const aboveChunks = () => ({ id: '../twitterText.js', external: true });

/** Private names of classes are shortened by esbuild, not by rolldown: a twentieth of what is loaded at activation. */
async function shortenMain(path) {
  const { code } = await transform(await readFile(path, 'utf8'), { minify: true, charset: 'utf8', format: 'esm', target });
  await writeFile(path, code);
}

async function metafileOf(outdir, written) {
  const outputs = {};
  for (const { fileName, imports } of written) {
    outputs[join(outdir, fileName)] = {
      bytes: (await readFile(join(outdir, fileName))).length,
      imports: imports.map((path) => ({ path: join(outdir, path), kind: 'import-statement' })),
    };
  }
  const inputs = Object.fromEntries(written.flatMap(({ moduleIds }) => moduleIds.map((id) => [relative('.', id), {}])));
  return { inputs, outputs };
}
