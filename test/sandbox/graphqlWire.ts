import { DateTime } from 'luxon';
import { assetToWire, assetsOf, boardToWire, iso } from './assetsWire.ts';
import type { Idea } from './library.ts';
import { metadataToWire } from './metadataWire.ts';
import { measuredAt } from './growth.ts';
import { metricsToWire } from './metricsWire.ts';
import { networks } from './networks.ts';
import type { Settings } from './behaviours.ts';
import { weekdays } from './slots.ts';
import { dailyLimitOf, type Organization, type Profile, type State, type Tag, type Update, type User } from './state.ts';

// From what the sandbox remembers to the types of the GraphQL schema. What is a function here is worked out only
// when somebody asks for the field.

/** The networks go by the same names as in v1, but for one. */
export const serviceOf = ({ service }: Profile): string => (service === 'google' ? 'googlebusiness' : service);

export function accountToWire(user: User): object {
  return {
    id: user.id,
    email: user.email,
    backupEmail: null,
    avatar: user.avatar,
    createdAt: iso(user.createdAt),
    timezone: user.timeZone,
    name: user.name,
    preferences: { timeFormat: '24', startOfWeek: 'Monday', defaultScheduleOption: 'Queue' },
    connectedApps: [],
  };
}

export function organizationToWire(organization: Organization, owner: User, state: State): object {
  const isFree = owner.plan === 'free';
  const channelCount = state.profiles.filter(({ organizationId }) => organizationId === organization.id).length;
  return {
    id: organization.id,
    name: organization.name,
    ownerEmail: owner.email,
    channelCount,
    members: { totalCount: 1 },
    shouldEnforce2FASetup: false,
    limits: {
      channels: isFree ? 3 : Math.max(channelCount - 1, 10),
      generateContent: 50,
      ideaGroups: isFree ? 3 : 100,
      ideas: ideaLimit(owner),
      members: isFree ? 1 : 25,
      postTemplates: templateLimit,
      savedReplies: 10,
      scheduledPosts: isFree ? 10 : 2000,
      scheduledStoriesPerChannel: 100,
      scheduledThreadsPerChannel: isFree ? 1 : 100,
      tags: isFree ? 3 : 250,
    },
  };
}

export const ideaLimit = (owner: User): number => (owner.plan === 'free' ? 100 : 1000);
export const templateLimit = 50;

// Channels

export function channelToWire(profile: Profile, state: State): object {
  const network = networks[profile.service]!;
  return {
    id: profile.id,
    allowedActions: profile.isLocked ? ['viewChannel'] : channelActions,
    avatar: profile.avatar,
    createdAt: iso(profile.createdAt),
    updatedAt: iso(profile.createdAt),
    descriptor: network.types[profile.serviceType]!.name,
    displayName: profile.formattedUsername,
    externalLink: homeOf(profile),
    hasActiveMemberDevice: false,
    isDisconnected: profile.disconnected !== undefined,
    isLocked: profile.isLocked ?? false,
    isNew: state.now() - profile.createdAt < 7 * 86_400,
    isQueuePaused: profile.isQueuePaused ?? false,
    linkShortening: { isEnabled: false, config: null },
    metadata: () => channelMetadata(profile),
    name: profile.username,
    organizationId: profile.organizationId,
    postingGoal: null,
    postingSchedule: () => postingScheduleOf(profile),
    products: ['publish', 'analyze'],
    scopes: [],
    service: serviceOf(profile),
    serviceId: profile.serviceId,
    showTrendingTopicSuggestions: false,
    timezone: profile.timeZone,
    type: profile.serviceType,
    weeklyPostingLimit: null,
  };
}

const channelActions = [
  'viewChannel',
  'viewPublish',
  'viewUpdates',
  'readUpdates',
  'manageUpdates',
  'managePostingSchedule',
  'reconnectChannel',
];

function homeOf(profile: Profile): string {
  const { username, serverUrl, service } = profile;
  return service === 'mastodon' && serverUrl ? `${serverUrl}/@${username}` : networks[service]!.urls.user! + username;
}

