import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { deliver } from '../../../src/core/delivery/deliver.ts';
import { type Draft, type DraftMedia, emptyDraft } from '../../../src/core/drafts/draft.ts';
import { DraftStore } from '../../../src/core/drafts/draftStore.ts';
import { changeOf, detailsOf, draftOf, mediaOf } from '../../../src/core/drafts/draftUpdate.ts';
import { graphqlCalls } from '../buffer/graphql/graphqlCalls.ts';
import { deliveryWindow } from '../support/deliveryWindow.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

// Every kind of file: written in a draft, kept on disk, sent through the outbox, and read back by a plain request.

const sandbox = await ownSandbox();
const { create, read } = graphqlCalls(() => sandbox);
const at = (name: string) => `https://larkspur.example/${name}`;

const picture: DraftMedia = {
  kind: 'picture',
  url: at('one.png'),
  description: 'One',
  taggedUsers: [{ handle: 'larkspur', x: '25%', y: '0.75' }],
  more: [{ url: at('moves.gif') }, { url: at('three.png'), description: 'Three', taggedUsers: [{ handle: 'wren', x: '0', y: '1' }] }],
};
const untagged = { ...picture, taggedUsers: undefined, more: [{ url: at('moves.gif') }, { url: at('three.png'), description: 'Three' }] };
const video: DraftMedia = { kind: 'video', url: at('clip.mp4'), title: 'A walk', coverAt: '1:02.5' };
const document: DraftMedia = { kind: 'document', url: at('guide.pdf'), title: 'The guide', cover: at('guide.png') };

const image = (url: string, altText: string, userTags: object[] = []) => ({ source: url, image: { altText, userTags } });
const kinds = [
  {
    name: 'pictures on Instagram',
    profileId: ids.instagram,
    media: picture,
    assets: [
      image(at('one.png'), 'One', [{ handle: 'larkspur', x: 0.25, y: 0.75 }]),
      { ...image(at('moves.gif'), ''), image: { altText: '', isAnimated: true } },
      image(at('three.png'), 'Three', [{ handle: 'wren', x: 0, y: 1 }]),
    ],
  },
  {
    name: 'the same pictures on LinkedIn, which tags nobody in them',
    profileId: ids.linkedin,
    media: picture,
    assets: [image(at('one.png'), 'One'), image(at('moves.gif'), ''), image(at('three.png'), 'Three')],
  },
  {
    name: 'a video on Instagram',
    profileId: ids.instagram,
    media: video,
    assets: [{ source: at('clip.mp4'), video: { title: 'A walk', thumbnailOffset: 62_500 } }],
  },
  {
    name: 'a video on Pinterest',
    profileId: ids.pinterest,
    media: video,
    assets: [{ source: at('clip.mp4'), video: { title: 'A walk', thumbnailOffset: 62_500 } }],
  },
  {
    name: 'the same video on X, which shows no moment of one’s choice',
    profileId: ids.x,
    media: video,
    assets: [{ source: at('clip.mp4'), video: { title: 'A walk', thumbnailOffset: null } }],
  },
  {
    name: 'a document on LinkedIn',
    profileId: ids.linkedin,
    media: document,
    assets: [{ source: at('guide.pdf'), thumbnail: at('guide.png'), document: { title: 'The guide' } }],
  },
] as const;

async function sent(media: DraftMedia, profileId: string, isAnswerLost: boolean) {
  const { store, outbox, sender } = await deliveryWindow(sandbox, 'graphql', await temporaryFolder(), { settleAfter: 0 });
  const folder = await temporaryFolder();
  const written: Draft = { ...emptyDraft(randomUUID(), [profileId]), revision: 1, text: 'With files', media };
  await new DraftStore(folder).save(written);
  const kept = (await new DraftStore(folder).open(written.id))!;
  expect(kept).toEqual(JSON.parse(JSON.stringify(written)));
  const profile = store.profile(profileId)!;
  const boards = profile.boards && { pinterest: { boards: { [profileId]: profile.boards[0]!.id } } };
  const details = { [profileId]: detailsOf({ details: boards }, profile) };
  sandbox.resetRequests();
  if (isAnswerLost) sandbox.faults.add({ kind: 'dropAfter', match: { operation: 'CreatePost' } });
  const { created, failed } = await deliver(
    { store, outbox, sender },
    { text: kept.text, profiles: [profile], when: 'queue', media: mediaOf(kept), details },
  );
  expect(failed).toEqual([]);
  expect(sandbox.requests().filter(({ operationName }) => operationName === 'CreatePost')).toHaveLength(1);
  return { store, profile, id: created[0]!.id };
}

describe.each(kinds)('$name', ({ profileId, media, assets }) => {
  test.each([false, true])('arrives as written, once (answer lost: %s)', async (isAnswerLost) => {
    const { id } = await sent(media, profileId, isAnswerLost);
    expect((await read(id)).assets).toMatchObject(assets);
    expect((await read(id)).assets).toHaveLength(assets.length);
  });

  test('opened and saved without a change, nothing is sent', async () => {
    const { store, profile, id } = await sent(media, profileId, false);
    const update = await store.readUpdate(id);
    const draft = draftOf(update);
    expect(draft.media.kind).toBe(media.kind);
    expect(draft.editing?.kept).toBeUndefined();
    expect(changeOf(draft, draft.editing!, update, profile, true).change).toEqual({});
  });
});

