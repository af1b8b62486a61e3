import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import * as vscode from 'vscode';
import { DraftStore } from '../../src/core/drafts/draftStore.ts';
import { type Draft, emptyDraft } from '../../src/composer/messages.ts';

describe('drafts', () => {
  let folder: string;
  let stores: DraftStore[];
  /** A window's drafts: each has its own store over the one folder. */
  const newWindow = (own = folder) => {
    const store = new DraftStore(vscode.Uri.file(own));
    stores.push(store);
    return store;
  };
  const written = (text: string, changes: Partial<Draft> = {}): Draft => ({
    ...emptyDraft(randomUUID(), ['p1']),
    revision: 1,
    text,
    ...changes,
  });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'buffer-drafts-'));
    stores = [];
  });
  afterEach(async () => {
    for (const store of stores) store.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('are there again in another window, latest first', async () => {
    const one = newWindow();
    await one.save(written('older'));
    await new Promise((resolve) => setTimeout(resolve, 5));
    await one.save(written('newer'));
    const other = newWindow();
    await other.load();
    assert.deepEqual(
      other.drafts.map(({ draft }) => draft.text),
      ['newer', 'older'],
    );
  });

  it('are written whole, or not at all', async () => {
    const store = newWindow();
    const draft = written('long '.repeat(20_000));
    await Promise.all([1, 2, 3, 4].map((revision) => store.save({ ...draft, revision, text: `${draft.text}${revision}` })));
    assert.deepEqual(await readdir(folder), [`${draft.id}.json`]);
    assert.equal((await store.open(draft.id))?.revision, 4);
  });

  it('with nothing in them are not kept', async () => {
    const store = newWindow();
    const draft = written('something');
    await store.save(draft);
    await store.save({ ...draft, revision: 2, text: '  ' });
    assert.deepEqual(await readdir(folder), []);
  });

  it('that two windows change end as two drafts', async () => {
    const [one, other] = [newWindow(), newWindow()];
    const draft = written('begun');
    await one.save(draft);
    await other.open(draft.id);
    await one.save({ ...draft, revision: 2, text: 'changed in one' });
    const kept = await other.save({ ...draft, revision: 2.0 + 1, text: 'changed in the other' });
    assert.notEqual(kept.id, draft.id);
    await other.load();
    assert.deepEqual(other.drafts.map(({ draft: each }) => each.text).sort(), ['changed in one', 'changed in the other']);
  });

  it('of another window are seen as they come, also the very first', async () => {
    const notYetThere = join(folder, 'drafts');
    const [one, other] = [newWindow(notYetThere), newWindow(notYetThere)];
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const seen = new Promise<void>((resolve) => other.onDidChange(() => resolve()));
    await one.save(written('from the other window'));
    await Promise.race([seen, new Promise((_, reject) => setTimeout(() => reject(new Error('It was not seen.')), 10_000))]);
    assert.deepEqual(
      other.drafts.map(({ draft }) => draft.text),
      ['from the other window'],
    );
  });

  it('that cannot be read are left alone', async () => {
    await writeFile(join(folder, `${randomUUID()}.json`), '{"draft": {"id": 7');
    await writeFile(join(folder, 'notes.json'), '{}');
    const store = newWindow();
    const good = await store.save(written('good'));
    await store.load();
    assert.deepEqual(
      store.drafts.map(({ draft }) => draft.id),
      [good.id],
    );
    assert.equal((await readdir(folder)).length, 3);
  });

  it('keep every character', async () => {
    const store = newWindow();
    // The names that valibot takes for none, lest they reach a prototype; no network has one of them.
    const service = fc.string().filter((name) => !['__proto__', 'prototype', 'constructor'].includes(name));
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), fc.dictionary(service, fc.string()), async (text, variants) => {
        const draft = written(`.${text}`, { variants: { ...variants } });
        await store.save(draft);
        assert.deepEqual(JSON.parse(JSON.stringify(await store.open(draft.id))), JSON.parse(JSON.stringify(draft)));
        assert.doesNotMatch(await readFile(join(folder, `${draft.id}.json`), 'utf8'), /sandbox-token/);
      }),
      { numRuns: 30 },
    );
  });
});
