import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ToApp } from '../../../src/composer/messages.ts';
import { editOutboxEntry, sendOutboxEntry } from '../../../src/commands/outboxCommands.ts';
import type { CommandContext } from '../../../src/commands/commandContext.ts';
import { type Draft, emptyDraft } from '../../../src/core/drafts/draft.ts';
import { composerWindow } from '../support/composerWindow.ts';
import { me } from '../support/deliveryWindow.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import * as vscode from 'vscode';

// The extension's side of a composer, in windows that share a folder, without a page.
const sandbox = await ownSandbox();
const { origin, host } = new URL(sandbox.url);
let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
});

const newWindow = () => composerWindow(sandbox, folder);

const at = (text: string) => [...sandbox.state.updates.values()].filter((update) => update.text === text).length;
const written = (changes: Partial<Draft> = {}): Draft => ({
  ...emptyDraft(randomUUID(), [ids.bluesky, ids.mastodon]),
  revision: 1,
  text: 'For most',
  variants: { mastodon: 'For Mastodon' },
  ...changes,
});

describe('a draft with a text for each network', () => {
  test('sent from two windows at the same moment goes out once', async () => {
    const [one, other] = [await newWindow(), await newWindow()];
    const draft = await one.drafts.save(written());
    await other.drafts.open(draft.id);
    const composers = [one.open(draft), other.open(draft)];
    for (const { say } of composers) say({ type: 'send', draft: { ...draft, revision: 2 } });
    await expect.poll(() => composers.some(({ results }) => results()?.isOver)).toBe(true);
    await expect.poll(() => one.outbox.load()).toEqual([]);
    await other.sender.run();
    expect([at('For most'), at('For Mastodon')]).toEqual([1, 1]);
  });

  test('of which the first text is on its way is not sent from another window', async () => {
    const [one, other] = [await newWindow(), await newWindow()];
    const draft = await one.drafts.save(written());
    await other.drafts.open(draft.id);
    sandbox.faults.add({ kind: 'latency', ms: 300, match: { operation: 'CreatePost' } });
    const [first, second] = [one.open(draft), other.open(draft)];
    first.say({ type: 'send', draft: { ...draft, revision: 2 } });
    await expect.poll(() => sandbox.requests().filter(({ operationName }) => operationName === 'CreatePost').length).toBe(1);
    second.say({ type: 'send', draft: { ...draft, revision: 2 } });
    await expect
      .poll(() => second.results())
      .toMatchObject({
        results: { [ids.bluesky]: { kind: 'waiting' }, [ids.mastodon]: { kind: 'waiting' } },
      });
    await expect.poll(() => first.results()?.isOver).toBe(true);
    expect([at('For most'), at('For Mastodon')]).toEqual([1, 1]);
  });
});

describe('what there is like a draft', () => {
  test('is told while it is written, once, from what is held: nothing is asked for, and it is no bar', async () => {
    const { open, store } = await newWindow();
    await store.loadList(ids.bluesky, 'pending');
    const waiting = store.list(ids.bluesky, 'pending').items.find(({ text, status }) => text && status === 'pending')!;
    const draft = written({ profileIds: [ids.bluesky], variants: {}, text: 'Like none' });
    const { composer, say, told } = open(draft);
    composer.open(draft);
    const notes = () => told.filter(({ type }) => type === 'twins').map((each) => each.type === 'twins' && each.notes);
    await expect.poll(notes).toEqual([[]]);
    const before = sandbox.requests().length;
    for (const revision of [2, 3]) say({ type: 'changed', draft: { ...draft, revision, text: waiting.text } });
    await expect.poll(notes).toEqual([[], [expect.stringMatching(/^Already in the queue of .+: .+\.$/)]]);
    say({ type: 'changed', draft: { ...draft, revision: 4, text: 'Like none', when: { kind: 'at', at: waiting.dueAt!.toISOString() } } });
    await expect.poll(() => notes().at(-1)).toEqual([expect.stringMatching(/^Close to another update for .+/)]);
    const editing = { updateId: waiting.id, profileId: ids.bluesky, original: emptyDraft('') } as unknown as Draft['editing'];
    composer.open({ ...draft, id: randomUUID(), text: waiting.text, when: { kind: 'keep' }, editing });
    await expect.poll(() => notes().at(-1)).toEqual([]);
    expect(sandbox.requests().length).toBe(before);
  });

  test('is told of what waits in the outbox, as soon as it is put in there, and no longer than it is', async () => {
    const { open, outbox, profiles } = await newWindow();
    const draft = written({ profileIds: [ids.bluesky], variants: {}, text: 'Not yet there' });
    const { composer, told } = open(draft);
    composer.open(draft);
    const last = () => told.findLast(({ type }) => type === 'twins');
    await expect.poll(last).toMatchObject({ notes: [] });
    const before = sandbox.requests().length;
    const entry = await outbox.add({ owner: me, text: 'Not yet there', profiles: profiles(ids.bluesky), when: 'queue' });
    await expect.poll(last).toMatchObject({ notes: [expect.stringMatching(/^Already in the outbox for .+\.$/)] });
    await outbox.remove(entry);
    await expect.poll(last).toMatchObject({ notes: [] });
    expect(sandbox.requests().length).toBe(before);
  });
});

