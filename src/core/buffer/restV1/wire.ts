import * as v from 'valibot';
import type { Account, Configuration, PostingSchedule, Profile, Update, UpdateStatus } from '../model.ts';
import { weekdays } from '../model.ts';
import { attachmentsOf, closedBy, mediaOf, retweetWords, wireExtraMedia, wireMedia, wireRetweet } from './media.ts';
import { linkIn, wordsIn } from './words.ts';
import { safeUrl } from '../transport/serviceUrl.ts';
import {
  clockTime,
  count,
  flag,
  id,
  knownTimeZone,
  listOf,
  lookUp,
  numbersByName,
  optional,
  optionalNumber,
  optionalTime,
  text,
  time,
  words,
} from '../wire.ts';

/**
 * The answers of the REST API v1, parsed where they come in: strict about what the extension relies on,
 * tolerant about what varies between networks and years (missing or null fields, numbers as text, unknown extras).
 */

export const wireUser = v.pipe(
  v.object({ id, name: text, email: text, plan: text, timezone: text }),
  v.transform((user): Account => ({
    id: user.id,
    // The API promises neither name nor address, so the id tells accounts apart.
    label: user.name || user.email || `Buffer ${user.id.slice(-6)}`,
    plan: user.plan || undefined,
    timeZone: knownTimeZone(user.timezone),
  })),
);

const wireSchedule = v.pipe(
  v.object({ days: listOf(v.picklist(weekdays)), times: listOf(clockTime) }),
  v.transform((schedule): PostingSchedule => schedule),
);
export const wireSchedules = listOf(wireSchedule);

export const wireProfile = v.pipe(
  v.object({
    id,
    service: v.pipe(v.string(), v.nonEmpty()),
    service_type: text,
    formatted_username: text,
    service_username: text,
    avatar: text,
    avatar_https: text,
    default: flag,
    timezone: text,
    counts: v.fallback(v.object({ pending: count, sent: count, drafts: optionalNumber }), { pending: 0, sent: 0, drafts: undefined }),
    schedules: v.fallback(wireSchedules, []),
    paused_schedules: v.fallback(wireSchedules, []),
    disconnected: optional(v.union([v.string(), v.boolean()])),
    oauth_broken: flag,
    locked: flag,
    disabled: flag,
    paused: flag,
    statistics: numbersByName,
  }),
  v.transform((profile): Profile => ({
    id: profile.id,
    service: profile.service,
    serviceType: profile.service_type || 'profile',
    name: profile.formatted_username || profile.service_username || profile.id,
    username: profile.service_username || (profile.formatted_username ?? '').replace(/^@/, ''),
    avatarUrl: (safeUrl(profile.avatar_https) ?? safeUrl(profile.avatar))?.href,
    isDefault: profile.default ?? false,
    timeZone: knownTimeZone(profile.timezone) ?? 'UTC',
    counts: profile.counts,
    schedules: withoutPausedDays(profile.schedules, profile.paused_schedules),
    isDisconnected: Boolean(profile.disconnected) || (profile.oauth_broken ?? false),
    isLocked: (profile.locked || profile.disabled) ?? false,
    isPaused: profile.paused ?? false,
    followers: profile.statistics['followers'],
  })),
);
export const wireProfiles = listOf(wireProfile);

/** A day that stands still takes nothing, whether it is among the posting times all the same or not. */
function withoutPausedDays(schedules: readonly PostingSchedule[], paused: readonly PostingSchedule[]): readonly PostingSchedule[] {
  const pausedDays = new Set(paused.flatMap(({ days }) => days));
  if (pausedDays.size === 0) return schedules;
  return schedules
    .map(({ days, times }) => ({ days: days.filter((day) => !pausedDays.has(day)), times }))
    .filter(({ days }) => days.length > 0);
}

/** A time of an update; 0 is how v1 says that there is none. */
const updateTime = v.pipe(
  optionalTime,
  v.transform((at) => (at?.getTime() === 0 ? undefined : at)),
);

const statuses: Readonly<Record<string, UpdateStatus>> = {
  buffer: 'pending',
  sent: 'sent',
  service: 'sent',
  // A reminder that is past: what became of it is between the person and the network, so nothing is left to change.
  notified: 'sent',
  sending: 'sending',
  draft: 'draft',
  needs_approval: 'needsApproval',
  // The documents demand an error status without naming it; clients know these two.
  error: 'failed',
  failed: 'failed',
};

