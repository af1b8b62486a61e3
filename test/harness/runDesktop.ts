// `npm run test:desktop`: the same Mocha suite as `npm run test:workbench`, in VS Code for the desktop.
//   --grep=PATTERN  only the tests whose title matches
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { startSandbox } from '../sandbox/sandbox.ts';
import { Cleanup } from './cleanup.ts';
import { desktopArguments, installDesktop } from './desktop.ts';
import { quietSettings, sandboxEnvironment, sandboxSettings, testEnvironment } from './environment.ts';
import { buildSandboxExtension } from './extensionCopy.ts';
import { copySampleWorkspace } from './sampleWorkspace.ts';
import { buildWorkbenchTests } from './workbenchBundle.ts';

const { values } = parseArgs({ options: { grep: { type: 'string', default: '' } } });

const cleanup = new Cleanup();
try {
  const [extensionDevelopmentPath, extensionTestsPath] = await Promise.all([buildSandboxExtension(), buildWorkbenchTests()]);
  const vscodeExecutablePath = await installDesktop();
  const sandbox = await startSandbox();
  cleanup.add(() => sandbox.close());
  const workspace = await copySampleWorkspace();
  cleanup.add(() => workspace.remove());
  const dataDir = await mkdtemp(join(tmpdir(), 'buffer-desktop-'));
  cleanup.add(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }));

  await runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath,
    extensionTestsPath,
    launchArgs: [workspace.folder, ...(await desktopArguments(dataDir, { ...quietSettings, ...sandboxSettings(sandbox) }))],
    extensionTestsEnv: { ...testEnvironment, ...sandboxEnvironment(sandbox), BUFFER_TEST_GREP: values.grep },
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await cleanup.run();
}
