import * as vscode from 'vscode';

interface Repository {
  readonly state: {
    readonly HEAD?: { readonly commit?: string; readonly name?: string };
    readonly remotes: readonly { readonly name: string; readonly fetchUrl?: string }[];
  };
}

interface GitApi {
  readonly git: { readonly path: string };
  getRepository(uri: vscode.Uri): Repository | null;
}

/** VS Code's own Git; undefined where it is switched off. */
async function gitApi(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
  try {
    return (await extension?.activate())?.getAPI(1);
  } catch {
    return undefined;
  }
}

const remoteOf = ({ state: { remotes } }: Repository) => (remotes.find(({ name }) => name === 'origin') ?? remotes[0])?.fetchUrl;

/** What VS Code's own Git knows of a repository. */
export async function publishedAt(
  root: vscode.Uri,
): Promise<{ readonly remote?: string; readonly commit?: string; readonly branch?: string; readonly program?: string }> {
  const api = await gitApi();
  const repository = api?.getRepository(root) ?? undefined;
  const head = repository?.state.HEAD;
  return { remote: repository && remoteOf(repository), commit: head?.commit, branch: head?.name, program: api?.git.path };
}
