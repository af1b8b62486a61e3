import { lengthOn, networks } from './networks.ts';
import { phrases } from './phrases.ts';
import { shapeNames } from './pictures.ts';
import { pastSlots, weekdays, type Schedule } from './slots.ts';
import { sowDrafts, sowLibrary } from './seedDrafts.ts';
import { largeSketches, sowNinetyDays } from './seedLarge.ts';
import { sowRich } from './seedRich.ts';
import type { Details } from './content.ts';
import type { Media, Organization, Profile, State, Tag, Update, User } from './state.ts';

/**
 * `lifelike`: full queues; `large`: twelve profiles with a thousand updates that wait and ninety days of sent ones;
 * `empty`: profiles without updates; `none`: an account without profiles.
 */
export type Seed = 'lifelike' | 'large' | 'empty' | 'none';

export const mainToken = 'sandbox-token-0001-c0ffee5eed00d0c5f00dfacade5ca1ab1e';
export const otherToken = 'sandbox-token-0002-0ddba11ca5cade5eed5f00dbeefcafe00';

/** Keys of the GraphQL API. */
export const mainKey = 'sandbox-key-0001-feedface5ca1ab1ec0ffee5eed00d0c5f00d';
export const secondKey = 'sandbox-key-0003-c0ffee5eed00d0c5f00dfeedface5ca1ab1e';
export const otherKey = 'sandbox-key-0002-beefcafe000ddba11ca5cade5eed5f00d';

export interface Sketch {
  readonly service: string;
  readonly serviceType?: string;
  readonly username: string;
  readonly name?: string;
  readonly timeZone: string;
  readonly avatar: string;
  readonly followers: number;
  readonly schedules: readonly Schedule[];
  /** How many wait, and how many of them at a time that somebody chose. */
  readonly pending: number;
  readonly custom?: number;
  readonly sent: number;
  readonly isDefault?: boolean;
  readonly drafts?: number;
  readonly disconnected?: string;
  readonly isReminderOnly?: boolean;
  /** What only newer APIs tell. */
  readonly more?: Partial<Profile>;
}

const workdays = weekdays.slice(0, 5);
const weekend = weekdays.slice(5);

