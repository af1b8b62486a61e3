import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRecord, parseRecord, type RecordEntry, recordPath, united, UnreadableRecord } from '../../../src/core/postFiles/record.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const entry = (post: string, more: Partial<RecordEntry> = {}): RecordEntry => ({
  post,
  part: 1,
  profile: 'bluesky/larkspur',
  account: 'account',
  state: 'queued',
  at: new Date('2026-03-01T10:00:00Z'),
  update: `of-${post}`,
  sent: { text: 'abc' },
  seen: { text: 'abc' },
  ...more,
});

describe('the record', () => {
  it('is JSON with an entry a line, sorted, whoever wrote it in which order', () => {
    const entries = [entry('b.buffer.md'), entry('a.buffer.md', { part: 2, update: 'another' }), entry('a.buffer.md')];
    const text = formatRecord(entries);
    expect(text.split('\n')).toHaveLength(6);
    expect((JSON.parse(text) as { post: string; part: number }[]).slice(1).map(({ post, part }) => `${post} ${part}`)).toEqual([
      'a.buffer.md 1',
      'a.buffer.md 2',
      'b.buffer.md 1',
    ]);
    expect(formatRecord(entries.toReversed())).toBe(text);
  });

  it('reads what it wrote', () => {
    const entries = [
      entry('a.buffer.md'),
      entry('b.buffer.md', {
        state: 'announced',
        update: undefined,
        seen: undefined,
        run: 'x.1.y',
        content: {
          text: 'Ünïcode “quoted”\nlines',
          media: { picture: 'https://example.com/a.png' },
          details: { startsAt: new Date(0), thread: ['b'] },
        },
      }),
    ];
    expect(parseRecord(formatRecord(entries))).toEqual(entries);
    expect(formatRecord([])).toBe(formatRecord(parseRecord('')));
  });

  it('names a file of a Mac and of Windows as all others do', () => {
    const names = ['posts/Grüße.buffer.md'.normalize('NFD'), 'posts\\Grüße.buffer.md'];
    for (const name of names) expect(parseRecord(formatRecord([entry(name)]))[0]!.post).toBe('posts/Grüße.buffer.md'.normalize('NFC'));
  });

  it('has both sides of a merge that left its marks, and nothing of what both began with', () => {
    const text = [
      '[{"version":1}',
      ...formatRecord([entry('a.buffer.md')])
        .split('\n')
        .slice(1, 2),
      '<<<<<<< HEAD',
      ...formatRecord([entry('b.buffer.md')])
        .split('\n')
        .slice(1, 2),
      '||||||| 1234567',
      ...formatRecord([entry('old.buffer.md')])
        .split('\n')
        .slice(1, 2),
      '=======',
      ...formatRecord([entry('c.buffer.md')])
        .split('\n')
        .slice(1, 2),
      '>>>>>>> other',
      ']',
    ].join('\r\n');
    expect(parseRecord(text).map(({ post }) => post)).toEqual(['a.buffer.md', 'b.buffer.md', 'c.buffer.md']);
  });

  it('knows best what is over: made before announced, sent before queued', () => {
    const announced = entry('a.buffer.md', { state: 'announced', update: undefined, at: new Date('2027-01-01') });
    expect(united([announced, entry('a.buffer.md')])).toEqual([entry('a.buffer.md')]);
    const sent = entry('a.buffer.md', { state: 'sent', at: new Date(0) });
    expect(united([entry('a.buffer.md'), sent])).toEqual([sent]);
    // Renamed on one side of a merge, and edited at Buffer on the other: it is one update all the same.
    const renamed = entry('z.buffer.md', { update: 'of-a.buffer.md', at: new Date('2026-05-01') });
    expect(united([renamed, entry('a.buffer.md')])).toEqual([renamed]);
    const later = entry('a.buffer.md', { at: new Date('2026-04-01'), sent: { text: 'new' } });
    expect(united([later, entry('a.buffer.md')])).toEqual([later]);
  });

  it('takes what was deleted at Buffer for over only where it was not made again since', () => {
    const gone = entry('a.buffer.md', { state: 'gone', update: '1', at: new Date('2026-04-01') });
    const again = entry('a.buffer.md', { update: '2', at: new Date('2026-05-01') });
    expect(united([gone, again])).toEqual([again]);
    const announced = { ...again, state: 'announced', update: undefined } as const;
    expect(united([gone, announced])).toEqual([announced]);
    expect(united([gone, { ...announced, at: new Date('2026-03-01') }])).toEqual([gone]);
  });

  it('is read as well where a formatter of the repository set it anew', () => {
    const entries = [entry('a.buffer.md'), entry('b.buffer.md')];
    const set = `\uFEFF${JSON.stringify(JSON.parse(formatRecord(entries)), undefined, 2).replaceAll('\n', '\r\n')}\r\n`;
    expect(parseRecord(set)).toEqual(entries);
  });

  it.each([
    'nonsense',
    '[{"version":1},\n{"post":"a"}]',
    ',{"post":"a"}',
    '[{"version":2}\n]',
    ',{"post":"a","part":1,"profile":"x","account":"","state":"queued","at":"2026-01-01","sent":{}}',
  ])('is not guessed at where a line says nothing: %s', (text) => {
    expect(() => parseRecord(text)).toThrow(UnreadableRecord);
  });

  it('holds what two branches added, by Git’s own merge of lines', async () => {
    const folder = await temporaryFolder();
    const git = async (...args: string[]) =>
      (
        await promisify(execFile)('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...args], {
          cwd: folder,
        })
      ).stdout;
    const save = async (entries: readonly RecordEntry[], message: string) => {
      await mkdir(dirname(join(folder, recordPath)), { recursive: true });
      await writeFile(join(folder, recordPath), formatRecord(entries));
      await git('add', '-A');
      await git('commit', '-q', '--allow-empty', '-m', message);
    };
    await git('init', '-q', '-b', 'main');
    const name = fc.integer({ min: 0, max: 40 }).map((number) => `posts/${String(number).padStart(2, '0')}.buffer.md`);
    const some = (most: number) => fc.uniqueArray(name, { maxLength: most });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(some(8), some(4), some(4), async (base, ours, theirs) => {
        const [main, other] = [`main-${++round}`, `other-${round}`];
        const before = base.map((post) => entry(post));
        const after = (added: readonly string[]) => [...before, ...added.filter((post) => !base.includes(post)).map((post) => entry(post))];
        await git('checkout', '-q', '--orphan', main);
        await save(before, 'base');
        await git('checkout', '-q', '-b', other);
        await save(after(theirs), 'theirs');
        await git('checkout', '-q', main);
        await save(after(ours), 'ours');
        await git('merge', '-q', '-m', 'merged', other).catch(() => undefined);
        const read = parseRecord(await readFile(join(folder, recordPath), 'utf8'));
        expect(read).toEqual(united([...after(ours), ...after(theirs)]));
        await git('checkout', '-q', '-f', main);
      }),
      { numRuns: 25, verbose: true },
    );
  });
});
