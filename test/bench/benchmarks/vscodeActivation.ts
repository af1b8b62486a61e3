import { setTimeout as sleep } from 'node:timers/promises';
import { repositoryDir } from '../../harness/paths.ts';
import { packExtension } from '../../harness/vsix.ts';
import type { WorkbenchPage } from '../../harness/workbenchPage.ts';
import type { Benchmark } from '../benchmark.ts';
import { quantile } from '../statistics.ts';
import { withWindow } from '../window.ts';

/** What VS Code itself tells of activation ("Show Running Extensions"), of the package and of a built-in extension in the same host. */
export const activation: Benchmark = {
  name: 'vscode-activation',
  needsVSCode: true,
  run: async ({ runs = 7 }) => {
    const vsix = await packExtension(repositoryDir, 'queue-for-buffer');
    return withWindow(vsix, async ({ workbench }) => {
      const samples: number[] = [];
      const times: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
      // The first start of all reads files that no cache of the machine holds yet.
      for (let run = -1; run < runs; run++) {
        const { ours, theirs } = await activated(workbench);
        await workbench.reload();
        if (run < 0) continue;
        samples.push(ours / theirs);
        times.ours.push(ours);
        times.theirs.push(theirs);
      }
      const note = `${quantile(times.ours, 0.5)} ms to ${quantile(times.theirs, 0.5)} ms`;
      return [{ name: 'activation over merge-conflict', unit: 'times', samples, goal: 1.5, note }];
    });
  },
};

/** Shows the view, and reads what VS Code says that took. */
async function activated(workbench: WorkbenchPage): Promise<{ readonly ours: number; readonly theirs: number }> {
  // What VS Code activates by itself once it has started must not be under way.
  await sleep(4_000);
  await workbench.openView('Buffer');
  await workbench.sideBar.getByText('Sign In').first().waitFor({ timeout: 30_000 });
  await workbench.runCommand('Developer: Show Running Extensions');
  const timeOf = async (name: string) => {
    const row = workbench.page.locator('.runtime-extensions-editor .monaco-list-row').filter({ hasText: name });
    const words = await row.locator('.activation-time').innerText({ timeout: 15_000 });
    const [, time] = /(\d+)\s*ms/.exec(words) ?? [];
    if (time === undefined) throw new Error(`VS Code says "${words}" of ${name}.`);
    return Number(time);
  };
  const times = { ours: await timeOf('Queue for Buffer'), theirs: await timeOf('Merge Conflict') };
  // It opens in front of everything.
  await workbench.page.keyboard.press('Escape');
  await workbench.page.locator('.monaco-modal-editor-block').waitFor({ state: 'hidden' });
  // The view must not be what a reloaded window begins with.
  await workbench.openView('Explorer');
  return times;
}
