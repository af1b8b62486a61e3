import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { behaviours } from '../../sandbox/behaviours.ts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { graphqlCalls } from '../buffer/graphql/graphqlCalls.ts';
import { ids } from '../support/ids.ts';
import { inputsOf, leavesOf, type Leaf } from '../buffer/graphql/wholeInputs.ts';
import { runs } from '../support/runs.ts';

// Whatever the inputs of the schema take for a network is kept and given back as it came. What is asked comes from the
// schema itself, so that a field that joins it is asked for at once.

const youtubeCategory = '28';
let sandbox: Sandbox;
const { create, edit, read } = graphqlCalls(() => sandbox);

beforeAll(async () => {
  sandbox = await startSandbox({
    now: () => new Date('2026-10-26T14:00:00Z'),
    graphqlLimits: Infinity,
    settings: { threadEcho: 'echoed', links: 'kept', xLoneVideo: 'kept' },
  });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const channels: Readonly<Record<string, string>> = {
  bluesky: ids.bluesky,
  facebook: ids.facebook,
  google: ids.google,
  instagram: ids.instagram,
  linkedin: ids.linkedin,
  mastodon: ids.mastodon,
  pinterest: ids.pinterest,
  threads: ids.threads,
  tiktok: '5160746d13f04a5e3a00000e',
  twitter: ids.x,
  youtube: ids.youtube,
};
const networks = Object.keys(channels);

const metadataTypes: Readonly<Record<string, string>> = { google: 'GoogleBusiness', tiktok: 'TikTok', linkedin: 'LinkedIn' };
const inputTypeOf = (network: string) => `${metadataTypes[network] ?? `${network[0]!.toUpperCase()}${network.slice(1)}`}PostMetadataInput`;

/** What a network itself asks for, where the schema would allow more. */
function specialOf(network: string) {
  const kinds: Readonly<Record<string, readonly string[]>> = {
    youtube: ['video'],
    tiktok: ['image', 'video'],
    instagram: ['image', 'video'],
    pinterest: ['image'],
  };
  return (path: string, number: number, choose: (most: number) => number): unknown => {
    if (path.endsWith('.only')) {
      // A card beside files is refused, and is asked for as a linkAttachment and in the parts of threads.
      const allowed = path.includes('thread') ? ['image', 'video', 'document', 'link'] : (kinds[network] ?? ['image', 'video', 'document']);
      return allowed[choose(allowed.length - 1)];
    }
    if (path === '.boardServiceId') return sandbox.state.profiles.find(({ id }) => id === ids.pinterest)!.boards![number % 3]!.serviceId;
    if (path === '.categoryId') return youtubeCategory;
    if (network === 'youtube' && path === '.title') return `title ${number}`;
    if (network === 'instagram' && path === '.type') return 'post';
    // The whole post would be refused.
    return path.endsWith('video.thumbnailUrl') ? null : undefined;
  };
}

/** A post as a richer client would make it, with much of what its network takes. */
function postsFor(network: string) {
  const special = specialOf(network);
  return fc
    .record({
      metadata: inputsOf(inputTypeOf(network), special),
      asset: fc.array(inputsOf('AssetInput', special), { minLength: 1, maxLength: 4 }),
      tags: fc.nat(7),
      notifies: fc.boolean(),
    })
    .map(({ metadata, asset, tags, notifies }) => {
      const text = 'What we learned, in short.';
      const thread = (metadata.thread ?? []) as { text?: string; assets?: { link?: unknown }[]; metadata?: Record<string, unknown> }[];
      if (thread[0]) thread[0].text = text;
      // The place for a card is that of the network, and excludes files.
      for (const part of thread) {
        const own = part.metadata?.[network];
        part.metadata = own ? { [network]: own } : undefined;
        if (own) part.assets = [];
      }
      // A part has one card.
      for (const part of thread)
        part.assets = part.assets?.filter((each, index, all) => !each.link || all.findIndex(({ link }) => link) === index);
      if (network === 'facebook') metadata.type = 'post';
      if (network === 'google') Object.assign(metadata, googleDetails(metadata));
      if (network === 'pinterest')
        metadata.boardServiceId ??= sandbox.state.profiles.find(({ id }) => id === ids.pinterest)!.boards![0]!.serviceId;
      if (network === 'youtube') Object.assign(metadata, { title: metadata.title ?? 'A film', categoryId: youtubeCategory });
      return {
        channelId: channels[network]!,
        text,
        assets: metadata.linkAttachment ? [] : asset,
        metadata: { [network]: metadata },
        saveToDraft: network === 'facebook',
        schedulingType: notifies ? 'notification' : 'automatic',
        tagIds: sandbox.state.tags
          .slice(0, 3)
          .map(({ id }) => id)
          .filter((_, index) => tags & (1 << index)),
        ideaId: `idea ${tags}`,
      };
    });
}

/** Google takes the details of its type, whole. */
function googleDetails({ type, title, ...all }: Record<string, unknown>): Record<string, unknown> {
  const dates = { title: 'Open day', startDate: '2027-01-01T00:00:00.000Z', endDate: '2027-01-02T00:00:00.000Z' };
  const none = { detailsEvent: undefined, detailsOffer: undefined, detailsWhatsNew: undefined };
  if (type === 'event') return { ...none, detailsEvent: { isFullDayEvent: true, ...(all.detailsEvent as object | undefined), ...dates } };
  if (type === 'offer') return { ...none, detailsOffer: { ...(all.detailsOffer as object | undefined), ...dates } };
  return { ...none, detailsWhatsNew: all.detailsWhatsNew ?? { button: 'none' } };
}

/** What the schema takes and has no place to tell of, each for a reason. */
const untold = [
  // creating-23.
  /^\.metadata\.twitter\.retweet\.comment$/u,
  // Only the address and the name of whom is mentioned come back.
  /^\.metadata\.linkedin\.annotations\[\]\.(id|vanityName|length|start)$/u,
  // The organization's channel says whose board it is.
  /^\.(channelId|saveToDraft|schedulingType)$/u,
];

/** Texts are looked for anywhere, as inputs and outputs name them differently; all else by its name, too. */
function isIn({ path, value }: Leaf, told: readonly Leaf[]): boolean {
  const nameOf = (of: string) => /(\w+)(?:\[\])*$/u.exec(of)![1];
  return told.some((leaf) => leaf.value === value && (typeof value === 'string' || nameOf(leaf.path) === nameOf(path)));
}

describe('holds', () => {
  it.each(networks)('everything that %s takes', async (network) => {
    await fc.assert(
      fc.asyncProperty(postsFor(network), async (input) => {
        const made = await create(input);
        expect(made.message).toBeUndefined();
        const told = leavesOf(await read(made.id));
        const missing = leavesOf(JSON.parse(JSON.stringify(input))).filter(
          (leaf) => !untold.some((pattern) => pattern.test(leaf.path)) && !isIn(leaf, told),
        );
        expect(missing).toEqual([]);
        expect(made.schedulingType).toBe(input.schedulingType);
        sandbox.state.remove(sandbox.state.updates.get(made.id)!);
      }),
      { numRuns: runs(25) },
    );
  });

  it.each(networks)('the same after everything is sent again to %s, whatever editPost does', async (network) => {
    await fc.assert(
      fc.asyncProperty(postsFor(network), fc.constantFrom(...behaviours.editPost.settings), async ({ channelId, ...input }, editPost) => {
        sandbox.behave({ editPost });
        const made = await create({ channelId, ...input });
        const { updatedAt: _, ...after } = await edit(made.id, { ...input, text: input.text });
        const { updatedAt: _1, ...before } = made;
        expect(after).toEqual(before);
        sandbox.state.remove(sandbox.state.updates.get(made.id)!);
      }),
      { numRuns: runs(15) },
    );
  });
});