test('posting times are called free once it is known what waits, and none is read for that', async () => {
  const { open, store } = await newWindow();
  const draft = written({ profileIds: [ids.bluesky], variants: {} });
  const { composer, say, told } = open(draft);
  composer.open(draft);
  const slots = () => told.findLast((each) => each.type === 'slots');
  const before = sandbox.requests().length;
  say({ type: 'askSlots', profileIds: [ids.bluesky] });
  await expect.poll(slots).toMatchObject({ areFree: false, slots: Array(6).fill({}) });
  expect(sandbox.requests().length).toBe(before);
  while (store.list(ids.bluesky, 'pending').hasMore || store.list(ids.bluesky, 'pending').status !== 'loaded')
    await store.loadMore(ids.bluesky, 'pending').catch(() => store.loadList(ids.bluesky, 'pending'));
  say({ type: 'askSlots', profileIds: [ids.bluesky] });
  await expect.poll(slots).toMatchObject({ areFree: true });
  const taken = store
    .list(ids.bluesky, 'pending')
    .items.flatMap(({ dueAt, status }) => (dueAt && status !== 'failed' ? [dueAt.toISOString()] : []));
  const free = slots();
  expect(free?.type === 'slots' && free.slots.filter(({ at }) => taken.includes(at))).toEqual([]);
});

describe('what is discarded', () => {
  const discarding = async (choose: string | undefined, undo?: string) => {
    const { open, drafts } = await newWindow();
    const asked = vi.spyOn(vscode.window, 'showWarningMessage').mockResolvedValue(choose as never);
    const told = vi.spyOn(vscode.window, 'showInformationMessage').mockResolvedValue(undo as never);
    const run = vi.spyOn(vscode.commands, 'executeCommand').mockResolvedValue(undefined);
    const draft = await drafts.save(written());
    const { say } = open(draft);
    say({ type: 'changed', draft: { ...draft, revision: 2, text: 'Typed last' } });
    say({ type: 'discard' });
    await expect.poll(() => asked.mock.calls.length).toBe(1);
    const [offered, undone] = [asked.mock.calls[0]!.slice(2), () => run.mock.calls.filter(([id]) => id === 'buffer.openDraft')];
    return { drafts, draft, offered, told, undone };
  };

  test('is asked about first, and Enter keeps it', async () => {
    const { drafts, offered, told } = await discarding(undefined);
    expect(offered).toEqual(['Keep as Draft', 'Discard']);
    expect([drafts.drafts.length, drafts.discarded.length, told.mock.calls.length]).toEqual([1, 0, 0]);
    vi.restoreAllMocks();
  });

  test('comes back by Undo with what was typed last', async () => {
    const { drafts, draft, told, undone } = await discarding('Discard', 'Undo');
    await expect.poll(() => undone().length).toBe(1);
    expect(told.mock.calls).toEqual([['The draft was discarded.', 'Undo']]);
    expect(undone()[0]![1]).toMatchObject({ id: draft.id });
    expect(drafts.drafts).toEqual([]);
    expect(drafts.discarded.map((each) => each.draft.text)).toEqual(['Typed last']);
    vi.restoreAllMocks();
  });
});

