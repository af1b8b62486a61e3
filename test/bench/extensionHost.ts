import { format } from 'node:util';
import { chromium } from 'playwright-core';
import { browserLaunchOptions } from '../harness/browser.ts';
import { quietSettings, sandboxEnvironment, sandboxSettings, testEnvironment } from '../harness/environment.ts';
import { copySampleWorkspace } from '../harness/sampleWorkspace.ts';
import { startWorkbenchServer } from '../harness/workbenchServer.ts';
import { startSandbox } from '../sandbox/sandbox.ts';

const reportMark = '[report] ';
const patience = 180_000;

/**
 * Runs a module inside the extension host of a VS Code in a headless browser, on a local Buffer.
 * @returns the JSON that it logged behind `BUFFER_REPORT_MARK`
 */
export async function runInExtensionHost<Report>(extension: string, tests: string, env: Readonly<Record<string, string>>): Promise<Report> {
  const ends: (() => unknown)[] = [];
  try {
    const sandbox = await startSandbox();
    ends.push(() => sandbox.close());
    const workspace = await copySampleWorkspace();
    ends.push(() => workspace.remove());
    const server = await startWorkbenchServer({
      userSettings: quietSettings,
      machineSettings: sandboxSettings(sandbox),
      env: { ...testEnvironment, ...sandboxEnvironment(sandbox), ...env, BUFFER_REPORT_MARK: reportMark },
    });
    ends.push(() => server.stop());
    const browser = await chromium.launch(browserLaunchOptions());
    ends.push(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const logged: string[] = [];
    const { promise: report, resolve, reject } = Promise.withResolvers<Report>();
    await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
      const line = format(...args);
      logged.push(line);
      if (line.startsWith(reportMark)) resolve(JSON.parse(line.slice(reportMark.length)) as Report);
    });
    const failed = (reason: string) => reject(new Error(`${reason}\n${logged.slice(-20).join('\n')}`));
    await page.exposeFunction('codeAutomationExit', (code: number) =>
      failed(`The extension host ended with ${code} before it told anything.`),
    );
    const timer = setTimeout(() => failed('The extension host told nothing in time.'), patience);
    ends.push(() => clearTimeout(timer));
    await page.goto(server.url({ folder: workspace.folder, extensionDevelopmentPath: extension, extensionTestsPath: tests }));
    return await report;
  } finally {
    for (const end of ends.reverse()) await end();
  }
}
