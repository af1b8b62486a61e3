import { BufferError } from '../core/buffer/bufferError.ts';
import type { Account, ApiName } from '../core/buffer/model.ts';

/**
 * Finds out whose a token is and which service takes it, by trying: nothing in a token tells. The current API comes
 * first, as new tokens are for it alone.
 * @param whoIs  whose the token is, by the word of one service
 * @throws BufferError `unauthorized` when neither takes it; what else stood in the way otherwise
 */
export async function recognise(whoIs: (api: ApiName) => Promise<Account>): Promise<{ api: ApiName; account: Account }> {
  try {
    return { api: 'graphql', account: await whoIs('graphql') };
  } catch (error) {
    if (!(error instanceof BufferError && error.kind === 'unauthorized')) throw error;
  }
  return { api: 'v1', account: await whoIs('v1') };
}