function channelMetadata(profile: Profile): object | null {
  const { service, serverUrl = '', maxCharacters, boards = [], subscriptionType = null } = profile;
  switch (service) {
    case 'bluesky':
      return { __typename: 'BlueskyMetadata', serverUrl };
    case 'facebook':
      return { __typename: 'FacebookMetadata', locationData: null };
    case 'google':
      return { __typename: 'GoogleBusinessMetadata', locationData: { location: profile.formattedUsername } };
    case 'instagram':
      return { __typename: 'InstagramMetadata', defaultToReminders: false };
    case 'linkedin':
      return { __typename: 'LinkedInMetadata', shouldShowLinkedinAnalyticsRefreshBanner: false };
    case 'mastodon':
      return { __typename: 'MastodonMetadata', serverUrl, maxCharacters: maxCharacters ?? 500 };
    case 'pinterest':
      return { __typename: 'PinterestMetadata', boards: boards.map(boardToWire) };
    case 'tiktok':
      return { __typename: 'TiktokMetadata', defaultToReminders: false };
    case 'twitter':
      return { __typename: 'TwitterMetadata', subscriptionType };
    case 'youtube':
      return { __typename: 'YoutubeMetadata', defaultToReminders: false };
    default:
      return null;
  }
}

function postingScheduleOf({ schedules, pausedDays = [] }: Profile): object[] {
  return weekdays.map((day) => {
    const times = schedules.filter(({ days }) => days.includes(day)).flatMap((schedule) => schedule.times);
    return { day, paused: pausedDays.includes(day), times: [...new Set(times)].sort() };
  });
}

/** The day of a channel that an instant falls into, in unix seconds. */
export function dayOf(profile: Profile, at: number): { start: number; end: number } {
  const start = DateTime.fromSeconds(at, { zone: profile.timeZone }).startOf('day');
  return { start: start.toUnixInteger(), end: start.plus({ days: 1 }).toUnixInteger() };
}

export function dailyLimitToWire(profile: Profile, state: State, at: number): object {
  const { start, end } = dayOf(profile, at);
  const { scheduled, sent } = state.onDay(profile, start, end);
  const limit = dailyLimitOf(profile) ?? null;
  return { channelId: profile.id, limit, scheduled, sent, isAtLimit: limit !== null && scheduled + sent >= limit };
}

// Posts

const statuses: Readonly<Record<Update['status'], string>> = {
  draft: 'draft',
  needs_approval: 'needs_approval',
  buffer: 'scheduled',
  sending: 'sending',
  sent: 'sent',
  error: 'error',
};

export const statusOf = (update: Update): string => statuses[update.status];

/** When it goes out or went out; a draft may have no time. */
export const dueAtOf = ({ isUndated, dueAt }: Update): number | null => (isUndated ? null : dueAt);

/** A time that somebody chose may come back without its seconds. */
function shownTime({ isCustomScheduled }: Update, at: number, { settings }: State): number {
  return isCustomScheduled && settings.dueSeconds === 'dropped' ? at - (at % 60) : at;
}

const shareModes = { queue: 'addToQueue', top: 'shareNext', now: 'shareNow', time: 'customScheduled' } as const;

export function postToWire(update: Update, state: State): object {
  const profile = state.profileOf(update);
  const owner = state.users.find(({ id }) => id === update.userId)!;
  const dueAt = dueAtOf(update);
  const isSent = update.status === 'sent';
  return {
    id: update.id,
    allowedActions: () => actionsOn(update, profile, state.settings),
    assets: () => assetsOf(update).map(assetToWire),
    author: authorOf(update, owner),
    channel: () => channelToWire(profile, state),
    channelId: profile.id,
    channelService: serviceOf(profile),
    createdAt: iso(update.createdAt),
    updatedAt: iso(update.updatedAt),
    dueAt: dueAt === null ? null : iso(shownTime(update, dueAt, state)),
    error: errorOf(update, state),
    externalLink: isSent && !update.isReminder && update.serviceUpdateId ? linkTo(profile, update.serviceUpdateId) : null,
    ideaId: update.ideaId ?? null,
    isCustomScheduled: update.isCustomScheduled,
    metadata: () => metadataToWire(profile, update, state.settings),
    metrics: () => metricsToWire(update, profile.service, state.now()),
    metricsUpdatedAt: () => measuredIso(update, state.now()),
    notes: [],
    notificationStatus: update.isReminder && isSent ? (update.isMarkedAsPublished ? 'markedAsPublished' : 'notified') : null,
    schedulingType: update.isReminder ? 'notification' : 'automatic',
    sentAt: update.sentAt === undefined ? null : iso(update.sentAt),
    sharedNow: update.placed === 'now',
    shareMode: shareModes[update.placed ?? (update.isCustomScheduled ? 'time' : 'queue')],
    status: statusOf(update),
    tags: () => tagsOf(update, state),
    text: update.text,
    via: update.via === 'api' || update.via === 'network' ? update.via : 'buffer',
  };
}

