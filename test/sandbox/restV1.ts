import { isDeepStrictEqual } from 'node:util';
import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import qs from 'qs';
import type { Asset } from './content.ts';
import { failureOf, failureToWire } from './errors.ts';
import type { Faulty } from './faults.ts';
import { flagIn, instantIn, integerIn, isMap, mapIn, requiredListIn, requiredTextIn, textIn, type Fields } from './fields.ts';
import { firstLink, isReminderOnly, networks } from './networks.ts';
import type { RateLimit } from './rateLimit.ts';
import { Refusal } from './refusal.ts';
import { pathOf } from './requestLog.ts';
import { weekdays, type Schedule } from './slots.ts';
import type { Edit, Media, Profile, State, Update, User, When } from './state.ts';
import {
  configurationToWire,
  interactionsOf,
  profileToWire,
  schedulesToWire,
  singleProfileToWire,
  toJson,
  updateToWire,
  userToWire,
} from './wireV1.ts';

/** A request that has been let in. */
interface Call {
  readonly state: State;
  readonly user: User;
  /** The id in the path. */
  readonly id: string;
  readonly query: Fields;
  readonly form: Fields;
  /** Where the sandbox is, for the addresses of pictures. */
  readonly origin: string;
  /** By how many milliseconds lists lag behind. */
  readonly lag: number;
}

type Endpoint = readonly [method: 'GET' | 'POST', path: string, answer: (call: Call) => object];

const endpoints: readonly Endpoint[] = [
  ['GET', '/user', ({ state, user }) => userToWire(user, state.now())],
  ['GET', '/profiles', ({ state, user }) => knownProfiles(state, user).map((profile) => profileToWire(profile, state))],
  ['GET', '/profiles/:id', (call) => singleProfileToWire(profileOf(call), call.state)],
  ['GET', '/profiles/:id/schedules', (call) => schedulesToWire(profileOf(call), call.state)],
  ['POST', '/profiles/:id/schedules/update', updateSchedules],
  ['GET', '/profiles/:id/updates/pending', pending],
  ['GET', '/profiles/:id/updates/sent', sent],
  ['POST', '/profiles/:id/updates/reorder', reorder],
  ['POST', '/profiles/:id/updates/shuffle', shuffle],
  ['POST', '/updates/create', create],
  ['GET', '/updates/:id', (call) => updateToWire(updateOf(call), call.state, flagIn(call.query, 'utc'))],
  ['GET', '/updates/:id/interactions', interactions],
  ['POST', '/updates/:id/update', update],
  ['POST', '/updates/:id/share', share],
  ['POST', '/updates/:id/destroy', destroy],
  ['POST', '/updates/:id/move_to_top', moveToTop],
  ['GET', '/links/shares', shares],
  ['GET', '/info/configuration', ({ origin, state }) => configurationToWire(origin, state)],
];

// Long enough for every id of a long queue in one form.
const formOptions: qs.IParseOptions<qs.BooleanOptional> = { arrayLimit: 10_000, parameterLimit: 20_000, depth: 6 };

/** Query text to parameters, in the way of v1. */
export const parseQuery = (text: string): Fields => qs.parse(text, formOptions);

/** Adds REST API v1 to a server, under its own prefix. */
export async function addRestV1(app: FastifyInstance, state: State, rateLimit: RateLimit, { lagOf }: Faulty): Promise<void> {
  app.removeAllContentTypeParsers();
  await app.register(formbody, { parser: parseQuery });

  app.setErrorHandler((error: Error & { code?: string }, request, reply) => {
    if (error instanceof Refusal) return refuse(error, request, reply, state);
    if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return refuse(new Refusal('notAForm'), request, reply, state);
    const failure = failureToWire(request.method, { code: 1000, message: error.message });
    return reply.code(500).type(json).send(toJson(failure, false));
  });
  app.setNotFoundHandler((request, reply) => {
    const isOtherFormat = /\.(?!json$)\w+$/u.test(pathOf(request));
    return refuse(new Refusal(isOtherFormat ? 'responseFormat' : 'noEndpoint'), request, reply, state);
  });

  for (const [method, path, answer] of endpoints) {
    const handle = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
      const query = request.query as Fields;
      const form = isMap(request.body) ? request.body : {};
      const token = tokenOf(request, query, form);
      const user = state.userOf(token);
      if (!user) return state.users.some(({ apiKey }) => apiKey === token) ? turnKeyAway(reply) : turnAway(reply);
      const seconds = rateLimit.take(user.id, state.now());
      if (seconds > 0) return refuse(new Refusal('tooManyRequests'), request, reply.header('retry-after', seconds), state);
      state.settle();
      const { id = '' } = request.params as { id?: string };
      const body = answer({ state, user, id, query, form, origin: `http://${request.host}`, lag: lagOf(request) });
      return reply.type(json).send(toJson(body, isPretty(request)));
    };
    app.route({ method, url: `${path}.json`, handler: handle });
  }

  for (const path of new Set(endpoints.map(([, path]) => path))) {
    const offered = endpoints.filter((endpoint) => endpoint[1] === path).map(([method]) => method as string);
    app.route({
      method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => !offered.includes(method)),
      url: `${path}.json`,
      handler: () => {
        throw new Refusal('method');
      },
    });
  }
}

