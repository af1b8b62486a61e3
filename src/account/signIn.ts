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
  /** Whether Buffer lets people sign in there, where that has to be asked first. */
  readonly offersBrowser?: () => Promise<boolean>;
  readonly log?: (line: string) => void;
}

/**
 * Signs in: with a token that is pasted or, where Buffer lets this extension do that, in the browser; then asks whose
 * queues to show where there are several.
 * @throws vscode.CancellationError when the person gives up; BufferError
 */
export async function signIn({ tryToken, inBrowser, offersBrowser, log }: SignInOptions): Promise<SignedIn> {
  const isOffered = inBrowser && (!offersBrowser || (await askedVisibly(offersBrowser)));
  const fromBrowser = isOffered && (await prefersBrowser()) ? await grantFrom(inBrowser, tryToken, log) : useKey;
  const signedIn = fromBrowser === useKey ? await askForToken(tryToken) : fromBrowser;
  return { ...signedIn, organization: await chooseOrganization(signedIn.account) };
}

function askedVisibly(ask: () => Promise<boolean>): Thenable<boolean> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Signing in to Buffer') }, ask);
}

/** What comes of the browser; where it fails, the reason with both ways on. */
async function grantFrom(
  inBrowser: NonNullable<SignInOptions['inBrowser']>,
  tryToken: SignInOptions['tryToken'],
  log: SignInOptions['log'],
): Promise<SignedIn | typeof useKey> {
  for (;;) {
    try {
      const grant = await inBrowser();
      return grant === useKey ? useKey : await withGrant(tryToken, grant);
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

/** @throws BufferError `forbidden` for a grant that does not even tell whose it is, or that the API does not take */
async function withGrant(tryToken: SignInOptions['tryToken'], grant: Grant): Promise<SignedIn> {
  const [missing] = lacking(grant.scopes, 'account');
  if (missing) {
    throw new BufferError(
      'forbidden',
      vscode.l10n.t(
        'You are not signed in: Buffer shows no queues without the permission {0}. Sign in again and allow it, or use a key.',
        missing,
      ),
    );
  }
  try {
    return { ...(await tryToken(grant.accessToken)), credential: { grant } };
  } catch (error) {
    if (!(error instanceof BufferError) || !grant.isRegistered || !['unauthorized', 'forbidden'].includes(error.kind)) throw error;
    throw new BufferError(
      'forbidden',
      vscode.l10n.t(
        'You signed in in the browser, but Buffer does not let Queue for Buffer read your queues that way. Use an API key instead.',
      ),
    );
  }
}

async function prefersBrowser(): Promise<boolean> {
  const browser = {
    label: vscode.l10n.t('$(globe) Sign In in the Browser'),
    detail: vscode.l10n.t('Buffer asks whether Queue for Buffer may use your account.'),
  };
  const token = {
    label: vscode.l10n.t('$(key) Paste an API Key'),
    detail: vscode.l10n.t('An API key, or an access token of the old API.'),
  };
  const picked = await vscode.window.showQuickPick([browser, token], { title: vscode.l10n.t('Sign In to Buffer'), ignoreFocusOut: true });
  if (!picked) throw new vscode.CancellationError();
  return picked === browser;
}
