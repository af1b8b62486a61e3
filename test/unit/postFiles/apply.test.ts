import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { recordPath } from '../../../src/core/postFiles/record.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { newCommand, type RunOptions, type ShortPost } from '../support/postFileRun.ts';

const sandbox = await ownSandbox();
let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});

const post: ShortPost = { path: 'posts/launch.buffer.md', to: ids.bluesky, text: 'The new sidebar is here' };
const command = (posts: readonly ShortPost[], options?: RunOptions) => newCommand(sandbox, folder, posts, options);
const there = (text: string) => [...sandbox.state.updates.values()].filter((update) => update.text === text);
const mutations = () =>
  sandbox.requests().filter(({ operationName }) => /^(?:Create|Edit|Delete|Reorder|Move|Share)/u.test(operationName ?? ''));
/** What a run asked; a queue of which not all came along with the profiles is asked for by itself. */
const requests = () =>
  sandbox
    .requests()
    .map(({ operationName }) => operationName)
    .filter((each) => each !== 'Pending');
const loseRecord = () => writeFile(join(folder, recordPath), '');

describe('posts in files', () => {
  test('are made once, and a second run makes one reading request and no writing one', async () => {
    const { done } = await command([post, { ...post, to: ids.mastodon }]).apply();
    expect(done.map(({ outcome, item }) => `${item.action} ${outcome}`)).toEqual(['create done', 'create done']);
    expect(mutations()).toHaveLength(1);
    sandbox.resetRequests();
    const again = await command([post, { ...post, to: ids.mastodon }]).apply();
    expect(again).toMatchObject({ done: [], left: [{ action: 'leave' }, { action: 'leave' }] });
    expect(requests()).toEqual(['Overview']);
    expect(there(post.text)).toHaveLength(2);
  });

  test('are noted before they are sent, with what is to be looked for', async () => {
    const { apply, keeper, parts } = command([post]);
    const create = parts.writer.create.bind(parts.writer);
    const noted: unknown[] = [];
    parts.writer.create = async (delivery) => {
      noted.push(...(await keeper.load()));
      return create(delivery);
    };
    await apply();
    expect(noted).toMatchObject([{ state: 'announced', content: { text: post.text } }]);
    expect(await keeper.load()).toMatchObject([{ state: 'queued', update: there(post.text)[0]!.id }]);
  });

  test.each(['dropBefore', 'dropAfter', 'malformed'] as const)('end as one update where an answer is lost (%s)', async (kind) => {
    sandbox.faults.add({ kind, match: { operation: 'CreatePost' } });
    await command([post]).apply();
    const { left } = await command([post]).apply();
    expect(left.map(({ action }) => action)).toEqual(['leave']);
    expect(there(post.text)).toHaveLength(1);
  });

  test('are found where the record is lost, also once they were sent', async () => {
    await command([post]).apply();
    await loseRecord();
    sandbox.resetRequests();
    const { done } = await command([post]).apply();
    expect(done.map(({ item }) => item.action)).toEqual(['adopt']);
    expect(mutations()).toEqual([]);
    sandbox.state.updates.get(there(post.text)[0]!.id)!.status = 'sent';
    const [update] = there(post.text);
    Object.assign(update!, { sentAt: new Date() });
    await loseRecord();
    expect((await command([post]).apply()).done.map(({ item }) => item.action)).toEqual(['adopt']);
    expect(there(post.text)).toHaveLength(1);
  });

  test('are edited in what their file changed, and in nothing else', async () => {
    await command([post]).apply();
    const text = 'The new sidebar is here, at last';
    expect(await command([{ ...post, text }]).actions()).toEqual(['edit']);
    await command([{ ...post, text }]).apply();
    expect([there(post.text).length, there(text).length]).toEqual([0, 1]);
    sandbox.resetRequests();
    await command([{ ...post, text }]).apply();
    expect(requests()).toEqual(['Overview']);
  });

  test('get the picture that their file has now, unless it was exchanged at Buffer as well', async () => {
    const pictured = (name: string): ShortPost => ({
      ...post,
      media: { picture: `https://pictures.example.com/${name}.png`, description: 'A' },
    });
    const picture = () => there(post.text)[0]?.media?.picture;
    await command([pictured('a')]).apply();
    expect(await command([pictured('b')]).actions()).toEqual(['edit']);
    await command([pictured('b')]).apply();
    expect(picture()).toBe('https://pictures.example.com/b.png');
    expect(await command([pictured('b')]).actions()).toEqual(['leave']);
    await command([]).store.edit(there(post.text)[0]!.id, { media: pictured('other').media });
    expect(await command([pictured('c')]).actions()).toEqual(['conflict']);
    expect(await command([pictured('other')]).actions()).toEqual(['leave']);
  });

  test('that were deleted at Buffer and made again are one, though an older record is read beside', async () => {
    await command([post]).apply();
    await command([]).store.destroy(there(post.text)[0]!.id);
    await command([post]).apply();
    const { keeper } = command([]);
    const old = await keeper.load();
    await command([post], { options: { requeue: true } }).apply();
    // As a protected branch keeps the record that it had.
    await keeper.note({ put: old });
    expect(await command([post], { options: { requeue: true, prune: true } }).actions()).toEqual(['leave']);
  });

  test('stay the same ones in a file of another name', async () => {
    await command([post]).apply();
    const moved = { ...post, path: 'archive/2026/launch.buffer.md' };
    expect(await command([moved]).actions()).toEqual(['leave']);
    await command([moved]).apply();
    const text = 'Changed as it was moved once more';
    const renames = new Map([[moved.path, 'launch.buffer.md']]);
    expect(await command([{ ...post, path: 'launch.buffer.md', text }], { renames }).actions()).toEqual(['edit']);
    const { keeper } = command([]);
    expect((await keeper.load()).map((entry) => entry.post)).toEqual([moved.path]);
  });

  test('are matched by what they say where others were put before them', async () => {
    const file = (...texts: string[]) => texts.map((text, index) => ({ ...post, part: index + 1, text }));
    await command(file('One', 'Two')).apply();
    expect(await command(file('Zero', 'One', 'Two')).actions()).toEqual(['create', 'leave', 'leave']);
    await command(file('Zero', 'One', 'Two')).apply();
    expect(['Zero', 'One', 'Two'].map((text) => there(text).length)).toEqual([1, 1, 1]);
  });

  test('that were changed at Buffer are told, and not written over unless a person says so', async () => {
    await command([post]).apply();
    const { store } = command([]);
    const [update] = there(post.text);
    await store.edit(update!.id, { text: 'Changed at Buffer' });
    expect(await command([post]).actions()).toEqual(['changed']);
    const text = 'Changed in the file';
    const both = command([{ ...post, text }]);
    expect(await both.actions()).toEqual(['conflict']);
    sandbox.resetRequests();
    await both.apply();
    expect(mutations()).toEqual([]);
    const overwriting = command([{ ...post, text }], { options: { overwrites: () => true } });
    expect(await overwriting.actions()).toEqual(['edit']);
    await overwriting.apply();
    expect(there(text)).toHaveLength(1);
    expect(await command([{ ...post, text }]).actions()).toEqual(['leave']);
  });

  test('that say at Buffer what their file says now need no request', async () => {
    await command([post]).apply();
    const text = 'Changed here and there';
    await command([]).store.edit(there(post.text)[0]!.id, { text });
    sandbox.resetRequests();
    const { left } = await command([{ ...post, text }]).apply();
    expect(left.map(({ action }) => action)).toEqual(['leave']);
    expect(mutations()).toEqual([]);
    expect(await command([{ ...post, text: 'And once more' }]).actions()).toEqual(['edit']);
  });

  test('that were sent are not made anew, whatever their file says', async () => {
    await command([post]).apply();
    await command([]).store.share(there(post.text)[0]!.id);
    expect(await command([post]).actions()).toEqual(['leave']);
    await command([post]).apply();
    expect(await command([{ ...post, text: 'Too late' }]).actions()).toEqual(['isSent']);
    sandbox.resetRequests();
    await command([post]).apply();
    expect(requests()).toEqual(['Overview']);
  });

  test('that were deleted at Buffer are made again only by word', async () => {
    await command([post]).apply();
    await command([]).store.destroy(there(post.text)[0]!.id);
    expect(await command([post]).actions()).toEqual(['gone']);
    await command([post]).apply();
    sandbox.resetRequests();
    expect((await command([post]).apply()).left.map(({ action }) => action)).toEqual(['gone']);
    expect(requests()).toEqual(['Overview']);
    await command([post], { options: { requeue: true } }).apply();
    expect(there(post.text)).toHaveLength(1);
    expect(await command([post]).actions()).toEqual(['leave']);
  });

  test('that failed go back into their queue only by word', async () => {
    await command([post]).apply();
    const [update] = there(post.text);
    Object.assign(update!, { status: 'error', error: { message: 'The network said no.' } });
    expect(await command([post]).actions()).toEqual(['failed']);
    expect(await command([post], { options: { requeue: true } }).actions()).toEqual(['requeue']);
  });

  test('whose time has passed are told, unless the repository wants them next', async () => {
    const late = { ...post, when: { at: new Date(Date.now() - 3_600_000) } };
    expect(await command([late]).actions()).toEqual(['late']);
    await command([late]).apply();
    expect(there(post.text)).toEqual([]);
    const next = { options: { late: 'next' } } as const;
    expect((await command([late], next).apply()).done.map(({ outcome }) => outcome)).toEqual(['done']);
    expect(await command([late], next).actions()).toEqual(['leave']);
  });

  test('that no file wants any more are told, and deleted only by word', async () => {
    await command([post]).apply();
    expect(await command([]).actions()).toEqual(['removed']);
    await command([]).apply();
    expect(there(post.text)).toHaveLength(1);
    await command([], { options: { prune: true } }).apply();
    expect(there(post.text)).toEqual([]);
    expect(await command([]).actions()).toEqual([]);
  });

  test('of another account are not touched', async () => {
    await command([post]).apply();
    const others = command([{ ...post, text: 'Changed' }], { owner: 'somebody else' });
    expect(await others.actions()).toEqual(['foreign']);
    sandbox.resetRequests();
    await others.apply();
    expect(mutations()).toEqual([]);
  });

  test('that another run has announced are left to it', async () => {
    const { keeper } = command([post]);
    const first = command([post]);
    const { known } = await first.plan();
    await keeper.announce(
      {
        put: [
          {
            post: post.path,
            part: 1,
            profile: known.wanted[0]!.handle,
            account: known.account,
            state: 'announced',
            at: new Date(),
            sent: {},
            run: 'elsewhere.1.x',
            content: { text: post.text },
          },
        ],
      },
      [],
    );
    const { left } = await command([post]).apply({ patience: 0 });
    expect(left.map(({ action }) => action)).toEqual(['announced']);
    expect(mutations()).toEqual([]);
  });

  test('are made once by two runs that keep a record in common, at the same time', async () => {
    await Promise.all([command([post]).apply(), command([post]).apply(), command([post]).apply()]);
    expect(there(post.text)).toHaveLength(1);
  });

  test.each(['refused', 'taken'] as const)(
    'end as one update where an editor and a run have no record in common and begin at the same time, and what says the same is %s',
    async (duplicates) => {
      sandbox.behave({ duplicates });
      const elsewhere = await temporaryFolder();
      await Promise.all([command([post]).apply(), newCommand(sandbox, elsewhere, [post]).apply()]);
      expect(there(post.text)).toHaveLength(1);
      for (const place of [folder, elsewhere]) expect(await newCommand(sandbox, place, [post]).actions()).toEqual(['leave']);
    },
  );

  test('are told and noted also where something goes wrong after they were made', async () => {
    sandbox.behave({ duplicates: 'refused' });
    const { apply, parts, keeper } = command([post, { ...post, path: 'twin.buffer.md' }]);
    const profiles = parts.writer.profiles.bind(parts.writer);
    let reads = 0;
    parts.writer.profiles = () => (reads++ === 0 ? profiles() : Promise.reject(new Error('No network')));
    const publish = vi.spyOn(keeper, 'publish');
    const { done, failure } = await apply();
    expect(done.map(({ item, outcome }) => [item.wanted?.path, outcome])).toEqual([[post.path, 'done']]);
    expect(failure).toEqual(new Error('No network'));
    expect(publish).toHaveBeenCalledOnce();
    // And where nothing was done, it is thrown.
    parts.writer.profiles = () => Promise.reject(new Error('No network'));
    await expect(apply()).rejects.toThrow('No network');
  });

  test('that are at Buffer already are noted only where a person has confirmed that, or that they be made', async () => {
    const other = { ...post, path: 'other.buffer.md', text: 'Another one' };
    const { items } = await command([post, other]).plan();
    await command([post, other]).apply();
    await loseRecord();
    await command([post, other]).apply({ confirmed: items.filter(({ wanted }) => wanted?.path === post.path) });
    expect((await command([]).keeper.load()).map((entry) => entry.post)).toEqual([post.path]);
  });

  test('do only what a person has confirmed', async () => {
    const { items } = await command([post]).plan();
    const changed = { ...post, text: 'Changed after it was confirmed' };
    await command([changed, { ...post, path: 'other.buffer.md', text: 'New' }]).apply({ confirmed: items });
    expect(mutations()).toEqual([]);
  });
});
