// What the bundles leave out of the libraries that they hold.
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import subsetFont from 'subset-font';

const library = createRequire(import.meta.url)
  .resolve('twitter-text/package.json')
  .replace(/package\.json$/, 'dist/esm/');

/**
 * twitter-text as far as it is used: its entry is one object of everything it can do, of which nothing falls away by
 * itself. It also brings along core-js, for what every engine that VS Code runs on has had for years.
 */
export const slimTwitterText = {
  name: 'slim-twitter-text',
  setup(build) {
    build.onResolve({ filter: /^twitter-text$/ }, () => ({ path: 'twitter-text', namespace: 'slim' }));
    build.onLoad({ filter: /.*/, namespace: 'slim' }, () => ({
      contents: `import parseTweet from './parseTweet.js';
import extractUrlsWithIndices from './extractUrlsWithIndices.js';
export default { parseTweet, extractUrlsWithIndices };`,
      resolveDir: library,
    }));
    build.onResolve({ filter: /^core-js\// }, () => ({ path: 'core-js', namespace: 'empty', sideEffects: false }));
    build.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: '' }));
  },
};

/** Takes it from the file that is built for all, which lies above the chunks. */
export const sharedTwitterText = {
  name: 'shared-twitter-text',
  setup(build) {
    build.onResolve({ filter: /^twitter-text$/ }, () => ({ path: '../twitterText.js', external: true }));
    // An entry lies beside it, not above: what it names would not be found.
    build.onEnd(({ metafile }) => {
      for (const [path, { imports, entryPoint }] of Object.entries(metafile?.outputs ?? {}))
        if (entryPoint && !path.includes('/chunks/') && imports.some((each) => each.path === '../twitterText.js'))
          return { errors: [{ text: `${path} imports twitter-text itself: only what lies in chunks can.` }] };
      return undefined;
    });
  },
};

/**
 * Of VS Code's icon font, the icons that a page can name: every word in its sources, in quotes or behind `codicon-`, that
 * is the name of an icon. The whole font would be a fifth of the package.
 * @param folders  the pages' sources
 */
export function usedIcons(folders) {
  const names = new Set();
  return {
    name: 'used-icons',
    setup(build) {
      build.onStart(async () => {
        for (const folder of folders)
          for (const file of await readdir(folder, { recursive: true })) {
            if (!file.endsWith('.ts')) continue;
            for (const [name] of (await readFile(join(folder, file), 'utf8')).matchAll(
              /(?<=['"])[a-z][a-z\d-]*(?=['"])|(?<=codicon-)[a-z][a-z\d-]*/gu,
            ))
              names.add(name);
          }
      });
      build.onLoad({ filter: /codicon\.css$/ }, async ({ path }) => {
        const css = await readFile(path, 'utf8');
        const icon = /^\.codicon-([a-z\d-]+):before \{ content: "\\([\da-f]+)" \}\n/gmu;
        return { contents: css.replace(icon, (rule, name) => (names.has(name) ? rule : '')), loader: 'css' };
      });
      build.onLoad({ filter: /codicon\.ttf$/ }, async ({ path }) => {
        const css = await readFile(join(dirname(path), 'codicon.css'), 'utf8');
        const used = [...css.matchAll(/^\.codicon-([a-z\d-]+):before \{ content: "\\([\da-f]+)"/gmu)].filter(([, name]) => names.has(name));
        const letters = String.fromCodePoint(...used.map(([, , code]) => Number.parseInt(code, 16)));
        return { contents: await subsetFont(await readFile(path), letters, { targetFormat: 'truetype' }), loader: 'file' };
      });
    },
  };
}