/** Who wrote a post: its organization's owner, or somebody else of the same. */
function authorOf({ author }: Update, owner: User): object {
  if (author) return { id: '4f0c0a06512f7ef214000009', avatar: '', email: author.email, isDeleted: false, name: author.name };
  return { id: owner.id, avatar: owner.avatar, email: owner.email, isDeleted: false, name: owner.name };
}

/** What went wrong; a post that is on its way may have an error that passes. The sentences are the sandbox's own. */
function errorOf({ status, failure }: Update, { settings }: State): object | null {
  const supportUrl = 'https://support.buffer.example/posts-that-failed';
  if (status === 'error') return { message: failure ?? 'The post could not be published.', rawError: null, supportUrl };
  const passes = status === 'sending' && settings.sending === 'slow';
  return passes ? { message: 'The network is not ready yet. Trying again.', rawError: null, supportUrl } : null;
}

function tagsOf({ tagIds = [] }: Update, { tags }: State): object[] {
  return tags.filter(({ id }) => tagIds.includes(id)).map(tagToWire);
}

export function tagToWire({ organizationId: _, ...tag }: Tag): object {
  return { colorName: null, isLocked: false, ...tag };
}

/** As recorded of a post with a time of its own: it is added to the queue by its schedule, not by addPostToQueue. */
const actionsWithTime: readonly string[] = [
  'publishPostNow',
  'updatePost',
  'movePostToDraft',
  'publishPostNext',
  'updatePostSchedule',
  'removePostScheduledTime',
  'deletePost',
];

/** But for a post with a time of its own, the lists are the sandbox's own. */
function actionsOn(update: Update, profile: Profile, { approvals }: Settings): readonly string[] {
  if (profile.isLocked) return ['viewPost'];
  const common = ['viewPost', 'duplicatePost', 'addPostNote', 'updatePostTags'];
  const open = [...common, 'updatePost', 'deletePost'];
  // Approvals are told of only to who has a policy that asks for them, and an author alone asks for one.
  const isAuthors = approvals === 'policy' && update.author === undefined;
  switch (update.status) {
    case 'draft':
      return [
        ...open,
        ...['updatePostSchedule', 'addPostToQueue', 'publishPostNext', 'publishPostNow'],
        ...(isAuthors ? ['requestPostApproval'] : []),
      ];
    case 'needs_approval':
      return [
        ...open,
        'updatePostSchedule',
        ...(approvals === 'policy' ? ['approvePost', 'rejectPost'] : []),
        ...(isAuthors ? ['revertPostApprovalRequest'] : []),
      ];
    case 'buffer':
      if (update.isCustomScheduled) return actionsWithTime;
      return [...open, 'updatePostSchedule', 'publishPostNow', 'movePostToDraft', 'publishPostNext'];
    case 'error':
      return [...open, 'updatePostSchedule', 'addPostToQueue', 'publishPostNext', 'publishPostNow', 'movePostToDraft'];
    case 'sent':
      return [...common, 'deletePost', 'copyPostLink', 'sharePostLink'];
    case 'sending':
      return ['viewPost'];
  }
}

function linkTo(profile: Profile, id: string): string {
  const paths: Readonly<Record<string, string>> = {
    twitter: '/status/',
    bluesky: '/post/',
    instagram: '/p/',
    threads: '/post/',
    tiktok: '/video/',
  };
  return `${homeOf(profile)}${paths[profile.service] ?? (profile.service === 'mastodon' ? '/' : '/posts/')}${id}`;
}

// Ideas

export function ideaToWire(idea: Idea): object {
  return {
    id: idea.id,
    groupId: idea.groupId ?? null,
    organizationId: idea.organizationId,
    position: idea.position,
    createdAt: idea.createdAt,
    updatedAt: idea.updatedAt,
    content: {
      aiAssisted: idea.aiAssisted,
      date: idea.date === undefined ? null : iso(idea.date),
      media: idea.media,
      services: idea.services,
      tags: idea.tags,
      text: idea.text ?? null,
      title: idea.title ?? null,
    },
  };
}

function measuredIso(update: Update, now: number): string | null {
  const measured = measuredAt(update, now);
  return measured ? iso(measured.at) : null;
}
