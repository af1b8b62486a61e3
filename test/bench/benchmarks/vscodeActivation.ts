import { setTimeout as sleep } from 'node:timers/promises';
import { packRelease } from '../../harness/vsix.ts';
import type { WorkbenchPage } from '../../harness/workbenchPage.ts';
import type { Benchmark } from '../benchmark.ts';
import { quantile } from '../statistics.ts';
import { withWindow } from '../window.ts';

/** What VS Code itself tells of activation ("Show Running Extensions"), of the package and of a built-in extension in the same host. */
export const activation: Benchmark = {
  name: 'vscode-activation',
  needsVSCode: true,
  run: async ({ runs = 7 }) => {
    const vsix = await packRelease('queue-for-buffer');
    return withWindow(vsix, async ({ workbench }) => {
      const taken = { asked: [] as Times[], restored: [] as Times[] };
      // The first start of all reads files that no cache of the machine holds yet.
      for (let run = -1; run < runs; run++) {
        const times = await activated(workbench);
        await showNext(workbench, 'Explorer');
        if (run >= 0) taken.asked.push(times);
      }
      await showNext(workbench, 'Buffer');
      for (let run = 0; run < Math.ceil(runs / 2); run++) {
        taken.restored.push(await activated(workbench));
        await showNext(workbench, 'Buffer');
      }
      const figure = (name: string, times: readonly Times[]) => {
        const median = (whose: keyof Times) =>
          quantile(
            times.map((each) => each[whose]),
            0.5,
          );
        return {
          name,
          unit: 'times' as const,
          samples: times.map(({ ours, theirs }) => ours / theirs),
          note: `${median('ours')} ms to ${median('theirs')} ms`,
        };
      };
      return [
        { ...figure('activation over merge-conflict', taken.asked), goal: 1.5 },
        // There it is activated while VS Code itself is starting; merge-conflict waits for the end of that.
        figure('… of a window that opens with the view', taken.restored),
      ];
    });
  },
};

/** Milliseconds, as VS Code tells them: loading the code and calling `activate`. */
interface Times {
  readonly ours: number;
  readonly theirs: number;
}

/** Reloads the window so that it begins with this view. */
async function showNext(workbench: WorkbenchPage, view: 'Explorer' | 'Buffer'): Promise<void> {
  await workbench.openView(view);
  // A window in the browser stores what it shows some time after, and a reload does not wait for that.
  await sleep(2_000);
  await workbench.reload();
}

/** Shows the view, and reads what VS Code says that took. */
async function activated(workbench: WorkbenchPage): Promise<Times> {
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
  return times;
}
