import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { browserLaunchOptions } from '../harness/browser.ts';
import { codeServerUserData, startCodeServer } from '../harness/codeServer.ts';
import { quietSettings, sandboxEnvironment, sandboxSettings, testEnvironment } from '../harness/environment.ts';
import { copySampleWorkspace } from '../harness/sampleWorkspace.ts';
import { writeSettings } from '../harness/settingsFiles.ts';
import { WorkbenchPage } from '../harness/workbenchPage.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';

export interface BenchWindow {
  readonly workbench: WorkbenchPage;
  readonly sandbox: Sandbox;
}

/** Gives a window of VS Code with this package installed, on a local Buffer, and ends all of it afterwards. */
export async function withWindow<Result>(vsix: string, use: (window: BenchWindow) => Promise<Result>): Promise<Result> {
  const ends: (() => unknown)[] = [];
  try {
    const sandbox = await startSandbox({ rateLimit: Number.POSITIVE_INFINITY, graphqlLimits: Number.POSITIVE_INFINITY });
    ends.push(() => sandbox.close());
    const dataDir = await mkdtemp(join(tmpdir(), 'buffer-bench-'));
    ends.push(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }));
    await writeSettings(codeServerUserData(dataDir), 'User', quietSettings);
    await writeSettings(codeServerUserData(dataDir), 'Machine', sandboxSettings(sandbox));
    const server = await startCodeServer({ dataDir, vsix, env: { ...testEnvironment, ...sandboxEnvironment(sandbox) } });
    ends.push(() => server.stop());
    const workspace = await copySampleWorkspace();
    ends.push(() => workspace.remove());
    const browser = await chromium.launch(browserLaunchOptions());
    ends.push(() => browser.close());
    // High enough for the whole list of running extensions, of which only what can be seen is there.
    const workbench = new WorkbenchPage(await browser.newPage({ viewport: { width: 1280, height: 2_000 } }));
    await workbench.open(server.url(workspace.folder));
    return await use({ workbench, sandbox });
  } finally {
    for (const end of ends.reverse()) await end();
  }
}
