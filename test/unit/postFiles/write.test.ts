import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Media, NetworkDetails, Update } from '../../../src/core/buffer/model.ts';
import { checkFile } from '../../../src/core/postFiles/check.ts';
import { usualConfig } from '../../../src/core/postFiles/config.ts';
import { parsePostFile } from '../../../src/core/postFiles/parse.ts';
import { fileNameFor, fileOf, writePost } from '../../../src/core/postFiles/write.ts';
import { newStore } from '../support/everyday.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

const sandbox = await ownSandbox();

/** Lines that are something else in a file. */
const odd = [
  '---',
  '---thread---',
  '--- post ---',
  '<!-- bluesky -->',
  '<!-- note: a -->',
  '<!--',
  '```',
  '~~~~',
  '  ```js',
  '\\',
  '\\---thread---',
  '  ',
  '',
  '>>>>>>> a',
  '-- threads --',
  '\\```',
  'A',
  '# B',
];
const line = fc.oneof(
  fc.constantFrom(...odd),
  fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll(/[\r\n]/gu, ' ')),
);
const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));
const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((each) => each.trim() === each);

describe('a post as a file', () => {
  it('says the same when it is read, whatever its text is', () => {
    fc.assert(
      fc.property(
        text,
        fc.array(
          text.filter((each) => each.trim() !== ''),
          { maxLength: 3 },
        ),
        (first, thread) => {
          const file = writePost({ profiles: ['bluesky/a'], when: 'queue', text: first, details: { thread } });
          const { posts, problems } = parsePostFile('a.buffer.md', file);
          expect(problems.filter(({ code, severity }) => severity === 'error' && code !== 'emptyPost')).toEqual([]);
          expect(posts[0]!.text.parts.map((part) => part.text)).toEqual([first, ...thread]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('says the same of what goes with it', async () => {
    const url = fc.constantFrom('https://example.com/a.png', 'https://example.com/b.jpg?c=d#e');
    const picture = fc.record({ url, description: fc.option(word, { nil: undefined }) });
    const media: fc.Arbitrary<Media | undefined> = fc.oneof(
      fc.constant(undefined),
      fc.record({ link: url, title: fc.option(word, { nil: undefined }) }),
      fc.record({ video: url, coverAt: fc.option(fc.nat(9_999), { nil: undefined }) }),
      fc.tuple(picture, fc.array(picture, { maxLength: 3 })).map(([{ url: first, description }, more]) => ({
        picture: first,
        ...(description !== undefined && { description }),
        ...(more.length && { more }),
      })),
    );
    await fc.assert(
      fc.asyncProperty(media, fc.uniqueArray(word, { maxLength: 3 }), word, async (given, tags, spoiler) => {
        const details: NetworkDetails = { spoiler };
        const file = writePost({ profiles: ['mastodon/a'], when: 'draft', text: 'A', service: 'mastodon', media: given, details, tags });
        const { posts, problems } = await checkFile('a.buffer.md', file, { config: usualConfig, now: new Date() });
        expect(problems.filter(({ code }) => ['invalidYaml', 'takesOne', 'alias', 'emptyValue'].includes(code))).toEqual([]);
        const [target] = posts[0]!.targets;
        expect(JSON.parse(JSON.stringify(target!.media ?? null))).toEqual(JSON.parse(JSON.stringify(given ?? null)));
        expect(target!.details.spoiler).toBe(spoiler);
        expect(target!.tagNames).toEqual([...new Set(tags.map((each) => each.normalize('NFC')))]);
        expect(target!.when).toBe('draft');
      }),
      { numRuns: 150 },
    );
  });

  it('has a name that a disk takes, whatever the letters are', () => {
    const update = { service: 'instagram', dueAt: new Date(0), id: '1' } as Update;
    for (const letter of ['a', 'я', '好', '\u{20000}']) {
      const name = fileNameFor({ ...update, text: `${letter.repeat(30)} `.repeat(8) }, 'UTC');
      expect(Buffer.byteLength(name)).toBeLessThan(200);
      expect(name).toMatch(new RegExp(`-instagram-${letter}+(?:-${letter}+)*\\.buffer\\.md$`, 'u'));
      expect(name.isWellFormed()).toBe(true);
    }
  });

  it('is made of every update that waits, and means that update', async () => {
    const store = newStore(sandbox, 'graphql');
    const profiles = await store.loadProfiles();
    let made = 0;
    for (const profile of profiles) {
      await store.loadList(profile.id, 'pending').catch(() => undefined);
      for (const update of store.list(profile.id, 'pending').items) {
        const file = fileOf(update, profile, profiles);
        expect(fileNameFor(update, profile.timeZone)).toMatch(/^[^/\\:]+\.buffer\.md$/u);
        const { posts, problems } = await checkFile('a.buffer.md', file, { config: usualConfig, now: new Date(0), profiles });
        const [target] = posts[0]?.targets ?? [];
        const known = `${file}\n${problems.map(({ message }) => message).join('\n')}`;
        expect(target?.profile?.id, known).toBe(profile.id);
        expect(target!.text.trim(), known).toBe(update.text.replaceAll('\r\n', '\n').trim());
        expect(target!.details.thread ?? [], known).toEqual(update.details?.thread ?? []);
        expect(target!.tagNames).toEqual(update.tags?.map(({ name }) => name) ?? []);
        if (update.isFixedTime && update.status !== 'draft') expect(target!.when, known).toEqual({ at: update.dueAt });
        made++;
      }
    }
    expect(made).toBeGreaterThan(50);
  });
});
