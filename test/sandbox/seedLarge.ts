import { weekdays } from './slots.ts';
import type { Sketch } from './seed.ts';

/** A large account: twelve profiles in five time zones, a thousand updates that wait, and ninety days of what was sent. */

const workdays = weekdays.slice(0, 5);

/** Days of what was sent. */
const past = 90;

type Start = Pick<Sketch, 'service' | 'username' | 'timeZone' | 'avatar' | 'followers'>;

/** One that posts at these times, with as many updates as posting times of the past ninety days. */
function profile(start: Start, days: readonly string[], times: readonly string[], pending: number, rest: Partial<Sketch> = {}): Sketch {
  const sent = Math.floor((past * days.length) / 7) * times.length;
  return { ...start, schedules: [{ days, times }], pending, sent, custom: Math.floor(pending / 12), ...rest };
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
