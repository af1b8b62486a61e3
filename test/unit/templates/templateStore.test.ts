import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BufferApi } from '../../../src/core/buffer/bufferApi.ts';
import type { NewTemplate } from '../../../src/core/buffer/model.ts';
import { TemplateConflict, TemplateStore } from '../../../src/core/templates/templateStore.ts';
import { clientOf } from '../../sandbox/client.ts';
import { failureOf } from '../support/failureOf.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

const sandbox = await ownSandbox();

function newStore({ api = () => clients.graphql(), onWithdrawn = () => {} }: { api?: () => BufferApi; onWithdrawn?: () => void } = {}) {
  const only = api();
  return new TemplateStore({ api: () => only, lookAfter: 1, onWithdrawn });
}
const clients = {
  graphql: () => clientOf(sandbox, 'graphql', { pause: 1 }),
  v1: () => clientOf(sandbox, 'v1', { pause: 1 }),
};

const atBuffer = () => sandbox.state.library.templates;
const asked = () => sandbox.requests().map(({ operationName }) => operationName);
const writes = () => asked().filter((operation) => /^(Create|Update|Delete)/.test(operation ?? ''));
const note: NewTemplate = {
  title: 'Incident',
  text: 'We had {{what}}.\nNow: {{state}}',
  description: 'For bad days.',
  visibility: 'internal',
};
const one = async (store: TemplateStore, title = 'Release note') => (await store.list()).find((each) => each.title === title)!;

describe('templates', () => {
  it('are listed newest first with one request, and not read again a moment later', async () => {
    const store = newStore();
    const titles = (await store.list()).map(({ title }) => title);
    expect(titles).toEqual(['Ask me anything', 'My own sign-off', 'Question of the week', 'Release note']);
    await store.list();
    expect(asked()).toEqual(['PostTemplates']);
    await store.list({ anew: true });
    expect(asked()).toHaveLength(2);
  });

  it('come with all that is told of them', async () => {
    expect(await one(newStore())).toMatchObject({
      text: '{{version}} is out: {{what changed}}. Notes: {{link}}',
      description: 'For the day of a release.',
      emoji: '🚀',
      visibility: 'internal',
      createdAt: expect.any(Date) as Date,
    });
  });

  it('are made, changed and deleted, and the list follows without a request', async () => {
    const store = newStore();
    await store.list();
    const made = await store.create(note);
    expect(made).toMatchObject(note);
    const changed = await store.update(made, { text: 'Short.' });
    expect(changed).toMatchObject({ ...note, text: 'Short.' });
    expect((await store.list()).map(({ id, text }) => [id, text])[0]).toEqual([made.id, 'Short.']);
    await store.destroy(made.id);
    expect((await store.list()).map(({ id }) => id)).not.toContain(made.id);
    expect(atBuffer()).toHaveLength(4);
    expect(asked()).toEqual(['PostTemplates', 'CreatePostTemplate', 'PostTemplate', 'UpdatePostTemplate', 'DeletePostTemplate']);
  });

  it('that are Buffer’s own are read and not changed', async () => {
    const store = newStore();
    const own = await one(store, 'Ask me anything');
    expect(own.visibility).toBe('public');
    expect(await failureOf(store.update(own, { text: 'Mine' }))).toMatchObject({ outcome: 'notDone' });
    expect(await failureOf(store.destroy(own.id))).toMatchObject({ outcome: 'notDone' });
  });

  it('are another’s after another signs in', async () => {
    let api = clients.graphql();
    const store = new TemplateStore({ api: () => api });
    await store.list();
    api = clients.graphql();
    expect(store.known).toBeUndefined();
  });

  it('are absent on API v1, and nothing is asked', async () => {
    const store = newStore({ api: clients.v1 });
    expect(store.isOffered).toBe(false);
    expect(await failureOf(store.list())).toMatchObject({ kind: 'rejected', outcome: 'notDone' });
    expect(sandbox.requests()).toEqual([]);
  });
});

