import { growthOf } from './growth.ts';
import type { Sketch } from './seed.ts';
import { pastSlots, weekdays } from './slots.ts';
import type { Profile, State, Update } from './state.ts';

/** A large account: twelve profiles in five time zones, a thousand updates that wait, and ninety days of what was sent. */

const workdays = weekdays.slice(0, 5);

/** Days of what was sent. */
const past = 90;
const day = 86_400;

type Start = Pick<Sketch, 'service' | 'username' | 'timeZone' | 'avatar' | 'followers'>;

/** One that posts at these times, whose past ninety days `sowNinetyDays` fills. */
function profile(start: Start, days: readonly string[], times: readonly string[], pending: number, rest: Partial<Sketch> = {}): Sketch {
  return { ...start, schedules: [{ days, times }], pending, sent: 0, custom: Math.floor(pending / 12), ...rest };
}

export const largeSketches: readonly Sketch[] = [
  profile(
    { service: 'twitter', username: 'larkspur_dev', timeZone: 'America/New_York', avatar: 'petals-265', followers: 48_213 },
    weekdays,
    ['07:42', '10:15', '13:30', '17:05'],
    180,
    { isDefault: true, more: { subscriptionType: 'None' } },
  ),
  profile(
    { service: 'bluesky', username: 'larkspur.example', timeZone: 'America/New_York', avatar: 'wave-190', followers: 11_540 },
    weekdays,
    ['08:20', '12:40', '18:10'],
    140,
    { name: '@larkspur.example', more: { serverUrl: 'https://bsky.example' } },
  ),
  profile(
    { service: 'mastodon', username: 'larkspur', timeZone: 'Europe/Berlin', avatar: 'ring-285', followers: 6_120 },
    weekdays,
    ['09:00', '15:00'],
    100,
    { name: '@larkspur@mastodon.example', more: { serverUrl: 'https://mastodon.example' } },
  ),
  profile(
    { service: 'linkedin', username: 'larkspur-build', timeZone: 'Europe/Berlin', avatar: 'diamond-205', followers: 9_870 },
    workdays,
    ['08:30', '16:00'],
    90,
    { serviceType: 'page', name: 'Larkspur' },
  ),
  profile(
    { service: 'facebook', username: 'larkspurcommunity', timeZone: 'Europe/Berlin', avatar: 'hills-150', followers: 3_402 },
    weekdays,
    ['12:00'],
    60,
    { serviceType: 'page', name: 'Larkspur Community' },
  ),
  profile(
    { service: 'threads', username: 'larkspur.docs', timeZone: 'Asia/Kolkata', avatar: 'brackets-330', followers: 1_204 },
    weekdays,
    ['10:15', '18:45'],
    80,
  ),
  profile(
    { service: 'twitter', username: 'lanternfish_ci', timeZone: 'Asia/Kolkata', avatar: 'lantern-10', followers: 1_918 },
    workdays,
    ['09:30', '14:30'],
    80,
    { more: { subscriptionType: 'None' } },
  ),
  profile(
    { service: 'instagram', username: 'larkspur.studio', timeZone: 'Asia/Tokyo', avatar: 'leaf-95', followers: 2_233 },
    ['mon', 'wed', 'fri'],
    ['08:00', '20:30'],
    60,
    { serviceType: 'business' },
  ),
  profile(
    { service: 'tiktok', username: 'larkspur.minutes', timeZone: 'Asia/Tokyo', avatar: 'star-170', followers: 731 },
    weekdays,
    ['19:30'],
    60,
    { serviceType: 'business', name: 'Larkspur Minutes' },
  ),
  profile(
    { service: 'youtube', username: 'larkspurbuilds', timeZone: 'Australia/Lord_Howe', avatar: 'moon-350', followers: 5_310 },
    ['tue', 'fri'],
    ['17:00'],
    30,
    { serviceType: 'channel', name: 'Larkspur Builds' },
  ),
  profile(
    { service: 'pinterest', username: 'larkspurdiagrams', timeZone: 'Australia/Lord_Howe', avatar: 'blocks-20', followers: 415 },
    weekdays,
    ['02:15', '19:00'],
    90,
    {
      name: 'Larkspur Diagrams',
      more: {
        boards: [
          {
            id: '5c0a4d000000000000000001',
            serviceId: '910000017',
            name: 'Diagrams',
            url: 'https://www.pinterest.com/larkspurdiagrams/diagrams/',
          },
        ],
      },
    },
  ),
  profile(
    { service: 'google', username: 'larkspur-workshop', timeZone: 'Europe/Berlin', avatar: 'moon-45', followers: 88 },
    workdays,
    ['10:00'],
    30,
    { serviceType: 'page', name: 'Larkspur Workshop' },
  ),
];

/** What people do write, and what a spreadsheet would take for a formula. */
const oddTexts = [
  '=1+1 is what our build system used to say, "quoted", and more',
  '+1 for smaller releases\nand two lines of notes',
  '-30 % build time, measured over a week',
  '@larkspur answers questions, every Friday',
  '\t=HYPERLINK("https://larkspur.example") starts with a tab',
];

/**
 * All that a profile sent in ninety days, with figures that grow as real ones do. One in fifty did not go out, one in sixty
 * was made outside of Buffer.
 * @param made  a new update of this profile: when it was made, and the how manieth it is
 */
export function sowNinetyDays(state: State, profile: Profile, made: (createdAt: number, index: number) => Update): void {
  const now = state.now();
  const slots = pastSlots(profile.schedules, profile.timeZone, now, 7 * past).filter((at) => at > now - past * day);
  const tagIds = state.tags.filter(({ organizationId }) => organizationId === profile.organizationId).map(({ id }) => id);
  slots.forEach((at, index) => {
    const update = made(at - day - index * 60, index);
    const odd = oddTexts[index - 7];
    if (odd !== undefined && profile.service === 'linkedin') update.text = odd;
    update.status = 'sent';
    update.dueAt = at;
    update.tagIds = index % 3 === 0 ? [] : tagIds.slice(index % 3, (index % 3) + 1 + (index % 2));
    if (index % 60 === 9) update.via = 'network';
    if (index % 50 === 5) {
      update.status = 'error';
      update.failure = 'The network did not accept this post.';
    } else {
      update.sentAt = at + 2 + (index % 30);
      update.serviceUpdateId = `${1_750_000_000_000 + at}${index % 10}`;
      update.growth = growthOf(profile, update.id);
    }
    state.updates.set(update.id, update);
  });
}
