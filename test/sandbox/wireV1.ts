import { DateTime } from 'luxon';
import { firstLink, networks, pictureRules } from './networks.ts';
import type { Profile, State, Update, User } from './state.ts';

/** JSON as v1 writes it: slashes escaped, and indented when asked to be. */
export function toJson(value: unknown, isPretty: boolean): string {
  return JSON.stringify(value, null, isPretty ? 4 : undefined).replaceAll('/', String.raw`\/`);
}

export function userToWire(user: User, now: number): object {
  const referral = user.id.slice(-5);
  return {
    _id: user.id,
    id: user.id,
    activity_at: now,
    created_at: user.createdAt,
    plan: user.plan,
    referral_link: `http://bufferapp.com/r/${referral}`,
    referral_token: referral,
    secret_email: `example-${referral}@to.bufferapp.com`,
    timezone: user.timeZone,
  };
}

/** A profile in the list of all. */
export function profileToWire(profile: Profile, state: State): object {
  return {
    _id: profile.id,
    id: profile.id,
    avatar: profile.avatar,
    avatar_https: profile.avatar,
    counts: { pending: state.pending(profile).length, sent: state.sent(profile).length, drafts: profile.drafts },
    created_at: profile.createdAt,
    default: profile.isDefault,
    disconnected: profile.disconnected ?? null,
    formatted_service: networks[profile.service]!.types[profile.serviceType]!.name,
    formatted_username: profile.formattedUsername,
    schedules: profile.schedules,
    service: profile.service,
    service_id: profile.serviceId,
    service_type: profile.serviceType,
    service_username: profile.username,
    statistics: { followers: profile.followers },
    timezone: profile.timeZone,
    user_id: profile.userId,
    utm_tracking: 'enabled',
    verb: profile.service === 'twitter' ? 'tweet' : 'post',
  };
}

/** A profile asked for by its id, which does not tell whether it is a default. */
export function singleProfileToWire(profile: Profile, state: State): object {
  return { ...profileToWire(profile, state), default: undefined };
}

/** An update; what does not apply to it is left out. `isUtc` changes only the two texts meant for display. */
export function updateToWire(update: Update, state: State, isUtc = false): object {
  const profile = state.profileOf(update);
  const due = DateTime.fromSeconds(update.dueAt, { zone: isUtc ? 'utc' : profile.timeZone, locale: 'en' });
  return {
    _id: update.id,
    id: update.id,
    created_at: update.createdAt,
    updated_at: update.updatedAt,
    day: dayOf(due, state.now()),
    due_at: update.dueAt,
    due_time: due.toFormat('h:mm a').toLowerCase(),
    media: update.media,
    profile_id: update.profileId,
    profile_service: profile.service,
    sent_at: update.sentAt,
    service_update_id: update.serviceUpdateId,
    shared_now: update.sentAt !== undefined && update.sentAt === update.createdAt,
    statistics: update.statistics,
    status: update.status,
    text: update.text,
    text_formatted: formatted(update.text),
    type: typeOf(update),
    user_id: update.userId,
    via: update.via,
  };
}

/** What the networks allow. */
export function configurationToWire(origin: string): object {
  const known = Object.entries(networks).filter(([, { isAfterV1 }]) => !isAfterV1);
  const services = known.map(([service, network]) => {
    const types = Object.entries(network.types).map(([type, { name, characters, queueLimit }]) => [
      type,
      {
        name,
        character_limit: characters,
        schedule_limit: queueLimit,
        icons: Object.fromEntries([16, 32, 64].map((size) => [size, `${origin}/media/icons/${service}-${size}.png`])),
        supported_interactions: network.interactions,
        link_attachments: network.previewsLinks,
        ...(service === 'twitter' && { characters_per_media: 24, short_url_length: 23, short_url_length_https: 23 }),
      },
    ]);
    return [service, { types: Object.fromEntries(types), urls: network.urls }];
  });
  return {
    services: Object.fromEntries(services),
    media: {
      picture_size_min: 0,
      picture_size_max: pictureRules.maxBytes,
      picture_filetypes: pictureRules.types,
    },
  };
}

/** Who did what with a sent update, made up from its statistics. */
export function interactionsOf(update: Update, event: string | undefined, origin: string): object[] {
  const kinds = Object.entries(update.statistics ?? {}).filter(([kind]) => event === undefined || kind === event);
  return kinds.flatMap(([kind, count]) =>
    Array.from({ length: Math.min(count, 200) }, (_, index) => {
      const id = `${update.id.slice(0, 16)}${kind.length.toString(16)}${index.toString(16).padStart(7, '0')}`;
      const avatar = `${origin}/media/avatars/ring-${(index * 47) % 360}.png`;
      return {
        _id: id,
        id,
        created_at: update.sentAt! + 60 * (index + 1),
        event: kind,
        interaction_id: `${update.sentAt! + index}`,
        user: {
          username: `reader_${index + 1}`,
          avatar,
          avatar_https: avatar,
          followers: (index * 37) % 900,
          twitter_id: `${90_000 + index}`,
        },
      };
    }),
  );
}

function typeOf({ text, media }: Update): string {
  if (media?.picture && !media.link) return 'image';
  return media?.link || firstLink(text) ? 'link' : 'text';
}

function dayOf(due: DateTime, now: number): string {
  const today = DateTime.fromSeconds(now, { zone: due.zone });
  if (due.hasSame(today, 'day')) return 'Today';
  if (due.hasSame(today.plus({ days: 1 }), 'day')) return 'Tomorrow';
  return `${due.toFormat('EEEE')} ${ordinal(due.day)} ${due.toFormat('MMMM')}`;
}

function ordinal(day: number): string {
  const isTeen = day >= 11 && day <= 13;
  return `${day}${(!isTeen && ['', 'st', 'nd', 'rd'][day % 10]) || 'th'}`;
}

/** HTML when there is a link in it, else the text itself. */
function formatted(text: string): string {
  if (!firstLink(text)) return text;
  const escape = (part: string) =>
    part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  return escape(text).replace(
    /https?:\/\/\S+/gu,
    (url) => `<a class="url" href="${url}" rel="external nofollow" target="_blank">${url}</a>`,
  );
}