/** Changes an update's files as a person does in the composer; the files of before and after. */
async function edited(profileId: string, input: object, change: (media: DraftMedia) => DraftMedia) {
  sandbox.reset();
  const { store } = await deliveryWindow(sandbox, 'graphql', await temporaryFolder(), { settleAfter: 0 });
  const { id } = await create({ channelId: profileId, text: 'With files', ...input });
  const before = (await read(id)).assets;
  const update = await store.readUpdate(id);
  const draft = draftOf(update);
  const { change: edit } = changeOf({ ...draft, media: change(draft.media) }, draft.editing!, update, store.profile(profileId)!, true);
  expect((await store.edit(id, edit)).lost).toEqual([]);
  return { before, after: (await read(id)).assets };
}

describe('an edit of one thing', () => {
  const instagram = { metadata: { instagram: { type: 'post', shouldShareToFeed: true } } };
  const tagged = {
    ...instagram,
    assets: [
      {
        image: {
          url: at('one.png'),
          metadata: { altText: 'One', animatedThumbnail: at('still.png'), userTags: [{ handle: 'a', x: 0.1, y: 1 / 3 }] },
        },
      },
      { image: { url: at('two.png'), metadata: { altText: '', userTags: [{ handle: 'b', x: 0.07, y: 0 }] } } },
    ],
  };
  const pictures = (media: DraftMedia) => media as Extract<DraftMedia, { kind: 'picture' }>;

  test('another handle changes just that', async () => {
    const { before, after } = await edited(ids.instagram, tagged, (media) => ({
      ...pictures(media),
      taggedUsers: [{ ...pictures(media).taggedUsers![0]!, handle: 'c' }],
    }));
    const [first, second] = before;
    expect(after).toEqual([{ ...first, image: { ...first.image, userTags: [{ handle: 'c', x: 0.1, y: 1 / 3 }] } }, second]);
  });

  test('nobody is tagged any more once the last one is taken out', async () => {
    const { before, after } = await edited(ids.instagram, tagged, (media) => ({
      ...pictures(media),
      more: [{ ...pictures(media).more![0]!, taggedUsers: [] }],
    }));
    expect(after).toEqual([before[0], { ...before[1], image: { ...before[1].image, userTags: [] } }]);
  });

  test('a draft of before there were tagged users leaves them, whatever else it changes', async () => {
    const { before, after } = await edited(ids.instagram, tagged, (media) => {
      const { taggedUsers: _, more, ...rest } = pictures(media);
      return { ...rest, description: 'Another', more: more!.map(({ taggedUsers: _, ...each }) => each) };
    });
    expect(after).toEqual([{ ...before[0], image: { ...before[0].image, altText: 'Another' } }, before[1]]);
  });

  test('another cover of a video leaves its title, and no cover is none', async () => {
    const input = { ...instagram, assets: [{ video: { url: at('clip.mp4'), metadata: { title: 'A walk', thumbnailOffset: 1234 } } }] };
    const set = (coverAt: string) => edited(ids.instagram, input, (media) => ({ ...(media as typeof video), coverAt }));
    const other = await set('3');
    expect(other.before[0].video).toMatchObject({ title: 'A walk', thumbnailOffset: 1234 });
    expect(other.after).toEqual([{ ...other.before[0], video: { ...other.before[0].video, thumbnailOffset: 3000 } }]);
    expect((await set('')).after[0].video).toMatchObject({ title: 'A walk', thumbnailOffset: null });
  });

  test('another title of a document leaves its cover', async () => {
    const input = { assets: [{ document: { url: at('guide.pdf'), title: 'Old', thumbnailUrl: at('guide.png') } }] };
    const { before, after } = await edited(ids.linkedin, input, (media) => ({ ...(media as typeof document), title: 'New' }));
    expect(after).toEqual([{ ...before[0], document: { ...before[0].document, title: 'New' } }]);
  });

  test('a document is taken away, and pictures take its place', async () => {
    const input = { assets: [{ document: { url: at('guide.pdf'), title: 'Old', thumbnailUrl: at('guide.png') } }] };
    expect((await edited(ids.linkedin, input, () => ({ kind: 'none' }))).after).toEqual([]);
    const { after } = await edited(ids.linkedin, input, () => untagged);
    expect(after.map(({ source }: { source: string }) => source)).toEqual([at('one.png'), at('moves.gif'), at('three.png')]);
  });
});

