// Builds the command line as a package of npm: `npm run build:cli`.
//   --outdir=DIR  where it goes (default: dist-cli)
// The package is made whole here: the repository has one package.json, which is the extension's.
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { slimTwitterText } from './bundling.js';
import { writeNotices } from './notices.js';

const outdir = process.argv.find((arg) => arg.startsWith('--outdir='))?.slice('--outdir='.length) ?? 'dist-cli';
const { name, version, license, description, repository, homepage, bugs } = JSON.parse(await readFile('package.json', 'utf8'));

await rm(outdir, { recursive: true, force: true });
await mkdir(outdir, { recursive: true });
const { metafile } = await build({
  entryPoints: { [name]: 'src/cli/main.ts' },
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  metafile: true,
  charset: 'utf8',
  chunkNames: 'chunks/[name]-[hash]',
  // What is written as CommonJS asks for Node's modules by `require`.
  banner: { js: `#!/usr/bin/env node\nimport{createRequire}from'node:module';const require=createRequire(import.meta.url);` },
  define: { CLI_VERSION: JSON.stringify(version) },
  plugins: [slimTwitterText],
  alias: { punycode: './node_modules/punycode/punycode.js' },
  logLevel: 'warning',
});
const manifest = {
  name,
  version,
  description: 'Posts in files: checked in a pull request, queued at Buffer once when merged.',
  license,
  type: 'module',
  bin: { [name]: `${name}.js` },
  engines: { node: '>=20' },
  ...(repository && { repository }),
  ...(homepage && { homepage }),
  ...(bugs && { bugs }),
};
await writeFile(join(outdir, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
await writeFile(
  join(outdir, 'README.md'),
  `# ${name}\n\n${manifest.description}\n\nThe format is told in docs/posts-as-files.md of the extension: ${description}\n`,
);
await copyFile('LICENSE', join(outdir, 'LICENSE')).catch(() => copyFile('LICENSE.md', join(outdir, 'LICENSE.md')));
await writeNotices([metafile], join(outdir, 'THIRD-PARTY-NOTICES.md'));
