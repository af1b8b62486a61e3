import type { GivenAnswer } from './provenance.ts';

const most = 2_000;

/**
 * An answer as one line for the log: status, type and the first 2,000 characters, without the token wherever it stands
 * and however it is written, and with every character in sight.
 */
export function rawAnswer({ status, headers, body }: GivenAnswer, token: string): string {
  const hidden = hide(body, token);
  const shown = visible(hidden.length > most ? hidden.slice(0, most) : hidden);
  const header = (name: string) => {
    const value = headers.get(name);
    return value === null ? '' : ` ${name}: ${visible(hide(value, token).slice(0, 200))}`;
  };
  const head = `status ${status},${header('content-type')}${header('location')} ${body.length} characters`;
  return `An answer that cannot be used: ${head}: ${shown}${hidden.length > most ? '…' : ''}`;
}

/** Without the token, also where a page quotes it as HTML, JSON, a query or base64. */
function hide(text: string, token: string): string {
  const forms = [
    token,
    encodeURIComponent(token),
    JSON.stringify(token).slice(1, -1),
    token.replaceAll('/', '\\/'),
    asHtml(token),
    Buffer.from(token).toString('base64'),
    Buffer.from(token).toString('base64url'),
  ];
  return [...new Set(forms)]
    .filter(Boolean)
    .sort((a, b) => b.length - a.length)
    .reduce((rest, form) => rest.replaceAll(form, '[token]'), text)
    .replace(/\b(bearer)(\s|%20|\+)+[^\s"'<>&,;]+/gi, '$1 [token]');
}

function asHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (each) => entities[each]!);
}

/** Control characters, line ends and what changes the direction of writing, each as its escape. */
function visible(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (each) => `\\u{${each.codePointAt(0)!.toString(16)}}`);
}