describe('what goes along with a new update', () => {
  const chosen: Partial<Draft> = { text: 'Along', variants: {}, profileIds: [ids.bluesky], when: { kind: 'draft' }, isReminder: true };
  const found = () => [...sandbox.state.updates.values()].find(({ text }) => text === 'Along');

  test('a draft at Buffer, a reminder and its tags come to be as chosen', async () => {
    const { open } = await newWindow();
    const tag = sandbox.state.tags[0]!.id;
    const draft = written({ ...chosen, tagIds: [tag] });
    const { say, results } = open(draft);
    say({ type: 'send', draft: { ...draft, revision: 2 } });
    await expect.poll(() => results()?.isOver).toBe(true);
    expect(results()).toMatchObject({ results: { [ids.bluesky]: { kind: 'done' } } });
    expect(found()).toMatchObject({ status: 'draft', isReminder: true, tagIds: [tag] });
  });

  test('several pictures go along in their order, and are found again where the answer was lost', async () => {
    const { open, outbox, sender } = await newWindow();
    const at = (name: string) => `https://larkspur.example/${name}.png`;
    const media = {
      kind: 'picture' as const,
      url: at('one'),
      description: 'One',
      more: [{ url: at('two'), description: 'Two' }, { url: at('three') }],
    };
    const draft = written({ ...chosen, when: { kind: 'queue' }, isReminder: false, media });
    sandbox.faults.add({ kind: 'dropAfter', match: { operation: 'CreatePost' } });
    const { say, results } = open(draft);
    say({ type: 'send', draft: { ...draft, revision: 2 } });
    await expect.poll(() => results()?.isOver).toBe(true);
    await sender.run();
    expect(await outbox.load()).toEqual([]);
    expect(found()?.assets?.map(({ url, alt }) => [url, alt])).toEqual([
      [at('one'), 'One'],
      [at('two'), 'Two'],
      [at('three'), undefined],
    ]);
  });

  test('is kept in the outbox, and sent from there', async () => {
    const { outbox } = await newWindow();
    await outbox.add({ ...waiting('Along'), when: 'draft', options: { isReminder: true } });
    const { sender } = await newWindow();
    await expect.poll(() => sender.run().then(found)).toMatchObject({ status: 'draft', isReminder: true });
  });
});

describe('what the page cannot reach itself', () => {
  const last = (told: readonly ToApp[], type: ToApp['type']) => told.findLast((each) => each.type === type);

  test('is a picture, which comes as it is, or why it does not', async () => {
    const { told, say } = (await newWindow()).open(written());
    say({ type: 'readPicture', address: `${origin}/media/pictures/bars-10.png` });
    await expect.poll(() => last(told, 'picture')).toMatchObject({ picture: { type: 'image/png' } });
    say({ type: 'readPicture', address: `${origin}/pages/sign-in` });
    const words = `${host} answered 403; Buffer will need to read it until it is published.`;
    await expect.poll(() => last(told, 'picture')).toEqual({ type: 'picture', address: `${origin}/pages/sign-in`, trouble: words });
  });

  test('is what a page says of itself', async () => {
    const { told, say } = (await newWindow()).open(written());
    say({ type: 'readCard', address: `${origin}/pages/article` });
    await expect.poll(() => last(told, 'card')).toMatchObject({ card: { title: 'Field notes – year one' } });
    say({ type: 'readCard', address: 'http://larkspur.example/' });
    const trouble = '“larkspur.example” is not a public https address.';
    await expect.poll(() => last(told, 'card')).toEqual({ type: 'card', address: 'http://larkspur.example/', trouble });
  });

  test('is no longer read once the person gave it up, or asked for another page', async () => {
    const { told, say } = (await newWindow()).open(written());
    say({ type: 'readCard', address: `${origin}/pages/slow` });
    say({ type: 'readCard', address: `${origin}/pages/slow?again` });
    say({ type: 'stopCard' });
    say({ type: 'readCard', address: `${origin}/pages/plain` });
    await expect.poll(() => last(told, 'card')).toMatchObject({ card: { title: 'Only a title' } });
    expect(told.filter(({ type }) => type === 'card' || type === 'notice')).toHaveLength(1);
  });
});

