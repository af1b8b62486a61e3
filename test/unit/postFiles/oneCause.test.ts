import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFile, type CheckSurroundings } from '../../../src/core/postFiles/check.ts';
import { usualConfig } from '../../../src/core/postFiles/config.ts';
import { profileWith } from '../support/profile.ts';

const profiles = [
  profileWith({ id: '1', service: 'bluesky', username: 'queueforbuffer' }),
  profileWith({ id: '2', service: 'mastodon', username: 'q', name: '@q@fosstodon.org' }),
  profileWith({ id: '3', service: 'linkedin', username: '', name: 'Our Company' }),
];
const around: CheckSurroundings = {
  config: usualConfig,
  now: new Date('2026-11-27T12:00:00Z'),
  profiles,
  tagNames: ['release', 'docs'],
  files: {
    stat: (path) => Promise.resolve(/\.png$/u.test(path) ? { isFile: true, size: 1 } : undefined),
    realpath: (path) => Promise.resolve(path),
  },
};

/** Files that nothing is wrong with. */
const good = [
  [
    '---',
    'profiles: [bluesky/queueforbuffer, "mastodon/@q@fosstodon.org", linkedin/Our Company]',
    'when: 2026-12-01 09:30',
    'images:',
    '  - { src: ./launch.png, alt: The new sidebar }',
    '  - src: "./other.png"',
    "    alt: 'Another one'",
    'tags: [release, docs]',
    '---',
    'Text for all.',
    '',
    '<!-- bluesky -->',
    'Text for Bluesky only.',
    '',
    '---thread---',
    'Second part.',
  ],
  [
    '---',
    'profiles:',
    '  - bluesky/queueforbuffer',
    '  - mastodon',
    'when: next',
    'tags: release',
    'mastodon:',
    '  spoiler: "A, b"',
    '---',
    'One',
    '',
    '---post---',
    '---',
    'when: draft',
    'images: { src: ./two.png, alt: Two }',
    'reminder: true',
    '---',
    'Two',
    '<!-- mastodon -->',
    'Toot',
    '',
    '---post---',
    'Three',
  ],
];

const told = async (text: string) => (await checkFile('posts/a.buffer.md', text, around)).problems;

/** One place of a file made wrong, and the line of that. */
type Break = (lines: readonly string[], line: number, at: number, sign: string) => readonly string[];
const breaks: Readonly<Record<string, Break>> = {
  leaveOut: (lines, line, at) => lines.with(line, lines[line]!.slice(0, at) + lines[line]!.slice(at + 1)),
  putIn: (lines, line, at, sign) => lines.with(line, lines[line]!.slice(0, at) + sign + lines[line]!.slice(at)),
  exchange: (lines, line, at, sign) => lines.with(line, lines[line]!.slice(0, at) + sign + lines[line]!.slice(at + 1)),
  dropLine: (lines, line) => lines.toSpliced(line, 1),
  sayTwice: (lines, line) => lines.toSpliced(line, 0, lines[line]!),
  indent: (lines, line) => lines.with(line, ` ${lines[line]!}`),
  merge: (lines, line) => lines.toSpliced(line, 1, '<<<<<<< HEAD', lines[line]!, '=======', `${lines[line]!} `, '>>>>>>> other'),
  cut: (lines, line, at) => lines.with(line, lines[line]!.slice(0, at)),
};

