import type { TadaDocumentNode, VariablesOf } from 'gql.tada';
import * as v from 'valibot';
import type { BufferApi, PageRequest, RequestOptions } from './bufferApi.ts';
import { BufferError, type Outcome } from './bufferError.ts';
import {
  accountQuery,
  channelQuery,
  createIdeaMutation,
  type createPostMutation,
  createPosts,
  deletePostMutation,
  editPostMutation,
  ideasQuery,
  moveToTopMutation,
  overviewQuery,
  pendingQuery,
  postQuery,
  recentQuery,
  sentQuery,
  textOf,
} from './graphqlDocuments.ts';
import { dataOf, failureOf, unreadable } from './graphqlFailure.ts';
import { assetsInput, metadataInput, timeInput } from './graphqlInput.ts';
import {
  type Payload,
  wireAccount,
  wireChannelAnswer,
  wireIdea,
  wireIdeas,
  wireOverview,
  wirePayload,
  wirePending,
  wirePost,
  wirePostAnswer,
  wireSent,
} from './graphqlWire.ts';
import { createHttp, type HttpOptions } from './http.ts';
import type { BudgetWindow, NewUpdate, Profile, Service, Update, UpdatePage } from './model.ts';
import { budgetIn } from './requestBudget.ts';

type Document<Result, Variables> = TadaDocumentNode<Result, Variables>;

export interface GraphqlOptions extends HttpOptions {
  /** Whose queues these are; only `account` works without. */
  readonly organizationId?: string;
  /** Told after each answer what is left of each window. */
  readonly onBudget?: (windows: readonly BudgetWindow[]) => void;
}

/** The bounds of one request (https://developers.buffer.com/guides, "cost limits"): aliases, and rows a page. */
const mostAliases = 30;
const largestPage = 100;

const waiting = ['scheduled', 'sending', 'needs_approval', 'draft'] as const;
/** Of what failed, and of what has no time, a queue shows no more than so many. */
const few = 30;