const sketches: readonly Sketch[] = [
  {
    service: 'twitter',
    username: 'larkspur_dev',
    timeZone: 'America/New_York',
    avatar: 'petals-265',
    followers: 48_213,
    schedules: [
      { days: workdays, times: ['07:42', '10:15', '13:30', '17:05'] },
      { days: weekend, times: ['11:00'] },
    ],
    pending: 250,
    custom: 6,
    sent: 400,
    isDefault: true,
    drafts: 2,
    more: { subscriptionType: 'None' },
  },
  {
    service: 'linkedin',
    serviceType: 'page',
    username: 'larkspur-build',
    name: 'Larkspur',
    timeZone: 'Europe/Berlin',
    avatar: 'diamond-205',
    followers: 9_870,
    schedules: [{ days: workdays, times: ['08:30', '16:00'] }],
    pending: 12,
    custom: 2,
    sent: 120,
  },
  {
    // As many as this network lets wait: the next one is refused.
    service: 'facebook',
    serviceType: 'page',
    username: 'larkspurcommunity',
    name: 'Larkspur Community',
    timeZone: 'America/New_York',
    avatar: 'hills-150',
    followers: 3_402,
    schedules: [{ days: weekdays, times: ['12:00'] }],
    pending: 25,
    sent: 60,
  },
  {
    service: 'mastodon',
    username: 'larkspur',
    name: '@larkspur@mastodon.example',
    timeZone: 'UTC',
    avatar: 'ring-285',
    followers: 6_120,
    schedules: [{ days: weekdays, times: ['09:00', '15:00'] }],
    pending: 8,
    custom: 1,
    sent: 80,
    more: { serverUrl: 'https://mastodon.example' },
  },
  {
    service: 'bluesky',
    username: 'docs.larkspur.example',
    name: '@docs.larkspur.example',
    timeZone: 'America/Los_Angeles',
    avatar: 'wave-190',
    followers: 11_540,
    schedules: [{ days: workdays, times: ['06:50', '09:20', '12:10'] }],
    pending: 12,
    sent: 90,
    more: { serverUrl: 'https://bsky.example' },
  },
  {
    service: 'threads',
    username: 'larkspur.docs',
    timeZone: 'Asia/Kolkata',
    avatar: 'brackets-330',
    followers: 1_204,
    schedules: [{ days: ['tue', 'thu', 'sat'], times: ['18:45'] }],
    pending: 3,
    sent: 24,
  },
  {
    service: 'instagram',
    serviceType: 'business',
    username: 'larkspur.studio',
    timeZone: 'Asia/Tokyo',
    avatar: 'leaf-95',
    followers: 2_233,
    schedules: [{ days: ['mon', 'wed', 'fri'], times: ['08:00', '20:30'] }],
    pending: 8,
    sent: 40,
  },
  {
    service: 'pinterest',
    username: 'larkspurdiagrams',
    name: 'Larkspur Diagrams',
    timeZone: 'Australia/Lord_Howe',
    avatar: 'blocks-20',
    followers: 415,
    schedules: [{ days: weekdays, times: ['02:15', '19:00'] }],
    pending: 3,
    sent: 20,
    more: { boards: boardsOf('larkspurdiagrams', 'Architecture diagrams', 'Release posters', 'Sketchnotes') },
  },
  {
    service: 'google',
    serviceType: 'page',
    username: 'larkspur-workshop',
    name: 'Larkspur Workshop',
    timeZone: 'Europe/Berlin',
    avatar: 'moon-45',
    followers: 88,
    schedules: [{ days: workdays, times: ['10:00'] }],
    pending: 0,
    sent: 20,
  },
  {
    service: 'twitter',
    username: 'lanternfish_ci',
    timeZone: 'Asia/Kolkata',
    avatar: 'lantern-10',
    followers: 1_918,
    schedules: [{ days: workdays, times: ['09:30', '14:30'] }],
    pending: 8,
    sent: 30,
    disconnected: 'Twitter no longer accepts the permission given to Buffer. Please reconnect this profile.',
  },
  {
    // Brand new: no posting times of its own, and nothing in it.
    service: 'mastodon',
    username: 'docsguild',
    name: '@docsguild@mastodon.example',
    timeZone: 'Pacific/Auckland',
    avatar: 'star-225',
    followers: 0,
    schedules: [],
    pending: 0,
    sent: 0,
    more: { serverUrl: 'https://mastodon.example' },
  },
];

/** Channels that v1 does not show: their networks came after it. */
const newerSketches: readonly Sketch[] = [
  {
    service: 'youtube',
    serviceType: 'channel',
    username: 'larkspurbuilds',
    name: 'Larkspur Builds',
    timeZone: 'America/New_York',
    avatar: 'moon-350',
    followers: 5_310,
    schedules: [{ days: ['tue', 'fri'], times: ['17:00'] }],
    pending: 4,
    custom: 1,
    sent: 14,
  },
  {
    service: 'tiktok',
    serviceType: 'business',
    username: 'larkspur.minutes',
    name: 'Larkspur Minutes',
    timeZone: 'Europe/Berlin',
    avatar: 'star-170',
    followers: 731,
    schedules: [{ days: weekdays, times: ['19:30'] }],
    pending: 5,
    sent: 9,
    more: { isQueuePaused: true },
  },
  {
    // One channel more than the plan allows for.
    service: 'tiktok',
    serviceType: 'business',
    username: 'larkspur.clips',
    name: 'Larkspur Clips',
    timeZone: 'Europe/Berlin',
    avatar: 'lantern-60',
    followers: 12,
    schedules: [{ days: workdays, times: ['12:30'] }],
    pending: 1,
    sent: 2,
    more: { isLocked: true },
  },
];

/** Channels of the second organization. */
const guildSketches: readonly Sketch[] = [
  {
    service: 'mastodon',
    username: 'guild',
    name: '@guild@fen.example',
    timeZone: 'UTC',
    avatar: 'leaf-140',
    followers: 640,
    schedules: [{ days: workdays, times: ['08:15', '18:40'] }],
    pending: 6,
    custom: 1,
    sent: 18,
    more: { serverUrl: 'https://fen.example', maxCharacters: 1000 },
  },
  {
    service: 'bluesky',
    username: 'guild.larkspur.example',
    name: '@guild.larkspur.example',
    timeZone: 'UTC',
    avatar: 'blocks-310',
    followers: 288,
    schedules: [{ days: workdays, times: ['08:20'] }],
    pending: 2,
    sent: 11,
    more: { serverUrl: 'https://bsky.example' },
  },
];

