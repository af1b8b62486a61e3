// Calling npm from a script, on every platform.

/** The command line that runs npm: the very npm that started us, under our own Node, where there is one. */
export function npmCommand(...args: string[]): { command: string; args: string[]; shell: boolean } {
  const npmScript = process.env['npm_execpath'];
  if (npmScript?.endsWith('.js')) return { command: process.execPath, args: [npmScript, ...args], shell: false };
  // npm is a batch file on Windows, which only a shell can start.
  return { command: 'npm', args, shell: process.platform === 'win32' };
}