describe('a template that somebody else changed', () => {
  it('is a conflict where both changed the same, and nothing is sent', async () => {
    const store = newStore();
    const seen = await one(store);
    atBuffer().find(({ id }) => id === seen.id)!.body = 'Theirs';
    await expect(store.update(seen, { text: 'Mine' })).rejects.toBeInstanceOf(TemplateConflict);
    expect(writes()).toEqual([]);
    // Once it is seen it may be written over.
    expect((await store.update(await one(store), { text: 'Mine' })).text).toBe('Mine');
  });

  it('is none where they changed something else', async () => {
    const store = newStore();
    const seen = await one(store);
    atBuffer().find(({ id }) => id === seen.id)!.title = 'Theirs';
    expect(await store.update(seen, { text: 'Mine' })).toMatchObject({ title: 'Theirs', text: 'Mine' });
  });

  it('and is gone is told, and not made again', async () => {
    const store = newStore();
    const seen = await one(store);
    atBuffer().length = 0;
    expect(await failureOf(store.update(seen, { text: 'Mine' }))).toMatchObject({ kind: 'notFound' });
    await store.destroy(seen.id);
    expect(writes()).toEqual(['DeletePostTemplate']);
  });
});

describe('a template whose answer was lost', () => {
  it.each(['dropAfter', 'malformed', 'empty'] as const)('and that arrived is found, and never sent again: %s', async (kind) => {
    const store = newStore();
    sandbox.faults.add({ kind, match: { operation: 'CreatePostTemplate' } });
    expect(await store.create(note)).toMatchObject(note);
    expect(writes()).toEqual(['CreatePostTemplate']);
    expect(atBuffer().filter(({ title }) => title === note.title)).toHaveLength(1);
  });

  it('and that did not arrive can be sent again', async () => {
    const store = newStore();
    sandbox.faults.add({ kind: 'status', status: 502, match: { operation: 'CreatePostTemplate' } });
    expect(await failureOf(store.create(note))).toMatchObject({ outcome: 'notDone' });
    await store.create(note);
    expect(atBuffer().filter(({ title }) => title === note.title)).toHaveLength(1);
  });

  it('and cannot be looked for is told as unclear', async () => {
    const store = newStore();
    sandbox.faults.add({ kind: 'dropAfter', match: { operation: 'CreatePostTemplate' } });
    sandbox.faults.add({ kind: 'dropBefore', times: 0, match: { operation: 'PostTemplates' } });
    expect(await failureOf(store.create(note))).toMatchObject({ outcome: 'unknown' });
    expect(writes()).toEqual(['CreatePostTemplate']);
  });

  it('and was changed or deleted is looked at', async () => {
    const store = newStore();
    const seen = await one(store);
    sandbox.faults.add({ kind: 'dropAfter', match: { operation: 'UpdatePostTemplate' } });
    expect((await store.update(seen, { text: 'Arrived' })).text).toBe('Arrived');
    sandbox.faults.add({ kind: 'status', status: 502, match: { operation: 'UpdatePostTemplate' } });
    expect(await failureOf(store.update(await one(store), { text: 'Not there' }))).toMatchObject({ outcome: 'notDone' });
    sandbox.faults.add({ kind: 'dropAfter', match: { operation: 'DeletePostTemplate' } });
    await store.destroy(seen.id);
    expect(writes()).toEqual(['UpdatePostTemplate', 'UpdatePostTemplate', 'DeletePostTemplate']);
  });
});

describe('templates that Buffer withdrew', () => {
  const all = ['postTemplate', 'postTemplates'].map((name) => `Query.${name}`);
  const mutations = ['createPostTemplate', 'updatePostTemplate', 'deletePostTemplate'].map((name) => `Mutation.${name}`);
  afterEach(() => sandbox.lack([]));

  it('are told once, and nothing is asked after that', async () => {
    const onWithdrawn = vi.fn();
    const store = newStore({ onWithdrawn });
    sandbox.lack([...all, ...mutations]);
    expect(store.isOffered).toBe(true);
    expect(await failureOf(store.list())).toMatchObject({ outcome: 'notDone', message: 'Buffer does not offer templates any more.' });
    expect(store.isOffered).toBe(false);
    await failureOf(store.create(note));
    expect(asked()).toEqual(['PostTemplates']);
    expect(onWithdrawn).toHaveBeenCalledOnce();
  });

  it('are so wherever that shows first', async () => {
    const store = newStore();
    const seen = await one(store);
    sandbox.lack([...all, ...mutations]);
    expect(await failureOf(store.update(seen, { text: 'Mine' }))).toMatchObject({ outcome: 'notDone' });
    expect(store.isOffered).toBe(false);
    const other = newStore();
    expect(await failureOf(other.create(note))).toMatchObject({ outcome: 'notDone' });
    expect(other.isOffered).toBe(false);
  });

  it('are there without what else is gone of them', async () => {
    const store = newStore();
    sandbox.lack(['PostTemplate.emoji', 'PostTemplate.description']);
    expect(await one(store)).toMatchObject({ text: '{{version}} is out: {{what changed}}. Notes: {{link}}', emoji: undefined });
  });
});