/**
 * Channels that came last: two that take reminders only, which v1 has none of, and one of a network that the schema's file
 * does not name.
 */
const latestSketches: readonly Sketch[] = [
  {
    service: 'instagram',
    username: 'larkspur.team',
    timeZone: 'Europe/Berlin',
    avatar: 'ring-45',
    followers: 96,
    schedules: [{ days: ['tue', 'thu'], times: ['12:15'] }],
    pending: 2,
    sent: 3,
    isReminderOnly: true,
  },
  {
    service: 'facebook',
    serviceType: 'group',
    username: 'larkspurhelpers',
    name: 'Larkspur Helpers',
    timeZone: 'Europe/Berlin',
    avatar: 'bars-100',
    followers: 310,
    schedules: [{ days: ['wed'], times: ['17:30'] }],
    pending: 2,
    sent: 3,
    isReminderOnly: true,
  },
  {
    service: 'substack',
    username: 'larkspur',
    name: 'Larkspur Letters',
    timeZone: 'Europe/Berlin',
    avatar: 'diamond-25',
    followers: 1_480,
    schedules: [{ days: ['fri'], times: ['10:00'] }],
    pending: 3,
    sent: 6,
  },
];

/** Of somebody else, on a free plan, with a full queue. */
const othersSketch: Sketch = {
  service: 'twitter',
  username: 'marmalade_db',
  timeZone: 'Europe/London',
  avatar: 'bars-350',
  followers: 760,
  schedules: [{ days: weekdays, times: ['09:10'] }],
  pending: 10,
  sent: 20,
  isDefault: true,
};

/** Fills an empty state, the same way each time; times are relative to its clock. */
export function sow(state: State, seed: Seed, origin: string): void {
  state.origin = origin;
  const day = 86_400;
  const user: User = {
    id: '4f0c0a06512f7ef214000001',
    token: mainToken,
    apiKey: mainKey,
    otherKeys: [secondKey],
    plan: 'business',
    timeZone: 'Europe/Berlin',
    email: 'docs@larkspur.example',
    name: 'Larkspur Docs',
    avatar: `${origin}/media/avatars/petals-265.png`,
    createdAt: state.now() - 900 * day,
    isRevoked: false,
  };
  const other: User = {
    id: '4f0c0a06512f7ef214000002',
    token: otherToken,
    apiKey: otherKey,
    plan: 'free',
    timeZone: 'Europe/London',
    email: 'team@marmalade.example',
    name: 'Marmalade',
    avatar: `${origin}/media/avatars/bars-350.png`,
    createdAt: state.now() - 300 * day,
    isRevoked: false,
  };
  const [larkspur, guild, marmalade] = [
    { id: '5a10c0de5ca1ab1e00000001', ownerId: user.id, name: 'Larkspur' },
    { id: '5a10c0de5ca1ab1e00000002', ownerId: user.id, name: 'Docs Guild' },
    { id: '5a10c0de5ca1ab1e00000003', ownerId: other.id, name: 'Marmalade' },
  ] as const;
  state.users.push(user, other);
  state.organizations.push(larkspur, guild, marmalade);
  state.tags.push(...tagsOf(larkspur.id, 1), ...tagsOf(guild.id, 4));
  if (seed === 'none') return;
  if (seed === 'large') {
    largeSketches.forEach((sketch, index) => {
      const profile = profileOf(sketch, index, larkspur, origin, state.now());
      state.profiles.push(profile);
      sowNinetyDays(state, profile, fill(state, profile, sketch, index, origin));
    });
    const tags = state.tags.filter(({ organizationId }) => organizationId === larkspur.id);
    // Every fourth has one.
    [...state.updates.values()].forEach((update, index) => {
      if (index % 4 === 0) update.tagIds = [tags[(index / 4) % tags.length]!.id];
    });
    return;
  }
  const all = [
    ...sketches.map((sketch) => [sketch, larkspur] as const),
    [othersSketch, marmalade] as const,
    ...newerSketches.map((sketch) => [sketch, larkspur] as const),
    ...guildSketches.map((sketch) => [sketch, guild] as const),
    ...latestSketches.map((sketch) => [sketch, larkspur] as const),
  ];
  all.forEach(([sketch, organization], index) => {
    const profile = profileOf(sketch, index, organization, origin, state.now());
    state.profiles.push(profile);
    if (seed === 'lifelike') fill(state, profile, sketch, index, origin);
  });
  if (seed !== 'lifelike') return;
  sowDrafts(state, origin);
  sowLibrary(state, origin, larkspur, guild);
  sowRich(state);
}

