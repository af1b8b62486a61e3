// One run of the command line in a process of its own, which may be killed at any moment.
import { command } from '../../../src/cli/command.ts';

const { args, folder, env, settleAfter } = JSON.parse(process.argv[2]!) as {
  readonly args: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly settleAfter: number;
};

process.exitCode = await command(args, {
  folder,
  env,
  userAgent: 'soak',
  settleAfter,
  // All runs are processes of this computer.
  isRunning: ({ run }) => {
    try {
      return process.kill(Number(run?.split('.')[1]), 0);
    } catch {
      return false;
    }
  },
  write: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
});
