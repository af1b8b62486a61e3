// `npm run test:package`: the very .vsix people install, unpacked and running in a VS Code without any of our tooling.
import assert from 'node:assert/strict';
import { glob, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { unzipSync } from 'fflate';
import { chromium, type Browser, type Page } from 'playwright-core';
import budget from '../../scripts/build/budget.json' with { type: 'json' };
import { isOfPanel, isOfPostFiles, panels } from '../../scripts/build/panels.js';
import { released } from '../../scripts/build/repack.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { browserLaunchOptions } from './browser.ts';
import { codeServerExtensions, codeServerUserData, startCodeServer } from './codeServer.ts';
import { Cleanup } from './cleanup.ts';
import { quietSettings, sandboxSettings, testEnvironment } from './environment.ts';
import { repositoryDir } from './paths.ts';
import { copySampleWorkspace } from './sampleWorkspace.ts';
import { writeSettings } from './settingsFiles.ts';
import { packRelease } from './vsix.ts';
import { WorkbenchPage } from './workbenchPage.ts';
import { timeoutFactor } from './timeoutFactor.ts';

/** The view container, and what a person who is not signed in finds in it. */
const container = 'Buffer';
const firstSight = 'Sign In';

/** Every file a package may hold. */
const allowed = [
  /^package\.json$/,
  /^package\.nls(\.[\w-]+)?\.json$/,
  /^(readme|changelog|security|third-party-notices)\.md$/i,
  /^license(\.(md|txt))?$/i,
  // VS Code's own, written as it unpacks.
  /^\.vsixmanifest$/,
  /^media\/.+\.(svg|png|gif|md|css)$/,
  // What VS Code reads of a language: its grammar, its brackets and comments, the schema of its configuration.
  /^media\/postFiles\/(config\.schema|language|post\.tmLanguage)\.json$/,
  /^l10n\/.+\.json$/,
  /^dist\/.+\.(js|css|ttf)$/,
];

const cleanup = new Cleanup();
let vsix: string;
let installed: string;
let page: Page;
let workbench: WorkbenchPage;

before(async () => {
  vsix = await packRelease('queue-for-buffer');
  const dataDir = await mkdtemp(join(tmpdir(), 'buffer-packaged-'));
  cleanup.add(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }));
  // Were a test to sign in by mistake, it would meet the sandbox.
  const sandbox = await startSandbox();
  cleanup.add(() => sandbox.close());
  await writeSettings(codeServerUserData(dataDir), 'User', quietSettings);
  await writeSettings(codeServerUserData(dataDir), 'Machine', sandboxSettings(sandbox));
  const server = await startCodeServer({ dataDir, vsix, env: testEnvironment });
  cleanup.add(() => server.stop());
  const { id, folder } = await installedExtension(codeServerExtensions(dataDir));
  assert.equal(id, 'queue-for-buffer.queue-for-buffer');
  installed = folder;

  const workspace = await copySampleWorkspace();
  cleanup.add(() => workspace.remove());
  const browser: Browser = await chromium.launch(browserLaunchOptions());
  cleanup.add(() => browser.close());
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  workbench = new WorkbenchPage(page);
  await workbench.open(server.url(workspace.folder));
});

after(() => cleanup.run());

test('the package holds what it needs and nothing else', async () => {
  const files: string[] = [];
  for await (const entry of glob('**', { cwd: installed, withFileTypes: true })) {
    if (entry.isFile())
      files.push(
        join(entry.parentPath, entry.name)
          .slice(installed.length + 1)
          .replaceAll('\\', '/'),
      );
  }
  assert.ok(files.includes('dist/extension.js'), 'the bundle is missing');
  assert.deepEqual(
    files.filter((file) => !allowed.some((pattern) => pattern.test(file))),
    [],
  );
});

test('its manifest says all that ours does to those who run it', async () => {
  const read = async (folder: string) => JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  // VS Code adds a note of its own as it installs.
  const { __metadata: _, ...theirs } = await read(installed);
  assert.deepEqual(theirs, released(await read(repositoryDir)));
  assert.ok(!('scripts' in theirs) && 'contributes' in theirs && 'l10n' in theirs);
});