describe('what is wrong with a file', () => {
  it('is nothing where it is right', async () => {
    for (const lines of good) expect(await told(lines.join('\n'))).toEqual([]);
  });

  it('is told once, where it is mended', async () => {
    const sign = fc.constantFrom(...'[]{}"\':,-@&*!#%`|>?x \t<\\');
    const broken = fc.record({
      which: fc.nat({ max: good.length - 1 }),
      how: fc.constantFrom(...Object.keys(breaks)),
      line: fc.nat(),
      column: fc.nat(),
      sign,
    });
    await fc.assert(
      fc.asyncProperty(broken, async ({ which, how, line: someLine, column, sign: by }) => {
        const lines = good[which]!;
        const line = someLine % lines.length;
        const text = breaks[how]!(lines, line, column % (lines[line]!.length + 1), by).join('\n');
        const problems = await told(text);
        const said = problems.map(({ range, message }) => `${range.start.line}: ${message}`);
        const context = `${how} at line ${line}:\n${text}\n\n${said.join('\n')}`;
        expect(problems.length, context).toBeLessThanOrEqual(2);
        // Whose line is gone altogether is told where something is missing for it.
        const isGone = ['dropLine', 'cut'].includes(how) || ['#', '\\'].includes(by);
        if (problems[0] && !isGone) expect(Math.abs(problems[0].range.start.line - line), context).toBeLessThanOrEqual(1);
      }),
      { numRuns: 400 },
    );
  });

  it('is told of each mistake by itself', async () => {
    const codes = async (text: string) => (await told(text)).map(({ code }) => code);
    expect(await codes('---\nprofiles: [bluesky/queueforbuffer\nwhen: queue\ntags: [release]\n---\nA')).toEqual(['invalidYaml']);
    expect(await codes('---\nprofiles: bluesky\nimages: [{ src: a.png, alt: }]\n---\nA')).toEqual(['noAltText']);
    expect(await codes('---\nprofiles: bluesky\nimages: [{ src: a.png, alt: "" }]\n---\nA')).toEqual(['noAltText']);
    expect(await codes('---\nprofiles: bluesky\nimages: [{ src: , alt: A }]\n---\nA')).toEqual(['emptyValue']);
    expect(await codes('---\nprofiles: bluesky\ntimezone: Nowhere\nwhen: 2026-12-01 9:00\n---\nA')).toEqual(['unknownZone']);
    expect(await codes('---\nprofiles: bluesky\ntags: [relese, zzzz]\n---\nA')).toEqual(['unknownTagMeant', 'unknownTag']);
    const marked = (line: string) => codes(`---\nprofiles: [bluesky, linkedin]\n---\nA\n${line}\nB\n---thread---\nC`);
    for (const line of ['<!- bluesky -->', '!-- bluesky, threads -->', '<x!-- Bluesky -->', '<\t-- bluesky -->', '<! -- bluesky - ->'])
      expect(await marked(line)).toEqual(['unknownDivider']);
    for (const line of ['  <!-- bluesky -->', '\t<!-- bluesky -->', '<!-- TODO: look at this, please, soon -->', '<!-- - -->'])
      expect((await told(`---\nprofiles: bluesky\n---\nA\n${line}\nB`)).map(({ range }) => range.start.line)).toEqual([4]);
    // What stands below is meant for whom the mark means, and is not too long for all others.
    const long = (mark: string) => codes(`---\nprofiles: [bluesky, linkedin]\n---\nA\n${mark}\n${'B '.repeat(200)}`);
    for (const [mark, code] of [
      ['<!-- linkdin -->', 'unknownMarkMeant'],
      ['<!- linkedin -->', 'unknownDivider'],
      ['<!-- linkedin -->\nB\n<!-- LinkedIn -->', 'duplicateVariant'],
    ] as const)
      expect(await long(mark)).toEqual([code]);
    const part = 'C '.repeat(140);
    for (const mark of ['---threads---', '---thread', '\u2014thread\u2014', '--post--'])
      expect(await codes(`---\nprofiles: bluesky\n---\n${part}\n${mark}\n${part}`)).toEqual(['unknownDivider']);
    for (const line of ['--> Bluesky', '- x -', 'See bluesky -->', '-- > x - bluesky']) expect(await marked(line)).toEqual(['noThreads']);
    expect(await codes('---\nwhen: 2026-12-01 9:00\nprofiles: bluesky\n---\nA\n---post---\nB\n---post---\nC')).toEqual(['sharedTime']);
    expect(await codes('---\nwhen: next\n---\nA\n---post---\nB\n---post---\nC')).toEqual(['noProfiles']);
    // A warning hides no error: the file would be sent.
    const fenced = await codes('---\nprofiles: linkedin\n---\nA\n---thread---\n```\n---post---\n');
    expect(fenced).toEqual(expect.arrayContaining(['unclosedFence', 'noThreads']));
    expect(await codes('')).toEqual(['emptyPost']);
    expect(await codes('<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> other\n')).toEqual(['mergeConflict', 'noProfiles']);
  });

  it('is a hint for a picture that is not pushed yet, and a warning where nobody serves it or has seen a tag', async () => {
    const text = '---\nprofiles: bluesky\nimages: [{ src: a.png, alt: A }, { src: b.png, alt: B }]\ntags: [relese]\n---\nA';
    const { tagNames: seenTags, ...rest } = around;
    const unserved = (path: string) => Promise.resolve(path === 'posts/a.png' ? ('notPushed' as const) : ('notServed' as const));
    const { problems } = await checkFile('posts/a.buffer.md', text, { ...rest, seenTags: seenTags!, unserved });
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([
      ['notPushed', 'hint'],
      ['notServed', 'warning'],
      ['unknownTagMeant', 'warning'],
    ]);
    expect(problems.at(-1)!.fix!.text).toBe('release');
    expect((await checkFile('posts/a.buffer.md', text, rest)).problems).toEqual([]);
  });
});
