// Bundles the extension and the composer's page. Run it with the Node of the devDependencies: `npm run build`.
//   --production  minified, without source maps, with the licences of others: what the .vsix holds
//   --minify      minified, without source maps, and nothing else of a release: for benchmarks
//   --sandbox     adds the sign-in that `npm start` and the tests use; never part of a package
//   --watch       rebuilds on change
//   --outdir=DIR  where the bundle goes (default: dist)
import { rm } from 'node:fs/promises';
import { context } from 'esbuild';
import { checkBudget } from './scripts/build/budget.js';
import { sharedTwitterText, slimTwitterText, usedIcons } from './scripts/build/bundling.js';
import { joinEager } from './scripts/build/eagerBundle.js';
import { writeNotices } from './scripts/build/notices.js';

const flags = new Set(process.argv.slice(2));
const outdir = process.argv.find((arg) => arg.startsWith('--outdir='))?.slice('--outdir='.length) ?? 'dist';
const production = flags.has('--production');
const minify = production || flags.has('--minify');

/** How many of the builds are under way. */
let running = 0;

/** Prints what the task in `.vscode/tasks.json` looks for: F5 goes on when the last of the builds has finished. */
const problemMatcher = {
  name: 'problem-matcher',
  setup(build) {
    build.onStart(() => {
      if (running++ === 0) console.log('[watch] build started');
    });
    build.onEnd((result) => {
      for (const { text, location } of result.errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
      }
      if (--running === 0) console.log('[watch] build finished');
    });
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

const extension = {
  ...common,
  entryPoints: { extension: 'src/extension.ts' },
  // What is imported where it is needed becomes a file of its own, which is loaded then.
  format: 'esm',
  splitting: true,
  // Short, as a package names each file twice.
  chunkNames: 'chunks/[hash]',
  platform: 'node',
  // VS Code 1.100 brings Node 20.
  target: 'node20',
  external: ['vscode'],
  // Its entry for Node brings a fetch of its own for versions of Node that VS Code left behind.
  alias: { ofetch: './node_modules/ofetch/dist/index.mjs' },
  define: { SANDBOX_BUILD: String(flags.has('--sandbox')) },
};

const builds = await Promise.all([
  context(extension),
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
    plugins: [...common.plugins, usedIcons('src/composer/page')],
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
]);

if (flags.has('--watch')) {
  await Promise.all(builds.map((build) => build.watch()));
} else {
  const results = await Promise.all(builds.map((build) => build.rebuild()));
  const metafiles = results.map(({ metafile }) => metafile);
  const outputs = await joinEager(outdir, metafiles[0], extension);
  if (production) {
    checkBudget([{ outputs }, ...metafiles.slice(1)]);
    await writeNotices(metafiles, 'THIRD-PARTY-NOTICES.md');
  }
  await Promise.all(builds.map((build) => build.dispose()));
}
