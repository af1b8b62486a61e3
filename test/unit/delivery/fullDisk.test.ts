import { beforeEach, describe, expect, test } from 'vitest';
import { NotRecorded } from '../../../src/core/delivery/deliver.ts';
import { type Disk, nodeDisk } from '../../../src/core/delivery/disk.ts';
import { deliveryWindow } from '../support/deliveryWindow.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

// A disk that gets full, or is taken away, at each of the writes of one delivery.
const sandbox = await ownSandbox();
let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
});

const at = (text: string) => [...sandbox.state.updates.values()].filter((update) => update.text === text).length;
const writing = { operation: 'CreatePost' };

/** Refuses all that comes after so many writes. */
function disk(after: number, refuses: readonly (keyof Disk)[]): Disk {
  let writes = 0;
  return new Proxy(nodeDisk, {
    get: (target, name: keyof Disk) => {
      if (!['create', 'write', 'remove'].includes(name)) return target[name];
      return (path: string, text: string) => {
        if (path.endsWith('.lease')) return Promise.resolve();
        if (writes++ >= after && refuses.includes(name)) return Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
        return (target[name] as (path: string, text: string) => Promise<unknown>)(path, text);
      };
    },
  });
}

describe.each([
  ['full', ['create', 'write']],
  ['gone', ['create', 'write', 'remove']],
] as const)('a disk that is %s', (_, refuses) => {
  test.each(['answered', 'dropAfter', 'dropBefore', 'refused'] as const)(
    'from any moment on loses and doubles nothing, and claims nothing (%s)',
    async (kind) => {
      const text = kind === 'refused' ? 'x'.repeat(400) : `Of a disk: ${kind}`;
      for (let after = 0; after < 9; after++) {
        sandbox.reset();
        folder = await temporaryFolder();
        const window = await deliveryWindow(sandbox, 'graphql', folder, { settleAfter: 0, outboxOptions: { disk: disk(after, refuses) } });
        if (kind === 'dropAfter' || kind === 'dropBefore') sandbox.faults.add({ kind, match: writing });
        const told = await window.send(text, ids.bluesky).catch((error: unknown) => error);
        if (told instanceof NotRecorded) {
          expect([after, told.refusal, at(text)]).toEqual([after, 'full', 0]);
          continue;
        }
        expect(told).not.toBeInstanceOf(Error);
        const { created, failed, waiting } = told as Awaited<ReturnType<typeof window.send>>;
        expect([after, created.length + failed.length + waiting.length]).toEqual([after, 1]);
        window.die();
        // There is room again, in another window.
        const other = await deliveryWindow(sandbox, 'graphql', folder, { settleAfter: 0, staleAfter: 0 });
        await other.sender.run();
        const left = other.outbox.entries.map(({ state }) => state);
        expect(at(text)).toBeLessThanOrEqual(1);
        if (created.length) expect([after, at(text)]).toEqual([after, 1]);
        if (failed.length) expect([after, at(text), left.filter((each) => each !== 'failed')]).toEqual([after, 0, []]);
        if (waiting.length) expect([after, at(text) + left.length]).toEqual([after, 1]);
      }
    },
  );
});

test.each([
  [['BAD_USER_INPUT', 'RATE_LIMIT_EXCEEDED', undefined]],
  [['BAD_USER_INPUT', 'INTERNAL_SERVER_ERROR', undefined]],
  [['BAD_USER_INPUT', undefined, undefined]],
  [['BAD_USER_INPUT', 'RATE_LIMIT_EXCEEDED', 'INTERNAL_SERVER_ERROR']],
])(
  'of profiles of which each fares in its own way (%j), none is told otherwise than it is, at whichever write the disk gets full',
  async (codes) => {
    for (let after = 1; after < 12; after++) {
      sandbox.reset();
      sandbox.behave({ failedField: 'nulledAlone' });
      folder = await temporaryFolder();
      const profileIds = [ids.bluesky, ids.mastodon, ids.threads];
      const window = await deliveryWindow(sandbox, 'graphql', folder, {
        settleAfter: 0,
        outboxOptions: { disk: disk(after, ['create', 'write', 'remove']) },
      });
      const failing = Object.fromEntries(codes.flatMap((code, index) => (code ? [[`post${index}`, { code }] as const] : [])));
      sandbox.faults.add({ kind: 'partial', at: failing, match: writing });
      const told = await window.send('Each in its way', ...profileIds).catch((error: unknown) => error);
      if (told instanceof NotRecorded) continue;
      const { failed, waiting } = told as Awaited<ReturnType<typeof window.send>>;
      window.die();
      const other = await deliveryWindow(sandbox, 'graphql', folder, { settleAfter: 0, staleAfter: 0 });
      await other.sender.run();
      const isMade = (profileId: string) =>
        [...sandbox.state.updates.values()].some((update) => update.text === 'Each in its way' && update.profileId === profileId);
      // What was told as failed goes out by nobody's doing; what was told to go out by itself does.
      const inOutbox = new Set(
        other.outbox.entries.filter(({ state }) => state !== 'failed').flatMap(({ profiles }) => profiles.map(({ id }) => id)),
      );
      for (const { profile } of failed)
        expect([after, profile.service, isMade(profile.id), inOutbox.has(profile.id)]).toEqual([after, profile.service, false, false]);
      for (const { profile } of waiting) expect([after, profile.service, isMade(profile.id)]).toEqual([after, profile.service, true]);
      const failedEntries = other.outbox.entries.filter(({ state }) => state === 'failed').flatMap(({ profiles }) => profiles);
      for (const { id } of failedEntries) expect([after, id, isMade(id)]).toEqual([after, id, false]);
    }
  },
);
