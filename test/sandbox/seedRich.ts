import type { Asset } from './content.ts';
import { mediaOf } from './graphqlContent.ts';
import { shapeNames } from './pictures.ts';
import type { Profile, State, Update } from './state.ts';

// Updates as richer clients write them: on a phone, in Buffer's own composer, by other tools. They stand in for the last
// of what waits anyway, so that lists are as long as ever.

interface Rich {
  /** By its place among the profiles. */
  readonly profile: number;
  /** Which of those that wait, counted from the end; 1 is the last. */
  readonly fromEnd: number;
  readonly text?: string;
  readonly more: Partial<Pick<Update, 'assets' | 'details' | 'tagIds' | 'isReminder'>>;
}

const alts = [
  'A terminal with a green build',
  'The task graph, before',
  'The task graph, after',
  'Two people at a whiteboard',
  'A mug that says ship it',
  'Notes on a yellow pad',
];

/** Pictures that the sandbox draws, no two alike. */
function pictures(origin: string, count: number, hue: number): Asset[] {
  return Array.from({ length: count }, (_, index) => {
    const url = `${origin}/media/pictures/${shapeNames[(hue + index) % shapeNames.length]!}-${(hue + 47 * index) % 360}.png`;
    return { kind: 'image', url, thumbnail: url, alt: alts[index % alts.length], width: 600, height: 314 };
  });
}

function film(origin: string, name: string, more: Partial<Asset> = {}): Asset {
  return { kind: 'video', url: `${origin}/media/videos/${name}.mp4`, thumbnail: `${origin}/media/pictures/${name}.png`, ...more };
}

const first = 'Three things we learned from a year of incremental builds.';

/** A thread whose second post has a picture; what Threads is to publish with it has to be in the first. */
function threadOf(origin: string, hue: number, ofFirst: readonly Asset[] = []): { text: string; assets: readonly Asset[] }[] {
  return [
    { text: first, assets: ofFirst },
    { text: 'One: a cache that cannot explain itself is a rumour.', assets: pictures(origin, 1, hue) },
    { text: 'Two: delete first, measure after. Three: write it down.', assets: [] },
  ];
}

const guild = 'Thank you, Docs Guild, for reading every page of the new handbook aloud.';
const place = { start: guild.indexOf('Docs Guild'), length: 'Docs Guild'.length };

function richOnes(state: State): readonly Rich[] {
  const { origin } = state;
  const [release, docs, community] = state.tags.map(({ id }) => id) as [string, string, string];
  const annotation = {
    id: '4021',
    entity: 'urn:li:organization:4021',
    localizedName: 'Docs Guild',
    vanityName: 'docs-guild',
    link: 'https://www.linkedin.com/company/docs-guild',
    ...place,
  };
  const mention = {
    content: '4021',
    indices: [place.start, place.start + place.length],
    text: 'Docs Guild',
    url: 'https://www.facebook.com/4021',
  };
  const [portrait, ...others] = pictures(origin, 6, 3);
  const handbook = `${origin}/media/pictures/bars-84.png`;
  return [
    { profile: 0, fromEnd: 1, more: { assets: pictures(origin, 4, 1), tagIds: [release] } },
    { profile: 0, fromEnd: 2, text: first, more: { details: { thread: threadOf(origin, 5) } } },
    {
      profile: 0,
      fromEnd: 3,
      more: { details: { retweet: { id: '1750000000000000001', comment: 'Worth a read' } }, tagIds: [docs, community] },
    },
    {
      profile: 1,
      fromEnd: 1,
      more: { assets: [{ kind: 'document', url: `${origin}/media/documents/handbook.pdf`, thumbnail: handbook, title: 'The handbook' }] },
    },
    { profile: 1, fromEnd: 2, more: { assets: pictures(origin, 3, 2), tagIds: [release] } },
    { profile: 1, fromEnd: 3, text: guild, more: { details: { annotations: [annotation], firstComment: 'Page one is the shortest.' } } },
    { profile: 2, fromEnd: 1, more: { assets: pictures(origin, 5, 7), details: { type: 'post' } } },
    {
      profile: 2,
      fromEnd: 2,
      text: guild,
      more: { details: { type: 'post', annotations: [mention], firstComment: 'Join us on Thursday.' } },
    },
    { profile: 3, fromEnd: 1, text: first, more: { details: { thread: threadOf(origin, 9) } } },
    { profile: 3, fromEnd: 2, more: { assets: pictures(origin, 4, 4), details: { spoilerText: 'Pictures of a whiteboard' } } },
    { profile: 4, fromEnd: 1, more: { assets: pictures(origin, 4, 8), tagIds: [community] } },
    { profile: 4, fromEnd: 2, text: first, more: { details: { thread: threadOf(origin, 11) } } },
    {
      profile: 5,
      fromEnd: 1,
      text: first,
      more: { details: { thread: threadOf(origin, 6, pictures(origin, 1, 10)), topic: 'Build tools' } },
    },
    { profile: 5, fromEnd: 2, more: { assets: pictures(origin, 3, 12), details: { locationId: '110843', locationName: 'Lisbon' } } },
    {
      profile: 6,
      fromEnd: 1,
      more: {
        assets: [{ ...portrait!, userTags: [{ handle: 'docsguild', x: 0.3, y: 0.6 }] }, ...others],
        details: {
          type: 'post',
          shouldShareToFeed: true,
          geolocation: { id: '213385402', text: 'Lisbon, Portugal' },
          firstComment: 'Who is who?',
        },
        tagIds: [community],
      },
    },
    {
      profile: 6,
      fromEnd: 2,
      more: { assets: [film(origin, 'moon-112', { thumbnailOffset: 1500 })], details: { type: 'reel', shouldShareToFeed: false } },
    },
    {
      profile: 6,
      fromEnd: 3,
      more: {
        assets: pictures(origin, 1, 13),
        isReminder: true,
        details: {
          type: 'story',
          shouldShareToFeed: false,
          isAiGenerated: true,
          stickerFields: { music: 'Something slow', topics: 'builds' },
        },
      },
    },
    {
      profile: 12,
      fromEnd: 1,
      more: {
        assets: [film(origin, 'moon-200', { title: 'The long version' })],
        details: {
          title: 'How a build farm sounds',
          categoryId: '28',
          privacy: 'unlisted',
          license: 'creativeCommon',
          embeddable: false,
          notifySubscribers: false,
          madeForKids: false,
        },
        tagIds: [docs],
      },
    },
    { profile: 13, fromEnd: 1, more: { assets: pictures(origin, 3, 14), details: { title: 'Three whiteboards', isAiGenerated: true } } },
    {
      profile: 13,
      fromEnd: 2,
      more: { assets: [film(origin, 'star-55', { thumbnailOffset: 900 })], details: { title: 'One minute on caches' } },
    },
  ];
}

