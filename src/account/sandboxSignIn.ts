import type { BufferAccount, SignedIn } from './account.ts';

/** Signs in with the token of the local sandbox, unless someone is signed in. Not part of a shipped build. */
export async function signInToSandbox(account: BufferAccount, tryToken: (token: string) => Promise<SignedIn>): Promise<void> {
  if (!SANDBOX_BUILD) return;
  const token = process.env['BUFFER_SANDBOX_TOKEN'];
  if (!token) return;
  // A keyring that cannot be read is told where the account is followed.
  const isUnknown = await account.connection().then(
    (connection) => connection === undefined,
    () => false,
  );
  if (!isUnknown) return;
  const signedIn = await tryToken(token);
  // A person is asked which; here the first one is as good as any.
  await account.adopt({ ...signedIn, organization: signedIn.account.organizations?.[0] });
}
