import { afterEach, expect, test, vi } from 'vitest';
import { createGraphql } from '../../../../src/core/buffer/graphql/graphqlApi.ts';
import { failureOf } from '../../support/failureOf.ts';

afterEach(() => vi.unstubAllGlobals());

// A certificate that some computer trusts and some other does not cannot be had in a test.
test.each([
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])('%s is told as a certificate, with what can be done', async (code) => {
  const cause = Object.assign(new Error('certificate'), { code });
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed', { cause })));
  const api = createGraphql({ baseUrl: 'https://buffer.example', token: () => Promise.resolve('t'), log: () => undefined });
  const error = await failureOf(api.account());
  expect(error).toMatchObject({ kind: 'offline', outcome: 'notDone' });
  expect(error.message).toContain(code);
  expect(error.message).toContain('http.systemCertificates');
});
