import type { Settings } from './behaviours.ts';
import { aggregate } from './metricsWire.ts';
import { organizationFor, type Context, type Input } from './graphqlContext.ts';
import { failure } from './graphqlErrors.ts';
import {
  accountToWire,
  channelToWire,
  dailyLimitToWire,
  dueAtOf,
  ideaToWire,
  organizationToWire,
  postToWire,
  statusOf,
} from './graphqlWire.ts';
import { iso } from './assetsWire.ts';
import type { Idea, Template } from './library.ts';
import { pageOf, type Order, type Page } from './paging.ts';
import type { Profile, Update } from './state.ts';

// What the schema asks of a list comes with types already checked.

/** Metrics are summed up over so long at most, in seconds. */
const longestSum = 365 * 86_400;
/** On a free plan only what is no older than this. */
const longestFreeSum = 31 * 86_400;

interface Paging {
  readonly first?: number | null;
  readonly after?: string | null;
}

interface Between {
  readonly start?: number | null;
  readonly end?: number | null;
}

interface TagComparator {
  readonly in: readonly string[];
  readonly isEmpty: boolean;
}

interface PostsInput {
  readonly organizationId: string;
  readonly sort?: readonly { field: 'dueAt' | 'createdAt'; direction: 'asc' | 'desc' }[] | null;
  readonly filter?: {
    readonly channelIds?: readonly string[] | null;
    readonly status?: readonly string[] | null;
    readonly dueAt?: Between | null;
    readonly createdAt?: Between | null;
    readonly dueAtPresence?: 'present' | 'absent' | null;
    readonly startDate?: number | null;
    readonly endDate?: number | null;
    readonly tags?: TagComparator | null;
    readonly tagIds?: readonly string[] | null;
  } | null;
}

