import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test, vi } from 'vitest';
import { wantedPictures } from '../../../src/composer/page/wantedPictures.ts';
import { followPictures, forgetPicture, takePicture, type WebPictures } from '../../../src/page/webPictures.ts';
import { emptyDraft } from '../../../src/core/drafts/draft.ts';
import { SizedCache } from '../../../src/core/collections/sizedCache.ts';

const one = 'https://example.com/one.png';
const two = 'https://example.com/two.png';
const png = { type: 'image/png', bytes: new Uint8Array([137, 80]) };
const draft = emptyDraft('11111111-1111-4111-8111-111111111111');

function followed(pictures: WebPictures, ...wanted: string[]) {
  const asked: string[] = [];
  return { pictures: followPictures(pictures, new Set(wanted), (address) => asked.push(address)), asked };
}

describe('pictures of the web', () => {
  test('are wanted where nobody types any more, and where an update keeps them', () => {
    const kept = [{ kind: 'picture' as const, picture: two }, { kind: 'document' as const }];
    const editing = { updateId: 'u', profileId: 'p', text: '', kept };
    expect([...wantedPictures({ draft: { ...draft, editing }, settledPicture: `${one}\nhttp://example.com/a.png\nno` })]).toEqual([
      one,
      two,
    ]);
    expect([...wantedPictures({ draft, settledPicture: `https://example.com/${'a'.repeat(10_000)}` })]).toEqual([]);
  });

  test('are asked for once, and again when they were let go', () => {
    const first = followed(new Map(), one, two);
    expect(first.asked).toEqual([one, two]);
    expect(followed(first.pictures, two, one)).toEqual({ pictures: first.pictures, asked: [] });
    const fewer = followed(first.pictures, two);
    expect([...fewer.pictures.keys()]).toEqual([two]);
    expect(followed(fewer.pictures, one, two).asked).toEqual([one]);
    expect(followed(forgetPicture(first.pictures, one), one, two).asked).toEqual([one]);
  });

  test('are kept as long as they are shown, and no longer', () => {
    const revoked = vi.spyOn(URL, 'revokeObjectURL');
    const asked = followed(new Map(), one).pictures;
    const shown = takePicture(asked, { type: 'picture', address: one, picture: png });
    expect(shown.get(one)).toEqual({ kind: 'shown', src: expect.stringMatching(/^blob:/) as string });
    // One that comes late, or twice, is not kept.
    expect(takePicture(shown, { type: 'picture', address: one, picture: png })).toBe(shown);
    expect(takePicture(shown, { type: 'picture', address: two, picture: png })).toBe(shown);
    followed(shown, two);
    expect(revoked).toHaveBeenCalledOnce();
    revoked.mockRestore();
  });

  test('say why they are not shown', () => {
    const pictures = takePicture(followed(new Map(), one).pictures, {
      type: 'picture',
      address: one,
      trouble: 'example.com answered 403.',
    });
    expect(pictures.get(one)).toEqual({ kind: 'unread', trouble: 'example.com answered 403.' });
  });

  test('are drawn in one place alone, so that none is shown that the extension did not read', async () => {
    const sources = new URL('../../../src/', import.meta.url);
    const drawing: string[] = [];
    for (const name of await readdir(sources, { recursive: true }))
      if (/^(?:\w+\/)?page\/.*\.ts$/u.test(name.replaceAll('\\', '/')) && (await readFile(new URL(name, sources), 'utf8')).includes('<img'))
        drawing.push(name.replaceAll('\\', '/'));
    // Those of profiles are files of the extension.
    expect(drawing.toSorted()).toEqual(['page/avatar.ts', 'page/webPicture.ts']);
  });
});

describe('a cache with so much room', () => {
  test('lets go what was not used for the longest', () => {
    const cache = new SizedCache<string>({ most: 10, age: 1_000 });
    cache.set('a', 'A', 4);
    cache.set('b', 'B', 4);
    expect(cache.get('a')).toBe('A');
    cache.set('c', 'C', 4);
    expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual(['A', undefined, 'C']);
    cache.set('d', 'D', 11);
    expect(['a', 'c', 'd'].map((key) => cache.get(key))).toEqual(['A', 'C', undefined]);
    cache.set('a', 'newer', 6);
    expect(['a', 'c'].map((key) => cache.get(key))).toEqual(['newer', 'C']);
  });

  test('forgets what is old', () => {
    let now = 0;
    const cache = new SizedCache<string>({ most: 10, age: 1_000, now: () => now });
    cache.set('a', 'A', 4);
    now = 1_000;
    expect(cache.get('a')).toBe('A');
    now = 1_001;
    expect(cache.get('a')).toBeUndefined();
    cache.set('b', 'B', 10);
    expect(cache.get('b')).toBe('B');
  });
});
