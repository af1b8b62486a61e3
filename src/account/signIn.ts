import * as vscode from 'vscode';
import type { SignedIn } from './account.ts';
import { askForToken } from './askForToken.ts';
import { chooseOrganization } from './chooseOrganization.ts';
import type { Grant } from './grant.ts';

export interface SignInOptions {
  /** Whose a token is, and which service takes it; throws `BufferError`. */
  readonly tryToken: (token: string) => Promise<SignedIn>;
  /** Lets the person sign in at Buffer; absent where no application is set up for it. */
  readonly inBrowser?: () => Promise<Grant>;
}

/**
 * Signs in: with a token that is pasted or, where an application is set up, in the browser; then asks whose queues to
 * show where there are several.
 * @throws vscode.CancellationError when the person gives up; BufferError
 */
export async function signIn({ tryToken, inBrowser }: SignInOptions): Promise<SignedIn> {
  const signedIn = inBrowser && (await prefersBrowser()) ? await withGrant(tryToken, await inBrowser()) : await askForToken(tryToken);
  return { ...signedIn, organization: await chooseOrganization(signedIn.account) };
}

async function withGrant(tryToken: SignInOptions['tryToken'], grant: Grant): Promise<SignedIn> {
  return { ...(await tryToken(grant.accessToken)), credential: { grant } };
}

async function prefersBrowser(): Promise<boolean> {
  const browser = { label: vscode.l10n.t('$(globe) Sign In in the Browser'), detail: vscode.l10n.t('Buffer asks whether Queue for Buffer may use your account.') };
  const token = { label: vscode.l10n.t('$(key) Paste an API Key'), detail: vscode.l10n.t('A key of the current API, or an access token of the old one.') };
  const picked = await vscode.window.showQuickPick([browser, token], { title: vscode.l10n.t('Sign In to Buffer'), ignoreFocusOut: true });
  if (!picked) throw new vscode.CancellationError();
  return picked === browser;
}
