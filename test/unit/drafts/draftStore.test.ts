import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { DraftStore } from '../../../src/core/drafts/draftStore.ts';
import { type Draft, emptyDraft } from '../../../src/core/drafts/draft.ts';
import type { FolderOpener } from '../../../src/core/files/syncFolder.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { runs } from '../support/runs.ts';

describe('drafts', () => {
  let folder: string;
  /** A window's drafts: each has its own store over the one folder. */
  const newWindow = () => new DraftStore(folder);
  const written = (text: string, changes: Partial<Draft> = {}): Draft => ({
    ...emptyDraft(randomUUID(), ['p1']),
    revision: 1,
    text,
    ...changes,
  });

  beforeEach(async () => {
    folder = await temporaryFolder();
  });

  test('are there again in another window, latest first', async () => {
    const one = newWindow();
    await one.save(written('older'));
    await new Promise((resolve) => setTimeout(resolve, 5));
    await one.save(written('newer'));
    const other = newWindow();
    await other.load();
    expect(other.drafts.map(({ draft }) => draft.text)).toEqual(['newer', 'older']);
  });

  test('lose the profiles that have their text, and go with the last; what says something else by now stays', async () => {
    const store = newWindow();
    const { id } = await store.save(written('sent already', { profileIds: ['p1', 'p2'], variants: { bluesky: 'shorter' } }));
    const profilesLeft = async () => (await newWindow().open(id))?.profileIds;
    await store.leave(id, ['p1'], 'as it was when it was sent');
    expect(await profilesLeft()).toEqual(['p1', 'p2']);
    await store.leave(id, ['p1', 'p3'], 'sent already');
    expect(await profilesLeft()).toEqual(['p2']);
    await store.leave(id, ['p2'], 'as it was when it was sent');
    expect(await profilesLeft()).toEqual(['p2']);
    await store.leave(id, ['p2'], 'shorter');
    expect(await profilesLeft()).toBeUndefined();
  });

  test('are written whole, or not at all', async () => {
    const store = newWindow();
    const draft = written('long '.repeat(20_000));
    await Promise.all([1, 2, 3, 4].map((revision) => store.save({ ...draft, revision, text: `${draft.text}${revision}` })));
    expect(await readdir(folder)).toEqual([`${draft.id}.json`]);
    expect((await store.open(draft.id))?.revision).toBe(4);
  });

  test('are on the disk by name, too, before anybody is told; and off it once they are sent', async () => {
    const events: string[] = [];
    const open: FolderOpener['open'] = async (path, flags) => {
      const handle = await fs.open(path, flags);
      const sync = async () => void events.push(`${relative(folder, path) || '.'}: ${(await readdir(folder)).length}`);
      return { sync, close: handle.close.bind(handle) };
    };
    folder = join(folder, 'new', 'drafts');
    const store = new DraftStore(folder, { open });
    const draft = written('something', { profileIds: ['p1', 'p2'] });
    await store.save(draft);
    expect(events.splice(0)).toEqual(['.: 1', '..: 1', join('..', '..: 1')]);
    await store.leave(draft.id, ['p1'], 'something');
    expect(events.splice(0)).toEqual(['.: 1']);
    await store.leave(draft.id, ['p2'], 'something');
    expect(events.at(-1)).toBe('.: 0');
  });

  test('with nothing in them are not kept', async () => {
    const store = newWindow();
    const draft = written('something');
    await store.save(draft);
    await store.save({ ...draft, revision: 2, text: '  ' });
    expect(await readdir(folder)).toEqual([]);
  });

  test('that were sent stay where another window wrote on in them, and go where none did', async () => {
    const [one, other] = [newWindow(), newWindow()];
    const draft = await one.save(written('sent in one'));
    await other.open(draft.id);
    await other.save({ ...draft, revision: 2, text: 'more in the other' });
    await one.removeSent(draft.id);
    expect((await newWindow().open(draft.id))?.text).toBe('more in the other');
    await other.removeSent(draft.id);
    expect(await newWindow().open(draft.id)).toBeUndefined();
  });

  test('that two windows change end as two drafts', async () => {
    const [one, other] = [newWindow(), newWindow()];
    const draft = written('begun');
    await one.save(draft);
    await other.open(draft.id);
    await one.save({ ...draft, revision: 2, text: 'changed in one' });
    const kept = await other.save({ ...draft, revision: 2.0 + 1, text: 'changed in the other' });
    expect(kept.id).not.toBe(draft.id);
    await other.load();
    expect(other.drafts.map(({ draft: each }) => each.text).sort()).toEqual(['changed in one', 'changed in the other']);
  });

  test('that cannot be read are left alone', async () => {
    await writeFile(join(folder, `${randomUUID()}.json`), '{"draft": {"id": 7');
    await writeFile(join(folder, 'notes.json'), '{}');
    const store = newWindow();
    const good = await store.save(written('good'));
    await store.load();
    expect(store.drafts.map(({ draft }) => draft.id)).toEqual([good.id]);
    expect((await readdir(folder)).length).toBe(3);
  });

  test('keep every character', async () => {
    const store = newWindow();
    // The names that valibot takes for none, lest they reach a prototype; no network has one of them.
    const service = fc.string().filter((name) => !['__proto__', 'prototype', 'constructor'].includes(name));
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), fc.dictionary(service, fc.string()), async (text, variants) => {
        const draft = written(`.${text}`, { variants: { ...variants } });
        await store.save(draft);
        expect(JSON.parse(JSON.stringify(await store.open(draft.id)))).toEqual(JSON.parse(JSON.stringify(draft)));
        expect(await readFile(join(folder, `${draft.id}.json`), 'utf8')).not.toMatch(/sandbox-token/);
      }),
      { numRuns: runs(30) },
    );
  });
});