describe('a notice', () => {
  const notices = (told: readonly ToApp[]) => told.filter((each) => each.type === 'notice');

  test('of something else leaves what is sent meanwhile as it is', async () => {
    const { open } = await newWindow();
    const draft = written();
    const { say, told, results } = open(draft);
    sandbox.faults.add({ kind: 'latency', ms: 300, match: { operation: 'CreatePost' } });
    sandbox.faults.add({ kind: 'status', status: 500, match: { operation: 'Tags' } });
    say({ type: 'send', draft: { ...draft, revision: 2 } });
    say({ type: 'pickTags' });
    await expect.poll(() => notices(told).length, { timeout: 5_000 }).toBe(1);
    expect(notices(told)[0]).not.toHaveProperty('endsSending', true);
    await expect.poll(() => results()?.isOver).toBe(true);
  });

  test('ends what is not sent, as another window changed it meanwhile', async () => {
    const [one, other] = [await newWindow(), await newWindow()];
    const draft = await one.drafts.save(written());
    const { say, told } = one.open(draft);
    await other.drafts.open(draft.id);
    await other.drafts.save({ ...draft, revision: 2, text: 'Theirs' });
    say({ type: 'send', draft: { ...draft, revision: 2, text: 'Mine' } });
    await expect.poll(() => notices(told).at(-1)).toMatchObject({ endsSending: true });
    expect([at('Mine'), at('Theirs')]).toEqual([0, 0]);
  });

  const tooLong = { kind: 'picture' as const, url: '', description: 'x'.repeat(100_001) };

  test('says why a draft that cannot be read is not sent, and that it is still there', async () => {
    const { say, told, composer } = (await newWindow()).open(written());
    say({ type: 'send', draft: { ...composer.draft, revision: 2, media: tooLong } });
    const [notice] = notices(told);
    expect(notice).toMatchObject({ endsSending: true });
    expect(notice!.text).toContain('media.description');
    expect(notice!.text).toContain('Your text is still here');
    expect([at('For most'), at('For Mastodon')]).toEqual([0, 0]);
  });

  test('says that a draft that cannot be read is not kept, and leaves what is sent as it is', async () => {
    const { say, told, composer } = (await newWindow()).open(written());
    say({ type: 'changed', draft: { ...composer.draft, revision: 2, media: tooLong } });
    say({ type: 'readCard', address: `https://larkspur.example/${'a'.repeat(10_000)}` });
    say({ type: 'unheard-of' });
    const words = notices(told).map(({ text, endsSending = false }) => [text, endsSending]);
    expect(words).toHaveLength(3);
    expect(words[0]).toEqual([expect.stringContaining('Not saved on disk'), false]);
    expect(words.slice(1).map(([, ends]) => ends)).toEqual([false, false]);
  });

  test('is all that a page hears of what it kept and nobody can read, which opens with what is on disk', async () => {
    const { say, told, composer } = (await newWindow()).open(written());
    say({ type: 'ready', draft: { ...composer.draft, revision: 2, media: tooLong } });
    await expect.poll(() => told.some(({ type }) => type === 'open')).toBe(true);
    expect(notices(told)).toHaveLength(1);
  });
});

describe('a disk that takes nothing', () => {
  async function full() {
    const window = await newWindow();
    await rm(join(folder, 'outbox'), { recursive: true, force: true });
    await rm(join(folder, 'outbox-ledger'), { recursive: true, force: true });
    for (const name of ['drafts', 'outbox', 'outbox-ledger']) await writeFile(join(folder, name), 'in the way');
    return window;
  }

  test('is told, nothing is sent, and the text stays', async () => {
    const { open, sender } = await full();
    const said = vi.spyOn(vscode.window, 'showErrorMessage');
    const draft = written();
    const { say, told, composer } = open(draft);
    say({ type: 'send', draft: { ...draft, revision: 2 } });
    await expect.poll(() => said.mock.calls.length).toBe(1);
    await sender.run();
    expect([at('For most'), at('For Mastodon')]).toEqual([0, 0]);
    expect(told.filter((each) => each.type === 'notice')).toMatchObject([
      { text: expect.stringContaining('disk') as string, endsSending: true },
    ]);
    expect(composer.draft.text).toBe('For most');
    said.mockRestore();
  });

  test('sends all the same when the person says so, once', async () => {
    const { open } = await full();
    const said = vi
      .spyOn(vscode.window, 'showErrorMessage')
      .mockImplementation((...shown: unknown[]) => Promise.resolve(shown.at(-1) as never));
    const draft = written();
    const { say, results } = open(draft);
    say({ type: 'send', draft: { ...draft, revision: 2 } });
    await expect.poll(() => results()?.isOver, { timeout: 5_000 }).toBe(true);
    expect([at('For most'), at('For Mastodon')]).toEqual([1, 1]);
    said.mockRestore();
  });
});

