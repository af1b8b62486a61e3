// The command line: `npx queue-for-buffer`.
import { userAgentOf } from '../core/buffer/transport/userAgent.ts';
import { command } from './command.ts';

declare const CLI_VERSION: string | undefined;

const { BUFFER_API_KEY, QUEUE_FOR_BUFFER_ADDRESS, QUEUE_FOR_BUFFER_SETTLE_AFTER } = process.env;
// Nothing that is started from here is to have it.
delete process.env['BUFFER_API_KEY'];

process.exitCode = await command(process.argv.slice(2), {
  folder: process.cwd(),
  env: { ...process.env, BUFFER_API_KEY },
  write: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
  // Of a service on this machine it is known how long what got no answer may take to show.
  ...(QUEUE_FOR_BUFFER_ADDRESS && QUEUE_FOR_BUFFER_SETTLE_AFTER && { settleAfter: Number(QUEUE_FOR_BUFFER_SETTLE_AFTER) }),
  userAgent: userAgentOf({ version: typeof CLI_VERSION === 'string' ? CLI_VERSION : '' }),
});