/** The same three tags for an organization; their ids are counted from a number. */
function tagsOf(organizationId: string, first: number): Tag[] {
  const tags = [
    ['Release', '#2c4bff', 'blue'],
    ['Docs', '#00a25b', 'green'],
    ['Community', '#ba3ccc', 'purple'],
  ] as const;
  return tags.map(([name, color, colorName], index) => ({
    id: `5c1a6e00000000000000000${first + index}`,
    organizationId,
    name,
    color,
    colorName,
  }));
}

function profileOf(sketch: Sketch, index: number, owner: Organization, origin: string, now: number): Profile {
  const { service, username, avatar, timeZone, followers, schedules, disconnected } = sketch;
  return {
    id: `5160746d13f04a5e3a0000${(index + 1).toString(16).padStart(2, '0')}`,
    userId: owner.ownerId,
    organizationId: owner.id,
    service,
    serviceType: sketch.serviceType ?? 'profile',
    serviceId: `${737_649_619 + index * 1_000_003}`,
    username,
    formattedUsername: sketch.name ?? `@${username}`,
    avatar: `${origin}/media/avatars/${avatar}.png`,
    isDefault: sketch.isDefault ?? false,
    timeZone,
    createdAt: now - (800 - 40 * index) * 86_400,
    followers,
    drafts: sketch.drafts ?? 0,
    schedules,
    disconnected,
    ...sketch.more,
  };
}

/** @returns makes one more update for this profile, which is nowhere yet: when it was made, and the how manieth it is */
function fill(state: State, profile: Profile, sketch: Sketch, voice: number, origin: string): (createdAt: number, index: number) => Update {
  const texts = fitting(profile, voice);
  const now = state.now();
  const { pending, custom = 0, sent } = sketch;
  const made = (createdAt: number, index: number): Update => ({
    id: state.newId(),
    profileId: profile.id,
    userId: profile.userId,
    createdAt,
    updatedAt: createdAt,
    via: ['api', 'chrome', 'firefox', 'bookmarklet'][index % 4]!,
    status: 'buffer',
    text: texts.next().value!,
    dueAt: now,
    isCustomScheduled: false,
    media: mediaFor(profile, index + voice, origin),
    isReminder: sketch.isReminderOnly,
    ...contentFor(profile, index + voice, origin),
  });

  const queue = Array.from({ length: pending }, (_, index) => made(now - 3600 - (pending - index) * 1000, index));
  queue.forEach((update, index) => {
    // Chosen times are spread over the coming days, at minutes that no schedule has.
    const isCustom = index >= pending - custom;
    state.place(update, isCustom ? { at: (Math.floor(now / 3600) + 19 * (pending - index)) * 3600 + 17 * 60 } : 'queue');
  });
  state.retime(profile);
  if (profile.service === 'mastodon' && queue[0]) queue[0].failure = 'The server of this account did not answer.';
  if (profile.service === 'twitter') tellApart(queue);

  pastSlots(profile.schedules, profile.timeZone, now, sent).forEach((at, index) => {
    const update = made(at - 86_400 - index * 60, index);
    update.status = 'sent';
    update.dueAt = at;
    if (index % 23 === 5) {
      update.status = 'error';
      update.failure = 'The network did not accept this post.';
    } else {
      update.sentAt = at + (index % 3);
      update.serviceUpdateId = `${1_750_000_000_000 + at}${index % 10}`;
      update.statistics = statisticsFor(state, profile);
    }
    state.updates.set(update.id, update);
  });
  return made;
}

/**
 * What X alone has, and v1 alone tells: the first chosen time is kept as a place in the schedule, a disconnected queue ends
 * with a retweet.
 */
function tellApart(queue: readonly Update[]): void {
  const custom = queue.find(({ isCustomScheduled }) => isCustomScheduled);
  if (custom) custom.isPinned = true;
  const last = queue.at(-1);
  if (last && !custom) last.details = { retweet: { id: '1750000000000000001', comment: last.text } };
}

