import { BufferError } from './bufferError.ts';

/** The system's code of a failed connection, which `fetch` hides one or two causes deep; empty where there is none. */
export function codeOf(error: unknown): string {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('code' in each && typeof each.code === 'string') return each.code;
    if (each instanceof AggregateError) return codeOf(each.errors[0]);
  }
  return '';
}

/** Whether a connection failed as who answers is not trusted. Node says it with a code, Chromium's network in its message. */
export function isUntrusted(error: unknown): boolean {
  if (untrustedCodes.test(codeOf(error))) return true;
  for (let each = error; each instanceof Error; each = each.cause) if (/net::ERR_CERT_/u.test(each.message)) return true;
  return false;
}

/** Codes of Node (nodejs.org/api/tls.html, X509 certificate errors), and that for a name that a certificate does not hold. */
const untrustedCodes = new RegExp(
  [
    /^(?:CERT_|CRL_|ERROR_IN_C|ERR_TLS_CERT|DEPTH_ZERO_|SELF_SIGNED_|PATH_LENGTH_|HOSTNAME_MISMATCH$)/u,
    /^(?:UNABLE_TO_(?:GET|VERIFY|DEC)|INVALID_(?:CA|PURPOSE)$)/u,
  ]
    .map(({ source }) => source)
    .join('|'),
  'u',
);

/** Nothing was sent: a certificate is looked at before. Where a company looks into traffic, the system knows its certificate. */
export function untrusted(cause: unknown): BufferError {
  const code = codeOf(cause);
  const words = 'The certificate of Buffer, or of what answers for it, is not trusted on this computer';
  return new BufferError('offline', `${words}${code && ` (${code})`}. See the setting http.systemCertificates.`, {
    outcome: 'notDone',
    cause,
  });
}
