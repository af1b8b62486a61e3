// Bundles the extension. Run it with the Node of the devDependencies: `npm run build`.
//   --production  minified, without source maps: what the .vsix holds
//   --sandbox     adds the sign-in that `npm start` and the tests use; never part of a package
//   --watch       rebuilds on change
//   --outdir=DIR  where the bundle goes (default: dist)
import { context } from 'esbuild';

const flags = new Set(process.argv.slice(2));
const outdir = process.argv.find((arg) => arg.startsWith('--outdir='))?.slice('--outdir='.length) ?? 'dist';
const production = flags.has('--production');

/** Prints what VS Code's `$esbuild-watch` problem matcher looks for. */
const problemMatcher = {
  name: 'problem-matcher',
  setup(build) {
    build.onStart(() => console.log('[watch] build started'));
    build.onEnd((result) => {
      for (const { text, location } of result.errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
      }
      console.log('[watch] build finished');
    });
  },
};

const extension = await context({
  entryPoints: { extension: 'src/extension.ts' },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node22',
  outdir,
  outExtension: { '.js': '.cjs' },
  external: ['vscode'],
  // Its entry for Node brings a fetch of its own for versions of Node that VS Code left behind.
  alias: { ofetch: './node_modules/ofetch/dist/index.mjs' },
  define: { SANDBOX_BUILD: String(flags.has('--sandbox')) },
  minify: production,
  sourcemap: !production,
  metafile: true,
  logLevel: flags.has('--watch') ? 'silent' : 'warning',
  plugins: flags.has('--watch') ? [problemMatcher] : [],
});

if (flags.has('--watch')) {
  await extension.watch();
} else {
  await extension.rebuild();
  await extension.dispose();
}
