import * as vscode from 'vscode';

const control = process.env['BUFFER_SANDBOX_CONTROL'] ?? '';

/** The folder that is open. */
export const folder = () => vscode.workspace.workspaceFolders![0]!.uri;

/** A file or folder in it. @param path  as `posts/a.buffer.md` */
export const uriOf = (path: string) => vscode.Uri.joinPath(folder(), path);

export const read = async (path: string) => new TextDecoder().decode(await vscode.workspace.fs.readFile(uriOf(path)));

export const write = (path: string, text: string) => vscode.workspace.fs.writeFile(uriOf(path), new TextEncoder().encode(text));

/** Does what a command asks for until it is through: what is chosen in its list is taken, and messages are taken away. */
export async function accepting(command: string, ...args: unknown[]): Promise<void> {
  const state = { isOver: false };
  const running = Promise.resolve(vscode.commands.executeCommand(command, ...args)).finally(() => (state.isOver = true));
  for (let tries = 0; tries < 150 && !state.isOver; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    // What is told stands until somebody takes it away.
    if (command !== 'buffer.exportQueueAsFiles') await vscode.commands.executeCommand('notifications.clearAll');
  }
  await running;
}

/** All as it was at the start, and no request counted. */
export async function resetSandbox(): Promise<void> {
  await fetch(`${control}/reset`, { method: 'POST' });
}

/** What asked the service to change something, in order: operations of GraphQL, else paths. @param count  of those before */
export async function writesSince(count: number): Promise<string[]> {
  const answer = await fetch(`${control}/requests`);
  const requests = (await answer.json()) as { operationName?: string; method: string; path: string }[];
  return requests
    .filter(({ operationName, method, path }) =>
      operationName ? /^(?:Create|Edit|Delete)/u.test(operationName) : method !== 'GET' && !path.includes('graphql'),
    )
    .map(({ operationName, path }) => operationName ?? path)
    .slice(count);
}

/** As somebody changes it at Buffer, elsewhere. */
export async function changeText(id: string, text: string): Promise<void> {
  await fetch(`${control}/updates/${id}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
  });
}

/** What an update that waits says, as the service has it. */
export async function textOf(id: string): Promise<string | undefined> {
  const { profiles } = (await (await fetch(`${control}/state`)).json()) as { profiles: { pending: { id: string; text: string }[] }[] };
  return profiles.flatMap(({ pending }) => pending).find((each) => each.id === id)?.text;
}
