import type { Account } from '../buffer/model.ts';
import type { BufferAccount } from './account.ts';

/** Signs in with the token of the local sandbox, unless someone is signed in. Not part of a shipped build. */
export async function signInToSandbox(account: BufferAccount, check: (token: string) => Promise<Account>): Promise<void> {
  if (!SANDBOX_BUILD) return;
  const token = process.env['BUFFER_SANDBOX_TOKEN'];
  if (!token || (await account.token())) return;
  await account.adopt({ token, account: await check(token) });
}