/** Buffer's current API (https://developers.buffer.com) as a `BufferApi`. One request of it is one of 250 a day. */
export function createGraphql({ organizationId = '', onBudget, ...options }: GraphqlOptions): BufferApi {
  const http = createHttp({ ...options, onHeaders: (headers) => onBudget?.(budgetIn(headers)) });
  async function ask<Result, Variables>(document: Document<Result, Variables>, variables: Variables, { signal, urgency }: RequestOptions = {}): Promise<Record<string, unknown>> {
    const operation = document.definitions.find((each) => each.kind === 'OperationDefinition');
    const isWrite = operation?.operation === 'mutation';
    const outcome: Outcome = isWrite ? 'unknown' : 'notDone';
    const answer = await http({
      path: '',
      name: operation?.name?.value,
      json: { query: textOf(document), variables, operationName: operation?.name?.value },
      isWrite,
      signal,
      urgency,
    });
    return dataOf(answer, outcome);
  }

  async function read<Result, Variables, Schema extends v.GenericSchema>(
    document: Document<Result, Variables>,
    variables: Variables,
    schema: Schema,
    options?: RequestOptions,
  ): Promise<v.InferOutput<Schema>> {
    return parsed(schema, await ask(document, variables, options), 'notDone');
  }

  /** A mutation's one payload, where it succeeded. */
  async function write<Result, Variables>(document: Document<Result, Variables>, variables: Variables): Promise<Payload> {
    const [payload] = Object.values(await ask(document, variables));
    const read = parsed(wirePayload, payload, 'unknown');
    const failure = failureOf(read);
    if (failure) throw failure;
    return read;
  }

  /** The post that a mutation answered with. */
  function postOf({ post }: Payload): Update {
    return parsed(wirePost, post, 'unknown');
  }

  /**
   * The filters of a queue, of one channel or of all: what failed, latest first; what has a time, soonest first; and
   * what has none. What failed stays at Buffer for ever, so it must not crowd out what is to come.
   */
  function pendingInput(channelIds?: string[], dueFrom?: string) {
    const filter = { channelIds, status: [...waiting] };
    return {
      few,
      failed: { organizationId, filter: { channelIds, status: ['error' as const] }, sort: [{ field: 'dueAt' as const, direction: 'desc' as const }] },
      dated: {
        organizationId,
        filter: { ...filter, dueAtPresence: 'present' as const, ...(dueFrom && { dueAt: { start: dueFrom } }) },
        sort: [{ field: 'dueAt' as const, direction: 'asc' as const }],
      },
      undated: { organizationId, filter: { ...filter, dueAtPresence: 'absent' as const }, sort: [{ field: 'createdAt' as const, direction: 'asc' as const }] },
    };
  }

  return {
    name: 'graphql',
    capabilities: { reorder: false, shuffle: false, moveToTop: true, requeue: true, details: true, ideas: true },

    account: (options) => read(accountQuery, {}, wireAccount, options),

    overview: async ({ size, known }, options) => {
      // One page holds the heads of all queues; each is a whole queue unless there is more.
      const first = Math.max(size, largestPage);
      const variables = { organizationId, ...pendingInput(), first, channelIds: [...known], knowsChannels: known.length > 0 };
      const { channels, failed, dated, undated, dailyPostingLimits } = await read(overviewQuery, variables, wireOverview, options);
      const limits = new Map(dailyPostingLimits);
      const profiles = channels.map((profile) => ({ ...profile, today: limits.get(profile.id) }));
      return { profiles, pending: failed && dated && undated && headsOf(profiles, failed.nodes, dated, undated.nodes) };
    },

    profile: async (profileId, options) => {
      const { channel, dailyPostingLimits } = await read(channelQuery, { id: profileId }, wireChannelAnswer, options);
      return { ...channel, today: new Map(dailyPostingLimits).get(profileId) };
    },
    schedules: async (profileId, options) => [...(await read(channelQuery, { id: profileId }, wireChannelAnswer, options)).channel.schedules],

    pending: async (profileId, request, options) => {
      const isHead = !request.after;
      const known = cursorOf(request);
      const dueFrom = isHead ? undefined : withOverlap(request.heldUntil);
      // The cursor only helps where more updates than a page share one time.
      const after = dueFrom === known.dueFrom ? known.after : undefined;
      const variables = { ...pendingInput([profileId], dueFrom), first: pageSize(request), after, isHead };
      const { failed, dated, undated } = await read(pendingQuery, variables, wirePending, options);
      const updates = [...(failed?.nodes.toReversed() ?? []), ...dated.nodes];
      if (dated.next === undefined) return { updates: [...updates, ...undated.nodes] };
      return { updates, next: cursor({ dueFrom, after: dated.next }) };
    },

    sent: async (profileId, request, options) => {
      const input = { organizationId, filter: { channelIds: [profileId], status: ['sent' as const] }, sort: [{ field: 'dueAt' as const, direction: 'desc' as const }] };
      const { posts } = await read(sentQuery, { input, first: pageSize(request), after: cursorOf(request).after }, wireSent, options);
      return { updates: posts.nodes, next: posts.next && cursor({ after: posts.next }) };
    },

    update: async (updateId, options) => (await read(postQuery, { id: updateId }, wirePostAnswer, options)).post,

    recent: async (profileIds, since, options) => {
      const input = {
        organizationId,
        filter: { channelIds: [...profileIds], createdAt: { start: since.toISOString() } },
        sort: [{ field: 'createdAt' as const, direction: 'desc' as const }],
      };
      return [...(await read(recentQuery, { input, first: largestPage }, wireSent, options)).posts.nodes];
    },

    create: async (update, serviceOf, options) => {
      const created: Update[] = [];
      const refused: Record<string, BufferError> = {};
      for (let start = 0; start < update.profileIds.length; start += mostAliases) {
        const ids = update.profileIds.slice(start, start + mostAliases);
        const inputs = ids.map((id, index) => [`input${index}`, createInput(update, id, serviceOf(id))] as const);
        const answers = await ask(createPosts(ids.length), Object.fromEntries(inputs), options).catch((error: unknown) => {
          if (start === 0 || !(error instanceof BufferError)) throw error;
          // What was created before is known, and stays so.
          for (const id of update.profileIds.slice(start)) refused[id] = error;
        });
        if (!answers) break;
        for (const [index, id] of ids.entries()) {
          const payload = parsed(wirePayload, answers[`post${index}`], 'unknown');
          const failure = failureOf(payload);
          if (failure) refused[id] = failure;
          else created.push(postOf(payload));
        }
      }
      const [only] = Object.values(refused);
      if (only && created.length === 0 && update.profileIds.length === 1) throw only;
      return { updates: created, refused };
    },

    edit: async (updateId, { text, when, media, details }, service) => {
      const metadata = details || media !== undefined ? metadataInput(service, text, media, details) : undefined;
      const assets = media === undefined ? undefined : assetsInput(media);
      return postOf(await write(editPostMutation, { input: { id: updateId, text, ...(when && timeInput(when)), assets, metadata } }));
    },
    share: async (updateId) => postOf(await write(editPostMutation, { input: { id: updateId, mode: 'shareNow' } })),
    destroy: async (updateId) => {
      await write(deletePostMutation, { id: updateId });
    },
    moveToTop: async (updateId) => postOf(await write(moveToTopMutation, { id: updateId })),
    reorder: () => Promise.reject(notOffered()),
    shuffle: () => Promise.reject(notOffered()),

    // Limits come with each channel; the rest is in our own table.
    configuration: () => Promise.resolve({ limits: {} }),

    ideas: async (request, options) => {
      const variables = { organizationId, first: pageSize(request), after: cursorOf(request).after };
      const { nodes, next } = (await read(ideasQuery, variables, wireIdeas, options)).ideas;
      return { ideas: nodes, next: next && cursor({ after: next }) };
    },
    createIdea: async ({ title, text }) => {
      const payload = await write(createIdeaMutation, { input: { organizationId, content: { title, text } } });
      return parsed(wireIdea, payload.idea ?? payload, 'unknown');
    },
  };
}

