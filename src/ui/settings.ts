import * as vscode from 'vscode';
import type { ApiName } from '../core/buffer/model.ts';
import { authUrl, graphqlUrl, restV1Url } from '../core/buffer/transport/serviceUrl.ts';

/** The ways to post that a person chooses from. */
export type ShareMode = 'queue' | 'next' | 'now' | 'schedule';

const shareModes: readonly ShareMode[] = ['queue', 'next', 'now', 'schedule'];

/** The settings as they are now. Each is read when it is used, so a change needs no reload. */
export const settings = {
  /** A service's address. */
  address(api: ApiName): string {
    return api === 'v1' ? ownAddress('apiUrl', restV1Url) : ownAddress('graphqlUrl', graphqlUrl);
  },

  /**
   * Where people sign in in the browser, and as which application where one was set up. Nowhere, where the API is somebody
   * else's and nobody said where that one's people sign in.
   */
  get signInAt(): { readonly authUrl?: string; readonly clientId?: string } {
    const clientId = own('oauthClientId');
    const isKnown = clientId ?? own('authUrl') ?? (this.address('graphql') === graphqlUrl || undefined);
    return { clientId, authUrl: isKnown && ownAddress('authUrl', authUrl) };
  },

  /** Updates a page, 1 to 100. */
  get pageSize(): number {
    const size = Math.trunc(Number(vscode.workspace.getConfiguration('buffer').get<unknown>('pageSize', 25)));
    return Math.min(100, Math.max(1, size || 25));
  },

  /** Where a composer opens. */
  get composerLocation(): 'editor' | 'sidebar' {
    return vscode.workspace.getConfiguration('buffer').get<string>('composerLocation') === 'sidebar' ? 'sidebar' : 'editor';
  },

  /** Groups of profiles, by name; members are ids or names of profiles. */
  get profileGroups(): Readonly<Record<string, readonly string[]>> {
    // People switch a setting off with null, and write anything into it.
    const told = vscode.workspace.getConfiguration('buffer').get<unknown>('profileGroups');
    const groups = typeof told === 'object' && told !== null && !Array.isArray(told) ? told : {};
    const members = (value: unknown) => (Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []);
    return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, members(value)]));
  },

  /** What the list of ways to post starts with. */
  get defaultShareMode(): ShareMode {
    const told = vscode.workspace.getConfiguration('buffer').get<unknown>('defaultScheduleMode');
    return shareModes.find((mode) => mode === told) ?? 'queue';
  },
};

/**
 * A setting that decides where a token goes. Only the person's own settings count: a workspace must not, whatever scope
 * a future VS Code gives it.
 */
function own(name: string): string | undefined {
  const told: unknown = vscode.workspace.getConfiguration('buffer').inspect(name)?.globalValue;
  return (typeof told === 'string' && told.trim()) || undefined;
}

function ownAddress(name: string, usual: string): string {
  return (own(name) ?? usual).replace(/\/+$/, '');
}
