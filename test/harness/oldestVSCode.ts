// The oldest VS Code that package.json promises, as the npm registry names it.

/** The releases of code-server that carry the lowest VS Code of a range such as `^1.100.0`: `4.100`. */
export function oldestCodeServer(engine: string): string {
  const minor = /^\^1\.(\d+)\.0$/.exec(engine)?.[1];
  if (!minor) throw new Error(`engines.vscode is “${engine}”, of which the oldest VS Code cannot be told. Write it as ^1.100.0.`);
  return `4.${minor}`;
}