describe('a draft that another version, or a window before, left', () => {
  let folder: string;
  const newWindow = () => new DraftStore(join(folder, 'drafts'));
  const written = (text: string): Draft => ({ ...emptyDraft(randomUUID(), ['p1']), revision: 1, text });

  beforeEach(async () => {
    folder = await temporaryFolder();
  });

  test.each([
    ['of a newer version', (json: string) => JSON.stringify({ ...(JSON.parse(json) as object), version: 2, more: 'than we know' })],
    ['damaged', (json: string) => json.slice(0, 20)],
  ])('%s is never written over: what is typed under its id is a draft of its own', async (_, change) => {
    const draft = written('from tomorrow');
    await newWindow().save(draft);
    const file = join(folder, 'drafts', `${draft.id}.json`);
    const left = change(await readFile(file, 'utf8'));
    await writeFile(file, left);
    const store = newWindow();
    expect(await store.open(draft.id)).toBeUndefined();
    expect(await store.isUnreadable(draft.id)).toBe(true);
    const kept = await store.save({ ...draft, revision: 9, text: 'typed today' });
    expect(kept.id).not.toBe(draft.id);
    await store.save({ ...draft, revision: 10, text: '' });
    await store.remove(draft.id);
    await store.removeSent(draft.id);
    await store.leave(draft.id, ['p1'], 'from tomorrow');
    expect(await readFile(file, 'utf8')).toBe(left);
    await store.load();
    expect(store.unreadable).toEqual([`${draft.id}.json`]);
    expect(store.drafts.map(({ draft: each }) => each.text)).toEqual(['typed today']);
  });

  test('and that was sent is known as that, whatever a page still holds', async () => {
    const store = newWindow();
    const draft = await store.save(written('sent already'));
    expect(await store.spentAs(draft)).toBeUndefined();
    await store.leave(draft.id, ['p1'], 'sent already');
    expect(await newWindow().spentAs({ ...draft, revision: 7, profileIds: ['p1', 'p2'] })).toBe('same');
    expect(await newWindow().spentAs({ ...draft, text: 'sent already, and more' })).toBe('other');
  });
});
