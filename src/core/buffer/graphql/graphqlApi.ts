import { isDeepStrictEqual } from 'node:util';
import type { TadaDocumentNode } from 'gql.tada';
import * as v from 'valibot';
import type { BufferApi, PageRequest, RequestOptions } from '../bufferApi.ts';
import { BufferError, type Outcome, tooMany } from '../bufferError.ts';
import { changed } from './change.ts';
import { type Payload, wirePayload } from './answer.ts';
import {
  accountQuery,
  channelQuery,
  createIdeaMutation,
  createPostMutation,
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
} from './documents.ts';
import { answersByAlias, dataOf, failureOf, graphqlWord, isOwn, type PartialAnswer } from './failure.ts';
import { createInput, timeInput } from './input.ts';
import { cursor, cursorOf, headsOf, mergedByTime, withOverlap } from './pages.ts';
import { lostIn } from './lostFields.ts';
import { createInputOf, editInput, type EditPostInput, type FullPost } from './fullPost.ts';
import {
  wireAccount,
  wireChannelAnswer,
  wireIdea,
  wireIdeas,
  wireOverview,
  wirePending,
  wirePost,
  wirePostAnswer,
  wireSent,
} from './wire.ts';
import { createHttp, type HttpAnswer, type HttpOptions, reported } from '../transport/http.ts';
import type { MissingPart, OptionalPart } from '../missingPart.ts';
import type { BudgetWindow, Edited, NewUpdate, Service, ShareTime, Update } from '../model.ts';
import { markIncomplete, missingParts } from './partialAnswer.ts';
import type { Granted, Permission } from '../permissions.ts';
import { graphqlTraits } from './traits.ts';
import { permittedDocument } from './permittedDocument.ts';
import { refuseLoss } from '../refuseLoss.ts';
import { unreadable } from '../transport/provenance.ts';
import { budgetIn } from '../transport/rateLimitHeaders.ts';
import { ServiceClock } from '../transport/serviceClock.ts';

/** How many pages of what came about lately are read: a tenth of what may be asked in fifteen minutes. */
const mostRecentPages = 10;

type Document<Result, Variables> = TadaDocumentNode<Result, Variables>;

export interface GraphqlOptions extends HttpOptions {
  /** Whose queues these are; only `account` works without. */
  readonly organizationId?: string;
  /** What the credential may do, where it tells. What it may not is not asked for. */
  readonly scopes?: Granted;
  /** Told after each answer what is left of each window. */
  readonly onBudget?: (windows: readonly BudgetWindow[]) => void;
  /** Told what answers lack, each time that changes; nothing where they are whole again. */
  readonly onMissing?: (parts: readonly MissingPart[]) => void;
}

/** Reads something of an answer; where that cannot be read, the answer is left in the log. */
type Use = <Result>(reader: () => Result) => Result;

interface Answered extends PartialAnswer {
  readonly use: Use;
}

interface Exchanged {
  readonly answer: HttpAnswer;
  /** What the request calls itself. */
  readonly name: string;
  /** Of what cannot be told. */
  readonly outcome: Outcome;
  readonly use: Use;
}

/** The bounds of one request (https://developers.buffer.com/guides, "cost limits"): aliases, and rows a page. */
const mostAliases = 30;
const largestPage = 100;

/** What waits; what needs an approval is asked for by itself, as a filter that has it beside others finds nothing. */
const waiting = ['scheduled', 'sending', 'draft'] as const;
/** Of what failed, and of what has no time, a queue shows no more than so many. */
const few = 30;
/** A part that takes its whole answer with it is left out for so long. Milliseconds. */
const withheldFor = 3_600_000;