const json = 'application/json;charset=UTF-8';

function isPretty({ query }: FastifyRequest): boolean {
  return (query as Fields).pretty === 'true';
}

function tokenOf({ headers }: FastifyRequest, query: Fields, form: Fields): string {
  const bearer = /^Bearer +(\S+)$/iu.exec(headers.authorization ?? '')?.[1];
  return bearer ?? textIn(query, 'access_token') ?? textIn(form, 'access_token') ?? '';
}

function turnAway(reply: FastifyReply): FastifyReply {
  const challenge = "OAuth realm='Service', error='invalid_request', error_description='The access token is missing or not valid'";
  return reply.code(401).header('www-authenticate', challenge).type('text/html').send('');
}

/** A key of the current API is told what it is not for. The words were measured; the shape around them is v1's usual one. */
function turnKeyAway(reply: FastifyReply): FastifyReply {
  const failure = { error: 'Public API tokens are not accepted for REST API access', code: 401 };
  return reply.code(401).type(json).send(toJson(failure, false));
}

function refuse(refusal: Refusal, request: FastifyRequest, reply: FastifyReply, { settings }: State): FastifyReply {
  const failure = failureOf(refusal);
  const told = failureToWire(request.method, failure);
  const wire = settings.v1Refusal === 'text' && request.method === 'POST' ? { ...told, message: { text: failure.message } } : told;
  return reply
    .code(failure.status)
    .type(json)
    .send(toJson(wire, isPretty(request)));
}

/** v1 knows of one organization, of the networks of its time, and of no channel that only reminds. */
function knownProfiles(state: State, user: User): Profile[] {
  const [first] = state.organizationsOf(user);
  const isKnown = ({ service, serviceType }: Profile) => !networks[service]!.isAfterV1 && !isReminderOnly(service, serviceType);
  return state.profilesOf(user).filter((profile) => profile.organizationId === first?.id && isKnown(profile));
}

function profileOf({ state, user, id }: Pick<Call, 'state' | 'user' | 'id'>): Profile {
  const profile = state.profileFor(user, id);
  if (!knownProfiles(state, user).includes(profile)) throw new Refusal('noProfile');
  return profile;
}

/** v1 knows neither drafts nor anything in between. */
const knownStatuses: readonly Update['status'][] = ['buffer', 'sent', 'error'];

function updateOf({ state, user, id }: Call): Update {
  const update = state.updateFor(user, id);
  const isKnown = knownStatuses.includes(update.status) && knownProfiles(state, user).includes(state.profileOf(update));
  if (!isKnown) throw new Refusal('noUpdate');
  return update;
}

// Lists

const defaultCount = 20;
const maxCount = 100;

function page<T>(query: Fields, all: readonly T[]): readonly T[] {
  const count = integerIn(query, 'count', 1, maxCount) ?? defaultCount;
  const number = integerIn(query, 'page', 1) ?? 1;
  return all.slice((number - 1) * count, number * count);
}

function pending(call: Call): object {
  const profile = profileOf(call);
  const since = integerIn(call.query, 'since', 0) ?? -1;
  return listed(
    call,
    call.state.pending(profile).filter(({ createdAt }) => createdAt > since),
  );
}

function sent(call: Call): object {
  const profile = profileOf(call);
  const since = integerIn(call.query, 'since', 0) ?? -1;
  return listed(
    call,
    call.state.sent(profile).filter(({ sentAt, dueAt }) => (sentAt ?? dueAt) > since),
  );
}

