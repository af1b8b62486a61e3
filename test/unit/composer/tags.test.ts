import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { beforeEach, describe, expect, test } from 'vitest';
import { takesTags, takeTags, tagsOf } from '../../../src/composer/page/tags.ts';
import { blankPage, type Page, receive } from '../../../src/composer/page/page.ts';
import type { ToApp } from '../../../src/composer/messages.ts';
import { type Draft, emptyDraft } from '../../../src/core/drafts/draft.ts';
import { draftOf } from '../../../src/core/drafts/draftUpdate.ts';
import { composerWindow } from '../support/composerWindow.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const sandbox = await ownSandbox();
/** What is chosen when the list opens, by the beginnings of names, after typing something. */
let choose: { readonly names: readonly string[]; readonly typed?: string };

beforeEach(() => {
  Object.assign(vscode.window, { createQuickPick });
});

interface Item {
  readonly label: string;
  readonly detail?: string;
}
function createQuickPick() {
  const on: { accept?: () => void; value?: (value: string) => void } = {};
  const pick = {
    items: [] as Item[],
    selectedItems: [] as Item[],
    onDidAccept: (listener: () => void) => (on.accept = listener),
    onDidHide: () => undefined,
    onDidChangeValue: (listener: (value: string) => void) => (on.value = listener),
    dispose: () => undefined,
    show() {
      if (choose.typed !== undefined) on.value?.(choose.typed);
      pick.selectedItems = pick.items.filter(({ label, detail }) => choose.names.some((each) => label.includes(each) || detail === each));
      on.accept!();
    },
  };
  return pick;
}

const own = () => sandbox.state.tags.filter(({ organizationId }) => organizationId === sandbox.state.organizations[0]!.id);
const operations = () => sandbox.requests().map(({ operationName }) => operationName);
const lastTags = (told: readonly ToApp[]) => told.findLast((each) => each.type === 'tags');
const window = async () => composerWindow(sandbox, await temporaryFolder());

describe('the tags of a draft', () => {
  test('are chosen among those of the organization, whose list is read then and not before', async () => {
    const { open, store } = await window();
    await store.loadProfiles();
    sandbox.resetRequests();
    const { told, say } = open(emptyDraft(randomUUID(), [ids.bluesky]));
    say({ type: 'ready' });
    await expect.poll(() => told.some(({ type }) => type === 'profiles')).toBe(true);
    expect(told.find((each) => each.type === 'profiles')).toMatchObject({ abilities: { tags: true } });
    expect(operations()).not.toContain('Tags');
    const [first] = own();
    choose = { names: [first!.name] };
    say({ type: 'pickTags' });
    await expect.poll(() => lastTags(told)).toMatchObject({ tags: [{ name: first!.name, color: first!.color }], chosen: [first!.id] });
    say({ type: 'pickTags' });
    await expect.poll(() => told.filter(({ type }) => type === 'tags').length).toBe(2);
    expect(operations().filter((name) => name === 'Tags')).toHaveLength(1);
  });

  test('can be new, and are made once', async () => {
    const { open } = await window();
    const { told, say } = open(emptyDraft(randomUUID(), [ids.bluesky]));
    choose = { names: ['Brand new'], typed: 'Brand new' };
    say({ type: 'pickTags' });
    await expect.poll(() => lastTags(told)).toMatchObject({ tags: [{ name: 'Brand new' }] });
    expect(own().filter(({ name }) => name === 'Brand new')).toHaveLength(1);
    expect(lastTags(told)).toMatchObject({ chosen: [own().find(({ name }) => name === 'Brand new')!.id] });
  });

  test('are called by name without a question where an update has them', async () => {
    const { open, store } = await window();
    const tag = own()[1]!;
    const update = sandbox.state.pending(sandbox.state.profiles.find(({ id }) => id === ids.bluesky)!)[0]!;
    Object.assign(update, { tagIds: [tag.id] });
    await store.loadProfiles();
    await store.loadList(ids.bluesky, 'pending');
    sandbox.resetRequests();
    const { told } = openDraft(open, { ...emptyDraft(randomUUID()), tagIds: [tag.id, 'unknown'] });
    await expect.poll(() => lastTags(told)).toMatchObject({ tags: [{ id: tag.id, name: tag.name }] });
    expect(operations()).toEqual([]);
  });

  test('of an update that is edited: what was set or taken off here, and nothing that somebody else did meanwhile', async () => {
    const { open, store } = await window();
    const [one, two, three] = own();
    const stored = sandbox.state.pending(sandbox.state.profiles.find(({ id }) => id === ids.bluesky)!)[0]!;
    Object.assign(stored, { tagIds: [one!.id] });
    await store.loadProfiles();
    const update = await store.readUpdate(stored.id);
    const draft = draftOf(update);
    expect(draft.tagIds).toEqual([one!.id]);
    // Somebody else adds one meanwhile.
    Object.assign(stored, { tagIds: [one!.id, three!.id] });
    const { told, say } = open(draft);
    say({ type: 'send', draft: { ...draft, revision: 1, tagIds: [two!.id] } });
    await expect.poll(() => told.findLast((each) => each.type === 'sent')?.isOver).toBe(true);
    expect(told.findLast((each) => each.type === 'sent')).toMatchObject({ results: { [ids.bluesky]: { kind: 'done' } } });
    expect(sandbox.state.updates.get(stored.id)!.tagIds!.toSorted()).toEqual([two!.id, three!.id].toSorted());
    expect(sandbox.state.updates.get(stored.id)!.text).toBe(update.text);
  });
});

/** A draft that takes the place of another one. */
function openDraft(open: Awaited<ReturnType<typeof window>>['open'], draft: Draft) {
  const opened = open(emptyDraft(randomUUID()));
  opened.composer.open(draft);
  return opened;
}

describe('the page', () => {
  const id = '11111111-1111-4111-8111-111111111111';
  const page = (draft: Partial<Draft>): Page =>
    receive(blankPage, { type: 'open', draft: { ...emptyDraft(id), ...draft }, location: 'editor' });
  const tags = [{ id: 'a', name: 'A', color: '#ff0000' }];

  test('calls tags by name as soon as it knows it, and keeps the others', () => {
    const named = takeTags(page({ tagIds: ['a', 'b'] }), { type: 'tags', draftId: id, tags });
    expect(tagsOf(named)).toEqual([tags[0], { id: 'b' }]);
    expect(named.draft!.revision).toBe(0);
  });

  test('takes a choice for its draft alone, and changes nothing where it is the same', () => {
    const before = page({ tagIds: ['a', 'b'] });
    expect(takeTags(before, { type: 'tags', draftId: id, tags, chosen: ['a'] }).draft).toMatchObject({ tagIds: ['a'], revision: 1 });
    expect(takeTags(before, { type: 'tags', draftId: id, tags, chosen: ['b', 'a'] }).draft).toBe(before.draft);
    const other = '22222222-2222-4222-8222-222222222222';
    expect(takeTags(before, { type: 'tags', draftId: other, tags, chosen: [] }).draft).toBe(before.draft);
  });

  test('offers none where they would not be sent: an editing of before tags were known', () => {
    const abilities = { details: true, requeue: true, drafts: true, tags: true };
    const able = (draft: Partial<Draft>) =>
      receive(page(draft), { type: 'profiles', status: 'loaded', profiles: [], groups: [], abilities });
    const editing = { updateId: 'u', profileId: 'p', text: 'Old' };
    expect(takesTags(able({}))).toBe(true);
    expect(takesTags(able({ editing: { ...editing, tagIds: [] } }))).toBe(true);
    expect(takesTags(able({ editing }))).toBe(false);
  });
});