type CreatePostInput = VariablesOf<typeof createPostMutation>['input'];

function createInput({ text, when, media, details }: NewUpdate, channelId: string, service: Service): CreatePostInput {
  const metadata = metadataInput(service, text, media, details?.[channelId]);
  return { channelId, schedulingType: 'automatic', text, ...timeInput(when), assets: assetsInput(media), metadata };
}

/** The head of each queue, from one page of all of them: complete up to the time of the page's last. */
function headsOf(
  profiles: readonly Profile[],
  failed: readonly Update[],
  { nodes, next }: { readonly nodes: readonly Update[]; readonly next?: string },
  undated: readonly Update[],
): Record<string, UpdatePage> {
  const isWhole = next === undefined;
  const rest = isWhole ? undefined : cursor({});
  const all = Map.groupBy([...failed.toReversed(), ...nodes, ...(isWhole ? undated : [])], ({ profileId }) => profileId);
  return Object.fromEntries(profiles.map(({ id }) => [id, { updates: all.get(id) ?? [], next: rest }]));
}

/** A second of overlap: nobody promises whether a range of times includes its ends, and the same update twice is one. */
function withOverlap(time: Date | undefined): string | undefined {
  return time && new Date(time.getTime() - 1000).toISOString();
}

/** Where a list goes on, and the range of times that this is a place in. */
interface Cursor {
  readonly after?: string;
  /** ISO 8601. */
  readonly dueFrom?: string;
}

function cursor(value: Cursor): string {
  return JSON.stringify(value);
}

function cursorOf({ after }: PageRequest): Cursor {
  return after ? (JSON.parse(after) as Cursor) : {};
}

function pageSize({ size }: PageRequest): number {
  return Math.min(largestPage, Math.max(1, size));
}

function parsed<Schema extends v.GenericSchema>(schema: Schema, value: unknown, outcome: Outcome): v.InferOutput<Schema> {
  const read = v.safeParse(schema, value);
  if (read.success) return read.output;
  throw new BufferError('malformed', unreadable, { outcome, cause: new Error(v.summarize(read.issues)) });
}

function notOffered(): BufferError {
  return new BufferError('rejected', 'The current Buffer API cannot put a queue in another order.');
}
