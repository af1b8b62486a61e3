import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import type { BufferApi, PageRequest, RequestOptions } from '../bufferApi.ts';
import { BufferError, type BufferErrorKind, changedMeanwhile, type Outcome, tooMany } from '../bufferError.ts';
import { createHttp, type HttpOptions, type HttpRequest, reported } from '../transport/http.ts';
import { writtenDetails } from '../../networks/networkNeeds.ts';
import { inBuffersWords, shownText } from '../figures.ts';
import type { Created, Media, MeasuredUpdate, NewUpdate, NewShareTime, Service, Update, UpdateEdit, UpdatePage } from '../model.ts';
import { unreadable } from '../transport/provenance.ts';
import { dateOf, ServiceClock } from '../transport/serviceClock.ts';
import { failureIn, parseJson, restV1Word } from './failure.ts';
import {
  wireConfiguration,
  wireCreated,
  wireDone,
  wireEdited,
  wirePage,
  wireProfile,
  wireProfiles,
  wireSchedules,
  wireUpdate,
  wireUpdates,
  wireUser,
} from './wire.ts';
import { refuseLoss } from '../refuseLoss.ts';
import { restV1Traits } from './traits.ts';

/** The documented bounds of `count` in a list of updates. */
const largestPage = 100;
/** Where a service passes over `since`, a whole queue is not read for it. */
const mostRecentPages = 10;
/** Buffer's own client sends no more profiles in one create. */
const mostProfiles = 10;

