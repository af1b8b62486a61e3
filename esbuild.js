// Bundles the extension and the composer's page. Run it with the Node of the devDependencies: `npm run build`.
//   --production  minified, without source maps, with the licences of others: what the .vsix holds
//   --minify      minified, without source maps, and nothing else of a release: for benchmarks
//   --sandbox     adds the sign-in that `npm start` and the tests use; never part of a package
//   --watch       rebuilds on change
//   --outdir=DIR  where the bundle goes (default: dist)
import { rm } from 'node:fs/promises';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { context } from 'esbuild';
import { checkBudget } from './scripts/build/budget.js';
import { sharedTwitterText, slimTwitterText, usedIcons } from './scripts/build/bundling.js';
import { extensionBundle } from './scripts/build/extensionBundle.js';
import { writeNotices } from './scripts/build/notices.js';
import { panels } from './scripts/build/panels.js';

const flags = new Set(process.argv.slice(2));
const outdir = process.argv.find((arg) => arg.startsWith('--outdir='))?.slice('--outdir='.length) ?? 'dist';
const production = flags.has('--production');
const minify = production || flags.has('--minify');

/** How many of the builds are under way. */
let running = 0;

/** What the task in `.vscode/tasks.json` looks for: F5 goes on when the last of the builds has finished. */
const told = {
  onStart() {
    if (running++ === 0) console.log('[watch] build started');
  },
  onEnd(errors) {
    for (const { text, message = text, location, loc, id = loc?.file } of errors.flatMap((error) => error.errors ?? error)) {
      const place = location ?? (loc && { ...loc, file: relative('.', id) });
      console.error(`✘ [ERROR] ${stripVTControlCharacters(message.split('\n', 1)[0])}`);
      if (place) console.error(`    ${place.file}:${place.line}:${place.column}:`);
    }
    if (--running === 0) console.log('[watch] build finished');
  },
};

const problemMatcher = {
  name: 'problem-matcher',
  setup(build) {
    build.onStart(told.onStart);
    build.onEnd(({ errors }) => told.onEnd(errors));
  },
};

const common = {
  bundle: true,
  outdir,
  minify,
  sourcemap: !minify,
  metafile: true,
  logLevel: flags.has('--watch') ? 'silent' : 'warning',
  // Letters of every alphabet stand as they are: escaped they would take two to three times the room.
  charset: 'utf8',
  plugins: [sharedTwitterText, ...(flags.has('--watch') ? [problemMatcher] : [])],
};

// What an earlier build left would be packed with it.
await rm(outdir, { recursive: true, force: true });

const extension = extensionBundle({ outdir, minify, isSandbox: flags.has('--sandbox') });

const builds = await Promise.all([
  // What counts as X does is large, and the same for the extension and the page: one file for both.
  context({
    ...common,
    entryPoints: { twitterText: 'twitter-text' },
    plugins: [slimTwitterText, ...(flags.has('--watch') ? [problemMatcher] : [])],
    format: 'esm',
    platform: 'browser',
    target: ['node20', 'chrome132'],
    // twitter-text wants the npm package of this name, not the module of old Nodes.
    alias: { punycode: './node_modules/punycode/punycode.js' },
  }),
  context({
    ...common,
    entryPoints: {
      composer: 'src/composer/page/main.ts',
      'composer-styles': 'src/composer/page/composer.css',
      codicon: '@vscode/codicons/dist/codicon.css',
    },
    plugins: [...common.plugins, usedIcons(['src/page', 'src/composer/page', ...panels.map((name) => `src/${name}/page`)])],
    // What can be typed into is there first; what is imported where it is needed is loaded behind it.
    format: 'esm',
    splitting: true,
    // The name of what is loaded at once is known to the page (composerHtml.ts), which asks for both files together.
    chunkNames: 'chunks/page-[name]',
    platform: 'browser',
    target: 'chrome132',
    loader: { '.ttf': 'file', '.svg': 'dataurl' },
    assetNames: '[name]',
  }),
  // Each panel by itself: what one of them brings is not loaded with another.
  ...panels.map((name) =>
    context({
      ...common,
      entryPoints: { [name]: `src/${name}/page/main.ts`, [`${name}-styles`]: `src/${name}/page/${name}.css` },
      format: 'esm',
      splitting: true,
      chunkNames: `chunks/${name}-[name]-[hash]`,
      platform: 'browser',
      target: 'chrome132',
      loader: { '.svg': 'dataurl' },
    }),
  ),
]);

if (flags.has('--watch')) {
  extension.watch(told);
  await Promise.all(builds.map((build) => build.watch()));
} else {
  const [own, ...others] = await Promise.all([extension.build(), ...builds.map((build) => build.rebuild())]);
  const metafiles = [own, ...others.map(({ metafile }) => metafile)];
  if (production) {
    checkBudget(metafiles);
    await writeNotices(metafiles, 'THIRD-PARTY-NOTICES.md');
  }
  await Promise.all(builds.map((build) => build.dispose()));
}
