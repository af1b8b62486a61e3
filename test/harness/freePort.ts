import { once } from 'node:events';
import { createServer } from 'node:net';

/** The port asked for when nobody listens on it, else any that is free. */
export async function freePort(preferred: number): Promise<number> {
  const probe = createServer();
  try {
    probe.listen(preferred, '127.0.0.1');
    await once(probe, 'listening');
    return preferred;
  } catch {
    return 0;
  } finally {
    probe.close();
  }
}