/** Buffer's REST API v1 (https://buffer.com/developers/api) as a `BufferApi`. */
export function createRestV1(options: HttpOptions): BufferApi {
  const { clock = new ServiceClock() } = options;
  const http = createHttp({ ...options, clock }, restV1Word);

  async function ask<Schema extends v.GenericSchema>(
    { dated, ...request }: HttpRequest & Pick<RequestOptions, 'dated'>,
    schema: Schema,
  ): Promise<v.InferOutput<Schema>> {
    const outcome: Outcome = request.isWrite ? 'unknown' : 'notDone';
    const answer = await http(request);
    const json = parseJson(answer.body);
    const failure = failureIn(answer, json, outcome);
    if (failure) {
      // What stands in between has none of its codes.
      if (failure.code !== undefined) answer.confirm();
      throw reported(failure, answer);
    }
    const parsed = v.safeParse(schema, json);
    if (parsed.success) {
      answer.confirm();
      dated?.(dateOf(answer.headers));
      return parsed.output;
    }
    throw reported(new BufferError('malformed', unreadable, { outcome, cause: new Error(v.summarize(parsed.issues)) }), answer);
  }

  const read = <Schema extends v.GenericSchema>(path: string, schema: Schema, { signal, priority }: RequestOptions = {}) =>
    ask({ path, signal, priority }, schema);

  const write = <Schema extends v.GenericSchema>(path: string, schema: Schema, fields: FormFields = {}, options?: RequestOptions) =>
    ask({ path, form: toForm(fields), isWrite: true, ...options }, schema);

  async function page(
    list: 'pending' | 'sent',
    profileId: string,
    request: PageRequest,
    { signal, priority }: RequestOptions = {},
  ): Promise<UpdatePage> {
    const held = request.after ? (request.held ?? 0) : 0;
    const { number, count } = pageAfter(held, request.size);
    const path = `/profiles/${segment(profileId)}/updates/${list}.json`;
    const { updates, total } = await ask({ path, query: { page: number, count }, signal, priority }, wirePage);
    const seen = number * count;
    const hasMore = total === undefined ? updates.length === count : seen < total;
    return { updates: updates.slice(Math.max(0, held - (number - 1) * count)), total, next: hasMore ? 'more' : undefined };
  }

  return {
    ...restV1Traits,
    serviceNow: () => clock.now(),
    retire: () => http.retire(),

    account: (options) => read('/user.json', wireUser, options),
    overview: async (_request, options) => ({ profiles: await read('/profiles.json', wireProfiles, options) }),
    profile: async (profileId, options) => read(`/profiles/${segment(profileId)}.json`, wireProfile, options),
    schedules: async (profileId, options) => read(`/profiles/${segment(profileId)}/schedules.json`, wireSchedules, options),
    pending: (profileId, request, options) => page('pending', profileId, request, options),
    sent: (profileId, request, options) => page('sent', profileId, request, options),
    figures: async ({ profileIds, from, to, after }, options) => {
      // The list of a profile after that of another: v1 has none over all.
      const [index = 0, number = 1] = after?.split(':').map(Number) ?? [];
      const profileId = profileIds[index];
      if (profileId === undefined) return { updates: [], readFrom: from };
      const path = `/profiles/${segment(profileId)}/updates/sent.json`;
      const { updates, total } = await ask({ path, query: { page: number, count: largestPage }, ...options }, wirePage);
      const isLast =
        updates.length === 0 ||
        (total === undefined ? updates.length < largestPage : number * largestPage >= total) ||
        (updates.at(-1)?.sentAt ?? from) < from;
      const rest = profileIds.length - index - 1;
      const next = isLast ? `${index + 1}:1` : `${index}:${number + 1}`;
      return {
        updates: updates.flatMap((update) => measuredOf(update) ?? []).filter(({ sentAt }) => sentAt >= from && sentAt <= to),
        ...(isLast && rest === 0 ? { readFrom: from } : { next }),
        requestsLeft: rest + (isLast ? 0 : 1),
      };
    },
    update: async (updateId, options) => read(`/updates/${segment(updateId)}.json`, wireUpdate, options),
    recent: async (profileIds, since, options) => {
      const lists = profileIds.flatMap((id) => ['pending', 'sent'].map((list) => `/profiles/${segment(id)}/updates/${list}.json`));
      const found: Update[] = [];
      const dates: (Date | undefined)[] = [];
      const dated = (madeAt: Date | undefined) => void dates.push(madeAt);
      for (const path of lists) {
        const read = async (page: number) => {
          const query = { since: Math.floor(since.getTime() / 1000), page, count: largestPage };
          return ask({ path, query, ...options, dated }, wirePage);
        };
        const pages: (readonly Update[])[] = [];
        let before: number | undefined;
        for (;;) {
          if (pages.length === mostRecentPages) throw tooMany();
          const { updates, total = 0 } = await read(pages.length + 1);
          // Pages are cut anew when the list changes, and one of it can be on none of those that were read.
          if (before !== undefined && total !== before) throw changedMeanwhile();
          before = total;
          pages.push(updates);
          // What was sent comes newest first, also from a service that passes over `since`.
          const isPast = (updates.at(-1)?.sentAt ?? since) < since;
          if (updates.length < largestPage || isPast) break;
        }
        // One that left and one that came are as many as before: only the same pages show that none slipped between them.
        for (const [index, page] of pages.slice(0, -1).entries()) {
          const { updates } = await read(index + 1);
          if (updates.some(({ id }, place) => id !== page[place]?.id)) throw changedMeanwhile();
        }
        found.push(...pages.flat());
      }
      return { updates: found, readAt: dates[0] };
    },
    configuration: (options) => read('/info/configuration.json', wireConfiguration, options),

    create: async (update, serviceOf, options) => {
      refuseUntaken(update, serviceOf);
      return inParts(update.profileIds, mostProfiles, (ids) =>
        write('/updates/create.json', wireCreated, createFields(update, ids), options),
      );
    },
    edit: async (update, change) => {
      const media = isDeepStrictEqual(change.media, update.media) ? undefined : change.media;
      refuseUntaken({ ...change, media, details: change.details && { [update.profileId]: change.details } }, () => update.service);
      if (isUnchanged(update, change)) return { update, lost: [] };
      refuseLoss(update, change);
      return {
        update: (await write(`/updates/${segment(update.id)}/update.json`, wireEdited, editFields(change, update))).update,
        lost: [],
      };
    },
    share: async ({ id }) => {
      await write(`/updates/${segment(id)}/share.json`, wireDone);
      return undefined;
    },
    restore: async (update, when = 'queue') => {
      const { profileId, text, media } = update;
      // What had no card is not to get one of a link in its text.
      const attachment = media ? undefined : 'false';
      const fields = {
        'profile_ids[]': [profileId],
        text,
        attachment,
        ...editTime(when, update),
        ...mediaFields(media, media?.link ? 'picture' : 'photo'),
      };
      const [restored] = (await write('/updates/create.json', wireCreated, fields)).updates;
      if (!restored) throw new BufferError('malformed', 'Buffer gave an answer that cannot be read.', { outcome: 'unknown' });
      return restored;
    },
    destroy: async (updateId) => {
      await write(`/updates/${segment(updateId)}/destroy.json`, wireDone);
    },
    moveToTop: async (updateId) => write(`/updates/${segment(updateId)}/move_to_top.json`, wireUpdate),
    reorder: async (profileId, updateIds) => {
      const path = `/profiles/${segment(profileId)}/updates/reorder.json`;
      return (await write(path, wireUpdates, { 'order[]': updateIds })).updates;
    },
    shuffle: async (profileId) => (await write(`/profiles/${segment(profileId)}/updates/shuffle.json`, wireUpdates)).updates,
    due: () => Promise.reject(new BufferError('rejected', 'Buffer’s REST API v1 lists no ranges of time.')),
    ideas: () => Promise.reject(noIdeas()),
    createIdea: () => Promise.reject(noIdeas()),
    templates: () => Promise.reject(noTemplates()),
    template: () => Promise.reject(noTemplates()),
    createTemplate: () => Promise.reject(noTemplates()),
    updateTemplate: () => Promise.reject(noTemplates()),
    destroyTemplate: () => Promise.reject(noTemplates()),
    tags: () => Promise.reject(noTags()),
    createTag: () => Promise.reject(noTags()),
    notes: () => Promise.resolve([]),
  };
}

