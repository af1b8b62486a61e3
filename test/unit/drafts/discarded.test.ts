import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { emptyDraft } from '../../../src/core/drafts/draft.ts';
import { DraftStore } from '../../../src/core/drafts/draftStore.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

let folder: string;
const store = async () => {
  const drafts = new DraftStore(join(folder, 'drafts'));
  await drafts.load();
  return drafts;
};
const written = (text: string) => ({ ...emptyDraft(randomUUID(), ['one']), revision: 3, text, tagIds: ['a tag'] });

beforeEach(async () => {
  folder = await temporaryFolder();
});

test('what was thrown away comes back whole, also in a window that is opened later', async () => {
  const drafts = await store();
  const draft = await drafts.save(written('Precious'));
  await drafts.discard(draft);
  expect([drafts.drafts.length, drafts.discarded.map((each) => each.draft)]).toEqual([0, [draft]]);

  const later = await store();
  expect([later.drafts.length, later.discarded.map((each) => each.draft)]).toEqual([0, [draft]]);
  const restored = (await later.restore(draft.id))!;
  expect({ ...restored, id: draft.id }).toEqual(draft);
  expect([later.drafts.map((each) => each.draft), later.discarded]).toEqual([[restored], []]);
  expect(await later.restore(draft.id)).toBeUndefined();
  // A page that still has the old one does not bring it back a second time, and takes nothing from the new one.
  expect([await later.spentAs(draft), await later.spentAs(restored)]).toEqual(['same', undefined]);
});

test('a draft that was typed and never written is kept as well', async () => {
  const drafts = await store();
  const draft = written('Typed in the last moment');
  await drafts.discard(draft);
  expect((await drafts.restore(draft.id))?.text).toBe('Typed in the last moment');
});

test('is gone for good when a person says so, and after a week', async () => {
  const drafts = await store();
  const [one, other] = [written('One'), written('Other')];
  await drafts.discard(one);
  await drafts.discard(other);
  await drafts.forget(one.id);
  expect(drafts.discarded.map((each) => each.draft.text)).toEqual(['Other']);
  const file = join(folder, 'drafts-discarded', `${other.id}.json`);
  const stored = JSON.parse(await readFile(file, 'utf8')) as { savedAt: number };
  await writeFile(file, JSON.stringify({ ...stored, savedAt: stored.savedAt - 8 * 86_400_000 }));
  expect((await store()).discarded).toEqual([]);
  await expect(readFile(file)).rejects.toThrow('ENOENT');
});

test('where the copy cannot be written the draft stays', async () => {
  const drafts = await store();
  const draft = await drafts.save(written('Precious'));
  await writeFile(join(folder, 'drafts-discarded'), 'in the way');
  await expect(drafts.discard(draft)).rejects.toThrow();
  expect(drafts.drafts.map((each) => each.draft.text)).toEqual(['Precious']);
});