describe('a page that was kept through a reload', () => {
  test('does not bring back a draft that was sent', async () => {
    const { open, drafts } = await newWindow();
    const draft = await drafts.save(written());
    const first = open(draft);
    first.say({ type: 'send', draft: { ...draft, revision: 2 } });
    await expect.poll(() => first.results()?.isOver).toBe(true);
    const { say, told, composer } = (await newWindow()).open(emptyDraft(draft.id));
    say({ type: 'ready', draft: { ...draft, revision: 2 } });
    await expect.poll(() => told.some(({ type }) => type === 'open')).toBe(true);
    expect(composer.draft).toMatchObject({ text: '' });
    expect(composer.draft.id).not.toBe(draft.id);
    await drafts.load();
    expect(drafts.drafts).toEqual([]);
  });

  test('keeps what was written on after that, as a draft of its own', async () => {
    const { open, drafts } = await newWindow();
    const draft = await drafts.save(written());
    await drafts.removeSent(draft.id);
    const { say, composer } = open(emptyDraft(draft.id));
    say({ type: 'ready', draft: { ...draft, revision: 5, text: 'Written on' } });
    await expect.poll(() => composer.draft.text).toBe('Written on');
    expect(composer.draft.id).not.toBe(draft.id);
  });
});

const waiting = (text: string) => ({
  owner: me,
  text,
  profiles: [{ id: ids.bluesky, name: 'b', service: 'bluesky' }],
  when: 'queue' as const,
});

test('an entry that is edited is a draft, and no entry any more', async () => {
  const { outbox, drafts, sender } = await newWindow();
  const entry = await outbox.add(waiting('To be edited'));
  const opened: string[] = [];
  const composers = { openKept: (id: string) => Promise.resolve(opened.push(id)) };
  await editOutboxEntry({ outbox, sender, drafts, composers } as unknown as CommandContext, entry);
  expect(outbox.entries).toEqual([]);
  expect(await drafts.open(opened[0]!)).toMatchObject({ text: 'To be edited', profileIds: [ids.bluesky] });
  await sender.run();
  expect(at('To be edited')).toBe(0);
});

test('an entry that was delivered in part since it was shown is a draft for the others only', async () => {
  const { outbox, drafts, sender } = await newWindow();
  const shown = await outbox.add({
    ...waiting('In part'),
    profiles: [
      { id: ids.bluesky, name: 'b', service: 'bluesky' },
      { id: ids.mastodon, name: 'm', service: 'mastodon' },
    ],
  });
  await outbox.amend(shown, { profiles: shown.profiles.slice(1) });
  const opened: string[] = [];
  const composers = { openKept: (id: string) => Promise.resolve(opened.push(id)) };
  await editOutboxEntry({ outbox, sender, drafts, composers } as unknown as CommandContext, shown);
  expect(await drafts.open(opened[0]!)).toMatchObject({ text: 'In part', profileIds: [ids.mastodon] });
});

