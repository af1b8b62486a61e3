import type { Sandbox } from '../sandbox/sandbox.ts';

/** The texts that wait in a profile's queue, as the service has them. */
export const queueOf = (sandbox: Sandbox, profileId: string): string[] =>
  sandbox
    .summary()
    .profiles.find(({ id }) => id === profileId)!
    .pending.map(({ text }) => text);