test.each(['alternative text', 'cover'] as const)(
  'an edit whose answer was lost, and which did not arrive, is not told as done (%s)',
  async (what) => {
    const { store } = await deliveryWindow(sandbox, 'graphql', await temporaryFolder(), { settleAfter: 0 });
    const metadata = { instagram: { type: 'post', shouldShareToFeed: true } };
    const file = what === 'cover' ? { video: { url: at('clip.mp4') } } : { image: { url: at('one.png') } };
    const { id } = await create({ channelId: ids.instagram, text: 'With files', metadata, assets: [file] });
    const { media } = await store.readUpdate(id);
    const wanted = what === 'cover' ? { ...media, coverAt: 500 } : { ...media, description: 'One' };
    sandbox.faults.add({ kind: 'status', status: 502, match: { operation: 'EditPost' } });
    await expect(store.edit(id, { media: wanted })).rejects.toMatchObject({ outcome: 'notDone' });
    sandbox.faults.add({ kind: 'dropAfter', match: { operation: 'EditPost' } });
    expect((await store.edit(id, { media: wanted })).update.media).toMatchObject(
      what === 'cover' ? { coverAt: 500 } : { description: 'One' },
    );
  },
);

describe.each(['twitter', 'bluesky', 'mastodon', 'threads'] as const)('a thread on %s', (service) => {
  const profileId = { twitter: ids.x, bluesky: ids.bluesky, mastodon: ids.mastodon, threads: ids.threads }[service];
  const thread = ['', 'Part two', 'Part three', 'Part four'];
  const threadPictures = [[], [{ url: at('a.png'), description: 'A' }, { url: at('b.png') }], [], [{ url: at('d.png') }]];
  /** What the parts carry, as the sandbox itself holds it: Threads does not tell it. */
  const held = (id: string) => {
    const parts = (sandbox.state.updates.get(id)!.details?.thread ?? []) as readonly {
      text: string;
      assets: readonly { url: string; alt?: string }[];
    }[];
    return parts.map(({ text, assets }) => [text, assets.map(({ url, alt }) => (alt ? `${url} ${alt}` : url))]);
  };

  async function made(isAnswerLost: boolean) {
    const { store, outbox, sender } = await deliveryWindow(sandbox, 'graphql', await temporaryFolder(), { settleAfter: 0 });
    const folder = await temporaryFolder();
    const written: Draft = {
      ...emptyDraft(randomUUID(), [profileId]),
      revision: 1,
      text: 'Part one',
      details: { [service]: { thread, threadPictures } },
    };
    await new DraftStore(folder).save(written);
    const kept = (await new DraftStore(folder).open(written.id))!;
    const profile = store.profile(profileId)!;
    if (isAnswerLost) sandbox.faults.add({ kind: 'dropAfter', match: { operation: 'CreatePost' } });
    sandbox.resetRequests();
    const { created } = await deliver(
      { store, outbox, sender },
      { text: kept.text, profiles: [profile], when: 'queue', details: { [profileId]: detailsOf(kept, profile) } },
    );
    expect(sandbox.requests().filter(({ operationName }) => operationName === 'CreatePost')).toHaveLength(1);
    return { store, profile, id: created[0]!.id };
  }

  test.each([false, true])('has the pictures of each part, once (answer lost: %s)', async (isAnswerLost) => {
    const { id } = await made(isAnswerLost);
    expect(held(id)).toEqual([
      ['Part one', []],
      ['Part two', [`${at('a.png')} A`, at('b.png')]],
      ['Part three', []],
      ['Part four', [at('d.png')]],
    ]);
  });

  test('a part that moves takes its pictures along, and the others keep theirs', async () => {
    const { store, profile, id } = await made(false);
    const update = await store.readUpdate(id);
    const draft = draftOf(update);
    const mine = draft.details![service]!;
    if (service === 'threads') {
      expect(mine.threadPictures).toBeUndefined();
      return;
    }
    expect(draft.editing!.kept).toBeUndefined();
    const changedDetails = {
      ...mine,
      thread: ['Part four', 'Part two', 'Part three'],
      threadPictures: [mine.threadPictures![2]!, ...mine.threadPictures!.slice(0, 2)],
    };
    const { change } = changeOf({ ...draft, details: { [service]: changedDetails } }, draft.editing!, update, profile, true);
    expect((await store.edit(id, change)).lost).toEqual([]);
    expect(held(id)).toEqual([
      ['Part one', []],
      ['Part four', [at('d.png')]],
      ['Part two', [`${at('a.png')} A`, at('b.png')]],
      ['Part three', []],
    ]);
  });

  test('a draft of before parts had pictures leaves them with their parts', async () => {
    const { store, profile, id } = await made(false);
    const update = await store.readUpdate(id);
    const draft = draftOf(update);
    const { threadPictures: _, ...mine } = draft.details![service]!;
    const { threadPictures: _opened, ...opened } = draft.editing!.details!;
    const older = { ...draft, details: { [service]: { ...mine, thread: ['Part two', 'Part four'] } } };
    const { change } = changeOf(older, { ...draft.editing!, details: opened }, update, profile, true);
    await store.edit(id, change);
    const parts = [
      ['Part one', []],
      ['Part two', [`${at('a.png')} A`, at('b.png')]],
      ['Part four', [at('d.png')]],
    ];
    // What Threads does not tell cannot be sent back: it is asked before.
    expect(held(id)).toEqual(service === 'threads' ? parts.map(([text]) => [text, []]) : parts);
  });
});
