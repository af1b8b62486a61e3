import { expect, test } from 'vitest';
import { codeOf, isUntrusted } from '../../../src/core/buffer/connectionFailure.ts';

const failed = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code }) });

test.each([
  ['CERT_HAS_EXPIRED', true],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', true],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', true],
  ['UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY', true],
  ['ERROR_IN_CERT_NOT_AFTER_FIELD', true],
  ['INVALID_CA', true],
  ['HOSTNAME_MISMATCH', true],
  ['ERR_TLS_CERT_ALTNAME_INVALID', true],
  ['ERR_SSL_WRONG_VERSION_NUMBER', false],
  ['ERR_TLS_HANDSHAKE_TIMEOUT', false],
  ['ECONNREFUSED', false],
])('%s says of trust: %s', (code, expected) => {
  expect([codeOf(failed(code)), isUntrusted(failed(code))]).toEqual([code, expected]);
});

test('Chromium says it in its message, however deep', () => {
  const error = new Error('net::ERR_CERT_AUTHORITY_INVALID');
  expect([isUntrusted(error), isUntrusted(new TypeError('fetch failed', { cause: error }))]).toEqual([true, true]);
  expect([isUntrusted(new Error('net::ERR_SSL_PROTOCOL_ERROR')), isUntrusted(undefined)]).toEqual([false, false]);
});
