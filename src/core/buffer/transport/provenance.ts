import { BufferError, type Outcome } from '../bufferError.ts';

/** An answer as it came over the wire, whoever gave it. */
export interface GivenAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/**
 * The error for an answer that does not have the shape of the service that was asked. Proxies, portals, filters and
 * gateways answer in its place, so nothing of it is the service's word: no update is gone, no key bad, no write refused
 * because of it. What answered may have passed the request on before, so a write is not known to have been left undone,
 * except where the status itself says that nothing was passed on (407 and 511).
 * @param outcome  of a request that may have reached the service
 */
export function notTheServices(answer: GivenAnswer, outcome: Outcome): BufferError {
  const { status } = answer;
  if (status === 407) return proxyWantsSignIn();
  if (status === 511)
    return new BufferError(
      'intercepted',
      `This network wants you to sign in before it lets anything through to Buffer (status 511). ${openAPage}`,
      { remedy: 'signInPage' },
    );
  if (status >= 500 && status < 600)
    return new BufferError('server', `Buffer, or something on the way to it, is out of order (status ${status}).`, { outcome });
  if (isRedirect(status)) {
    const where = status === 0 ? '' : ` (status ${status})`;
    return new BufferError(
      'intercepted',
      `Something between this computer and Buffer leads elsewhere${where}, as networks do that want you to sign in first. ${openAPage}`,
      { outcome, remedy: 'signInPage' },
    );
  }
  const isOk = status >= 200 && status < 300;
  const form = formOf(answer);
  if (form === 'half') return new BufferError('malformed', cutOff, { outcome });
  if (isOk && form === 'nothing') return new BufferError('malformed', 'Buffer’s answer was empty.', { outcome });
  if (isOk && form === 'json') return new BufferError('malformed', unreadable, { outcome });
  const kind = [typeOf(answer), `status ${status}`].filter(Boolean).join(', ');
  const came = `Something between this computer and Buffer answered with ${words[form]} (${kind})`;
  if (isOk && form === 'page')
    return new BufferError('intercepted', `${came}, as networks do that want you to sign in first. ${openAPage}`, {
      outcome,
      remedy: 'signInPage',
    });
  return new BufferError('intercepted', `${came}. It may be a proxy, a firewall or a filter; ask whoever runs your network.`, { outcome });
}

/** Of a proxy that lets nobody through without a name and a password: it passes nothing on (RFC 9110, 15.5.8). */
export function proxyWantsSignIn(cause?: unknown): BufferError {
  return new BufferError(
    'intercepted',
    'A proxy between this computer and Buffer wants to know who you are (status 407). Look at the setting http.proxy.',
    { remedy: 'proxySettings', cause },
  );
}

export const unreadable = 'Buffer gave an answer that cannot be read.';
export const cutOff = 'Buffer’s answer was cut off.';
const openAPage = 'Open a page in your browser and sign in there.';

/** Not followed: an API answers where it is asked. A browser's network tells no more of one than 0. */
function isRedirect(status: number): boolean {
  return status === 0 || (status >= 300 && status < 400);
}

type Form = 'nothing' | 'page' | 'json' | 'half' | 'other';
const words: Readonly<Record<Form, string>> = {
  nothing: 'nothing',
  page: 'a web page',
  json: 'data that is not Buffer’s',
  half: 'half of something',
  other: 'something else',
};

function formOf(answer: GivenAnswer): Form {
  const body = answer.body.trimStart();
  if (body === '') return 'nothing';
  if (/^<(!doctype\s+html|html|head|body)\b/i.test(body)) return 'page';
  if (/^[{[]/.test(body)) {
    if (isJson(body)) return 'json';
    if (isUnfinished(body)) return 'half';
  }
  return /\bx?html\b/.test(typeOf(answer) ?? '') ? 'page' : isJson(body) ? 'json' : 'other';
}

/** The media type, where the header holds nothing else. */
function typeOf({ headers }: GivenAnswer): string | undefined {
  return /^\s*([\w.+-]{1,40}\/[\w.+-]{1,60})\s*(;|$)/.exec(headers.get('content-type') ?? '')?.[1]?.toLowerCase();
}

function isJson(body: string): boolean {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}

/** Whether JSON ends inside a text, a list or an object. */
function isUnfinished(body: string): boolean {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < body.length; at++) {
    const each = body[at];
    if (isText) {
      if (each === '\\') at++;
      else if (each === '"') isText = false;
    } else if (each === '"') isText = true;
    else if (each === '{' || each === '[') depth++;
    else if (each === '}' || each === ']') depth--;
  }
  return isText || depth > 0;
}
