import * as v from 'valibot';
import type { BufferApi, PageRequest, RequestOptions } from './bufferApi.ts';
import { BufferError, type Outcome } from './bufferError.ts';
import { createHttp, type HttpOptions, type HttpRequest, reported } from './http.ts';
import type { Media, ShareTime, Update, UpdatePage } from './model.ts';
import { unreadable } from './provenance.ts';
import { failureIn, parseJson, restV1Word } from './restV1Failure.ts';
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
} from './restV1Wire.ts';

/** The documented bounds of `count` in a list of updates. */
const largestPage = 100;
/** Where a service passes over `since`, a whole queue is not read for it. */
const mostRecentPages = 5;

/** Buffer's REST API v1 (https://buffer.com/developers/api) as a `BufferApi`. */
export function createRestV1(options: HttpOptions): BufferApi {
  const http = createHttp(options, restV1Word);

  async function ask<Schema extends v.GenericSchema>(request: HttpRequest, schema: Schema): Promise<v.InferOutput<Schema>> {
    const outcome: Outcome = request.isWrite ? 'unknown' : 'notDone';
    const answer = await http(request);
    const json = parseJson(answer.body);
    const failure = failureIn(answer, json, outcome);
    if (failure) throw reported(failure, answer);
    const parsed = v.safeParse(schema, json);
    if (parsed.success) return parsed.output;
    throw reported(new BufferError('malformed', unreadable, { outcome, cause: new Error(v.summarize(parsed.issues)) }), answer);
  }

  const read = <Schema extends v.GenericSchema>(path: string, schema: Schema, { signal, urgency }: RequestOptions = {}) =>
    ask({ path, signal, urgency }, schema);

  const write = <Schema extends v.GenericSchema>(path: string, schema: Schema, fields: FormFields = {}, signal?: AbortSignal) =>
    ask({ path, form: toForm(fields), isWrite: true, signal }, schema);

  async function page(list: 'pending' | 'sent', profileId: string, request: PageRequest, { signal, urgency }: RequestOptions = {}): Promise<UpdatePage> {
    const held = request.after ? (request.held ?? 0) : 0;
    const { number, count } = pageAfter(held, request.size);
    const path = `/profiles/${segment(profileId)}/updates/${list}.json`;
    const { updates, total } = await ask({ path, query: { page: number, count }, signal, urgency }, wirePage);
    const seen = number * count;
    const hasMore = total === undefined ? updates.length === count : seen < total;
    return { updates: updates.slice(Math.max(0, held - (number - 1) * count)), total, next: hasMore ? 'more' : undefined };
  }

  return {
    name: 'v1',
    capabilities: { reorder: true, shuffle: true, moveToTop: true, requeue: false, details: false, drafts: false, ideas: false, sharesAsIs: true },

    account: (options) => read('/user.json', wireUser, options),
    overview: async (_request, options) => ({ profiles: await read('/profiles.json', wireProfiles, options) }),
    profile: async (profileId, options) => read(`/profiles/${segment(profileId)}.json`, wireProfile, options),
    schedules: async (profileId, options) => read(`/profiles/${segment(profileId)}/schedules.json`, wireSchedules, options),
    pending: (profileId, request, options) => page('pending', profileId, request, options),
    sent: (profileId, request, options) => page('sent', profileId, request, options),
    update: async (updateId, options) => read(`/updates/${segment(updateId)}.json`, wireUpdate, options),
    recent: async (profileIds, since, options) => {
      const lists = profileIds.flatMap((id) => ['pending', 'sent'].map((list) => `/profiles/${segment(id)}/updates/${list}.json`));
      const found: Update[] = [];
      for (const path of lists) {
        for (let page = 1; page <= mostRecentPages; page++) {
          const query = { since: Math.floor(since.getTime() / 1000), page, count: largestPage };
          const { updates } = await ask({ path, query, ...options }, wirePage);
          found.push(...updates);
          if (updates.length < largestPage) break;
        }
      }
      return found;
    },
    configuration: (options) => read('/info/configuration.json', wireConfiguration, options),

    create: ({ profileIds, text, when, media, shorten }, _serviceOf, { signal } = {}) => {
      const fields = {
        'profile_ids[]': profileIds,
        text,
        shorten: shorten === undefined ? undefined : String(shorten),
        ...timeFields(when),
        ...mediaFields(media, media?.link ? 'picture' : 'photo'),
      };
      return write('/updates/create.json', wireCreated, fields, signal);
    },
    isWhole: () => true,
    edit: async (update, { text = update.text, when, media = update.media ?? null }) => {
      const fields = { text, ...timeFields(when ?? 'queue'), ...(media === null ? { media: '' } : mediaFields(media, 'picture')) };
      return { update: (await write(`/updates/${segment(update.id)}/update.json`, wireEdited, fields)).update, lost: [] };
    },
    share: async ({ id }) => {
      await write(`/updates/${segment(id)}/share.json`, wireDone);
      return undefined;
    },
    restore: async ({ profileId, text, media }, when = 'queue') => {
      const fields = { 'profile_ids[]': [profileId], text, ...timeFields(when), ...mediaFields(media, media?.link ? 'picture' : 'photo') };
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
    ideas: () => Promise.reject(noIdeas()),
    createIdea: () => Promise.reject(noIdeas()),
  };
}

function noIdeas(): BufferError {
  return new BufferError('rejected', 'Ideas need an API key of the current Buffer API. Sign in with one to use them.');
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

function timeFields(when: ShareTime): FormFields {
  if (when === 'queue') return {};
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
