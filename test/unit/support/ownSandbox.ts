import { afterAll, beforeEach } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/sandbox.ts';

const noLimits: SandboxOptions = { rateLimit: Number.POSITIVE_INFINITY, graphqlLimits: Number.POSITIVE_INFINITY };

/**
 * A sandbox for the tests of one file: as new before each of them, and closed after the last.
 * @param options  has the service's own limits where they name none; left out altogether, there are none
 */
export async function ownSandbox(options = noLimits): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  beforeEach(() => sandbox.reset());
  afterAll(async () => {
    await sandbox.close();
    // A file stays loaded with all that it holds.
    sandbox.state.clear();
    sandbox.resetRequests();
  });
  return sandbox;
}