export const wireUpdate = v.pipe(
  v.object({
    id,
    profile_id: id,
    profile_service: text,
    status: text,
    text: v.fallback(v.nullish(words, ''), ''),
    created_at: v.fallback(time, new Date(0)),
    updated_at: optionalTime,
    due_at: updateTime,
    scheduled_at: updateTime,
    pinned: flag,
    sent_at: updateTime,
    media: wireMedia,
    extra_media: wireExtraMedia,
    retweet: wireRetweet,
    statistics: numbersByName,
    via: text,
    service_update_id: optional(v.pipe(v.union([v.string(), v.number()]), v.transform(String))),
    error: v.optional(v.unknown()),
  }),
  v.transform((update): Update => {
    const { media, extra_media: extra = [], retweet } = update;
    const closed = closedBy(media, extra, retweet);
    const status = lookUp(statuses, update.status) ?? 'other';
    return {
      id: update.id,
      profileId: update.profile_id,
      service: update.profile_service ?? '',
      status,
      text: update.text || retweetWords(retweet),
      createdAt: update.created_at,
      updatedAt: update.updated_at,
      dueAt: update.due_at ?? update.scheduled_at,
      // Without it the schedule has to tell, as in every answer that was recorded.
      isFixedTime: update.scheduled_at ? true : undefined,
      isPinned: (update.scheduled_at && update.pinned) || undefined,
      sentAt: update.sent_at,
      media: mediaOf(media),
      attachments: attachmentsOf(media, extra),
      statistics: update.statistics,
      via: update.via,
      serviceUpdateId: update.service_update_id,
      failure: failureOf(status, update.error),
      isReminder: update.status === 'notified' || undefined,
      closed: closed.length > 0 ? closed : undefined,
    };
  }),
);

/** Why it failed, in whichever form; one that failed without a word failed all the same. */
function failureOf(status: UpdateStatus, error: unknown): Update['failure'] {
  const message = wordsIn(error) ?? (status === 'failed' ? 'The network refused it.' : undefined);
  return message === undefined ? undefined : { message, helpUrl: safeUrl(linkIn(error))?.href };
}

export const wirePage = v.object({
  total: optional(count),
  updates: listOf(wireUpdate),
});
export const wireUpdates = v.object({ updates: listOf(wireUpdate) });
/** The answer to a create is read strictly: a left-out element would look like a profile that refused. */
export const wireCreated = v.object({ updates: v.array(wireUpdate) });
export const wireEdited = v.object({ update: wireUpdate });
/** Of what answers with nothing else: any other JSON may be a proxy's. */
export const wireDone = v.object({ success: v.literal(true) });

const wireLimit = v.pipe(
  v.object({ name: text, character_limit: optionalNumber, schedule_limit: optionalNumber }),
  v.transform(({ name, character_limit, schedule_limit }) => ({ name, characters: character_limit, scheduled: schedule_limit })),
);
export const wireConfiguration = v.pipe(
  v.object({
    services: v.record(v.string(), optional(v.object({ types: optional(v.record(v.string(), optional(wireLimit))) }))),
    media: optional(v.object({ picture_size_max: optionalNumber, picture_filetypes: v.fallback(listOf(v.string()), []) })),
  }),
  v.transform(({ services, media }): Configuration => ({
    limits: Object.fromEntries(
      Object.entries(services).map(([service, known]) => [
        service,
        Object.fromEntries(Object.entries(known?.types ?? {}).map(([type, limit]) => [type, limit ?? {}])),
      ]),
    ),
    picture: media ? { maxBytes: media.picture_size_max, types: media.picture_filetypes } : undefined,
  })),
);

/** What a failure says, in whichever of the documented forms. */
export const wireFailure = v.object({
  success: flag,
  code: optionalNumber,
  error: v.pipe(
    v.optional(v.unknown()),
    v.transform((error) => wordsIn(error)),
  ),
  message: v.pipe(
    v.optional(v.unknown()),
    v.transform((error) => wordsIn(error)),
  ),
});
