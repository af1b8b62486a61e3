import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { Git } from '../../../src/core/git/git.ts';
import { GitKeeper, Outdated, RecordRefused } from '../../../src/cli/gitKeeper.ts';
import { ownBranch } from '../../../src/core/postFiles/recordsAt.ts';
import { formatRecord, parseRecord, type RecordEntry, recordPath } from '../../../src/core/postFiles/record.ts';
import { protect, Repository } from '../support/gitRepository.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

let root: string;
let bare: string;
let clone: Repository;
beforeEach(async () => {
  root = await temporaryFolder();
  ({ bare, clone } = await Repository.make(root));
});

const entry = (post: string, more: Partial<RecordEntry> = {}): RecordEntry => ({
  post,
  part: 1,
  profile: 'bluesky/larkspur',
  account: 'account',
  state: 'announced',
  at: new Date('2026-03-01T10:00:00Z'),
  sent: { text: 'abc' },
  run: 'here.1.x',
  content: { text: 'Hello' },
  ...more,
});
const keeperIn = ({ folder }: Repository, options = {}) => new GitKeeper(new Git(folder), { branch: 'main', ...options });
const recordAt = async (branch: string) => {
  await clone.git('fetch', '-q', 'origin');
  return parseRecord(await clone.git('show', `origin/${branch}:${recordPath}`));
};