/**
 * Creates for so many profiles at a time. What was created stays known: a part that fails is told for each of its
 * profiles, and where the reason is not the update or the profiles themselves, nothing more is sent.
 * @throws BufferError where nothing was created, and nothing more to be said than one reason for all
 */
async function inParts(
  profileIds: readonly string[],
  most: number,
  create: (ids: readonly string[]) => Promise<Created>,
): Promise<Created> {
  const updates: Update[] = [];
  const refused: Record<string, BufferError> = {};
  for (let start = 0; start < profileIds.length; start += most) {
    const ids = profileIds.slice(start, start + most);
    const answer = await create(ids).catch((error: unknown) => {
      if (!(error instanceof BufferError)) throw error;
      return error;
    });
    if (!(answer instanceof BufferError)) {
      updates.push(...answer.updates);
      continue;
    }
    const isOnlyPart = profileIds.length <= most;
    if (isOnlyPart || (start === 0 && !verdicts.has(answer.kind) && answer.outcome === 'notDone')) throw answer;
    for (const id of ids) refused[id] = answer;
    if (verdicts.has(answer.kind)) continue;
    for (const id of profileIds.slice(start + most)) refused[id] = notSent(answer);
    break;
  }
  return { updates, refused };
}

/** What the service says of an update or of its profiles, which says nothing of other profiles. */
const verdicts: ReadonlySet<BufferErrorKind> = new Set(['rejected', 'forbidden', 'notFound']);

/** What stood in the way of others stood in the way of this, which was not even sent. */
function notSent({ kind, message, code, retryAfter, cause }: BufferError): BufferError {
  return new BufferError(kind, message, { code, retryAfter, cause, outcome: 'notDone' });
}

/** Whether an edit would leave an update as it is. What networks ask for beside text and media is not known to v1. */
function isUnchanged(before: Update, { text, when, media }: UpdateEdit): boolean {
  const parts = ({ link, title, description, picture, thumbnail }: Media) => [link, title, description, picture, thumbnail];
  const isSameMedia = media === undefined || isDeepStrictEqual(parts(media ?? {}), parts(before.media ?? {}));
  return (text === undefined || text === before.text) && when === undefined && isSameMedia;
}

/**
 * What v1 has no field for is refused, as it would be left out without a word.
 * @throws BufferError
 */
function refuseUntaken(
  { media, details = {}, tagIds, isReminder, when }: Partial<Omit<NewUpdate, 'media'>> & { readonly media?: Media | null },
  serviceOf: (profileId: string) => Service,
): void {
  const written = Object.entries(details).flatMap(([profileId, each]) => writtenDetails(serviceOf(profileId), each));
  const untaken: readonly (readonly [what: string, isThere: unknown])[] = [
    ['Videos', media?.video],
    ['Documents', media?.document],
    ['Further pictures', media?.more?.length],
    ['Tagged accounts', [media ?? {}, ...(media?.more ?? [])].some(({ taggedUsers }) => taggedUsers?.length)],
    ['Tags', tagIds?.length],
    ['Reminders', isReminder],
    ['Threads', written.includes('thread') || written.includes('threadPictures')],
    ['Fields of a network', written.length],
    ['Drafts at Buffer', when === 'draft'],
  ];
  const found = untaken.find(([, isThere]) => isThere);
  if (found) throw new BufferError('rejected', `${found[0]} need an API key of the current Buffer API. Sign in with one to send them.`);
}

function noTemplates(): BufferError {
  return new BufferError('rejected', 'Templates need an API key of the current Buffer API. Sign in with one to use them.');
}

