import * as vscode from 'vscode';
import { BufferError } from '../core/buffer/bufferError.ts';
import { lacking } from '../core/buffer/permissions.ts';
import { plainText } from '../ui/plainText.ts';
import type { SignedIn } from './account.ts';
import { askForToken } from './askForToken.ts';
import { chooseOrganization } from './chooseOrganization.ts';
import type { Grant } from './grant.ts';
import { useKey } from './waitForBrowser.ts';

export interface SignInOptions {
  /** Whose a token is, and which service takes it; throws `BufferError`. */
  readonly tryToken: (token: string) => Promise<SignedIn>;
  /** Lets the person sign in at Buffer; absent where no application is set up for it. */
  readonly inBrowser?: () => Promise<Grant | typeof useKey>;
  readonly log?: (line: string) => void;
}

/**
 * Signs in: with a token that is pasted or, where an application is set up, in the browser; then asks whose queues to
 * show where there are several.
 * @throws vscode.CancellationError when the person gives up; BufferError
 */
export async function signIn({ tryToken, inBrowser, log }: SignInOptions): Promise<SignedIn> {
  const grant = inBrowser && (await prefersBrowser()) ? await grantFrom(inBrowser, log) : useKey;
  const signedIn = grant === useKey ? await askForToken(tryToken) : await withGrant(tryToken, grant);
  return { ...signedIn, organization: await chooseOrganization(signedIn.account) };
}

/** What comes of the browser; where it fails, the reason with both ways on. */
async function grantFrom(inBrowser: NonNullable<SignInOptions['inBrowser']>, log: SignInOptions['log']): Promise<Grant | typeof useKey> {
  for (;;) {
    try {
      return await inBrowser();
    } catch (error) {
      if (!(error instanceof BufferError)) throw error;
      log?.(`sign-in in the browser: ${error.message}`);
      const again = vscode.l10n.t('Try Again');
      const key = vscode.l10n.t('Use a Key Instead');
      const choice = await vscode.window.showErrorMessage(plainText(error.message), again, key);
      if (choice === key) return useKey;
      if (choice !== again) throw new vscode.CancellationError();
    }
  }
}

/** @throws BufferError `forbidden` for a grant that does not even tell whose it is */
async function withGrant(tryToken: SignInOptions['tryToken'], grant: Grant): Promise<SignedIn> {
  const [missing] = lacking(grant.scopes, 'account');
  if (missing) {
    throw new BufferError(
      'forbidden',
      vscode.l10n.t(
        'You are not signed in: Buffer tells no queues without the permission {0}. Sign in again and allow it, or use a key.',
        missing,
      ),
    );
  }
  return { ...(await tryToken(grant.accessToken)), credential: { grant } };
}

async function prefersBrowser(): Promise<boolean> {
  const browser = {
    label: vscode.l10n.t('$(globe) Sign In in the Browser'),
    detail: vscode.l10n.t('Buffer asks whether Queue for Buffer may use your account.'),
  };
  const token = {
    label: vscode.l10n.t('$(key) Paste an API Key'),
    detail: vscode.l10n.t('A key of the current API, or an access token of the old one.'),
  };
  const picked = await vscode.window.showQuickPick([browser, token], { title: vscode.l10n.t('Sign In to Buffer'), ignoreFocusOut: true });
  if (!picked) throw new vscode.CancellationError();
  return picked === browser;
}
