import * as vscode from 'vscode';
import { addressIn } from '../core/postFiles/pictures.ts';

type Change = { readonly uri: vscode.Uri };

interface Repository {
  readonly state: {
    readonly HEAD?: { readonly commit?: string; readonly name?: string; readonly ahead?: number };
    readonly remotes: readonly { readonly name: string; readonly fetchUrl?: string }[];
    readonly mergeChanges: readonly Change[];
    readonly indexChanges: readonly Change[];
    readonly workingTreeChanges: readonly Change[];
    /** Absent in older versions, which have them in the one above. */
    readonly untrackedChanges?: readonly Change[];
    readonly onDidChange: vscode.Event<void>;
  };
}

interface GitApi {
  readonly git: { readonly path: string };
  getRepository(uri: vscode.Uri): Repository | null;
  readonly onDidOpenRepository: vscode.Event<unknown>;
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

/**
 * Says why Buffer could not fetch a file of a repository, as far as VS Code's own Git knows; nobody is asked.
 * @param pattern  where the configuration says that files are served from
 * @param follow  gets what fires when that may be another answer, and what that is called: VS Code makes such an event anew each time
 */
export function unservedIn(
  root: vscode.Uri,
  pattern: string | undefined,
  follow: (name: string, onDidChange: vscode.Event<unknown>) => void,
) {
  return async (path: string): Promise<'notServed' | 'notPushed' | undefined> => {
    // What is served from elsewhere may be there long since.
    if (pattern !== undefined && !pattern.includes('{commit}')) return undefined;
    const api = await gitApi();
    if (!api) return undefined;
    const repository = api.getRepository(root);
    // Git looks for repositories once VS Code has begun.
    if (repository) follow(root.toString(), repository.state.onDidChange);
    else follow('', api.onDidOpenRepository);
    if (!repository) return undefined;
    const { HEAD, mergeChanges, indexChanges, workingTreeChanges, untrackedChanges = [] } = repository.state;
    if (addressIn({ remote: remoteOf(repository), commit: 'any', pattern }, path) === undefined) return 'notServed';
    const file = vscode.Uri.joinPath(root, path).fsPath;
    const changes = [...mergeChanges, ...indexChanges, ...workingTreeChanges, ...untrackedChanges];
    const isPushed = HEAD?.commit !== undefined && !HEAD.ahead && !changes.some(({ uri }) => uri.fsPath === file);
    return isPushed ? undefined : 'notPushed';
  };
}