/** Buffer's current API (https://developers.buffer.com) as a `BufferApi`. One request of it is one of 250 a day. */
export function createGraphql({ organizationId = '', scopes, onBudget, onMissing, ...options }: GraphqlOptions): BufferApi {
  const { clock = new ServiceClock() } = options;
  const http = createHttp({ ...options, clock, onHeaders: (headers) => onBudget?.(budgetIn(headers)) }, graphqlWord);
  /** By the operation that lacked them. */
  const missing = new Map<string, readonly MissingPart[]>();
  /** Parts that are left out for now, until when by `performance.now()`. */
  const withheld = new Map<OptionalPart, number>();
  const wants = (part: OptionalPart) => (withheld.get(part) ?? 0) <= performance.now();

  async function ask<Result, Variables>(
    document: Document<Result, Variables>,
    variables: Variables,
    options?: RequestOptions,
  ): Promise<Answered> {
    const { answer, name, outcome, use } = await exchange(document, variables, options);
    const partial = use(() => dataOf(answer, outcome));
    markIncomplete(partial.data, partial.failures);
    tellMissing(name, missingParts(partial.failures));
    return { ...partial, use };
  }

  /** One request and its answer, whatever that is. */
  async function exchange<Result, Variables>(
    document: Document<Result, Variables>,
    variables: Variables,
    options: RequestOptions = {},
  ): Promise<Exchanged> {
    const operation = document.definitions.find((each) => each.kind === 'OperationDefinition');
    const isWrite = operation?.operation === 'mutation';
    const outcome: Outcome = isWrite ? 'unknown' : 'notDone';
    const name = operation?.name?.value ?? '';
    const permittedPart = permittedDocument(document, scopes);
    if (!permittedPart.document) throw notPermitted(permittedPart.missing);
    const answer = await http({
      path: '',
      name,
      json: { query: textOf(permittedPart.document), variables, operationName: name },
      isWrite,
      ...options,
    });
    if (isOwn(answer)) answer.confirm();
    const use = <Result>(reader: () => Result): Result => {
      try {
        return reader();
      } catch (failure) {
        throw reported(failure, answer);
      }
    };
    return { answer, name, outcome, use };
  }

  function tellMissing(operation: string, parts: readonly MissingPart[]): void {
    if (parts.length === 0 && !missing.has(operation)) return;
    if (parts.length) missing.set(operation, parts);
    else missing.delete(operation);
    const all = new Map([...missing.values()].flat().map((each) => [each.part, each]));
    onMissing?.([...all.values()]);
  }

  async function read<Result, Variables, Schema extends v.GenericSchema>(
    document: Document<Result, Variables>,
    variables: Variables,
    schema: Schema,
    options?: RequestOptions,
  ): Promise<v.InferOutput<Schema>> {
    const { data, failures, failureFor, use } = await ask(document, variables, options);
    return use(() => {
      const read = v.safeParse(schema, data);
      if (read.success) return read.output;
      // What failed by itself was needed.
      if (failures[0]) throw failureFor(failures[0]);
      throw new BufferError('malformed', unreadable, { cause: new Error(v.summarize(read.issues)) });
    });
  }

  /**
   * The same, where the answer may lack optional parts. One that takes the whole answer with it is left out, and the rest
   * is asked for at once.
   * @param variables  which part is left out is asked of `wants`
   */
  async function readWithout<Result, Variables, Schema extends v.GenericSchema>(
    document: Document<Result, Variables>,
    variables: () => Variables,
    schema: Schema,
    options?: RequestOptions,
  ): Promise<v.InferOutput<Schema>> {
    try {
      return await read(document, variables(), schema, options);
    } catch (error) {
      const part = error instanceof BufferError ? error.part : undefined;
      if (!part || part === 'other' || !wants(part)) throw error;
      withheld.set(part, performance.now() + withheldFor);
      const answer = await readWithout(document, variables, schema, options);
      const { message, kind } = error as BufferError;
      tellMissing(part, [{ part, reason: message, isForbidden: kind === 'forbidden' }]);
      return answer;
    }
  }

  /** What a mutation's one payload holds, where it succeeded. */
  async function write<Result, Variables, Answer>(
    document: Document<Result, Variables>,
    variables: Variables,
    reader: (payload: Payload) => Answer,
  ): Promise<Answer> {
    const { data, use } = await ask(document, variables);
    return use(() => {
      const payload = parsed(wirePayload, Object.values(data)[0], 'unknown');
      const failure = failureOf(payload);
      if (failure) throw failure;
      return reader(payload);
    });
  }

  /** Creates an update for each of these profiles in one request: each of them is made, or not, or not known, by itself. */
  async function createEach(
    update: NewUpdate,
    profileIds: readonly string[],
    serviceOf: (profileId: string) => Service,
    options?: RequestOptions,
  ): Promise<readonly (readonly [profileId: string, Update | BufferError])[]> {
    const inputs = profileIds.map((id, index) => [`input${index}`, createInput(update, id, serviceOf(id))] as const);
    const { answer, name, use } = await exchange(createPosts(profileIds.length), Object.fromEntries(inputs), options);
    const aliases = profileIds.map((_, index) => `post${index}`);
    const { answers, failures, data } = use(() => answersByAlias(answer, aliases));
    markIncomplete(data, failures);
    tellMissing(name, missingParts(failures));
    const read = (answered: object | BufferError | undefined): Update | BufferError => {
      try {
        return use(() => {
          if (answered instanceof BufferError) throw answered;
          const payload = parsed(wirePayload, answered, 'unknown');
          const failure = failureOf(payload);
          if (failure) throw failure;
          return postOf(payload);
        });
      } catch (error) {
        if (error instanceof BufferError) return error;
        throw error;
      }
    };
    return profileIds.map((id, index) => [id, read(answers.get(aliases[index]!))]);
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
    const dated = { dueAtPresence: 'present' as const, ...(dueFrom && { dueAt: { start: dueFrom } }) };
    const undated = { dueAtPresence: 'absent' as const };
    const byTime = [{ field: 'dueAt' as const, direction: 'asc' as const }];
    const byAge = [{ field: 'createdAt' as const, direction: 'asc' as const }];
    const approval = ['needs_approval' as const];
    return {
      few,
      failed: {
        organizationId,
        filter: { channelIds, status: ['error' as const] },
        sort: [{ field: 'dueAt' as const, direction: 'desc' as const }],
      },
      dated: { organizationId, filter: { channelIds, status: [...waiting], ...dated }, sort: byTime },
      undated: { organizationId, filter: { channelIds, status: [...waiting], ...undated }, sort: byAge },
      datedApprovals: { organizationId, filter: { channelIds, status: approval, ...dated }, sort: byTime },
      undatedApprovals: { organizationId, filter: { channelIds, status: approval, ...undated }, sort: byAge },
      wantsApprovals: wants('approvals'),
    };
  }

  /** Sends an update as it is to be, and puts back what the answer shows to be lost. */
  async function send(update: Update, meant: FullPost, time: Partial<EditPostInput>): Promise<Edited> {
    const input = { ...editInput(update.id, meant), ...time };
    const answered = await write(editPostMutation, { input }, postOf);
    const after: FullPost = { ...meant, isDraft: false };
    const lost = lostOf(after, answered);
    if (lost.length === 0 || answered.status === 'sent' || answered.status === 'sending') return { update: answered, lost };
    // It goes without a time: what was moved stays where it is now.
    const again = { ...editInput(update.id, meant), saveToDraft: answered.status === 'draft' ? true : undefined };
    const repaired = await write(editPostMutation, { input: again }, postOf).catch(() => answered);
    return { update: repaired, lost: lostOf(after, repaired) };
  }

  return {
    ...graphqlTraits(scopes),
    serviceNow: () => clock.now(),
    retire: () => http.retire(),

    account: (options) => read(accountQuery, {}, wireAccount, options),

    overview: async ({ size, known }, options) => {
      // One page holds the heads of all queues; each is a whole queue unless there is more.
      const first = Math.max(size, largestPage);
      const variables = () => ({
        organizationId,
        ...pendingInput(),
        first,
        channelIds: [...known],
        wantsDailyLimits: known.length > 0 && wants('dailyLimits'),
        organization: { organizationId },
        wantsPlanLimits: wants('planLimits'),
      });
      const { channels, failed, dated, undated, datedApprovals, undatedApprovals, dailyPostingLimits, account } = await readWithout(
        overviewQuery,
        variables,
        wireOverview,
        options,
      );
      const limits = new Map(dailyPostingLimits);
      const profiles = channels.map((profile) => ({ ...profile, today: limits.get(profile.id) }));
      const beside = { failed: failed?.nodes ?? [], undated: [...(undated?.nodes ?? []), ...(undatedApprovals?.nodes ?? [])] };
      const organization = account?.organizations?.find(({ id }) => id === organizationId);
      return {
        profiles,
        pending: failed && dated && undated && headsOf(profiles, [dated, ...(datedApprovals ? [datedApprovals] : [])], beside),
        scheduledLimit: organization?.limits?.scheduledPosts,
      };
    },

    profile: async (profileId, options) => {
      const variables = () => ({ id: profileId, wantsDailyLimits: wants('dailyLimits') });
      const { channel, dailyPostingLimits } = await readWithout(channelQuery, variables, wireChannelAnswer, options);
      return { ...channel, today: new Map(dailyPostingLimits).get(profileId) };
    },
    schedules: async (profileId, options) => [
      ...(await read(channelQuery, { id: profileId, wantsDailyLimits: false }, wireChannelAnswer, options)).channel.schedules,
    ],

    pending: async (profileId, request, options) => {
      const isHead = !request.after;
      const known = cursorOf(request);
      const dueFrom = isHead ? undefined : withOverlap(request.heldUntil);
      // The cursor only helps where more updates than a page share one time.
      const after = dueFrom === known.dueFrom ? known.after : undefined;
      const variables = () => ({ ...pendingInput([profileId], dueFrom), first: pageSize(request), after, isHead });
      const { failed, dated, undated, datedApprovals, undatedApprovals } = await readWithout(pendingQuery, variables, wirePending, options);
      const { nodes, isWhole } = mergedByTime([dated, ...(datedApprovals ? [datedApprovals] : [])]);
      const updates = [...(failed?.nodes.toReversed() ?? []), ...nodes];
      if (isWhole) return { updates: [...updates, ...undated.nodes, ...(undatedApprovals?.nodes ?? [])] };
      return { updates, next: cursor({ dueFrom, after: dated.next }) };
    },

    sent: async (profileId, request, options) => {
      const input = {
        organizationId,
        filter: { channelIds: [profileId], status: ['sent' as const] },
        sort: [{ field: 'dueAt' as const, direction: 'desc' as const }],
      };
      const variables = () => ({ input, first: pageSize(request), after: cursorOf(request).after, wantsMetrics: wants('figures') });
      const { posts } = await readWithout(sentQuery, variables, wireSent, options);
      return { updates: posts.nodes, next: posts.next && cursor({ after: posts.next }) };
    },

    update: async (updateId, options) => (await read(postQuery, { id: updateId }, wirePostAnswer, options)).post,

    recent: async (profileIds, since, options) => {
      const input = {
        organizationId,
        filter: { channelIds: [...profileIds], createdAt: { start: since.toISOString() } },
        sort: [{ field: 'createdAt' as const, direction: 'desc' as const }],
      };
      const found: Update[] = [];
      let after: string | undefined;
      for (let page = 0; page < mostRecentPages; page++) {
        const { posts } = await read(recentQuery, { input, first: largestPage, after }, wireSent, options);
        found.push(...posts.nodes);
        after = posts.next;
        if (after === undefined) return found;
      }
      throw tooMany();
    },

    create: async (update, serviceOf, options) => {
      const created: Update[] = [];
      const refused: Record<string, BufferError> = {};
      for (let start = 0; start < update.profileIds.length; start += mostAliases) {
        const ids = update.profileIds.slice(start, start + mostAliases);
        const answers = await createEach(update, ids, serviceOf, options).catch((error: unknown) => {
          if (!(error instanceof BufferError)) throw error;
          return error;
        });
        if (answers instanceof BufferError) {
          const isAll = update.profileIds.length <= mostAliases || (start === 0 && answers.outcome === 'notDone');
          if (isAll) throw answers;
          for (const id of ids) refused[id] = answers;
          // What was created before is known, and stays so; the rest is not even sent.
          for (const id of update.profileIds.slice(start + mostAliases)) refused[id] = answers.asNotDone();
          break;
        }
        for (const [id, answered] of answers) {
          if (answered instanceof BufferError) refused[id] = answered;
          else created.push(answered);
        }
      }
      const [only] = Object.values(refused);
      if (only && created.length === 0 && update.profileIds.length === 1) throw only;
      return { updates: created, refused };
    },

    edit: async (update, change) => {
      const before = readInFull(update);
      const meant = changed(before, update, change);
      if (!change.when && isDeepStrictEqual(meant, before)) return { update, lost: [] };
      refuseLoss(update, change);
      return send(update, meant, change.when ? movedTo(change.when, meant) : {});
    },
    share: async (update) => {
      refuseLoss(update, { when: 'now' });
      const whole = changed(readInFull(update), update, {});
      return send(update, whole, movedTo('now', whole));
    },
    restore: async (update, when) => {
      const as = changed(readInFull(update), update, {});
      // What failed is not quietly sent once more.
      const whole: FullPost = { ...as, isDraft: as.isDraft || update.status === 'failed' };
      const make = (meant: FullPost, needsApproval: boolean) => {
        const content = createInputOf(update.profileId, meant, update.isReminder ? 'notification' : 'automatic', needsApproval);
        return write(createPostMutation, { input: { ...content, ...timeInput(when ?? 'queue') } }, postOf);
      };
      if (update.status !== 'needsApproval') return make(whole, false);
      // Where nothing asks for an approval any more, it waits as a draft: nobody has approved it.
      return make(whole, true).catch((error: unknown) => {
        if (!isRefusal(error)) throw error;
        return make({ ...whole, isDraft: true }, false);
      });
    },
    destroy: (updateId) => write(deletePostMutation, { id: updateId }, () => undefined),
    moveToTop: (updateId) => write(moveToTopMutation, { id: updateId }, postOf),
    reorder: () => Promise.reject(notOffered()),
    shuffle: () => Promise.reject(notOffered()),

    // Limits come with each channel; the rest is in our own table.
    configuration: () => Promise.resolve({ limits: {} }),

    ideas: async (request, options) => {
      const variables = { organizationId, first: pageSize(request), after: cursorOf(request).after };
      const { nodes, next } = (await read(ideasQuery, variables, wireIdeas, options)).ideas;
      return { ideas: nodes, next: next && cursor({ after: next }) };
    },
    createIdea: ({ title, text }) =>
      write(createIdeaMutation, { input: { organizationId, content: { title, text } } }, (payload) =>
        parsed(wireIdea, payload.idea ?? payload, 'unknown'),
      ),
  };
}

