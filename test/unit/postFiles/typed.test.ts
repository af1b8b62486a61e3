import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFrontMatter } from '../../../src/core/postFiles/frontMatter.ts';
import { linesOf, Places } from '../../../src/core/postFiles/lines.ts';
import { quoted } from '../../../src/core/postFiles/profileNames.ts';
import { typedAt } from '../../../src/core/postFiles/typed.ts';

/** What stands at the `|` of a file. */
function at(marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const typed = typedAt(text, offset);
  return typed && { ...typed, word: text.slice(typed.start, typed.end) };
}

const wordsOf = (source: string, key: 'profiles' | 'tags') => {
  const { frontMatter, problems } = readFrontMatter(source, 0, new Places(linesOf(source), source.length));
  expect(problems).toEqual([]);
  return frontMatter[key]!.map(({ value }) => value);
};

describe('what is typed in a front matter', () => {
  it('is a whole word, also with blanks, in all places', () => {
    const word = 'linkedin/Our Company';
    for (const text of [
      '---\nprofiles: linkedin/Our Com|pany\n---\n',
      '---\nprofiles: [linkedin/Our| Company]\n---\n',
      '---\r\nwhen: next\r\nprofiles:\r\n  - x/a\r\n  - linkedin/Our Company|\r\n---\r\n',
      '---\nprofiles:\n- |linkedin/Our Company # ours\n---\n',
      '---\nprofiles: [x/a, linkedin/Our Com|pany, "a, b"]\n---\n',
      '---\nprofiles: [\n  x/a,\n  linkedin/Our Com|pany,\n  y/b]\n---\n',
      'A\n---post---\n\n---\nprofiles: [linkedin/Our Com|pany]\n---\nB',
      '---\nprofiles: [linkedin/Our Company|\nwhen: queue\n---\n',
    ])
      expect(at(text), text).toMatchObject({ keys: ['profiles'], kind: 'value', word });
    expect(at('---\nprofiles: ["linkedin/Our Com|pany"]\n---\n')).toMatchObject({ word: `"${word}"`, quote: '"' });
    expect(at("---\nprofiles:\n  - 'linkedin/Our Com|pany'\n---\n")).toMatchObject({ word: `'${word}'`, quote: "'" });
    expect(at('---\nwhen: 2026-12-01 0|9:30\n---\n')).toMatchObject({ keys: ['when'], word: '2026-12-01 09:30' });
    expect(at('---\nprofiles: [linkedin/Our |]\n---\n')).toMatchObject({ word: 'linkedin/Our ' });
    expect(at('---\nprofiles: [a, |]\n---\n')).toMatchObject({ keys: ['profiles'], kind: 'value', word: '' });
  });

  it('is a key, or a value within some', () => {
    expect(at('---\npro|\n---\n')).toMatchObject({ keys: [], kind: 'key', word: 'pro' });
    expect(at('---\npro|files: [a]\n---\n')).toMatchObject({ keys: [], kind: 'key', word: 'profiles', hasColon: true });
    expect(at('---\nwhen: next\n|\n---\n')).toMatchObject({ keys: [], kind: 'key', word: '' });
    expect(at('---\ninstagram:\n  ty|\n---\n')).toMatchObject({ keys: ['instagram'], kind: 'key', word: 'ty' });
    expect(at('---\ninstagram:\n  type: re|\n---\n')).toMatchObject({ keys: ['instagram', 'type'], kind: 'value', word: 're' });
    expect(at('---\ninstagram: { type: re|el }\n---\n')).toMatchObject({ keys: ['instagram', 'type'], word: 'reel' });
    expect(at('---\nimages:\n  - { src: ./a b|.png, alt: A }\n---\n')).toMatchObject({ keys: ['images', 'src'], word: './a b.png' });
    expect(at('---\nimages:\n  - src: ./a.png\n    alt: A pic|ture\n---\n')).toMatchObject({ keys: ['images', 'alt'] });
    expect(at('---\nimages:\n  - { src: ./a.png, al| }\n---\n')).toMatchObject({ keys: ['images'], kind: 'key', word: 'al' });
    expect(at('---\nimages:\n  - src: ./a.png\nwhen: n|\n---\n')).toMatchObject({ keys: ['when'], word: 'n' });
  });

  it('is nothing in a text, in a comment, behind a value and in folded text', () => {
    for (const text of [
      'A|',
      '---|\nwhen: next\n---\nA',
      '---\nwhen: next\n---\nA|',
      '---\nwhen: next # a|\n---\n',
      '---\nprofiles: ["a" |]\n---\n',
      '---\nwhen: "next" |\n---\n',
      '---\nlink:\n  description: >\n    some wo|rds\n---\n',
      'A\n\n---\nwhen: |\n---\n',
    ])
      expect(at(text), text).toBeUndefined();
  });

  it('is exchanged for one that is chosen, and nothing else is', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'linkedin/Our Company',
        'mastodon/@q@fosstodon.org',
        '@a',
        'x/it’s: this',
        "it's",
        'a # b',
        '"',
        '- a',
        '{a}',
        'no',
        '#a',
      ),
      fc.string({ minLength: 1, maxLength: 12 }).filter((each) => each.trim() !== ''),
    );
    const key = fc.constantFrom('profiles' as const, 'tags' as const);
    const style = fc.constantFrom('flow', 'lines', 'block', 'indented');
    const written = (each: string, isQuoted: boolean) => (isQuoted ? JSON.stringify(each) : quoted(each));
    const trimmed = (each: string) => each.trim();
    fc.assert(
      fc.property(
        key,
        style,
        fc.array(fc.tuple(word, fc.boolean()), { minLength: 1, maxLength: 4 }),
        fc.nat(),
        fc.nat(),
        word,
        fc.constantFrom('\n', '\r\n'),
        (name, how, members, which, where, chosen, end) => {
          const words = members.map(([each, isQuoted]) => written(each, isQuoted));
          const index = which % words.length;
          const [open, between, close] = {
            flow: [' [', ', ', ']'],
            lines: [` [${end}  `, `,${end}  `, `${end}  ]`],
            block: [`${end}- `, `${end}- `, ''],
            indented: [`${end}  -  `, `${end}  -  `, ''],
          }[how] as [string, string, string];
          const head = `---${end}when: next${end}${name}:${open}`;
          const text = `${head}${words.join(between)}${close}${end}reminder: true${end}---${end}A`;
          const start = head.length + words.slice(0, index).reduce((sum, each) => sum + each.length + between.length, 0);
          expect(text.slice(start).startsWith(words[index]!)).toBe(true);
          const typed = typedAt(text, start + (where % (words[index]!.length + 1)))!;
          expect(typed).toMatchObject({ keys: [name], kind: 'value' });
          const accepted = text.slice(0, typed.start) + quoted(chosen) + text.slice(typed.end);
          const source = accepted.slice(3 + end.length, accepted.lastIndexOf('---'));
          expect(wordsOf(source, name).map(trimmed)).toEqual(members.map(([each], at) => (at === index ? chosen : each).trim()));
        },
      ),
      { numRuns: 500 },
    );
  });
});
