import type { Account } from '../buffer/model.ts';
import type { BufferAccount } from './account.ts';

/** Set by `esbuild.js`: true only in the build that `npm start` and the tests use. */
declare const SANDBOX_BUILD: boolean;

/** Whether this is the build that knows the sandbox. The bundler drops what depends on it from the shipped one. */
export const isSandboxBuild = SANDBOX_BUILD;

/** Signs in with the token of the local sandbox, unless someone is signed in. */
export async function signInToSandbox(account: BufferAccount, check: (token: string) => Promise<Account>): Promise<void> {
  const token = process.env['BUFFER_SANDBOX_TOKEN'];
  if (!token || (await account.token())) return;
  await account.adopt({ token, account: await check(token) });
}
