import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { behaviours } from '../sandbox/behaviours.ts';
import { startSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { graphqlCalls } from './graphqlCalls.ts';
import { ids } from './ids.ts';

// What was measured on the live service, line by line of docs/live-service.md: each title begins with its line.

// The clock stands still unless a test moves it.
const monday = new Date('2026-10-26T14:00:00Z');
const later = '2027-01-04T10:30:07.000Z';

const organization = '5a10c0de5ca1ab1e00000001';
const unknown = 'f00000000000000000000000';
const tiktok = '5160746d13f04a5e3a00000e';

const picture = (name: string) => ({ image: { url: `https://larkspur.example/${name}.png`, metadata: { altText: `A picture of ${name}` } } });
const film = { video: { url: 'https://larkspur.example/a.mp4' } };
const automatic = 'automatic';

let sandbox: Sandbox;
let now: Date;
const { create, edit, move, read, list } = graphqlCalls(() => sandbox);

beforeAll(async () => {
  now = monday;
  sandbox = await startSandbox({ now: () => now, rateLimit: Infinity, graphqlLimits: Infinity });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  now = monday;
  sandbox.reset();
});

const invalid = (message: string) => ({ type: 'InvalidInputError', message });
const queue = (channel: string) => list(organization, { channelIds: [channel], status: ['scheduled'] });
const idsOf = (posts: { id: string }[]) => posts.map(({ id }) => id);

const instagramPost = {
  channelId: ids.instagram, text: 'Petals', assets: [picture('petals'), picture('leaves')],
  metadata: { instagram: { type: 'post', shouldShareToFeed: true } },
};
const tiktokPost = { channelId: tiktok, text: 'One minute', assets: [film], metadata: { tiktok: { title: 'A title' } } };

describe('the switches', () => {
  it('name a line each, and have the measured setting first', () => {
    for (const [name, { line, settings }] of Object.entries(behaviours)) {
      expect(line, name).toMatch(/^(reading|editing|creating|limits|v1)-\d+$/u);
      expect(new Set(settings).size, name).toBe(settings.length);
      expect(sandbox.state.settings[name as keyof typeof behaviours], name).toBe(settings[0]);
    }
  });
});

describe('editing', () => {
  it('editing-1: keeps what is left out, where editPost merges', async () => {
    sandbox.behave({ editPost: 'merge' });
    const made = await create({ ...instagramPost, schedulingType: 'notification' });
    const { updatedAt: _, text, ...rest } = await edit(made.id, { text: 'Leaves' });
    const { updatedAt: _1, text: _2, ...before } = made;
    expect([text, rest]).toEqual(['Leaves', before]);
    expect(await edit(made.id, { assets: [] })).toEqual(invalid('Invalid post: Instagram posts require at least one image or video.'));
    const stories = { instagram: { type: 'story', shouldShareToFeed: false } };
    expect(await edit(made.id, { metadata: stories })).toMatchObject({ text: 'Leaves', metadata: { type: 'story', shouldShareToFeed: false } });
  });

  it('editing-1: drops what is left out without looking, where editPost replaces', async () => {
    sandbox.behave({ editPost: 'replace' });
    const made = await create(instagramPost);
    expect(await edit(made.id, { text: 'Leaves' })).toMatchObject({ text: 'Leaves', assets: [], tags: [], dueAt: made.dueAt });
    const film = await create(tiktokPost);
    expect(await edit(film.id, { assets: tiktokPost.assets })).toMatchObject({ text: '', assets: [{ type: 'video' }], metadata: { title: null } });
  });

  it('editing-1: movePostInQueue never looks at the content', async () => {
    sandbox.behave({ editPost: 'replace' });
    const { id } = await create(tiktokPost);
    await edit(id, { text: 'Nothing to see' });
    sandbox.behave();
    expect(await move(id, 'top')).toMatchObject({ id, text: 'Nothing to see' });
  });

  it('editing-2: refuses an edit on Instagram without its pictures and type, in one sentence', async () => {
    const made = await create(instagramPost);
    const sentence = 'Instagram posts require at least one image or video., Instagram posts require a type (post, story, or reel).';
    expect(await edit(made.id, { text: 'Leaves' })).toEqual(invalid(`Invalid post: ${sentence}`));
    expect(await read(made.id)).toEqual(made);
  });

  it('editing-3: refuses a Facebook draft without its type, and takes it with', async () => {
    const metadata = { facebook: { type: 'post' } };
    const { id } = await create({ channelId: ids.facebook, text: 'Draft', saveToDraft: true, metadata });
    expect(await edit(id, { text: 'Draft two' })).toEqual(invalid('Invalid post: Facebook posts require a type (post, story, or reel).'));
    expect(await edit(id, { text: 'Draft two', metadata })).toMatchObject({ text: 'Draft two', status: 'draft' });
  });

  it('editing-4: refuses TikTok without its video, YouTube without title and category, Google without details', async () => {
    const { id } = await create(tiktokPost);
    expect(await edit(id, { text: 'Other words' })).toEqual(invalid('Invalid post: TikTok posts require at least one image or video.'));
    const [clip] = await queue(ids.youtube);
    expect(await edit(clip.id, { text: 'Other words', assets: [film] })).toEqual(
      invalid('Invalid post: YouTube posts require a title., YouTube posts require a category.'),
    );
    const news = await create({ channelId: ids.google, text: 'News', metadata: { google: { type: 'whats_new', detailsWhatsNew: { button: 'none' } } } });
    expect(await edit(news.id, { text: 'Old news', metadata: { google: { type: 'whats_new' } } })).toMatchObject({ type: 'InvalidInputError' });
  });

  it('editing-4: drops the video, where editPost replaces', async () => {
    sandbox.behave({ editPost: 'replace' });
    const { id } = await create(tiktokPost);
    expect(await edit(id, { text: 'Other words' })).toMatchObject({ text: 'Other words', assets: [] });
  });

  it('editing-5: takes id and text alone for a LinkedIn draft; whether the rest stays is a switch', async () => {
    const draft = { channelId: ids.linkedin, text: 'Draft', saveToDraft: true, assets: [picture('petals')] };
    const first = await create(draft);
    expect(await edit(first.id, { text: 'Draft two' })).toMatchObject({ text: 'Draft two', status: 'draft', assets: [] });
    sandbox.behave({ linkedinDrafts: 'keepRest' });
    const second = await create({ ...draft, text: 'Another' });
    expect(await edit(second.id, { text: 'Another two' })).toMatchObject({ text: 'Another two', status: 'draft', assets: second.assets });
  });

  it.each(behaviours.editPost.settings)('editing-6: the whole post back changes nothing else, whatever editPost does (%s)', async (editPost) => {
    sandbox.behave({ editPost });
    const { channelId: _, ...whole } = { ...instagramPost, schedulingType: 'notification' };
    const made = await create({ ...instagramPost, schedulingType: 'notification' });
    const { updatedAt: _1, ...after } = await edit(made.id, { ...whole, text: 'Leaves' });
    const { updatedAt: _2, ...before } = made;
    expect(after).toEqual({ ...before, text: 'Leaves' });
  });

  it.each(behaviours.editPost.settings)('editing-7: a mode that is sent reschedules even where it is the same; left out, the slot stays (%s)', async (editPost) => {
    sandbox.behave({ editPost });
    const [first, second, third] = await queue(ids.threads);
    await edit(first.id, { text: first.text });
    expect(idsOf(await queue(ids.threads))).toEqual([first.id, second.id, third.id]);
    await edit(first.id, { text: first.text, mode: 'addToQueue', schedulingType: automatic });
    expect(idsOf(await queue(ids.threads))).toEqual([second.id, third.id, first.id]);
  });

  it.each([
    ['dueAt alone', { dueAt: later }],
    ['without schedulingType', { dueAt: later, mode: 'customScheduled' }],
    ['without mode', { dueAt: later, schedulingType: automatic }],
  ])('editing-8: a dueAt %s moves nothing, and succeeds', async (_, input) => {
    for (const editPost of behaviours.editPost.settings) {
      sandbox.behave({ editPost });
      const [first] = await queue(ids.threads);
      expect(await edit(first.id, { text: first.text, ...input })).toMatchObject({ id: first.id, dueAt: first.dueAt, isCustomScheduled: false });
    }
  });

  it('editing-8: a dueAt with both moves', async () => {
    const [first] = await queue(ids.threads);
    const whole = { text: first.text, mode: 'customScheduled', schedulingType: automatic, dueAt: later };
    expect(await edit(first.id, whole)).toMatchObject({ isCustomScheduled: true, dueAt: '2027-01-04T10:30:00.000Z' });
  });

  it('editing-9: shareNow alone is refused; with text and files it is taken', async () => {
    const [waiting] = await queue(ids.x);
    expect(await edit(waiting.id, { mode: 'shareNow' })).toEqual(invalid('Invalid post: Post must have either text or media.'));
    const clip = await create(tiktokPost);
    expect(await edit(clip.id, { mode: 'shareNow' })).toEqual(invalid('Invalid post: TikTok posts require at least one image or video.'));
    expect(await edit(waiting.id, { mode: 'shareNow', text: waiting.text })).toMatchObject({ status: 'sent' });
    expect(await edit(clip.id, { mode: 'shareNow', text: clip.text, assets: [film] })).toMatchObject({ status: 'sending' });
  });

  it.each(behaviours.editPost.settings)('editing-10: metadata that is given stands for all of it (%s)', async (editPost) => {
    sandbox.behave({ editPost });
    const facebook = { type: 'post', firstComment: 'First!', annotations: [{ content: '1', indices: [0, 3], text: 'See', url: 'https://facebook.com/1' }] };
    const made = await create({ channelId: ids.facebook, text: 'See', saveToDraft: true, metadata: { facebook } });
    expect(made.metadata).toMatchObject({ firstComment: 'First!', annotations: [{ text: 'See' }] });
    const edited = await edit(made.id, { text: 'See', metadata: { facebook: { type: 'post' } } });
    expect(edited.metadata).toMatchObject({ firstComment: null, annotations: [] });
  });

  it('editing-11: seconds of a chosen time, and links for LinkedIn, may come back otherwise', async () => {
    const post = { channelId: ids.linkedin, mode: 'customScheduled', dueAt: later };
    const made = await create({ ...post, text: 'See https://larkspur.example/releases' });
    expect(made).toMatchObject({ dueAt: '2027-01-04T10:30:00.000Z', text: expect.stringMatching(/^See https:\/\/lnkd\.in\/[\w-]{8}$/u) });
    expect((await edit(made.id, { text: made.text })).text).toBe(made.text);
    sandbox.behave({ dueSeconds: 'kept', links: 'kept' });
    expect(await create({ ...post, text: 'See https://larkspur.example/guide' })).toMatchObject({ dueAt: later, text: 'See https://larkspur.example/guide' });
  });

  it('editing-12: a draft leaves the drafts only with mode, schedulingType and saveToDraft: false', async () => {
    const text = 'A draft';
    const draft = await create({ channelId: ids.mastodon, text, saveToDraft: true });
    const ways = [{ mode: 'addToQueue' }, { schedulingType: automatic }, { saveToDraft: false }];
    for (let chosen = 0; chosen < 7; chosen += 1) {
      const input = Object.assign({ text }, ...ways.filter((_, index) => chosen & (1 << index))) as object;
      const { updatedAt: _, ...after } = await edit(draft.id, input);
      const { updatedAt: _1, ...before } = draft;
      expect(after, JSON.stringify(input)).toEqual(before);
    }
    expect(await edit(draft.id, Object.assign({ text }, ...ways) as object)).toMatchObject({ status: 'scheduled', shareMode: 'addToQueue' });
  });

  it('editing-12: a draft that stays one may be given a time', async () => {
    const text = 'A draft';
    const { id } = await create({ channelId: ids.mastodon, text, saveToDraft: true });
    const when = { mode: 'customScheduled', dueAt: '2027-01-04T10:30:00Z' };
    expect(await edit(id, { text, ...when, saveToDraft: true })).toMatchObject({ status: 'draft', dueAt: null });
    expect(await edit(id, { text, ...when, schedulingType: automatic, saveToDraft: true })).toMatchObject({ status: 'draft', dueAt: '2027-01-04T10:30:00.000Z' });
  });

  it('editing-13: saveToDraft takes a queued post out of the queue', async () => {
    const [first, ...others] = await queue(ids.threads);
    expect(await edit(first.id, { text: first.text, saveToDraft: true })).toMatchObject({ status: 'draft', dueAt: null });
    expect(idsOf(await queue(ids.threads))).toEqual(idsOf(others));
  });

  it('editing-14: movePostInQueue does nothing with a draft', async () => {
    const { id } = await create({ channelId: ids.mastodon, text: 'A draft', saveToDraft: true });
    for (const position of ['top', 'bottom'] as const) expect(await move(id, position)).toMatchObject({ type: 'VoidMutationError' });
  });

  it('editing-15: a sent post is not changed', async () => {
    const [{ id }] = await list(organization, { channelIds: [ids.x], status: ['sent'] });
    const sent = await read(id);
    expect(await edit(id, { text: 'Too late' })).toMatchObject({ type: 'InvalidInputError' });
    expect(await read(id)).toEqual(sent);
  });

  it('editing-15: neither is one that is not there', async () => {
    expect(await edit(unknown, { text: 'Nobody' })).toMatchObject({ type: 'NotFoundError' });
  });
});
