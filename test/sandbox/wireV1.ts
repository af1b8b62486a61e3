import { DateTime } from 'luxon';
import type { Asset } from './content.ts';
import { measuredAt } from './growth.ts';
import { firstLink, networks, pictureRules } from './networks.ts';
import { withoutDays } from './slots.ts';
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
    disabled: profile.isLocked ?? false,
    disconnected: profile.disconnected ?? null,
    formatted_service: networks[profile.service]!.types[profile.serviceType]!.name,
    formatted_username: profile.formattedUsername,
    oauth_broken: profile.disconnected !== undefined,
    paused: profile.isQueuePaused ?? false,
    paused_schedules: pausedSchedulesOf(profile),
    schedules: schedulesToWire(profile, state),
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

/** Posting times; those of days that stand still are told apart from them, or as well. */
export function schedulesToWire({ schedules, pausedDays = [] }: Profile, { settings }: State): object[] {
  return settings.v1PausedDays === 'apart' && pausedDays.length > 0 ? withoutDays(schedules, pausedDays) : [...schedules];
}

/** One for each day that stands still, with the posting times it would have. */
function pausedSchedulesOf({ schedules, pausedDays = [] }: Profile): object[] {
  return pausedDays.map((day) => ({
    days: [day],
    times: schedules.filter(({ days }) => days.includes(day)).flatMap(({ times }) => times),
  }));
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
    day: update.isUndated ? 'No scheduled days or times' : dayOf(due, state.now()),
    due_at: update.isUndated ? 0 : update.dueAt,
    due_time: update.isUndated ? 'No Time Set' : due.toFormat('h:mm a').toLowerCase(),
    error: errorOf(update, state),
    extra_media: extraMediaOf(update),
    media: mediaToWire(update),
    pinned: update.isPinned,
    profile_id: update.profileId,
    profile_service: profile.service,
    retweet: retweetOf(update, profile),
    scheduled_at: update.isCustomScheduled ? update.dueAt : undefined,
    shared_now: update.sentAt !== undefined && update.sentAt === update.createdAt,
    // A reminder that is past was sent to a person, and by nobody to the network.
    ...(isPastReminder(update)
      ? { status: 'notified' }
      : {
          status: update.status,
          sent_at: update.sentAt,
          service_update_id: update.serviceUpdateId,
          statistics: statisticsOf(update, state.now()),
        }),
    text: update.text,
    text_formatted: formatted(update.text),
    type: typeOf(update),
    user_id: update.userId,
    via: update.via,
  };
}

/** Nothing yet where the network was not asked so far. */
function statisticsOf(update: Update, now: number): Readonly<Record<string, number>> | undefined {
  return measuredAt(update, now)?.statistics ?? (update.growth ? {} : update.statistics);
}

function isPastReminder({ isReminder, status }: Update): boolean {
  return isReminder === true && status === 'sent';
}

/** Why it failed, in one of the three forms that clients read. The address is the sandbox's own. */
function errorOf({ status, failure }: Update, { settings }: State): unknown {
  if (status !== 'error' || failure === undefined) return undefined;
  if (settings.v1UpdateError === 'words') return failure;
  if (settings.v1UpdateError === 'message') return { message: failure };
  return { text: failure, link: 'https://support.buffer.example/posts-that-failed' };
}

/** The link with its preview, or the first file. How v1 shows a document is not known: this form is the sandbox's own. */
function mediaToWire({ media, assets }: Update): object | undefined {
  const [first] = assets ?? [];
  if (!first || first.kind === 'image' || media?.link) return media;
  const { kind, url, thumbnail, title } = first;
  const details = { location: url, ...(kind === 'video' && { transcoded_location: url }) };
  return { [kind]: { title, details }, thumbnail };
}

/** The pictures after the first. */
function extraMediaOf({ assets = [] }: Update): object[] | undefined {
  const more = assets.slice(1).map(extraToWire);
  return more.length > 0 ? more : undefined;
}

function extraToWire({ url, thumbnail = url, alt }: Asset): object {
  return { photo: url, picture: url, thumbnail, alt_text: alt ?? null };
}

/** The post of another that it passes on. Nothing is asked of the network: words and names are the sandbox's own. */
function retweetOf({ details }: Update, { service }: Profile): object | undefined {
  const retweet = details?.retweet as { id: string; comment?: string } | undefined;
  if (service !== 'twitter' || !retweet) return undefined;
  return {
    tweet_id: retweet.id,
    comment: retweet.comment,
    text: `What another account said in ${retweet.id}.`,
    username: 'another_account',
    profile_name: 'Another account',
    url: `https://twitter.com/i/status/${retweet.id}`,
  };
}

/** The two limits that are older in every recorded configuration than what the networks allow today. */
const charactersOf2013: Readonly<Record<string, number>> = { twitter: 140, linkedin: 700 };

/** What the networks allow. */
export function configurationToWire(origin: string, { settings }: State): object {
  const known = Object.entries(networks).filter(([, { isAfterV1 }]) => !isAfterV1);
  const services = known.map(([service, network]) => {
    const types = Object.entries(network.types).map(([type, { name, characters, queueLimit }]) => [
      type,
      {
        name,
        character_limit: (settings.v1Configuration === 'of2013' ? charactersOf2013[service] : undefined) ?? characters,
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
export function interactionsOf(update: Update, event: string | undefined, origin: string, now: number): object[] {
  const kinds = Object.entries(statisticsOf(update, now) ?? {}).filter(([kind]) => event === undefined || kind === event);
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

function typeOf({ text, media, assets, details }: Update): string {
  if (details?.retweet) return 'retweet';
  if (assets?.[0]?.kind === 'video') return 'video';
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
  const escape = (part: string) => part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  return escape(text).replace(
    /https?:\/\/\S+/gu,
    (url) => `<a class="url" href="${url}" rel="external nofollow" target="_blank">${url}</a>`,
  );
}