describe('sending by hand what may have arrived', () => {
  const asked = (answer: string) =>
    vi
      .spyOn(vscode.window, 'showWarningMessage')
      .mockImplementation((...shown: unknown[]) => Promise.resolve(shown.find((each) => each === answer) as never));
  const undecided = {
    state: 'undecided' as const,
    doubts: [{ profileId: ids.bluesky, updateId: 'u1', text: 'As it is there' }],
    since: new Date(),
  };

  test.each([
    ['Send Again', 1],
    ['It Was Delivered', 0],
    ['', 0],
  ])('asks first, with both texts (%s)', async (answer, times) => {
    const { outbox, sender } = await newWindow();
    const entry = await outbox.add({ ...waiting('As it was written'), ...undecided });
    const question = asked(answer);
    await sendOutboxEntry({ outbox, sender } as unknown as CommandContext, entry);
    expect(question.mock.calls[0]![1]).toMatchObject({ modal: true, detail: expect.stringMatching(/written[^]*there/) as string });
    expect(at('As it was written')).toBe(times);
    expect((await outbox.load()).map(({ state }) => state)).toEqual(answer ? [] : ['undecided']);
    question.mockRestore();
  });

  test.each([
    [['It Was Delivered', 'Send Again'], 1, []],
    [['Send Again', 'It Was Delivered'], 1, []],
    [['It Was Delivered', 'It Was Delivered'], 0, []],
    [['It Was Delivered', ''], 0, [['undecided', 2]]],
  ] as const)('asks of each profile by itself (%s)', async (answers, times, left) => {
    const { outbox, sender, drafts } = await newWindow();
    const draft = await drafts.save({ ...emptyDraft(randomUUID(), [ids.bluesky, ids.mastodon]), revision: 1, text: 'At one of two' });
    const both = [
      { id: ids.bluesky, name: 'b', service: 'bluesky' },
      { id: ids.mastodon, name: 'm', service: 'mastodon' },
    ];
    const doubts = both.map(({ id, name }) => ({ profileId: id, updateId: `u ${name}`, text: `There as ${name}` }));
    const entry = await outbox.add({ ...waiting('At one of two'), ...undecided, profiles: both, doubts, draftId: draft.id });
    const details: string[] = [];
    const question = vi.spyOn(vscode.window, 'showWarningMessage').mockImplementation((...shown: unknown[]) => {
      details.push((shown[1] as { detail: string }).detail);
      return Promise.resolve((answers[details.length - 1] || undefined) as never);
    });
    await sendOutboxEntry({ outbox, sender, drafts } as unknown as CommandContext, entry);
    expect(details).toEqual([expect.stringMatching(/^b on Bluesky[^]*as b$/), expect.stringMatching(/^m on Mastodon[^]*as m$/)]);
    const made = [...sandbox.state.updates.values()].filter(({ text }) => text === 'At one of two');
    expect(made.map(({ profileId }) => profileId)).toEqual(
      both.flatMap(({ id }, index) => (answers[index] === 'Send Again' && times ? [id] : [])),
    );
    expect((await outbox.load()).map(({ state, profiles }) => [state, profiles.length])).toEqual(left);
    // Here nothing else takes profiles out of it, once they have it.
    expect((await drafts.open(draft.id))?.profileIds.length).toBe(left.length ? 2 : times || undefined);
    question.mockRestore();
  });

  test('warns while it is looked for', async () => {
    const { outbox, sender } = await newWindow();
    const entry = await outbox.add({ ...waiting('Looked for'), state: 'unclear', since: new Date() });
    const question = asked('');
    sandbox.resetRequests();
    await sendOutboxEntry({ outbox, sender } as unknown as CommandContext, entry);
    expect(question.mock.calls[0]![0]).toContain('Checking whether it was delivered');
    expect(sandbox.requests()).toEqual([]);
    question.mockRestore();
  });
});

test('a window that dies while it moves an entry into a draft leaves one of the two to be sent', async () => {
  const { outbox, drafts } = await newWindow();
  const entry = await outbox.add(waiting('To be edited'));
  // It dies between the draft and the entry.
  const dying = new Proxy(outbox, {
    get: (target, name) => {
      if (name === 'remove') return () => new Promise(() => undefined);
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value as (...all: unknown[]) => unknown).bind(target) : value;
    },
  });
  void editOutboxEntry({ outbox: dying, drafts, composers: {} } as unknown as CommandContext, entry);
  await expect.poll(async () => (await drafts.load().then(() => drafts.drafts)).length).toBe(1);
  const [left] = await outbox.load();
  expect(left).toMatchObject({ state: 'waiting', draftId: drafts.drafts[0]!.draft.id });
});

