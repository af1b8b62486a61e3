/** An element of a page as it begins, and for one that holds plain text alone, that text. */
export interface Element {
  /** In lower case. */
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Of a title. */
  readonly text?: string;
}

/** What stands in these is no markup. */
const plain: ReadonlySet<string> = new Set(['script', 'style', 'textarea', 'title']);

/**
 * The elements of a page in their order, but for those inside of drawings. It reads what pages are made of and nothing
 * finer, each character once, whatever comes: a parser of everything that HTML can be is a sixth of the whole package.
 */
export function* elementsIn(html: string): Generator<Element> {
  let at = 0;
  let drawings = 0;
  while ((at = html.indexOf('<', at)) >= 0) {
    if (html.startsWith('<!--', at)) {
      at = html.indexOf('-->', at + 4);
      if (at < 0) return;
      continue;
    }
    // One that begins nothing is text.
    if (!/[a-z/!?]/iu.test(html[at + 1] ?? '')) {
      at++;
      continue;
    }
    const end = endOfTag(html, at + 1);
    if (end < 0) return;
    const [, slash, name] = /^(\/?)([a-z][^\s/>]*)/iu.exec(html.slice(at + 1, Math.min(end, at + 60))) ?? [];
    const isClosed = html[end - 1] === '/';
    const inside = html.slice(at + 1 + (name?.length ?? 0), end);
    at = end + 1;
    if (name === undefined) continue;
    const tag = name.toLowerCase();
    if (tag === 'svg' && !isClosed) drawings += slash ? -1 : 1;
    if (slash) continue;
    let text: string | undefined;
    if (plain.has(tag)) {
      const close = new RegExp(`</${tag}`, 'giu');
      close.lastIndex = at;
      const closeAt = close.exec(html)?.index ?? html.length;
      if (tag === 'title') text = withCharacters(html.slice(at, closeAt));
      at = closeAt;
    }
    if (drawings <= 0) yield { tag, attributes: attributesIn(inside), ...(text !== undefined && { text }) };
  }
}

/** Where a tag ends, which is not within what is quoted; -1 where it does not. */
function endOfTag(html: string, from: number): number {
  let quote = '';
  let before = '';
  for (let at = from; at < html.length; at++) {
    const character = html[at]!;
    if (quote) {
      if (character === quote) quote = '';
    } else if (character === '>') return at;
    else if ((character === '"' || character === "'") && before === '=') quote = character;
    if (character.trim()) before = character;
  }
  return -1;
}

function attributesIn(inside: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name, double, single, bare] of inside.matchAll(/([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/gu)) {
    const key = name!.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, withCharacters(double ?? single ?? bare ?? ''));
  }
  return attributes;
}

/** The names of the characters of Latin 1, from 160 on (https://html.spec.whatwg.org/multipage/named-characters.html). */
const latin1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para ' +
  'middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute ' +
  'Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml ' +
  'Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml ' +
  'eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';
const others =
  'amp& lt< gt> quot" apos\' ndash– mdash— lsquo‘ rsquo’ sbquo‚ ldquo“ rdquo” bdquo„ hellip… bull• euro€ trade™ minus− rarr→ larr←';
const named: ReadonlyMap<string, string> = new Map([
  ...latin1.split(' ').map((name, index) => [name, String.fromCodePoint(160 + index)] as const),
  ...others.split(' ').map((each) => [each.slice(0, -1), each.slice(-1)] as const),
]);

/** Text with the characters in it that are written by number or by name; names that few pages use stay as they are. */
function withCharacters(text: string): string {
  return text.replace(
    /&(?:#x([\da-f]{1,8})|#(\d{1,8})|([a-z][a-z\d]{1,8})(?=;));?/giu,
    (whole, hex?: string, decimal?: string, name = '') =>
      hex === undefined && decimal === undefined
        ? (named.get(name as string) ?? whole)
        : character(Number.parseInt(hex ?? decimal!, hex ? 16 : 10)),
  );
}

function character(code: number): string {
  // Numbers that no character has are those of Windows, as browsers take them.
  if (code >= 128 && code < 160) return new TextDecoder('windows-1252').decode(Uint8Array.of(code));
  return code === 0 || code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
}
