import { setTimeout as sleep } from 'node:timers/promises';
import { buildSandboxExtension } from '../../harness/extensionCopy.ts';
import { packExtension } from '../../harness/vsix.ts';
import type { Benchmark, Figure } from '../benchmark.ts';
import { type BenchWindow, withWindow } from '../window.ts';

const latencies = [0, 50, 300];

/** From a click on the view's icon, in a window that has just started, to the rows of the session before and to fresh ones. */
export const sidebar: Benchmark = {
  name: 'vscode-sidebar',
  needsVSCode: true,
  run: async ({ runs = 5 }) => {
    const vsix = await packExtension(await buildSandboxExtension(), 'queue-for-buffer-sandbox');
    return withWindow(vsix, async (window) => {
      await window.workbench.openView('Buffer');
      const figures: Figure[] = [];
      const known: number[] = [];
      for (const latency of latencies) {
        const fresh: number[] = [];
        for (let run = 0; run < runs; run++) {
          const times = await shown(window, latency);
          known.push(times.known);
          fresh.push(times.fresh);
        }
        figures.push({ name: `sidebar: shown to fresh rows, ${latency} ms latency`, unit: 'ms', samples: fresh });
      }
      return [{ name: 'sidebar: shown to last-known rows', unit: 'ms', samples: known, note: 'activation included' }, ...figures];
    });
  },
};

async function shown({ workbench, sandbox }: BenchWindow, latency: number): Promise<{ readonly known: number; readonly fresh: number }> {
  const { page } = workbench;
  const first = workbench.treeRows().first();
  await first.getByText(/\d/).first().waitFor({ timeout: 30_000 });
  // What is shown is on disk a second later.
  await sleep(2_500);
  const before = (await first.innerText()).trim();
  await workbench.openView('Explorer');
  sandbox.faults.clear();
  await page.reload();
  await workbench.ready();
  await sleep(4_000);
  const profile = sandbox.state.profiles.find(({ formattedUsername }) => before.includes(formattedUsername))!;
  // What only a fresh answer can tell.
  const after = `@renamed-${performance.now().toFixed()}`;
  Object.assign(profile, { formattedUsername: after });
  if (latency) sandbox.faults.add({ kind: 'latency', ms: latency, times: 0 });
  const times = page.evaluate(
    ({ before, after }) =>
      new Promise<{ known: number; fresh: number }>((resolve) => {
        let started = 0;
        let known = 0;
        const look = () => {
          const row = document.querySelector('.part.sidebar .pane-body .monaco-list-row[aria-level="1"]:has(.custom-view-tree-node-item)');
          const text = (row as HTMLElement | null)?.innerText.trim();
          const now = performance.now();
          if (text === before) known ||= now;
          // Without latency, what is fresh may be there first.
          if (text?.includes(after)) return resolve({ known: (known || now) - started, fresh: now - started });
          requestAnimationFrame(look);
        };
        addEventListener(
          'mousedown',
          () => {
            started = performance.now();
            look();
          },
          { once: true, capture: true },
        );
      }),
    { before, after },
  );
  await page.locator('.activitybar').getByRole('tab', { name: 'Buffer' }).click();
  return Promise.race([times, sleep(30_000).then(() => Promise.reject(new Error(`No fresh rows came after "${before}".`)))]);
}