describe('the record at a remote', () => {
  test('is announced to one of two runs', async () => {
    const other = await Repository.clone(bare, join(root, 'other'));
    const keepers = [keeperIn(clone), keeperIn(other)];
    for (const each of keepers) await each.load();
    const announced = await Promise.all(
      keepers.map((each, index) => each.announce({ put: [entry('a.buffer.md', { run: `run-${index}` })] })),
    );
    expect(announced.filter(Boolean)).toHaveLength(1);
    const loser = keepers[announced.indexOf(false)]!;
    expect(await loser.load()).toMatchObject([{ run: `run-${announced.indexOf(true)}` }]);
  });

  test('has what both noted in the end', async () => {
    const other = await Repository.clone(bare, join(root, 'other'));
    const keepers = [keeperIn(clone), keeperIn(other)];
    for (const each of keepers) await each.load();
    await keepers[0]!.note({ put: [entry('a.buffer.md', { state: 'queued', update: '1' })] });
    await keepers[1]!.note({ put: [entry('b.buffer.md', { state: 'queued', update: '2' })] });
    await Promise.all(keepers.map((each) => each.publish()));
    expect((await recordAt('main')).map(({ post }) => post)).toEqual(['a.buffer.md', 'b.buffer.md']);
  });

  test('touches neither the work tree nor the index', async () => {
    await clone.write({ 'draft.txt': 'not committed', 'README.md': 'changed' });
    await clone.git('add', 'README.md');
    const before = await clone.git('status', '--porcelain=v2');
    const keeper = keeperIn(clone);
    await keeper.load();
    expect(await keeper.announce({ put: [entry('a.buffer.md')] })).toBe(true);
    expect(await clone.git('status', '--porcelain=v2')).toBe(before);
    const files = (await clone.git('ls-tree', '-r', '--name-only', 'origin/main')).split('\n');
    expect(files).toEqual([recordPath, 'README.md']);
  });

  test('is kept on a branch of its own where the branch of the posts is protected, and found there by the next run', async () => {
    await protect(bare, 'main');
    const keeper = keeperIn(clone);
    await keeper.load();
    expect(await keeper.announce({ put: [entry('a.buffer.md')] })).toBe(true);
    await keeper.note({ put: [entry('a.buffer.md', { state: 'queued', update: '1', content: undefined, run: undefined })] });
    await keeper.publish();
    expect(await recordAt(ownBranch)).toMatchObject([{ state: 'queued', update: '1' }]);
    await expect(recordAt('main')).rejects.toThrow();
    expect(await keeperIn(clone).load()).toMatchObject([{ state: 'queued' }]);
  });

  test('of two runs that begin the branch of its own, one is first', async () => {
    await protect(bare, 'main');
    const other = await Repository.clone(bare, join(root, 'other'));
    const keepers = [keeperIn(clone), keeperIn(other)];
    for (const each of keepers) await each.load();
    const announced = await Promise.all(
      keepers.map((each, index) => each.announce({ put: [entry('a.buffer.md', { run: `run-${index}` })] })),
    );
    expect(announced.filter(Boolean)).toHaveLength(1);
  });

  describe('of which two runs of different kinds know no branch of its own yet', () => {
    const announced = (run: string) => ({ put: [entry('a.buffer.md', { run, at: new Date('2026-03-01T10:01:00Z') })] });
    let pushing: GitKeeper;
    let apart: GitKeeper;
    beforeEach(async () => {
      pushing = keeperIn(clone);
      apart = keeperIn(await Repository.clone(bare, join(root, 'other')), { isApart: true });
      await pushing.load();
      await apart.load();
    });

    test('is announced to the one on the branch, where that was first', async () => {
      expect(await pushing.announce(announced('pushing'))).toBe(true);
      expect(await apart.announce(announced('apart'))).toBe(false);
      expect(await apart.load()).toMatchObject([{ run: 'pushing' }]);
      expect(await recordAt(ownBranch)).toEqual([]);
    });

    test('is announced to the one on the branch of its own, where that was first', async () => {
      expect(await apart.announce(announced('apart'))).toBe(true);
      expect(await pushing.announce(announced('pushing'))).toBe(false);
      expect(await pushing.load()).toMatchObject([{ run: 'apart' }]);
      expect(await recordAt('main')).toEqual([]);
    });

    test('has what it had before it was taken back', async () => {
      const gone = entry('a.buffer.md', { state: 'gone', update: '1', run: undefined, content: undefined });
      await pushing.note({ put: [gone] });
      await pushing.publish();
      expect(await apart.announce(announced('apart'))).toBe(false);
      await apart.load();
      await pushing.load();
      expect(await pushing.announce({ ...announced('pushing'), remove: [gone] })).toBe(true);
      expect(await apart.load()).toMatchObject([{ run: 'pushing' }]);
    });

    test('is announced to one of them at most at the same moment, and to one in the end', async () => {
      const all = [pushing, apart];
      const names = ['pushing', 'apart'];
      const isFirst = await Promise.all(all.map((each, index) => each.announce(announced(names[index]!))));
      const winners = names.filter((_, index) => isFirst[index]);
      expect(winners.length).toBeLessThan(2);
      for (const [index, each] of all.entries()) {
        if (isFirst[index] || (await each.load()).length > 0) continue;
        if (await each.announce(announced(names[index]!))) winners.push(names[index]!);
      }
      expect(winners).toHaveLength(1);
      for (const each of all) expect(await each.load()).toMatchObject([{ run: winners[0] }]);
    });
  });

  test('that no branch takes is an error, before anything is sent', async () => {
    await protect(bare, 'main', ownBranch);
    const keeper = keeperIn(clone);
    await keeper.load();
    await expect(keeper.announce({ put: [entry('a.buffer.md')] })).rejects.toThrow(RecordRefused);
  });

  test('is not made good by a run for a commit that is not the newest', async () => {
    const other = await Repository.clone(bare, join(root, 'other'));
    await other.commit({ 'posts/a.buffer.md': 'Newer' });
    await other.git('push', '-q', 'origin', 'HEAD:main');
    await expect(keeperIn(clone).load()).rejects.toThrow(Outdated);
    // What has nothing to do with posts leaves it the newest.
    expect(await keeperIn(clone, { isAbout: (path: string) => path.endsWith('.txt') }).load()).toEqual([]);
  });

  test('is read with what somebody merged by hand, marks and all', async () => {
    const lines = formatRecord([entry('a.buffer.md', { state: 'queued', update: '1' })]).split('\n');
    await clone.commit({ [recordPath]: [lines[0], '<<<<<<< HEAD', lines[1], '=======', '>>>>>>> other', ']', ''].join('\n') });
    await clone.git('push', '-q', 'origin', 'HEAD:main');
    expect(await keeperIn(clone).load()).toMatchObject([{ post: 'a.buffer.md' }]);
  });

  test('works in a clone of the last commit alone, as a workflow has it', async () => {
    await clone.commit({ 'a.txt': '1' });
    await clone.git('push', '-q', 'origin', 'HEAD:main');
    const shallow = await Repository.clone(bare, join(root, 'shallow'), '--depth=1');
    const keeper = keeperIn(shallow);
    await keeper.load();
    expect(await keeper.announce({ put: [entry('a.buffer.md')] })).toBe(true);
    expect(await recordAt('main')).toHaveLength(1);
    expect(await clone.git('rev-list', '--count', 'origin/main')).toBe('3');
  });

  test('Git tells what a file was called before, over several renames', async () => {
    const text = 'A post of several words, so that Git knows it again\nand a second line\n';
    await clone.commit({ 'posts/ä b.buffer.md': text });
    await clone.commit({ 'posts/ä b.buffer.md': undefined, 'posts/c.buffer.md': text });
    await clone.commit({ 'posts/c.buffer.md': undefined, 'old/d.buffer.md': `${text}changed\n` });
    expect([...(await new Git(clone.folder).renames())]).toEqual([
      ['posts/c.buffer.md', 'old/d.buffer.md'],
      ['posts/ä b.buffer.md', 'old/d.buffer.md'],
    ]);
  });

  test('also in a clone of the last commit alone', async () => {
    const text = 'A post of several words, so that Git knows it again\nand a second line\n';
    await clone.commit({ 'a.buffer.md': text });
    await clone.commit({ 'a.buffer.md': undefined, 'b.buffer.md': `${text}changed\n` });
    await clone.git('push', '-q', 'origin', 'HEAD:main');
    const shallow = new Git((await Repository.clone(bare, join(root, 'shallow'), '--depth=1')).folder);
    expect([...(await shallow.renames())]).toEqual([['a.buffer.md', 'b.buffer.md']]);
    expect(await shallow.versions('b.buffer.md')).toEqual([`${text}changed\n`, text]);
  });

  test('Git never gets the key', async () => {
    process.env['BUFFER_API_KEY'] = 'secret';
    try {
      await clone.git('config', 'alias.show-key', '!echo "key:$BUFFER_API_KEY"');
      expect((await new Git(clone.folder).run(['show-key'])).trim()).toBe('key:');
    } finally {
      delete process.env['BUFFER_API_KEY'];
    }
  });
});