export const queries = {
  account: (_: unknown, _args: unknown, context: Context) => ({
    ...accountToWire(context.user),
    organizations: ({ filter }: { filter?: { organizationId: string } | null }) =>
      context.state
        .organizationsOf(context.user)
        .filter(({ id }) => !filter || id === filter.organizationId)
        .map((organization) => organizationToWire(organization, context.user, context.state)),
  }),

  channel: (_: unknown, { input }: Input<{ id: string }>, { state, user }: Context) =>
    channelToWire(state.profileFor(user, input.id), state),

  channels: (
    _: unknown,
    { input }: Input<{ organizationId: string; filter?: { isLocked?: boolean | null; product?: string | null } | null }>,
    context: Context,
  ) => {
    const { isLocked, product } = input.filter ?? {};
    const isWanted = (profile: Profile) => isLocked == null || (profile.isLocked ?? false) === isLocked;
    const isOffered = product == null || product === 'publish' || product === 'analyze';
    return isOffered
      ? channelsOf(context, input.organizationId)
          .filter(isWanted)
          .map((profile) => channelToWire(profile, context.state))
      : [];
  },

  post: (_: unknown, { input }: Input<{ id: string }>, { state, user }: Context) => postToWire(state.updateFor(user, input.id), state),

  posts: (_: unknown, { input, ...paging }: Input<PostsInput> & Paging, context: Context) => {
    const { state } = context;
    const { filter, sort } = input;
    const channels = chosenChannels(context, input.organizationId, filter?.channelIds);
    const isIn = new Set(channels.map(({ id }) => id));
    const all = [...state.updates.values()].filter((update) => isIn.has(update.profileId) && state.isOlder(update, context.lag));
    const found = all.filter((update) => matches(update, filter ?? {}, state.settings));
    const page = pageOf(context.fault?.kind === 'shortLists' ? found.slice(0, 1) : found, orderOf(sort), paging);
    return mapped(page, (update) => postToWire(update, state));
  },

  dailyPostingLimits: (_: unknown, { input }: Input<{ channelIds: readonly string[]; date?: number | null }>, { state, user }: Context) => {
    if (state.settings.dailyPostingLimits === 'fails') throw failure('UNEXPECTED', 'Something went wrong.');
    const channels = input.channelIds.map((id) => state.profileFor(user, id));
    // The sentence is the sandbox's own.
    if (new Set(channels.map(({ organizationId }) => organizationId)).size > 1)
      throw failure('BAD_USER_INPUT', 'All channels must belong to the same organization.');
    return channels.map((channel) => dailyLimitToWire(channel, state, input.date ?? state.now()));
  },

  aggregatedPostMetrics: (
    _: unknown,
    {
      input,
    }: Input<{
      organizationId: string;
      channelIds?: readonly string[] | null;
      startDateTime: number;
      endDateTime: number;
      tags?: TagComparator | null;
    }>,
    context: Context,
  ) => {
    const channels = chosenChannels(context, input.organizationId, input.channelIds);
    const isBetween = ({ sentAt = 0 }: Update) => within({ start: input.startDateTime, end: input.endDateTime }, sentAt);
    const sent = channels.flatMap((channel) => context.state.sent(channel)).filter(({ status }) => status === 'sent');
    const wanted = sent.filter(isBetween).filter((update) => hasTags(update, input.tags));
    // The sentence is the sandbox's own.
    if (input.endDateTime - input.startDateTime > longestSum) throw failure('BAD_USER_INPUT', 'A period may have 365 days at most.');
    // As somebody's script tells of it, which asked with a key of a free plan.
    if (context.user.plan === 'free' && input.startDateTime < context.state.now() - longestFreeSum)
      throw failure('BAD_USER_INPUT', 'Free-plan Insights are limited to the last 31 days of history.');
    const serviceOf = (update: Update) => context.state.profileOf(update).service;
    const services = channels.map(({ service }) => service);
    const { metrics, updatedAt } = aggregate(wanted, serviceOf, services, context.state.now());
    return { metrics, metricsUpdatedAt: updatedAt === undefined ? null : iso(updatedAt) };
  },

  ideaGroups: (_: unknown, { input }: Input<{ organizationId: string }>, context: Context) => {
    const { id } = organizationFor(context, input.organizationId);
    return context.state.library.groups.filter(({ organizationId }) => organizationId === id);
  },

  ideas: (
    _: unknown,
    {
      input,
      ...paging
    }: Input<{
      organizationId: string;
      groupFilter?: { groups?: readonly string[] | null; membership?: string | null } | null;
      tagsFilter?: TagComparator | null;
    }> &
      Paging,
    context: Context,
  ) => {
    const { id } = organizationFor(context, input.organizationId);
    const { groups, membership } = input.groupFilter ?? {};
    const isWanted = ({ organizationId, groupId, ...idea }: Idea) =>
      organizationId === id &&
      (groups == null || (groupId !== undefined && groups.includes(groupId))) &&
      (membership == null || (groupId !== undefined) === (membership === 'grouped')) &&
      hasTags({ tagIds: (idea.tags as { id: string }[]).map(({ id }) => id) }, input.tagsFilter);
    return mapped(pageOf(context.state.library.ideas.filter(isWanted), byPosition, paging), ideaToWire);
  },

  postTemplate: (_: unknown, { input }: Input<{ id: string }>, context: Context) => {
    const template = context.state.library.templates.find(({ id }) => id === input.id);
    return template && mayRead(template, context) ? templateToWire(template) : null;
  },

  postTemplates: (
    _: unknown,
    { input, ...paging }: Input<{ organizationId: string; filter?: { visibility?: string | null } | null }> & Paging,
    context: Context,
  ) => {
    const { id } = organizationFor(context, input.organizationId);
    const wanted = context.state.library.templates.filter(
      (each) =>
        mayRead(each, context) &&
        (each.organizationId === id || each.visibility === 'public') &&
        each.visibility === (input.filter?.visibility ?? each.visibility),
    );
    return { ...mapped(pageOf(wanted, byAge, paging), templateToWire), totalCount: wanted.length };
  },
};