/** Whether the service looked at it and would not have it as it is. */
function isRefusal(error: unknown): boolean {
  return error instanceof BufferError && error.kind === 'rejected' && error.outcome === 'notDone';
}

/** All of an update that an edit sends back. @throws BufferError where it was not read in full */
function readInFull({ source }: Update): FullPost {
  if (source === undefined)
    throw new BufferError('rejected', 'This update could not be read in full, so it cannot be edited here. Edit it at buffer.com.');
  return source as FullPost;
}

/** A time counts only with `mode` and `schedulingType` both, and a draft leaves the drafts only when it is told to. */
function movedTo(when: ShareTime | 'draft', { schedulingType, isDraft }: FullPost): Partial<EditPostInput> {
  if (when === 'draft') return { saveToDraft: true };
  return { ...timeInput(when), schedulingType: schedulingType ?? 'automatic', ...(isDraft && { saveToDraft: false }) };
}

/** What is missing of what was meant; all of it where it did not come back in full. */
function lostOf(meant: FullPost, { source }: Update): readonly string[] {
  return source === undefined ? [] : lostIn(meant, source as FullPost);
}

function pageSize({ size }: PageRequest): number {
  return Math.min(largestPage, Math.max(1, size));
}

function parsed<Schema extends v.GenericSchema>(schema: Schema, value: unknown, outcome: Outcome): v.InferOutput<Schema> {
  const read = v.safeParse(schema, value);
  if (read.success) return read.output;
  throw new BufferError('malformed', unreadable, { outcome, cause: new Error(v.summarize(read.issues)) });
}

/** Known beforehand, so nothing is sent. */
function notPermitted(missing: readonly Permission[]): BufferError {
  return new BufferError('forbidden', `Your sign-in does not have the permission ${missing.join(', ')}. Sign in again to give it.`);
}

function notOffered(): BufferError {
  return new BufferError('rejected', 'The current Buffer API cannot put a queue in another order.');
}
