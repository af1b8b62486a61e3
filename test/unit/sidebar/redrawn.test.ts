import { beforeEach, describe, expect, test, vi } from 'vitest';
import { apiNames } from '../../../src/core/buffer/model.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

vi.mock('vscode', async () => (await import('../support/vscodeStub.ts')).vscodeStub);

const { queueWindow } = await import('../support/queueWindow.ts');

// VS Code makes a row's buttons anew when it is told of the row, or of one above it: a click in that moment is lost.
const sandbox = await ownSandbox();

describe.each(apiNames)('rows are drawn anew only where they look different, %s', (api) => {
  let window: ReturnType<typeof queueWindow>;
  const first = () => window.store.list(ids.bluesky, 'pending').items.find(({ status }) => status === 'pending')!;

  beforeEach(async () => {
    window = queueWindow(sandbox, api);
    await window.load(ids.bluesky);
    // As VS Code does with a section that is open.
    window.rows(ids.bluesky, 'Pending');
    window.redrawn.length = 0;
  });

  test('a queue that is read again and is the same redraws nothing', async () => {
    await window.store.refreshList(ids.bluesky, 'pending');
    expect(sandbox.requests().length).toBeGreaterThan(0);
    expect(window.redrawn).toEqual([]);
  });

  test('an update that was changed elsewhere redraws its own row', async () => {
    const { id } = first();
    sandbox.editElsewhere(id, 'A colleague changed this');
    await window.store.refreshList(ids.bluesky, 'pending');
    expect(window.redrawn.map((node) => node?.id)).toEqual([window.nodeOf(id)!.id]);
  });

  test('an update whose row is the same and whose tooltip is another is drawn as well', async () => {
    const { id } = first();
    // Different beyond what a row shows of a text.
    for (const end of ['One end', 'Other end']) {
      sandbox.editElsewhere(id, `${'word '.repeat(50)}${end}`);
      window.redrawn.length = 0;
      await window.store.refreshList(ids.bluesky, 'pending');
      window.rows(ids.bluesky, 'Pending');
    }
    expect(window.redrawn.map((node) => node?.id)).toEqual([window.nodeOf(id)!.id]);
  });

  test('one that went redraws its section', async () => {
    const { id } = first();
    await window.store.destroy(id);
    expect(window.redrawn.some((node) => node?.kind === 'section' || node?.kind === 'profile')).toBe(true);
    expect(window.rows(ids.bluesky, 'Pending').length).toBeGreaterThan(0);
    expect(window.nodeOf(id)).toBeUndefined();
  });
});
