import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { additionsTo, placeBefore, tagged, withAdditions } from '../../../src/core/networks/utm.ts';
import type { UtmRule } from '../../../src/core/networks/utmRule.ts';
import { runs } from '../support/runs.ts';

const rules: readonly UtmRule[] = [{ domain: 'example.com', parameters: { source: 'x' } }];
const sent = (text: string, service = 'bluesky', all = rules) => tagged(text, service, all);

describe('what is added to links', () => {
  // `~` is where it goes.
  test.each([
    ['a link alone', 'https://example.com~?'],
    ['one with a path', 'Read https://example.com/a/b~? now'],
    ['one below the domain', 'https://blog.example.com/~?'],
    ['in capitals', 'HTTPS://EXAMPLE.COM/A~?'],
    ['with a query', 'https://example.com/?a=1&b=%20~&'],
    ['with an empty query', 'https://example.com/?~#x'],
    ['with a query that is open', 'https://example.com/?a=1&~#x'],
    ['with a part of the page', 'https://example.com/a~?#part?no=query'],
    ['with words to show', 'https://example.com/a~?#:text=a%20b'],
    ['at the end of a sentence', 'See https://example.com/a~?.'],
    ['in a question', 'Seen https://example.com~?? Or https://example.com/b~?!'],
    ['followed by dots', 'https://example.com/a~?… and https://example.com/b~?...'],
    ['in brackets', '(https://example.com/a~?) [https://example.com/b~?] {https://example.com/c~?}'],
    ['with brackets of its own', 'https://example.com/a_(b)~? and (https://example.com/a_(b)~?)'],
    ['in Markdown', '[words](https://example.com/a~?) and [https://example.com/b~?](https://example.com/c~?)'],
    ['emphasised', '**https://example.com/a~?** and _https://example.com/b~?'],
    ['in quotation marks', '“https://example.com/a~?” "https://example.com/b~?" «https://example.com/c~?» <https://example.com/d~?>'],
    ['after a word and a colon', 'here: https://example.com/a~?, there'],
    ['twice', 'https://example.com/a~? https://example.com/a~?'],
    ['without a scheme, asked for', 'Read example.com/a~?? Or example.com/b~?: yes'],
    ['in lines', 'One\nhttps://example.com/a~?\nTwo'],
    ['without a scheme', 'Read example.com/a~? now'],
    ['without a scheme and a path, ending a sentence', 'Read example.com~?.'],
    ['before a Japanese full stop', 'https://example.com/a~?。次'],
    ['with a port', 'https://example.com:8443/a~?'],
  ])('goes into %s', (_, marked) => {
    const text = marked.replaceAll(/~[?&]|~(?=#)/g, '');
    const wanted = marked.replaceAll(/~([?&]|(?=#))/g, '$1utm_source=x');
    expect(sent(text)).toBe(wanted);
  });

  test.each([
    ['another domain', 'https://example.org/ https://notexample.com/ https://example.com.org/'],
    ['no address of the web', 'ftp://example.com/a mailto:me@example.com me@example.com javascript://example.com/'],
    ['what has it', 'https://example.com/?utm_source=me https://example.com/?a=1&UTM_Medium=b'],
    ['what has another of its kind', 'https://example.com/?utm_campaign=me'],
    ['what has it behind a sign', 'https://example.com/#utm_source=me https://example.com/#/a?utm_source=me'],
    ['what has it in other letters', 'https://example.com/?utm%5Fsource=me'],
    ['no text', 'Words. And words, e.g. these: a/b, 1.5, and so on...'],
    ['an address in an address', 'https://example.org/?to=https://example.com/a'],
    ['where nobody can tell where it ends', 'https://example.com/aを見て https://example.com/日本語'],
    ['an address that is none', 'https://example.com:99999/'],
  ])('leaves %s alone', (_, text) => {
    expect(sent(text)).toBe(text);
  });

  test('is by domain and network, and the first rule that fits', () => {
    const all: readonly UtmRule[] = [
      { domain: 'shop.example.com', networks: ['linkedin'], parameters: { source: 'li', medium: 'shop' } },
      { domain: 'www.example.com', parameters: { source: '{network}', campaign: ' spring & sun. ' } },
      { domain: 'bücher.de', parameters: { content: 'b' } },
      { domain: 'empty.example', parameters: {} },
      { domain: '*', networks: ['mastodon'], parameters: { source: 'all' } },
    ];
    expect(sent('https://shop.example.com/', 'linkedin', all)).toBe('https://shop.example.com/?utm_source=li&utm_medium=shop');
    expect(sent('https://shop.example.com/', 'bluesky', all)).toBe(
      'https://shop.example.com/?utm_source=bluesky&utm_campaign=spring%20%26%20sun%2E',
    );
    expect(sent('https://bücher.de/x', 'bluesky', all)).toBe('https://bücher.de/x?utm_content=b');
    expect(sent('https://xn--bcher-kva.de/x', 'bluesky', all)).toBe('https://xn--bcher-kva.de/x?utm_content=b');
    expect(sent('https://empty.example/', 'bluesky', all)).toBe('https://empty.example/');
    expect(sent('https://empty.example/', 'mastodon', all)).toBe('https://empty.example/?utm_source=all');
  });
});

const part = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'ab .,:;!?()[]{}<>*_~\'"“”#&=/@-\n日を🦆'), maxLength: 6 }),
  fc
    .tuple(
      fc.constantFrom('https://', 'http://', '', 'HTTPS://', 'ftp://'),
      fc.constantFrom('example.com', 'www.example.com', 'other.org', 'bücher.example', 'me@example.com'),
      fc.constantFrom('', '/', '/a', '/a_(b)', '/a?b=1', '?', '?b&', '#c', '/a?b=1#c', '/?utm_source=me', '/日'),
    )
    .map((parts) => parts.join('')),
);
const texts = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
const any: readonly UtmRule[] = [{ domain: '*', parameters: { source: '{network}', campaign: "it's (a) *test*." } }];

describe('any text', () => {
  test('is added to once', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = sent(text, 'bluesky', any);
        expect(sent(once, 'bluesky', any)).toBe(once);
      }),
      { numRuns: runs(600) },
    );
  });

  test('loses nothing, and gets nothing but the parameters', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const additions = additionsTo(text, 'bluesky', any);
        expect(additions.reduce((left, { added }) => left.replace(added, ''), withAdditions(text, additions))).toBe(text);
        for (const { added } of additions) expect(added).toMatch(/^[?&]?utm_source=bluesky&utm_campaign=[\w%-]+%2E$/);
        expect(additions.map(({ at }) => at)).toEqual(additions.map(({ at }) => at).toSorted((a, b) => a - b));
      }),
      { numRuns: runs(600) },
    );
  });

  test('has each of its places in what is sent, and back', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const additions = additionsTo(text, 'bluesky', any);
        const all = withAdditions(text, additions);
        let last = 0;
        for (let at = 0; at <= all.length; at++) {
          const place = placeBefore(additions, at);
          if (place < last || place > text.length) expect.fail(`${at} is ${place}, after ${last}`);
          last = place;
        }
        expect(placeBefore(additions, all.length)).toBe(text.length);
      }),
      { numRuns: runs(100) },
    );
  });

  test('without a link, or without a rule, stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 50 }), (text) => {
        if (!text.includes('.')) expect(sent(text, 'bluesky', any)).toBe(text);
        expect(sent(text, 'bluesky', [])).toBe(text);
      }),
    );
  });
});

test('an endless text is done with in no time', () => {
  for (const text of ['https://'.repeat(20_000), `https://example.com/${'('.repeat(20_000)}${')'.repeat(20_000)}`, 'a.'.repeat(50_000)])
    expect(sent(text).length).toBeGreaterThanOrEqual(text.length);
});
