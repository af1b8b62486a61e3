// `npm run test:workbench`: the Mocha suite inside the extension host of a VS Code in a headless browser.
//   --grep=PATTERN  only the tests whose title matches
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { format, parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { startSandbox } from '../sandbox/sandbox.ts';
import { browserLaunchOptions } from './browser.ts';
import { Cleanup } from './cleanup.ts';
import { quietSettings, sandboxEnvironment, sandboxSettings, testEnvironment } from './environment.ts';
import { buildSandboxExtension } from './extensionCopy.ts';
import { resultsDir } from './paths.ts';
import { copySampleWorkspace } from './sampleWorkspace.ts';
import { buildWorkbenchTests } from './workbenchBundle.ts';
import { startWorkbenchServer } from './workbenchServer.ts';

const timeout = 180_000;
const reportMark = '[report] ';
const logFile = join(resultsDir, 'workbench.log');

const { values } = parseArgs({ options: { grep: { type: 'string', default: '' } } });

const cleanup = new Cleanup();
try {
  process.exitCode = await runSuite();
  if (process.exitCode !== 0) console.error(`What VS Code logged meanwhile: ${logFile}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await cleanup.run();
}

async function runSuite(): Promise<number> {
  const [extensionDevelopmentPath, extensionTestsPath] = await Promise.all([buildSandboxExtension(), buildWorkbenchTests()]);
  const sandbox = await startSandbox();
  cleanup.add(() => sandbox.close());
  const workspace = await copySampleWorkspace();
  cleanup.add(() => workspace.remove());
  const server = await startWorkbenchServer({
    userSettings: quietSettings,
    machineSettings: sandboxSettings(sandbox),
    env: {
      ...testEnvironment,
      ...sandboxEnvironment(sandbox),
      BUFFER_TEST_GREP: values.grep,
      BUFFER_REPORT_MARK: reportMark,
      ...(process.env['FORCE_COLOR'] || (process.stdout.isTTY && process.stdout.hasColors()) ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
    },
  });
  cleanup.add(() => server.stop());
  const browser = await chromium.launch(browserLaunchOptions());
  cleanup.add(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  // What the workbench and the extension host log: much, and only of interest when something failed.
  await mkdir(resultsDir, { recursive: true });
  const log = createWriteStream(logFile);
  cleanup.add(() => log.end());

  const exitCode = Promise.withResolvers<number>();
  // The two functions by which a workbench in a browser reports what an extension test prints and how it ends.
  await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
    const line = format(...args);
    if (line.startsWith(reportMark)) console.log(line.slice(reportMark.length));
    else log.write(`${line}\n`);
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => exitCode.resolve(code));
  page.on('crash', () => exitCode.reject(new Error('The page with VS Code crashed.')));
  browser.on('disconnected', () => exitCode.reject(new Error('The browser ended before the tests did.')));
  const timer = setTimeout(() => {
    const screenshot = join(resultsDir, 'workbench-timeout.png');
    page
      .screenshot({ path: screenshot })
      .then(() => exitCode.reject(new Error(`The tests did not end within ${timeout / 1000} s; the window then: ${screenshot}`)))
      .catch((error: unknown) => exitCode.reject(error));
  }, timeout);
  cleanup.add(() => clearTimeout(timer));

  await page.goto(server.url({ folder: workspace.folder, extensionDevelopmentPath, extensionTestsPath }));
  return exitCode.promise;
}
