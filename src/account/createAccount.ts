import { join } from 'node:path';
import type * as vscode from 'vscode';
import { settings } from '../ui/settings.ts';
import { BufferAccount } from './account.ts';
import type { Connections } from './connections.ts';
import type { SignInAnswers } from './signInAnswers.ts';

export interface AccountParts {
  readonly context: Pick<vscode.ExtensionContext, 'secrets' | 'globalState' | 'extension'>;
  /** The extension's own folder. */
  readonly folder: string;
  readonly connections: Connections;
  readonly answers: SignInAnswers;
  readonly userAgent: string;
  readonly log: vscode.LogOutputChannel;
  /** Asks whether signing out is all right when text would be lost. */
  readonly mayLeave: () => Promise<boolean>;
  /** Drops what was kept of whoever signed out. */
  readonly forget: () => void;
}

/** The account, with ways to sign in that are loaded when somebody takes them. */
export function createAccount({ context, folder, connections, answers, userAgent, log, mayLeave, forget }: AccountParts): BufferAccount {
  return new BufferAccount({
    secrets: context.secrets,
    address: (api) => settings.address(api),
    memory: context.globalState,
    mayLeave,
    forget,
    keyringFailed: async (again) => (await import('./keyringFailure.ts')).tellKeyringFailure(again),
    keptAfterAll: async (again) => (await import('./keyringFailure.ts')).tellKept(again),
    storeAgain: async () => (await import('./keyringFailure.ts')).askToStoreAgain(),
    signIn: async () => {
      const { authUrl, clientId } = settings.signInAt;
      const signInFolder = join(folder, 'sign-in');
      const inBrowser = async () => {
        const [{ signInWithBrowser }, { RegisteredClients }] = await Promise.all([import('./oauthSignIn.ts'), import('./registration.ts')]);
        const registered = new RegisteredClients(signInFolder);
        return signInWithBrowser({ authUrl: authUrl!, clientId, registered, answers, extensionId: context.extension.id, userAgent });
      };
      const offersBrowser = async () =>
        (await (await import('./registration.ts')).registrationEndpoint(authUrl!, { userAgent })) !== undefined;
      const { signIn } = await import('./signIn.ts');
      return signIn({
        tryToken: (token) => connections.tryToken(token),
        inBrowser: authUrl ? inBrowser : undefined,
        offersBrowser: clientId ? undefined : offersBrowser,
        log: (line) => log.info(line),
      });
    },
    keepGrant: async (store) => {
      const [{ GrantKeeper }, { refresh }] = await Promise.all([import('./grantKeeper.ts'), import('./oauth.ts')]);
      return new GrantKeeper({
        store,
        folder: join(folder, 'sign-in'),
        refresh: (grant) => refresh(grant, { userAgent }),
        log: (line) => log.info(line),
      });
    },
  });
}
