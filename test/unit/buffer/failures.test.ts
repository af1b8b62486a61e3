import * as vscode from 'vscode';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SignInPrompt } from '../../../src/account/signInPrompt.ts';
import { apiNames } from '../../../src/core/buffer/model.ts';
import { Failures } from '../../../src/commands/failures.ts';
import { drawFailure } from '../../../src/ui/failureRow.ts';
import { clientOf } from '../../sandbox/client.ts';
import type { StrangerName } from '../../sandbox/strangers.ts';
import { failureOf } from '../support/failureOf.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

const sandbox = await ownSandbox();

interface Shown {
  readonly message: string;
  readonly offers: readonly string[];
}

/** What was shown, as a warning or an error; the person takes the offer of this title. */
function person(takes?: string): Shown[] {
  const shown: Shown[] = [];
  const show = (message: string, ...items: { title: string }[]) => {
    shown.push({ message, offers: items.map(({ title }) => title) });
    return Promise.resolve(items.find(({ title }) => title === takes));
  };
  vi.spyOn(vscode.window, 'showWarningMessage').mockImplementation(show as never);
  vi.spyOn(vscode.window, 'showErrorMessage').mockImplementation(show as never);
  return shown;
}

let done: unknown[][];
beforeEach(() => {
  done = [];
  vi.spyOn(vscode.commands, 'executeCommand').mockImplementation(((...command: unknown[]) =>
    Promise.resolve(void done.push(command))) as never);
});
afterEach(() => {
  vi.restoreAllMocks();
});

function tell(act: () => Promise<unknown>): Promise<unknown> {
  const prompt = { show: () => Promise.reject(new Error('Nobody is to sign in for it.')) } as unknown as SignInPrompt;
  const log = { error: () => {} } as unknown as vscode.LogOutputChannel;
  return new Failures(log, prompt).attempt(act).catch((error: unknown) => expect(error).toBeInstanceOf(vscode.CancellationError));
}

describe.each(apiNames)('something between here and %s', (service) => {
  const create = () => clientOf(sandbox, service).create({ profileIds: [ids.bluesky], text: 'New', when: 'queue' }, () => 'bluesky');
  const page = { address: 'http://example.com/' };

  test.each<[StrangerName, string, string, unknown[] | undefined]>([
    ['portalPage', 'Open Sign-in Page', 'It is not known whether this was done.', ['vscode.open', page]],
    ['portalRedirect', 'Open Sign-in Page', 'It is not known whether this was done.', ['vscode.open', page]],
    ['portalNotice', 'Open Sign-in Page', 'sign in', ['vscode.open', page]],
    ['proxyLogin', 'Open Settings', 'http.proxy', ['workbench.action.openSettings', 'http.proxy']],
  ])('%s is told with a button that helps: %s', async (by, offer, words, command) => {
    sandbox.faults.add({ kind: 'stranger', by, times: 0 });
    const shown = person(offer);
    await tell(create);
    expect(shown).toHaveLength(1);
    expect(shown[0]!.message).toContain(words);
    expect(shown[0]!.offers[0]).toBe(offer);
    expect(done).toEqual([command]);
  });

  test.each<StrangerName>(['filterPage', 'missingPage', 'lockedPage', 'emptyMissing'])(
    '%s is told without one, and asks for no sign-in',
    async (by) => {
      sandbox.faults.add({ kind: 'stranger', by, times: 0 });
      const shown = person();
      await tell(create);
      expect(shown).toMatchObject([
        { message: expect.stringContaining('Something between this computer and Buffer') as string, offers: ['Refresh', 'Show Log'] },
      ]);
    },
  );

  test('is a row that tries again on a click, whatever it looks like', async () => {
    for (const by of ['portalPage', 'lockedPage', 'missingPage', 'proxyLogin'] as const) {
      sandbox.faults.add({ kind: 'stranger', by });
      const item = new vscode.TreeItem('');
      const retry = { command: 'buffer.retry', title: 'Retry' };
      const error = await failureOf(clientOf(sandbox, service).account());
      drawFailure(item, error, retry);
      expect(item).toMatchObject({ label: error.message, description: 'Try again', command: retry });
    }
  });
});