function listed({ query, state, lag }: Call, all: readonly Update[]): object {
  const isUtc = flagIn(query, 'utc');
  const updates = all.filter((update) => state.isOlder(update, lag));
  return { total: updates.length, updates: page(query, updates).map((update) => updateToWire(update, state, isUtc)) };
}

const interactionEvents = ['retweet', 'like', 'comment', 'mention', 'reshare'];

function interactions(call: Call): object {
  const update = updateOf(call);
  const event = textIn(call.query, 'event')?.replace(/s$/u, '');
  if (event !== undefined && !interactionEvents.includes(event)) throw new Refusal('eventUnsupported', event);
  const isTwitterLike = event === 'like' && call.state.profileOf(update).service === 'twitter';
  const kind = isTwitterLike ? 'favorites' : event && `${event}s`;
  const all = interactionsOf(update, kind, call.origin, call.state.now());
  return { total: all.length, interactions: page(call.query, all) };
}

// Queues

function updateSchedules(call: Call): object {
  const profile = profileOf(call);
  const given = call.form.schedules;
  if (given === undefined) throw new Refusal('missingParameter', 'schedules');
  if (!Array.isArray(given)) throw new Refusal('outOfBounds', 'schedules');
  call.state.setSchedules(profile, given.map(scheduleOf));
  return { success: true };
}

function scheduleOf(given: unknown): Schedule {
  if (!isMap(given)) throw new Refusal('outOfBounds', 'schedules');
  const days = requiredListIn(given, 'days');
  const times = requiredListIn(given, 'times');
  const areDays = days.every((day) => weekdays.some((known) => known === day));
  const areTimes = times.every((time) => /^([01]\d|2[0-3]):[0-5]\d$/u.test(time));
  if (!areDays || !areTimes) throw new Refusal('outOfBounds', 'schedules');
  return { days, times };
}

function reorder(call: Call): object {
  const profile = profileOf(call);
  const isUtc = flagIn(call.form, 'utc');
  call.state.reorder(profile, requiredListIn(call.form, 'order'), integerIn(call.form, 'offset', 0));
  return queueAfter(call, profile, isUtc);
}

function shuffle(call: Call): object {
  const profile = profileOf(call);
  const isUtc = flagIn(call.form, 'utc');
  const count = integerIn(call.form, 'count', 1);
  call.state.shuffle(profile);
  return queueAfter(call, profile, isUtc, count);
}

function queueAfter({ state }: Call, profile: Profile, isUtc: boolean, count?: number): object {
  const updates = state.pending(profile).slice(0, count);
  return { success: true, updates: updates.map((update) => updateToWire(update, state, isUtc)) };
}

// Updates

/** No more profiles than this in one create. */
const mostProfileIds = 10;

function create(call: Call): object {
  const { state, user, form } = call;
  const ids = [...new Set(requiredListIn(form, 'profile_ids'))];
  if (ids.length === 0) throw new Refusal('missingParameter', 'profile_ids');
  if (ids.length > mostProfileIds && state.settings.mostProfileIds === 'ten') throw new Refusal('outOfBounds', 'profile_ids');
  const retweet = mapIn(form, 'retweet');
  if (retweet) requiredTextIn(retweet, 'tweet_id');
  const text = textIn(form, 'text') ?? '';
  const given = mediaIn(form);
  const when = whenIn(form);
  const isPinned = isPinnedIn(form);
  const previews = flagIn(form, 'attachment', true);
  flagIn(form, 'shorten');

  const updates: Update[] = [];
  let firstRefusal: unknown;
  for (const id of ids) {
    try {
      const profile = profileOf({ state, user, id });
      const isShare = retweet !== undefined && profile.service === 'twitter';
      const media = given ?? (previews ? previewOf(profile, text) : undefined);
      const details = isShare ? { retweet: { id: textIn(retweet, 'tweet_id')!, comment: textIn(retweet, 'comment') } } : undefined;
      const mayRepeat = state.settings.duplicates === 'taken';
      const added = state.add(profile, { text, media, when, isShare, mayRepeat, rest: { details } });
      added.isPinned = isPinned;
      updates.push(added);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      firstRefusal ??= refusal;
    }
  }
  const [first] = updates;
  if (!first) throw firstRefusal;
  return {
    success: true,
    ...bufferOf(state, first),
    updates: updates.map((update) => updateToWire(update, state)),
  };
}