function noIdeas(): BufferError {
  return new BufferError('rejected', 'Ideas need an API key of the current Buffer API. Sign in with one to use them.');
}

function noTags(): BufferError {
  return new BufferError('rejected', 'Buffer’s API v1 has no tags.');
}

function createFields({ text, when, media, shorten }: NewUpdate, profileIds: readonly string[]): FormFields {
  return {
    'profile_ids[]': profileIds,
    text,
    shorten: shorten === undefined ? undefined : String(shorten),
    ...timeFields(when),
    ...mediaFields(media, media?.link ? 'picture' : 'photo'),
  };
}

/**
 * What `update.json` does with what it is not told is documented nowhere, so all that it can be told goes along: the
 * media, and the time where that is the update's own. One in the queue has its place, and no time is sent for it.
 */
function editFields({ text, when, media }: UpdateEdit, before: Update): FormFields {
  const kept = media === undefined ? before.media : withWhatStays(media, before.media);
  return {
    text: text ?? before.text,
    ...editTime(when === 'draft' ? undefined : when, before),
    ...(kept === null ? { media: '' } : mediaFields(kept, 'picture')),
  };
}

/** The media of an edit with what goes with the same link or picture, and nobody who edits is shown. */
function withWhatStays(media: Media | null, before: Media | undefined): Media | null {
  if (!media || !before || media.link !== before.link || media.picture !== before.picture) return media;
  return { ...media, thumbnail: media.thumbnail ?? before.thumbnail, title: media.title ?? (media.link ? undefined : before.title) };
}

function editTime(when: NewShareTime | undefined, { isFixedTime, isPinned, dueAt }: Partial<Update> = {}): FormFields {
  // A time that is past is refused, though nobody means to change it.
  const own = isFixedTime && dueAt && dueAt.getTime() > Date.now() ? { at: dueAt } : undefined;
  const wanted = when ?? own ?? 'queue';
  const isPlace = isPinned && typeof wanted === 'object' && wanted.at.getTime() === dueAt?.getTime();
  return { ...timeFields(wanted), pinned: isPlace ? 'true' : undefined };
}

type FormFields = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A form as v1 reads it: lists as `key[]`, maps as `key[name]`, nothing for what is undefined. */
function toForm(fields: FormFields): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const each of typeof value === 'string' ? [value] : (value ?? [])) form.append(name, each);
  }
  return form;
}

function timeFields(when: NewShareTime): FormFields {
  // A draft was refused before.
  if (when === 'queue' || when === 'draft') return {};
  if (when === 'next') return { top: 'true' };
  if (when === 'now') return { now: 'true' };
  return { scheduled_at: String(Math.floor(when.at.getTime() / 1000)) };
}

/**
 * A new update takes its picture as `photo`, and gives it back as `picture`; the picture of a link's card, and of an
 * edit, is `picture` both ways.
 */
function mediaFields({ link, title, description, picture, thumbnail }: Media = {}, pictureField: 'photo' | 'picture'): FormFields {
  return {
    'media[link]': link,
    'media[title]': title,
    'media[description]': description,
    [`media[${pictureField}]`]: picture,
    'media[thumbnail]': thumbnail,
  };
}

/** What became of an update; undefined where it did not go out. */
function measuredOf({ id, profileId, service, status, text, sentAt, url, statistics }: Update): MeasuredUpdate | undefined {
  if (status !== 'sent' || !sentAt) return undefined;
  const figures = inBuffersWords(Object.entries(statistics));
  return { id, profileId, service, text: shownText(text), sentAt, url, figures };
}

/** An id as one segment of a path. What could climb out of its place never leaves this machine. */
function segment(id: string): string {
  if (/^\.*$/.test(id)) throw new BufferError('notFound', 'There is no such profile or update.');
  return encodeURIComponent(id);
}

/**
 * The page that starts at or before `held` and brings at least `size` updates beyond it, as small as possible.
 * The pages of v1 are numbered from 1 and hold 1 to 100 updates.
 */
export function pageAfter(held: number, size: number): { number: number; count: number } {
  let best = { number: 1, count: size, fresh: -Infinity };
  for (let count = Math.min(Math.max(size, 1), largestPage); count <= largestPage; count++) {
    const number = Math.floor(held / count) + 1;
    const fresh = number * count - held;
    if (fresh > best.fresh) best = { number, count, fresh };
    if (fresh >= size) break;
  }
  return { number: best.number, count: best.count };
}