describe('with rules for links', () => {
  const rules = [
    { domain: 'larkspur.example', networks: ['bluesky'], source: '{network}', medium: 'social' },
    { domain: 'larkspur.example', source: 'other' },
    // People write anything into a setting.
    null,
    { domain: 7 },
    { networks: [] },
  ];
  const withRules = (globalValue: unknown, workspaceValue?: unknown) =>
    vi.spyOn(vscode.workspace, 'getConfiguration').mockReturnValue({
      get: (_name: string, usual: unknown) => usual,
      inspect: (name: string) => (name === 'utmRules' ? { globalValue, workspaceValue } : undefined),
    } as never);
  const link = 'https://larkspur.example/notes';
  const textOf = (profileId: string) => [...sandbox.state.updates.values()].findLast((update) => update.profileId === profileId)!.text;

  afterEach(() => vi.restoreAllMocks());

  test('each network gets its own, once, also where the answer was lost, and the draft stays as it was typed', async () => {
    withRules(rules);
    const { open, outbox, sender } = await newWindow();
    const draft = written({ text: `Read (${link}#news).`, variants: {}, profileIds: [ids.bluesky, ids.mastodon] });
    sandbox.faults.add({ kind: 'dropAfter', match: { operation: 'CreatePost' } });
    const before = sandbox.state.updates.size;
    const { say, results } = open(draft);
    say({ type: 'send', draft: { ...draft, revision: 2 } });
    await expect.poll(() => results()?.isOver).toBe(true);
    await sender.run();
    expect(await outbox.load()).toEqual([]);
    expect(textOf(ids.bluesky)).toBe(`Read (${link}?utm_source=bluesky&utm_medium=social#news).`);
    expect(textOf(ids.mastodon)).toBe(`Read (${link}?utm_source=other#news).`);
    // Each found as what was sent, and none was made twice.
    expect(sandbox.state.updates.size).toBe(before + 2);
  });

  test('go into a thread, a first comment, and where a pin or a button leads', async () => {
    const { withTaggedLinks } = await import('../../../src/core/delivery/tagLinks.ts');
    const profile = { id: 'one', service: 'pinterest' } as never;
    const all = [{ domain: 'larkspur.example', parameters: { source: '{network}' } }];
    const details = { one: { thread: [`More: ${link}`], firstComment: `See ${link}.`, link, title: link } };
    const [tagged] = await withTaggedLinks([{ text: 'x', profiles: [profile], when: 'queue', details }], all);
    const wanted = `${link}?utm_source=pinterest`;
    expect(tagged!.details).toEqual({ one: { thread: [`More: ${wanted}`], firstComment: `See ${wanted}.`, link: wanted, title: link } });
    expect(await withTaggedLinks([tagged!], all)).toEqual([tagged]);
  });

  test('a workspace has no say in it', async () => {
    withRules(undefined, rules);
    const { open } = await newWindow();
    const draft = written({ text: `Plain ${link}`, variants: {}, profileIds: [ids.bluesky] });
    const { say, results } = open(draft);
    say({ type: 'send', draft: { ...draft, revision: 2 } });
    await expect.poll(() => results()?.isOver).toBe(true);
    expect(textOf(ids.bluesky)).toBe(`Plain ${link}`);
  });
});

describe('a time in words', () => {
  test('is told by the clocks of its profile, and by the person’s own where no profile has those', async () => {
    const { open, store } = await newWindow();
    const { timeZone: own } = new Intl.DateTimeFormat().resolvedOptions();
    const clock = (timeZone: string) =>
      new Intl.DateTimeFormat('en-US', { timeZone, timeStyle: 'short' }).format(new Date('2031-05-01T06:20:00Z'));
    const ownProfile = store.profiles.items.find(({ timeZone }) => clock(timeZone) === clock(own));
    const foreign = store.profiles.items.filter(({ timeZone }) => clock(timeZone) !== clock(own));
    const { say, told } = open(written());
    const shownFor = async (profileIds: string[]) => {
      const words = '2031-05-01T06:20:00.000Z';
      const before = told.filter(({ type }) => type === 'time').length;
      say({ type: 'readTime', words, profileIds });
      await expect.poll(() => told.filter(({ type }) => type === 'time').length).toBe(before + 1);
      const time = told.findLast((each) => each.type === 'time')!;
      return 'shown' in time ? time.shown : undefined;
    };
    const shown = await shownFor([foreign[0]!.id]);
    expect(shown).toContain(clock(foreign[0]!.timeZone));
    expect(shown).toMatch(new RegExp(`${clock(own)} by your clock$`, 'u'));
    if (ownProfile) expect(await shownFor([foreign[0]!.id, ownProfile.id])).not.toContain('by your clock');
  });
});
