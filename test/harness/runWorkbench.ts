// `npm run test:workbench`: the Mocha suite inside the extension host of a VS Code in a headless browser, once for each
// of Buffer's services.
//   --api=v1|graphql  only for this one
//   --grep=PATTERN    only the tests whose title matches
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { format, parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { startSandbox } from '../sandbox/sandbox.ts';
import { browserLaunchOptions } from './browser.ts';
import { Cleanup } from './cleanup.ts';
import { type ApiName, apiNames, quietSettings, sandboxEnvironment, sandboxSettings, testEnvironment } from './environment.ts';
import { buildSandboxExtension } from './extensionCopy.ts';
import { resultsDir } from './paths.ts';
import { copySampleWorkspace } from './sampleWorkspace.ts';
import { buildWorkbenchTests } from './workbenchBundle.ts';
import { startWorkbenchServer } from './workbenchServer.ts';
import { timeoutFactor } from './timeoutFactor.ts';

const timeout = 400_000 * timeoutFactor;
const reportMark = '[report] ';

const { values } = parseArgs({ options: { api: { type: 'string' }, grep: { type: 'string', default: '' } } });

const cleanup = new Cleanup();
try {
  const [extension, tests] = await Promise.all([buildSandboxExtension(), buildWorkbenchTests()]);
  for (const api of apiNames.filter((name) => values.api === undefined || values.api === name)) {
    console.log(`\n  On ${api}`);
    const exitCode = await runSuite(api, extension, tests);
    // What one of them started is of no use to the next.
    await cleanup.run();
    process.exitCode ||= exitCode;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await cleanup.run();
}

async function runSuite(api: ApiName, extensionDevelopmentPath: string, extensionTestsPath: string): Promise<number> {
  const sandbox = await startSandbox();
  cleanup.add(() => sandbox.close());
  const workspace = await copySampleWorkspace();
  cleanup.add(() => workspace.remove());
  const server = await startWorkbenchServer({
    userSettings: quietSettings,
    machineSettings: sandboxSettings(sandbox),
    env: {
      ...testEnvironment,
      ...sandboxEnvironment(sandbox, api),
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
  const logFile = join(resultsDir, `workbench-${api}.log`);
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
    const screenshot = join(resultsDir, `workbench-${api}-timeout.png`);
    page
      .screenshot({ path: screenshot })
      .then(() => exitCode.reject(new Error(`The tests did not end within ${timeout / 1000} s; the window then: ${screenshot}`)))
      .catch((error: unknown) => exitCode.reject(error));
  }, timeout);
  cleanup.add(() => clearTimeout(timer));

  await page.goto(server.url({ folder: workspace.folder, extensionDevelopmentPath, extensionTestsPath }));
  const code = await exitCode.promise;
  if (code !== 0) console.error(`What VS Code logged meanwhile: ${logFile}`);
  return code;
}
