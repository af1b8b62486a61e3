import { beforeEach, describe, expect, test } from 'vitest';
import { usualConfig } from '../../../src/core/postFiles/config.ts';
import { fingerprintOf, shortHash } from '../../../src/core/postFiles/fingerprint.ts';
import { type PostStatus, standingsOf, type StatusSurroundings } from '../../../src/core/postFiles/status.ts';
import { fileRun } from '../support/fileRun.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const sandbox = await ownSandbox();
let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});

const path = 'posts/launch.buffer.md';
const both = 'bluesky/docs.larkspur.example, googlebusiness/Larkspur Workshop';
const post = (text: string, head = '', profiles = both) => `---\nprofiles: [${profiles}]\n${head}---\n${text}\n`;
const first = post('The new sidebar is here');
const there = (text: string) => [...sandbox.state.updates.values()].filter((update) => update.text === text);
const at = (profileId: string, text = 'The new sidebar is here') => there(text).find((each) => each.profileId === profileId)!;

/** What a window tells that has just read the queues, or that has read none. */
async function statuses(text: string, around: Partial<StatusSurroundings> = {}, isRead = true): Promise<PostStatus[]> {
  const { store, keeper } = fileRun(sandbox, folder, {});
  if (isRead) {
    await store.refresh();
    for (const id of [ids.bluesky, ids.google]) for (const section of ['pending', 'sent'] as const) await store.loadList(id, section);
  } else await store.loadProfiles();
  const before = sandbox.requests().length;
  const standings = await standingsOf(path, text, {
    config: usualConfig,
    now: new Date(),
    account: shortHash('me'),
    profiles: store.profiles.items,
    tags: [],
    record: await keeper.load(),
    updateOf: ({ update }) => (update !== undefined && isRead ? store.update(update) : undefined),
    hashOf: (each) => Promise.resolve(each),
    ...around,
  });
  expect(sandbox.requests()).toHaveLength(before);
  return standings.map(({ status }) => status);
}

describe('how a file of posts stands', () => {
  test('is nothing before anything of it was queued', async () => {
    expect(await statuses(first)).toEqual([]);
  });

  test.each([true, false])('is that it is queued, and then that it says something else (the queue was read: %s)', async (isRead) => {
    await fileRun(sandbox, folder, { [path]: first }).apply();
    expect(await statuses(first, {}, isRead)).toEqual(['queued', 'queued']);
    const edited = `${first}\n<!-- bluesky -->\nOtherwise\n`;
    expect(await statuses(edited, {}, isRead)).toEqual(['edited', 'queued']);
    expect(await statuses(post('The new sidebar is here', 'when: 2099-12-01 09:30\n'), {}, isRead)).toEqual(['edited', 'edited']);
    expect(await statuses(`${first}\n---post---\nAnother one\n`, {}, isRead)).toEqual(['queued', 'queued', 'new', 'new']);
    expect(await statuses(post('The new sidebar is here', '', 'bluesky'), {}, isRead)).toEqual(['queued', 'removed']);
  });

  test('is what became of it at Buffer', async () => {
    await fileRun(sandbox, folder, { [path]: first }).apply();
    const { store } = fileRun(sandbox, folder, {});
    await store.edit(at(ids.bluesky).id, { text: 'Changed at Buffer' });
    Object.assign(at(ids.google), { status: 'error', error: { message: 'The network said no.' } });
    expect(await statuses(first)).toEqual(['changed', 'failed']);
    expect(await statuses(post('Changed in the file'))).toEqual(['conflict', 'failed']);
    // Whoever has not read that yet does not know it.
    expect(await statuses(first, {}, false)).toEqual(['queued', 'queued']);
    await store.share(at(ids.bluesky, 'Changed at Buffer').id);
    expect(await statuses(first)).toEqual(['sent', 'failed']);
    expect(await statuses(post('Too late'))).toEqual(['editedLate', 'failed']);
  });

  test('is what the record has where the file has a problem, or the queue is another account’s', async () => {
    await fileRun(sandbox, folder, { [path]: first }).apply();
    const broken = post('The new sidebar is here', 'wen: queue\n');
    expect(await statuses(broken)).toEqual(['queued', 'queued']);
    for (const account of [undefined, shortHash('somebody else')])
      expect(await statuses(post('Changed in the file'), { account })).toEqual(['queued', 'queued']);
  });

  test('is not told by what is not known here: tags that nobody has seen, and pictures that cannot be read', async () => {
    const head = 'tags: [release]\nimages:\n  - { src: ./a.png, alt: A }\n';
    const [pictured, other] = ['The new sidebar is here', 'Otherwise'].map((text) => post(text, head, 'bluesky'));
    const { plan, keeper } = fileRun(sandbox, folder, { [path]: pictured!, 'posts/a.png': '' });
    const { items, known } = await plan();
    const wanted = items[0]!.wanted!;
    const place = { post: path, part: 1, profile: wanted.handle, account: known.account };
    await keeper.note({
      put: [{ ...place, state: 'queued', at: new Date(), update: 'u', sent: { ...fingerprintOf(wanted), tags: 'some' } }],
    });
    const unread = { hashOf: () => Promise.resolve(undefined) };
    expect(await statuses(pictured!, unread, false)).toEqual(['queued']);
    expect(await statuses(other!, unread, false)).toEqual(['edited']);
    expect(await statuses(pictured!, { hashOf: () => Promise.resolve('other bytes') }, false)).toEqual(['edited']);
  });
});