function update(call: Call): object {
  const target = updateOf(call);
  const { state, form } = call;
  const when = whenIn(form);
  const isUtc = flagIn(form, 'utc');
  const isPinned = isPinnedIn(form);
  // What is left out may take the update out of its place.
  const loses = state.settings.editKeepsTime === 'requeues' && target.status === 'buffer' && target.isCustomScheduled;
  state.edit(target, {
    text: requiredTextIn(form, 'text'),
    when: when === 'now' || typeof when === 'object' ? when : loses ? 'queue' : undefined,
    ...contentAfterEdit(target, mediaIn(form) ?? (form.media === '' ? {} : undefined), state.settings.v1EditMedia === 'kept'),
  });
  if (typeof when === 'object') target.isPinned = isPinned;
  return { success: true, ...bufferOf(state, target), update: updateToWire(target, state, isUtc) };
}

/**
 * What an edit makes of media, and of what v1 cannot be given back: further files, and the post that is passed on.
 * @param given  nothing in it takes the media away; undefined is left out
 */
function contentAfterEdit({ media = {}, assets, details }: Update, given: Media | undefined, keeps: boolean): Pick<Edit, 'media' | 'rest'> {
  if (given === undefined && keeps) return {};
  const isEmpty = given === undefined || Object.keys(given).length === 0;
  const isSame = !isEmpty && isDeepStrictEqual(given, withoutGaps(media));
  const files = assets && [...(isSame ? assets.slice(0, 1) : filesOf(given)), ...(keeps && !isEmpty ? assets.slice(1) : [])];
  const { retweet, ...others } = details ?? {};
  return { media: given ?? {}, rest: { assets: files, details: keeps || retweet === undefined ? details : others } };
}

/** Only what there is. */
function withoutGaps<Value extends object>(value: Value): Partial<Value> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Partial<Value>;
}

/** The picture of an edit as a file; that of a link belongs to the link. */
function filesOf({ link, picture, thumbnail, description }: Media = {}): Asset[] {
  return picture && !link ? [{ kind: 'image', url: picture, thumbnail, alt: description }] : [];
}

function share(call: Call): object {
  call.state.share(updateOf(call));
  return { success: true };
}

function destroy(call: Call): object {
  call.state.remove(updateOf(call));
  return { success: true, message: 'Update deleted successfully' };
}

function moveToTop(call: Call): object {
  const target = updateOf(call);
  call.state.moveToTop(target);
  return updateToWire(target, call.state);
}

/** How full the queue of an update is. */
function bufferOf(state: State, target: Update): object {
  const profile = state.profileOf(target);
  const count = state.pending(profile).length;
  return { buffer_count: count, buffer_percentage: Math.round((100 * count) / state.queueLimit(profile)) };
}

/** A chosen time goes before now, and now before the top. */
function whenIn(form: Fields): When {
  const at = instantIn(form, 'scheduled_at');
  if (at !== undefined) return { at };
  if (flagIn(form, 'now')) return 'now';
  return flagIn(form, 'top') ? 'top' : 'queue';
}

/** Whether a chosen time is a slot of the schedule to stay in; it says nothing of any other time. */
function isPinnedIn(form: Fields): true | undefined {
  return (flagIn(form, 'pinned') && instantIn(form, 'scheduled_at') !== undefined) || undefined;
}

function mediaIn(form: Fields): Media | undefined {
  const map = mapIn(form, 'media');
  if (!map) return undefined;
  const link = filled(map, 'link');
  const media = {
    link,
    title: filled(map, 'title') ?? (link && titleOf(link)),
    description: filled(map, 'description'),
    picture: filled(map, 'photo') ?? filled(map, 'picture'),
    thumbnail: filled(map, 'thumbnail'),
  };
  const entries = withoutGaps(media);
  return Object.keys(entries).length > 0 ? entries : undefined;
}

function filled(map: Fields, name: string): string | undefined {
  return textIn(map, name) || undefined;
}

function previewOf(profile: Profile, text: string): Media | undefined {
  const link = networks[profile.service]!.previewsLinks ? firstLink(text) : undefined;
  return link === undefined ? undefined : { link, title: titleOf(link) };
}

/** Stands in for what Buffer reads from the page itself. */
function titleOf(link: string): string {
  return URL.canParse(link) ? new URL(link).hostname : link;
}

// Links

/** The same address has the same number of shares every time; `www` makes no difference. */
function shares({ query }: Call): object {
  const url = requiredTextIn(query, 'url').replace(/^(https?:\/\/)?www\./iu, '$1');
  return { shares: [...url].reduce((hash, character) => (hash * 31 + character.codePointAt(0)!) % 50_021, 7) };
}