/** What Google takes; its queue is empty, so they are drafts. */
function sowGoogle(state: State, profile: Profile): void {
  const day = Math.floor(state.now() / 86_400) * 86_400 + 10 * 86_400;
  const dates = { startDate: day, endDate: day + 86_400 };
  const link = 'https://larkspur.example/open-day';
  const drafts = [
    [
      'Open day at the build farm, all day long.',
      { type: 'event', title: 'Open day', detailsEvent: { title: 'Open day', isFullDayEvent: true, button: 'book', link, ...dates } },
    ],
    [
      'A sticker sheet with every first bug report this week.',
      {
        type: 'offer',
        title: 'Stickers',
        detailsOffer: { title: 'Stickers', code: 'PETAL', terms: 'One sheet a person.', link, ...dates },
      },
    ],
  ] as const;
  drafts.forEach(([text, details], index) => {
    const createdAt = state.now() - 5400 * (index + 1);
    const id = state.newId();
    state.updates.set(id, {
      id,
      profileId: profile.id,
      userId: profile.userId,
      createdAt,
      updatedAt: createdAt,
      via: 'chrome',
      status: 'draft',
      text,
      dueAt: state.now(),
      isCustomScheduled: false,
      isUndated: true,
      placed: 'queue',
      details,
      assets: pictures(state.origin, 1, 15 + index),
    });
  });
}

/** Fills some of what is there with more than a text and a picture. */
export function sowRich(state: State): void {
  for (const { profile, fromEnd, text, more } of richOnes(state)) {
    const update = state.pending(state.profiles[profile]!).at(-fromEnd)!;
    const { assets = [] } = more;
    Object.assign(update, { text: text ?? update.text, details: undefined, ...more, assets, media: filled(mediaOf(assets, undefined)) });
  }
  const { origin, profiles } = state;
  sowGoogle(state, profiles[8]!);

  const waiting = [...state.updates.values()].find(({ status }) => status === 'needs_approval')!;
  Object.assign(waiting, { assets: pictures(origin, 2, 17), tagIds: [state.tags[0]!.id] });
  const bluesky = state.sent(profiles[4]!);
  const failed = bluesky.find(({ status }) => status === 'error')!;
  Object.assign(failed, { assets: pictures(origin, 3, 18), media: mediaOf(pictures(origin, 3, 18), undefined) });
  // Made on the network itself, outside of Buffer.
  for (const update of [bluesky[1]!, state.sent(profiles.at(-1)!)[0]!]) update.via = 'network';
}

function filled<T extends object>(value: T): T | undefined {
  return Object.keys(value).length > 0 ? value : undefined;
}