test('the licence of everything that others wrote is in it', async () => {
  const notices = await readFile(join(installed, 'THIRD-PARTY-NOTICES.md'), 'utf8');
  // Found in another way than the notices are: by what a build of the same sources says it read.
  const bundling = pathToFileURL(join(repositoryDir, 'scripts', 'build', 'bundling.js')).href;
  const { slimTwitterText } = (await import(bundling)) as { slimTwitterText: Plugin };
  const read = async (platform: 'node' | 'browser', ...entryPoints: string[]) => {
    const { metafile } = await build({
      absWorkingDir: repositoryDir,
      entryPoints,
      platform,
      alias: { ofetch: './node_modules/ofetch/dist/index.mjs', punycode: './node_modules/punycode/punycode.js' },
      plugins: [slimTwitterText],
      outdir: 'unused',
      bundle: true,
      write: false,
      metafile: true,
      external: ['vscode'],
      define: { SANDBOX_BUILD: 'false' },
      loader: { '.ttf': 'file', '.svg': 'dataurl' },
      logLevel: 'silent',
    });
    return Object.keys(metafile.inputs);
  };
  const inputs = [
    ...(await read('node', 'src/extension.ts')),
    ...(await read('browser', ...['composer', ...panels].map((name) => `src/${name}/page/main.ts`), '@vscode/codicons/dist/codicon.css')),
  ];
  const names = new Set(
    inputs.flatMap(
      (path) =>
        path
          .split('node_modules/')
          .slice(1)
          .at(-1)
          ?.match(/^(?:@[^/]+\/)?[^/]+/)?.[0] ?? [],
    ),
  );
  assert.ok(names.size > 10);
  const isListed = (name: string) => /^[\d.]+\n\n(https?:\S+\n\n)?Licence: \S/.test(notices.split(`\n## ${name} `)[1] ?? '');
  assert.deepEqual(
    [...names, 'simple-icons'].filter((name) => !isListed(name)),
    [],
  );
});

/** Everything that is run, as one text. */
async function shippedCode(): Promise<string> {
  let code = '';
  for await (const file of glob('dist/**/*.js', { cwd: installed })) code += await readFile(join(installed, file), 'utf8');
  return code;
}

test("the package knows nothing of the sandbox's sign-in", async () => {
  // Not `doesNotMatch`, which would print the whole of it.
  assert.ok(!(await shippedCode()).includes('BUFFER_SANDBOX'), 'the sandbox sign-in was bundled');
});

test('the bundle refers to no source map', async () => {
  assert.ok(!(await shippedCode()).includes('//# sourceMappingURL='), 'the bundle refers to a source map');
});

test('the package is as small as it is meant to be', async () => {
  const packed = await readFile(vsix);
  const sizes = { vsix: packed.length, panels: 0, postFiles: 0 };
  unzipSync(packed, {
    filter: ({ name, size }) => {
      const path = name.replace(/^extension\//u, '');
      const part = isOfPanel(path) ? 'panels' : isOfPostFiles(path) ? 'postFiles' : undefined;
      if (part) {
        sizes[part] += size;
        sizes.vsix -= size;
      }
      return false;
    },
  });
  for (const part of ['vsix', 'panels', 'postFiles'] as const)
    assert.ok(sizes[part] <= budget[part], `${part}: ${sizes[part]} bytes, and may be ${budget[part]}: see scripts/build/budget.json`);
});

test('a person who installs it is asked to sign in', async () => {
  try {
    await workbench.openView(container);
    await workbench.sideBar
      .getByText(firstSight)
      .first()
      .waitFor({ timeout: 15_000 * timeoutFactor });
    assert.equal(await workbench.notifications(/failed|error/i).count(), 0);
  } finally {
    await workbench.screenshot('packaged');
  }
});

async function installedExtension(extensionsDir: string): Promise<{ id: string; folder: string }> {
  for await (const manifest of glob('*/package.json', { cwd: extensionsDir })) {
    const { publisher, name } = JSON.parse(await readFile(join(extensionsDir, manifest), 'utf8')) as Record<string, string>;
    return { id: `${publisher}.${name}`, folder: join(extensionsDir, manifest, '..') };
  }
  throw new Error('VS Code did not install the package.');
}