/** The texts of a profile, which are the same in every sandbox: counting them took a third of the time that one needs to begin. */
const fittingTexts = new Map<string, { readonly found: string[]; readonly more: Iterator<string> }>();

function* fitting({ service, serviceType }: Profile, voice: number): Generator<string, undefined> {
  const limit = networks[service]!.types[serviceType]!.characters;
  const key = `${service} ${serviceType} ${voice}`;
  let texts = fittingTexts.get(key);
  if (!texts) fittingTexts.set(key, (texts = { found: [], more: phrases(voice) }));
  for (let index = 0; ; index++) {
    while (texts.found.length <= index) {
      const { value, done } = texts.more.next();
      if (done) return;
      if (lengthOn(service, value) <= limit) texts.found.push(value);
    }
    yield texts.found[index]!;
  }
}

/** Every network counts other things, each seen by fewer people than the one before. */
function statisticsFor(state: State, { service, followers }: Profile): Record<string, number> {
  let most = followers * (0.2 + 0.6 * state.random());
  return Object.fromEntries(
    networks[service]!.statistics.map((key) => {
      const count = Math.floor(most);
      most *= 0.04 + 0.1 * state.random();
      return [key, count];
    }),
  );
}

const pages: readonly Required<Pick<Media, 'link' | 'title' | 'description'>>[] = [
  {
    link: 'https://larkspur.example/releases',
    title: 'What is new in Larkspur',
    description: 'Every release in one page: what changed, what moved, and what to do about it.',
  },
  {
    link: 'https://docs.larkspur.example/caching',
    title: 'Caching for teams',
    description: 'Share build results between machines, and know why when one is missed.',
  },
  {
    link: 'https://docs.larkspur.example/style',
    title: 'The Larkspur style guide',
    description: 'How we write: short, true, and tested like the rest of the code.',
  },
  {
    link: 'https://docs.larkspur.example/trace',
    title: 'Reading a trace',
    description: 'Where did the time go? A walk through one slow build, step by step.',
  },
];

function boardsOf(username: string, ...names: string[]): Profile['boards'] {
  return names.map((name, index) => ({
    id: `5c0a4d00000000000000000${index + 1}`,
    serviceId: `${910_000_017 + index * 31}`,
    name,
    url: `https://www.pinterest.com/${username}/${name.toLowerCase().replaceAll(' ', '-')}/`,
  }));
}

/** Networks that are about films. */
const films: readonly string[] = ['youtube', 'tiktok'];

/** What only the GraphQL API tells of an update: what its network asks for, and videos. */
function contentFor(profile: Profile, index: number, origin: string): Pick<Update, 'assets' | 'details'> {
  const details: Record<string, () => Details> = {
    facebook: () => ({ type: 'post' }),
    instagram: () => ({ type: 'post', shouldShareToFeed: true }),
    google: () => ({ type: 'whats_new', detailsWhatsNew: { button: 'learn_more', link: pages[index % pages.length]!.link } }),
    pinterest: () => ({
      title: pages[index % pages.length]!.title,
      boardServiceId: profile.boards?.[index % profile.boards.length]?.serviceId,
    }),
    youtube: () => ({ title: pages[index % pages.length]!.title, categoryId: '28', privacy: 'public', madeForKids: false }),
    tiktok: () => ({ title: pages[index % pages.length]!.title }),
  };
  const clip = `${shapeNames[index % shapeNames.length]!}-${(index * 67) % 360}`;
  const isFilm = films.includes(profile.service);
  return {
    details: details[profile.service]?.(),
    assets: isFilm
      ? [{ kind: 'video', url: `${origin}/media/videos/${clip}.mp4`, thumbnail: `${origin}/media/pictures/${clip}.png` }]
      : undefined,
  };
}

function mediaFor(profile: Profile, index: number, origin: string): Media | undefined {
  const picture = `${origin}/media/pictures/${shapeNames[index % shapeNames.length]!}-${(index * 67) % 360}.png`;
  const isPictorial = profile.service === 'instagram' || profile.service === 'pinterest';
  if (films.includes(profile.service)) return undefined;
  if (profile.service === 'substack') return { ...pages[index % pages.length]!, picture };
  if (isPictorial || index % 9 === 4) return { picture, thumbnail: picture };
  return index % 5 === 2 ? { ...pages[index % pages.length]!, picture } : undefined;
}
