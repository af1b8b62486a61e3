import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePostFile } from '../../../src/core/postFiles/parse.ts';
import { offsetIn } from '../../../src/core/postFiles/postFile.ts';
import type { TextRange } from '../../../src/core/postFiles/place.ts';

const codesIn = (text: string) => parsePostFile('a.buffer.md', text).problems.map(({ code }) => code);
const only = (text: string) => {
  const { posts, problems } = parsePostFile('posts/a.buffer.md', text);
  expect(problems).toEqual([]);
  expect(posts).toHaveLength(1);
  return posts[0]!;
};
const said = (text: string, { start, end }: TextRange) => text.slice(start.offset, end.offset);

const example = `---
profiles: [bluesky/queueforbuffer, "mastodon/@q@fosstodon.org", linkedin/Our Company]
when: 2026-12-01T09:30
images:
  - { src: ./launch.png, alt: The new sidebar }
tags: [release]
---
Text for all.

<!-- bluesky -->
Text for Bluesky only.

---thread---
Second part.
`;

describe('what a file says once', () => {
  it('is said for all of its posts where it has no text of its own', () => {
    const { posts, problems } = parsePostFile(
      'a.buffer.md',
      '---\nprofiles: instagram/a\ninstagram: { type: reel }\n---\n---post---\nA\n---post---\n---\ninstagram: { type: story }\n---\nB',
    );
    expect(problems).toEqual([]);
    expect(posts.map(({ details }) => details['instagram']?.type?.value)).toEqual(['reel', 'story']);
  });

  it('stays with the post that it stands above', () => {
    const { posts } = parsePostFile('a.buffer.md', '---\ninstagram: { type: reel }\n---\nA\n---post---\nB');
    expect(posts.map(({ details }) => details['instagram']?.type?.value)).toEqual(['reel', undefined]);
  });

  it('means nothing where the repository says so, also by a name that is one of ours', () => {
    const names = { keys: { labels: 'tags' }, ignore: ['tags', 'link'] };
    const { posts, problems } = parsePostFile('a.buffer.md', '---\ntags: [blog]\nlabels: [release]\nlink: no address\n---\nA', names);
    expect(problems).toEqual([]);
    expect(posts[0]).toMatchObject({ tags: [{ value: 'release' }] });
    expect(posts[0]!.link).toBeUndefined();
  });
});

describe('a picture in Markdown', () => {
  it('is told to be sent as text, but not within a code block', () => {
    expect(codesIn('A\n\n![The new sidebar](./launch.png)')).toEqual(['markdownPicture']);
    expect(codesIn('```\n![A](./a.png)\n```\nA ! [b](c)')).toEqual([]);
  });
});

