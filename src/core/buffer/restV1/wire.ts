import * as v from 'valibot';
import type { Account, Configuration, PostingSchedule, Profile, Update, UpdateStatus } from '../model.ts';
import { weekdays } from '../model.ts';
import { asFlag, asId, asNumber, asObject, asText, asTime } from '../readers.ts';
import { attachmentsOf, closedBy, extraMediaIn, mediaOf, retweetIn, retweetWords } from './media.ts';
import { linkIn, wordsIn } from './words.ts';
import { safeUrl } from '../transport/serviceUrl.ts';
import {
  clockTime,
  count,
  flag,
  id,
  knownTimeZone,
  listBy,
  listOf,
  lookUp,
  numbersByName,
  optional,
  optionalNumber,
  text,
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
function updateTime(value: unknown): Date | undefined {
  const at = asTime(value);
  return at?.getTime() === 0 ? undefined : at;
}

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

/** An update as the model's; undefined for what is none. */
function readUpdate(value: unknown): Update | undefined {
  const raw = asObject(value);
  const id = asId(raw?.['id']);
  const profileId = asId(raw?.['profile_id']);
  if (!raw || id === undefined || profileId === undefined) return undefined;
  const media = asObject(raw['media']);
  const extra = extraMediaIn(raw['extra_media']);
  const retweet = retweetIn(raw['retweet']);
  const closed = closedBy(media, extra, retweet);
  const status = lookUp(statuses, asText(raw['status'])) ?? 'other';
  const scheduledAt = updateTime(raw['scheduled_at']);
  const serviceId = raw['service_update_id'];
  return {
    id,
    profileId,
    service: asText(raw['profile_service']) ?? '',
    status,
    text: asText(raw['text']) || retweetWords(retweet),
    createdAt: asTime(raw['created_at']) ?? new Date(0),
    updatedAt: asTime(raw['updated_at']),
    dueAt: updateTime(raw['due_at']) ?? scheduledAt,
    // Without it the schedule has to tell, as in every answer that was recorded.
    isFixedTime: scheduledAt ? true : undefined,
    isPinned: (scheduledAt && asFlag(raw['pinned'])) || undefined,
    sentAt: updateTime(raw['sent_at']),
    media: mediaOf(media),
    attachments: attachmentsOf(media, extra),
    statistics: numbersIn(raw['statistics']),
    via: asText(raw['via']),
    serviceUpdateId: typeof serviceId === 'string' || typeof serviceId === 'number' ? String(serviceId) : undefined,
    failure: failureOf(status, raw['error']),
    isReminder: raw['status'] === 'notified' || undefined,
    closed: closed.length > 0 ? closed : undefined,
  };
}

/** An empty PHP map arrives as `[]`, so anything but an object counts as none. */
function numbersIn(raw: unknown): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const [name, value] of Object.entries(asObject(raw) ?? {})) {
    const number = asNumber(value);
    if (number !== undefined) numbers[name] = number;
  }
  return numbers;
}

export const wireUpdate = v.pipe(
  v.unknown(),
  v.rawTransform(({ dataset, addIssue, NEVER }): Update => {
    const update = readUpdate(dataset.value);
    if (update) return update;
    addIssue({ message: 'It is no update.' });
    return NEVER;
  }),
);

/** Why it failed, in whichever form; one that failed without a word failed all the same. */
function failureOf(status: UpdateStatus, error: unknown): Update['failure'] {
  const message = wordsIn(error) ?? (status === 'failed' ? 'The network refused it.' : undefined);
  return message === undefined ? undefined : { message, helpUrl: safeUrl(linkIn(error))?.href };
}

export const wirePage = v.object({
  total: optional(count),
  updates: listBy(readUpdate),
});
export const wireUpdates = v.object({ updates: listBy(readUpdate) });
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
