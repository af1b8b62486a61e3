import * as vscode from 'vscode';
import type { Capabilities } from '../core/buffer/bufferApi.ts';
import { type Action, type Granted, lacking, type Permission, permissions } from '../core/buffer/permissions.ts';

/** What a credential was given, and what signing in again would not give either. */
export interface GivenPermissions {
  readonly scopes?: Granted;
  readonly refusedScopes?: readonly string[];
}

/** The permissions that are missing for any of these, and where to give them, in a line; undefined where none is. */
export function missingPermissions({ scopes, refusedScopes = [] }: GivenPermissions, actions: readonly Action[]): string | undefined {
  const all = new Set(actions.flatMap((action) => lacking(scopes, action)));
  const missing = permissions.filter((each) => all.has(each));
  const askable = missing.filter((each) => !refusedScopes.includes(each));
  const [first] = askable;
  if (askable.length === 1) return needed(first!);
  if (first)
    return vscode.l10n.t(
      'Permissions are missing: {0}. Sign in again to give them.',
      askable.map((each) => `${each} (${subject(each)})`).join(', '),
    );
  const [refused] = missing;
  return (
    refused &&
    vscode.l10n.t(
      'Buffer does not give this application the permission {0} ({1}). Sign in with an API key to have it.',
      refused,
      subject(refused),
    )
  );
}

/** Why nothing can be posted, or no update changed; undefined where it can. */
export function postingRefusal({ post, change, queues }: Capabilities, isChange: boolean): string | undefined {
  if (isChange ? change : post) return undefined;
  return needed(isChange && !queues ? 'posts:read' : 'posts:write');
}

function needed(permission: Permission): string {
  switch (permission) {
    case 'account:read':
      return vscode.l10n.t('Switching organizations needs the permission {0}: sign in again to give it.', permission);
    case 'posts:read':
      return vscode.l10n.t('Queues need the permission {0}: sign in again to give it.', permission);
    case 'posts:write':
      return vscode.l10n.t('Posting and editing need the permission {0}: sign in again to give it.', permission);
    case 'ideas:read':
      return vscode.l10n.t('Ideas need the permission {0}: sign in again to give it.', permission);
    case 'ideas:write':
      return vscode.l10n.t('Saving ideas needs the permission {0}: sign in again to give it.', permission);
    case 'insights:read':
      return vscode.l10n.t('Figures need the permission {0}: sign in again to give it.', permission);
  }
}

/** What a permission is for, within a sentence. */
function subject(permission: Permission): string {
  switch (permission) {
    case 'account:read':
      return vscode.l10n.t('switching organizations');
    case 'posts:read':
      return vscode.l10n.t('queues');
    case 'posts:write':
      return vscode.l10n.t('posting and editing');
    case 'ideas:read':
      return vscode.l10n.t('ideas');
    case 'ideas:write':
      return vscode.l10n.t('saving ideas');
    case 'insights:read':
      return vscode.l10n.t('figures');
  }
}