describe('a file of posts', () => {
  it('has front matter, a text for all, texts for networks and threads', () => {
    const post = only(example);
    expect(post.profiles.map(({ value }) => value)).toEqual([
      'bluesky/queueforbuffer',
      'mastodon/@q@fosstodon.org',
      'linkedin/Our Company',
    ]);
    expect(post.when?.value).toBe('2026-12-01T09:30');
    expect(post.tags?.map(({ value }) => value)).toEqual(['release']);
    expect(post.pictures).toMatchObject([{ src: { value: './launch.png' }, alt: { value: 'The new sidebar' }, part: 1 }]);
    expect(post.text.parts.map(({ text }) => text)).toEqual(['Text for all.']);
    expect(post.variants['bluesky']?.parts.map(({ text }) => text)).toEqual(['Text for Bluesky only.', 'Second part.']);
  });

  it('is the same with Windows line ends and a byte order mark', () => {
    const windows = `\ufeff${example.replaceAll('\n', '\r\n')}`;
    const post = only(windows);
    expect(post.variants['bluesky']?.parts.map(({ text }) => text)).toEqual(['Text for Bluesky only.', 'Second part.']);
    expect(said(windows, post.when!.range)).toBe('2026-12-01T09:30');
    expect(said(windows, post.variants['bluesky']!.parts[1]!.range)).toBe('Second part.');
  });

  it.each(['\r', '\r\r\n'])('is the same with lines that end in %j', (end) => {
    const text = example.replaceAll('\n', end);
    const post = only(text);
    expect(said(text, post.when!.range)).toBe('2026-12-01T09:30');
    expect(post.variants['bluesky']?.parts.map((each) => each.text)).toEqual(['Text for Bluesky only.', 'Second part.']);
    expect(post.tags?.map(({ value }) => value)).toEqual(['release']);
  });

  it('means what it says: no word becomes a number, a truth or a date', () => {
    const when = (word: string) => only(`---\nwhen: ${word}\n---\nA`).when?.value;
    for (const word of ['9:30', 'no', '2026-12-01 09:30', '1e3', '0x10', 'null', '~', '010']) expect(when(word)).toBe(word);
  });

  it('says how a handle is quoted that begins with @', () => {
    const text = '---\nprofiles: [x/a, @buffer]\n---\nA';
    const [found] = parsePostFile('a.buffer.md', text).problems;
    expect(found).toMatchObject({ code: 'quoteHandle', fix: { text: '"@buffer"' } });
    expect(said(text, found!.range)).toBe('@buffer');
  });

  it('takes what stands in code blocks for text', () => {
    for (const [open, close] of [
      ['```', '```'],
      ['~~~~ js', '~~~~~'],
      ['  ```md', '   ```  '],
    ]) {
      const body = `Look:\n${open}\n---thread---\n<!-- bluesky -->\n---post---\n\\---thread---\n${close}`;
      expect(only(`${body}\n`).text.parts.map(({ text }) => text)).toEqual([body]);
      expect(only(`${body}\n---thread---\nB`).text.parts).toHaveLength(2);
    }
    // Neither is a code block: four spaces, and back quotes within the line.
    expect(only('    ```\n---thread---\nB').text.parts).toHaveLength(2);
    expect(only('``` a ` b\n---thread---\nB').text.parts).toHaveLength(2);
    expect(codesIn('```\nA\n\n---thread---\nB')).toEqual(['unclosedFence']);
  });

  it('keeps lines between hyphens that are no front matter, and one behind a backslash', () => {
    for (const text of ['A\n\n---\nSee: this\n---\nB', 'A\n---\nwhen: next\n\nB\n---', 'A\n---\nB\n---', '```\n---\nwhen: next\n---\n```'])
      expect(only(text).text.parts[0]!.text).toBe(text);
    expect(only('A\n\\---\nwhen: next\n---').text.parts[0]!.text).toBe('A\n---\nwhen: next\n---');
    expect(only('---\nwhen: next\n...\n---\nA').when?.value).toBe('next');
  });

  it('keeps what would be a mark behind a backslash', () => {
    expect(only('\\  ---thread---\n\\\u2014thread\u2014\n\\<!- bluesky -->').text.parts[0]!.text).toBe(
      '  ---thread---\n\u2014thread\u2014\n<!- bluesky -->',
    );
    expect(only('\\---thread---\n\\<!-- bluesky -->\n\\\\---post---\n\\```\n\\n').text.parts[0]!.text).toBe(
      '---thread---\n<!-- bluesky -->\n\\---post---\n```\n\\n',
    );
    expect(only('\\\n\nA\n\\  \n').text.parts[0]!.text).toBe('\n\nA\n  ');
  });

  it('holds several posts, which share what the first front matter says', () => {
    const { posts, problems } = parsePostFile(
      'a.buffer.md',
      '---\nprofiles: x/a\nwhen: draft\nimages: ./a.png\n---\nOne\n---post---\nTwo\n---post---\n\n---\nwhen: next\n---\nThree\n',
    );
    expect(problems).toEqual([]);
    expect(
      posts.map(({ index, when, profiles, text, pictures }) => [index, when?.value, profiles.length, text.parts[0]!.text, pictures.length]),
    ).toEqual([
      [0, 'draft', 1, 'One', 1],
      [1, 'draft', 1, 'Two', 0],
      [2, 'next', 1, 'Three', 0],
    ]);
    expect(parsePostFile('a.buffer.md', '---\nprofiles: x/a\n---\n\n---post---\nOne').posts).toHaveLength(1);
  });

  it.each([
    ['---\nwhen: [\n---\nA', 'invalidYaml'],
    ['---\nprofile: x/a\n---\nA', 'unknownKeyMeant'],
    ['---\nsomething: x/a\n---\nA', 'unknownKey'],
    ['---\nwhen: queue\nwhen: next\n---\nA', 'duplicateKey'],
    ['---\nmastodon: { spoiler: A }\nMastodon: { spoiler: B }\n---\nA', 'duplicateKey'],
    ['---\nx: {}\ntwitter: {}\n---\nA', 'duplicateKey'],
    ['---\nwhen: &a queue\n---\nA', 'alias'],
    ['---\nprofiles: *all\n---\nA', 'alias'],
    ['---\n- a\n---\nA', 'notAMap'],
    ['---\nwhen: queue\nA', 'unclosedFrontMatter'],
    ['---\nwhen: queue\n...\ntags: [a]\n---\nA', 'invalidYaml'],
    ['---\nwhen: queue\n---\n---\nwhen: next\n---\nA', 'strayFrontMatter'],
    ['A\n\n---\nprofiles:\n  - x/a\nwhen: next\n---\nB', 'strayFrontMatter'],
    ['A\n\u200b---thread---\u200b\nB', 'unknownDivider'],
    ['---\nwhen:\n---\nA', 'emptyValue'],
    ['---\nwhen: { at: 9 }\n---\nA', 'takesOne'],
    ['---\nreminder: yes\n---\nA', 'takesFlag'],
    ['---\nimages: [{ alt: A }]\n---\nA', 'emptyValue'],
    ['---\nimages: [{ src: a.png, part: 0 }]\n---\nA', 'takesPart'],
    ['---\nmastodon: { spoilers: A }\n---\nA', 'unknownDetailMeant'],
    ['A\n<!-- blusky -->\nB', 'unknownMarkMeant'],
    ['A\n<!-- a thought -->\nB', 'unknownMark'],
    ['A\n<!--\nunseen\n-->\nB', 'hiddenText'],
    ['A <!-- unseen --> B', 'hiddenText'],
    ['A\n--- threads ---\nB', 'unknownDivider'],
    ['A\n  ---thread---\nB', 'unknownDivider'],
    ['A\n---thread---\u00a0\nB', 'unknownDivider'],
    ['A\n---thread\nB', 'unknownDivider'],
    ['A\n\u2014thread\u2014\nB', 'unknownDivider'],
    ['A\n\u2014-post\u2013\u2013\nB', 'unknownDivider'],
    ['A\n  <!-- bluesky -->\nB', 'unknownDivider'],
    ['A\n<!-- x -->\nB\n<!-- twitter -->\nC', 'duplicateVariant'],
    ['A\n---thread---\n', 'emptyPart'],
    ['---\nwhen: queue\n---\n', 'emptyPost'],
    ['A\n---post---\n', 'emptyPost'],
    ['---\nwhen: 2026-12-01 9:00\n---\nA\n---post---\nB', 'sharedTime'],
    ['<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> main\n', 'mergeConflict'],
    ['---\n<<<<<<< HEAD\nwhen: queue\n=======\nwhen: next\n>>>>>>> main\n---\nA', 'mergeConflict'],
    ['```\n<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> main\n```', 'mergeConflict'],
  ] as const)('tells what is wrong with %j', (text, code) => {
    expect(codesIn(text)).toContain(code);
  });

  it('gives up on what is no post', () => {
    expect(codesIn('A'.repeat(600_000))).toEqual(['tooLarge']);
    // In no more time than its length asks for.
    const started = performance.now();
    for (const line of ['!['.repeat(100_000), `![a](${'a'.repeat(200_000)}`, `<x!-- a${' '.repeat(200_000)}b`])
      expect(codesIn(line)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(codesIn(`---\n${'['.repeat(20_000)}\n---\nA`)).toContain('invalidYaml');
    expect(codesIn(`---\nwhen: ${'A'.repeat(70_000)}\n---\nA`)).toContain('frontMatterTooLarge');
  });

  it('says nothing of a note, of YAML’s own comments, and of dividers of one’s own', () => {
    only(
      '---\nwhen: queue # for now\n---\nA\n<!-- note: for the reviewer -->\nB' +
        '\n\n***\n--- more ---\nC -- D\n- thread\n-- post\n\u2014 Post\n--- D\n\n    ---thread---',
    );
  });

  it('takes keys of other names where the repository has some', () => {
    const { posts, problems } = parsePostFile('a.md', '---\nplatforms: [linkedin]\ntitle: Launch\n---\nA', {
      keys: { platforms: 'profiles' },
      ignore: ['title'],
    });
    expect(problems).toEqual([]);
    expect(posts[0]!.profiles[0]!.value).toBe('linkedin');
  });

  it('tells where a letter of a text stands', () => {
    const text = '---\nwhen: queue\n---\r\n\r\nOne\r\n\\---thread---\r\nThree';
    const [part] = only(text).text.parts;
    for (const word of ['One', '---thread---', 'Three'])
      expect(text.slice(offsetIn(part!, part!.text.indexOf(word)), offsetIn(part!, part!.text.indexOf(word)) + word.length)).toBe(word);
  });

  it('ends whatever is in it, and names places that are there', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...[
          '---\n',
          '---',
          '\n',
          '\r\n',
          'profiles:',
          ' [',
          ']',
          ' {',
          '}',
          'images:',
          ' - ',
          'when: ',
          '9:30',
          '"',
          "'",
          '@',
          '&a',
          '*a',
          '!!x ',
        ],
        ...[
          '---thread---\n',
          '---post---\n',
          '<!-- bluesky -->\n',
          '<!--',
          '-->',
          '```\n',
          '~~~\n',
          '\\',
          '<<<<<<< a\n',
          '\ufeff',
          '\t',
          '|\n',
          '>',
        ],
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const { posts, problems } = parsePostFile('a.buffer.md', text);
        const places = [
          ...problems.map(({ range }) => range),
          ...posts.flatMap((post) => [
            post.range,
            ...post.text.parts.map(({ range }) => range),
            ...post.profiles.map(({ range }) => range),
          ]),
        ];
        const isWithin = places.every(({ start, end }) => start.offset >= 0 && end.offset >= start.offset && end.offset <= text.length);
        const parts = posts.flatMap((post) => [post.text, ...Object.values(post.variants)].flatMap((each) => each.parts));
        const isThere = parts.every((part) =>
          part.text.split('').every((unit, index) => unit === '\n' || text[offsetIn(part, index)] === unit),
        );
        return isWithin && isThere;
      }),
      { numRuns: 300 },
    );
  });
});