/** Buffer's own are for everybody, others for an organization, and private ones for whoever made them. */
export function mayRead({ visibility, ownerId, organizationId }: Template, { state, user }: Context): boolean {
  if (visibility === 'public') return true;
  if (visibility === 'private') return ownerId === user.id;
  return state.organizationsOf(user).some(({ id }) => id === organizationId);
}

export function templateToWire({ ownerId: _, ...template }: Template): object {
  return { ...template, createdAt: iso(template.createdAt), updatedAt: iso(template.updatedAt) };
}

function channelsOf(context: Context, organizationId: string): Profile[] {
  const { id } = organizationFor(context, organizationId);
  return context.state.profiles.filter((profile) => profile.organizationId === id);
}

function chosenChannels(context: Context, organizationId: string, ids: readonly string[] | null | undefined): Profile[] {
  const all = channelsOf(context, organizationId);
  if (ids == null) return all;
  return ids.map((id) => {
    const profile = context.state.profileFor(context.user, id);
    if (!all.includes(profile)) throw failure('NOT_FOUND', 'Channel not found in this organization.');
    return profile;
  });
}

function matches(update: Update, filter: NonNullable<PostsInput['filter']>, settings: Settings): boolean {
  const dueAt = dueAtOf(update);
  const { startDate, endDate, dueAtPresence } = filter;
  return (
    hasStatus(update, filter.status, settings) &&
    within(filter.dueAt, dueAt) &&
    within({ start: startDate, end: endDate }, dueAt) &&
    within(filter.createdAt, update.createdAt) &&
    (dueAtPresence == null || (dueAt !== null) === (dueAtPresence === 'present')) &&
    hasTags(update, filter.tags) &&
    (filter.tagIds == null || filter.tagIds.length === 0 || hasTags(update, { in: filter.tagIds, isEmpty: false }))
  );
}

/** One of the statuses. One that needs approval is found only by a filter of its own. */
function hasStatus(update: Update, statuses: readonly string[] | null | undefined, { approvalFilter }: Settings): boolean {
  if (statuses == null) return true;
  const isMixed = statuses.includes('needs_approval') && new Set(statuses).size > 1;
  return statuses.includes(statusOf(update)) && !(isMixed && approvalFilter === 'empty');
}

/** Both ends belong to it. What has no time is in no range. */
function within(range: Between | null | undefined, at: number | null): boolean {
  const { start = null, end = null } = range ?? {};
  if (start === null && end === null) return true;
  return at !== null && at >= (start ?? -Infinity) && at <= (end ?? Infinity);
}

/** One of the tags, or none at all where that is asked for. */
function hasTags({ tagIds = [] }: { readonly tagIds?: readonly string[] }, tags: TagComparator | null | undefined): boolean {
  if (tags == null || (tags.in.length === 0 && !tags.isEmpty)) return true;
  return (tags.isEmpty && tagIds.length === 0) || tagIds.some((id) => tags.in.includes(id));
}

function orderOf(sort: PostsInput['sort']): Order<Update> {
  const chosen = sort && sort.length > 0 ? sort : [{ field: 'dueAt', direction: 'asc' } as const];
  return {
    name: chosen.map(({ field, direction }) => `${field}:${direction}`).join(','),
    directions: chosen.map(({ direction }) => direction),
    keysOf: (update) => chosen.map(({ field }) => (field === 'dueAt' ? dueAtOf(update) : update.createdAt)),
  };
}

const byPosition: Order<Idea> = { name: 'position', directions: ['asc'], keysOf: ({ position }) => [position] };
const byAge: Order<Template> = { name: 'createdAt', directions: ['desc'], keysOf: ({ createdAt }) => [createdAt] };

function mapped<T>(page: Page<T>, toWire: (item: T) => object): object {
  return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: toWire(node) })) };
}
