import { isDeepStrictEqual } from 'node:util';
import type { DocumentNode } from '@0no-co/graphql.web';
import type { TadaDocumentNode } from 'gql.tada';
import * as v from 'valibot';
import type { BufferApi, PageRequest, RequestOptions } from '../bufferApi.ts';
import { BufferError, type BufferErrorKind, type Outcome, tooMany } from '../bufferError.ts';
import { changed } from './change.ts';
import { type Payload, wirePayload } from './answer.ts';
import {
  accountQuery,
  channelQuery,
  createPostMutation,
  createPosts,
  deletePostMutation,
  editPostMutation,
  moveToTopMutation,
  overviewQuery,
  pendingQuery,
  postQuery,
  recentQuery,
  sentQuery,
  textOf,
} from './documents.ts';
import { createIdeaMutation, ideasQuery } from './ideaDocuments.ts';
import {
  createTemplateMutation,
  deleteTemplateMutation,
  templateQuery,
  templatesQuery,
  updateTemplateMutation,
} from './templateDocuments.ts';
import { wireFigures } from './wireFigures.ts';
import { wireIdea, wireIdeas } from './wireIdea.ts';
import { wireTemplate, wireTemplateAnswer, wireTemplates } from './wireTemplate.ts';
import { answersByAlias, dataOf, failureOf, graphqlWord, isOwn, namesRefused, type PartialAnswer } from './failure.ts';
import { fittedInput } from './fitted.ts';
import { createInput, timeInput } from './input.ts';
import { figuresQuery } from './figureDocuments.ts';
import { cursor, cursorOf, headsOf, mergedByTime, withOverlap } from './pages.ts';
import { lostIn } from './lostFields.ts';
import { createInputOf, type CreatePostInput, editInput, type EditPostInput, type FullPost } from './fullPost.ts';
import {
  wireAccount,
  wireChannelAnswer,
  wireOverview,
  wirePending,
  wirePost,
  wirePostAnswer,
  wireSent,
  wireTag,
  wireNotes,
  wireTags,
} from './wire.ts';
import { createHttp, type HttpAnswer, type HttpOptions, reported } from '../transport/http.ts';
import type { MissingPart, OptionalPart } from '../missingPart.ts';
import {
  type BudgetWindow,
  type Edited,
  type NewShareTime,
  type NewUpdate,
  type Service,
  type Tag,
  type Template,
  statusAfter,
  type Update,
  type UpdateEdit,
} from '../model.ts';
import { markIncomplete, missingParts, partOfName } from './partialAnswer.ts';
import type { Granted, Needed } from '../permissions.ts';
import { graphqlTraits } from './traits.ts';
import { isPostInput } from './fieldTypes.ts';
import { LeftOut } from './leftOut.ts';
import { mayBeUnknown, retiredAt } from './optionalFields.ts';
import { permittedDocument } from './permittedDocument.ts';
import { notesQuery } from './noteDocuments.ts';
import { createTagMutation, tagsQuery } from './tagDocuments.ts';
import { isToldElsewhere, noteLeftOut } from './untold.ts';
import { refuseLoss } from '../refuseLoss.ts';
import { unreadable } from '../transport/provenance.ts';
import { budgetIn } from '../transport/rateLimitHeaders.ts';
import { dateOf, ServiceClock } from '../transport/serviceClock.ts';

/** How many pages of what came about lately are read: a tenth of what may be asked in fifteen minutes. */
const mostRecentPages = 10;
/** An organization can have hundreds of tags; of more than so many pages the first are enough to choose from. */
const mostTagPages = 5;

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

/** A request as it is made up anew for each try: what is left out by then is not in it. */
interface Asked {
  readonly document: DocumentNode;
  readonly variables: object;
}

interface Exchanged {
  readonly answer: HttpAnswer;
  /** What the request calls itself. */
  readonly name: string;
  /** Of what cannot be told. */
  readonly outcome: Outcome;
  /** What was left out of it, as coordinates of the schema, and parts by their names. */
  readonly without: readonly string[];
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
/** What the schema of the service does not have is left out for so long. Milliseconds. */
const unknownFor = 86_400_000;
/** What a document asks for and what its variables hold are looked at one after the other; each refusal is a request. */
const mostRefusals = 3;
/** Of what is written on an update, no more is asked for. */
const mostNotes = 30;
/** What the service will not do, however often it is asked. */
const refusals: ReadonlySet<BufferErrorKind> = new Set(['rejected', 'forbidden', 'unauthorized', 'malformed']);

/** Buffer's current API (https://developers.buffer.com) as a `BufferApi`. One request of it is one of 250 a day. */
export function createGraphql({ organizationId = '', scopes, onBudget, onMissing, ...options }: GraphqlOptions): BufferApi {
  const { clock = new ServiceClock() } = options;
  const http = createHttp({ ...options, clock, onHeaders: (headers) => onBudget?.(budgetIn(headers)) }, graphqlWord);
  /** By the operation that lacked them. */
  const missing = new Map<string, readonly MissingPart[]>();
  const leftOut = new LeftOut();
  /** What is lacked with what is left out, by its name. */
  const lacked = new Map<string, MissingPart>();
  let told = '[]';
  let hasNotes = true;
  const wants = (part: OptionalPart) => !leftOut.has(part);
  const isLeftOut = (coordinate: string) => leftOut.has(coordinate);

  /** @param variables  made up for each try, by what is left out then */
  async function ask<Result, Variables>(
    document: Document<Result, Variables>,
    variables: () => Variables,
    options?: RequestOptions,
  ): Promise<Answered> {
    const asked = () => ({ document, variables: variables() as object });
    const { answer, name, outcome, without, use } = await exchange(asked, options);
    const partial = use(() => dataOf(answer, outcome));
    noteLeftOut(partial.data, without);
    markIncomplete(partial.data, partial.failures);
    tellMissing(name, missingParts(partial.failures));
    return { ...partial, use };
  }

  /**
   * One request and its answer, whatever that is. What the service's schema turns out not to have is left out from then
   * on, and the rest asked for once more: a request that was refused for what it asks was not begun, also a write.
   */
  async function exchange(asked: () => Asked, { dated, ...options }: RequestOptions = {}): Promise<Exchanged> {
    for (let refusals = 0; ; refusals++) {
      const { document, variables } = asked();
      const operation = document.definitions.find((each) => each.kind === 'OperationDefinition');
      const isWrite = operation?.operation === 'mutation';
      const outcome: Outcome = isWrite ? 'unknown' : 'notDone';
      const name = operation?.name?.value ?? '';
      const without = [...leftOut.names(), ...retiredAt(clock.now() ?? new Date(), isLeftOut)];
      const permittedPart = permittedDocument(document, scopes, without);
      if (!permittedPart.document) throw notPermitted(permittedPart.missing);
      const answer = await http({
        path: '',
        name,
        json: JSON.stringify({ query: textOf(permittedPart.document), variables, operationName: name }),
        isWrite,
        ...options,
      });
      if (isOwn(answer)) {
        answer.confirm();
        dated?.(dateOf(answer.headers));
      }
      const unknown = namesRefused(answer);
      const names = [...unknown.keys()];
      const mayGoOn = refusals < mostRefusals && names.every(mayBeUnknown) && names.some((each) => !without.includes(each));
      if (mayGoOn) {
        leaveUnknown(unknown);
        continue;
      }
      const use = <Result>(reader: () => Result): Result => {
        try {
          return reader();
        } catch (failure) {
          throw reported(failure, answer);
        }
      };
      return { answer, name, outcome, without, use };
    }
  }

  /** What the schema does not have is not asked for again, and told where nothing else tells the same. */
  function leaveUnknown(unknown: ReadonlyMap<string, string>): void {
    for (const [name, reason] of unknown) {
      leftOut.leave(name, unknownFor);
      lacked.set(name, { part: partOfName(name), reason, isForbidden: false });
    }
  }

  function tellMissing(operation: string, parts: readonly MissingPart[]): void {
    missing.set(operation, parts);
    const names = leftOut.names();
    const isFelt = (name: string) =>
      !isPostInput(name.split('.')[0]!) && !isToldElsewhere(name, names) && !/^(?:Query\.c|C)ollaborationNote/u.test(name);
    const without = names.filter(isFelt).flatMap((name) => lacked.get(name) ?? []);
    const all = new Map([...without, ...[...missing.values()].flat()].map((each) => [each.part, each]));
    const now = [...all.values()];
    const words = JSON.stringify(now);
    if (words === told) return;
    told = words;
    onMissing?.(now);
  }

  async function read<Result, Variables, Schema extends v.GenericSchema>(
    document: Document<Result, Variables>,
    variables: Variables,
    schema: Schema,
    options?: RequestOptions,
  ): Promise<v.InferOutput<Schema>> {
    const { data, failures, failureFor, use } = await ask(document, () => variables, options);
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
      const { message, kind } = error as BufferError;
      leftOut.leave(part, withheldFor);
      lacked.set(part, { part, reason: message, isForbidden: kind === 'forbidden' });
      return readWithout(document, variables, schema, options);
    }
  }

  /** What a mutation's one payload holds, where it succeeded. @param variables  as with `ask` */
  async function write<Result, Variables, Answer>(
    document: Document<Result, Variables>,
    variables: () => Variables,
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
    // What a profile is to get may not be taken any more: it gets nothing then, and the others theirs.
    let refused = new Map<string, BufferError>();
    let sent: readonly string[] = [];
    const asked = () => {
      const inputs = new Map<string, object>();
      refused = new Map();
      for (const id of profileIds) {
        try {
          inputs.set(id, fittedInput('CreatePostInput', createInput(update, id, serviceOf(id)), isLeftOut));
        } catch (error) {
          if (!(error instanceof BufferError)) throw error;
          refused.set(id, error);
        }
      }
      sent = [...inputs.keys()];
      if (sent.length === 0) throw refused.get(profileIds[0]!)!;
      const variables = Object.fromEntries([...inputs.values()].map((input, index) => [`input${index}`, input]));
      return { document: createPosts(sent.length) as DocumentNode, variables };
    };
    const { answer, name, without, use } = await exchange(asked, options);
    const aliasOf = new Map(sent.map((id, index) => [id, `post${index}`]));
    const { answers, failures, data } = use(() => answersByAlias(answer, [...aliasOf.values()]));
    noteLeftOut(data, without);
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
    return profileIds.map((id) => [id, refused.get(id) ?? read(answers.get(aliasOf.get(id)!))]);
  }

  /** The post that a mutation answered with. */
  function postOf({ post }: Payload): Update {
    return parsed(wirePost, post, 'unknown');
  }

  /**
   * The filters of a queue, of one channel or of all: what failed, latest first; what has a time, soonest first; and
   * what has none. What failed stays at Buffer for ever, so it must not crowd out what is to come.
   */
  function pendingInput(channelIds?: string[], dueFrom?: string, tagIds?: readonly string[]) {
    const dated = { dueAtPresence: 'present' as const, ...(dueFrom && { dueAt: { start: dueFrom } }) };
    const undated = { dueAtPresence: 'absent' as const };
    const byTime = [{ field: 'dueAt' as const, direction: 'asc' as const }];
    const byAge = [{ field: 'createdAt' as const, direction: 'asc' as const }];
    const approval = ['needs_approval' as const];
    const all = { channelIds, ...taggedWith(tagIds) };
    return {
      few,
      failed: {
        organizationId,
        filter: { ...all, status: ['error' as const] },
        sort: [{ field: 'dueAt' as const, direction: 'desc' as const }],
      },
      dated: { organizationId, filter: { ...all, status: [...waiting], ...dated }, sort: byTime },
      undated: { organizationId, filter: { ...all, status: [...waiting], ...undated }, sort: byAge },
      datedApprovals: { organizationId, filter: { ...all, status: approval, ...dated }, sort: byTime },
      undatedApprovals: { organizationId, filter: { ...all, status: approval, ...undated }, sort: byAge },
      wantsApprovals: wants('approvals'),
    };
  }

  /** Sends an update as it is to be, and puts back what the answer shows to be lost. */
  async function send(update: Update, meant: FullPost, time: Partial<EditPostInput>): Promise<Edited> {
    const edit = (input: EditPostInput) =>
      write(editPostMutation, () => ({ input: fittedInput('EditPostInput', input, isLeftOut) }), postOf);
    const answered = await edit({ ...editInput(update.id, meant), ...time });
    const after: FullPost = { ...meant, isDraft: false };
    const lost = lostOf(after, answered);
    if (lost.length === 0 || answered.status === 'sent' || answered.status === 'sending') return { update: answered, lost };
    // It goes without a time: what was moved stays where it is now.
    const again = { ...editInput(update.id, meant), saveToDraft: answered.status === 'draft' ? true : undefined };
    const repaired = await edit(again).catch(() => answered);
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
      const variables = () => ({ ...pendingInput([profileId], dueFrom, request.tagIds), first: pageSize(request), after, isHead });
      const { failed, dated, undated, datedApprovals, undatedApprovals } = await readWithout(pendingQuery, variables, wirePending, options);
      const { nodes, isWhole, until } = mergedByTime([dated, ...(datedApprovals ? [datedApprovals] : [])]);
      const updates = [...(failed?.nodes.toReversed() ?? []), ...nodes];
      if (isWhole) return { updates: [...updates, ...undated.nodes, ...(undatedApprovals?.nodes ?? [])] };
      return { updates, next: cursor({ dueFrom, after: dated.next }), until };
    },

    sent: async (profileId, request, options) => {
      const input = {
        organizationId,
        filter: { channelIds: [profileId], status: ['sent' as const], ...taggedWith(request.tagIds) },
        sort: [{ field: 'dueAt' as const, direction: 'desc' as const }],
      };
      const variables = () => ({ input, first: pageSize(request), after: cursorOf(request).after, wantsMetrics: wants('figures') });
      const { posts } = await readWithout(sentQuery, variables, wireSent, options);
      return { updates: posts.nodes, next: posts.next && cursor({ after: posts.next }) };
    },

    figures: async ({ from, to, sumsOf, after }, options) => {
      const between = (start: number, end: number) => ({ startDateTime: isoOf(start), endDateTime: isoOf(end), organizationId });
      const period = sumsOf ?? { from, to };
      const [start, end] = [period.from.getTime(), period.to.getTime()];
      const variables = () => ({
        input: {
          organizationId,
          filter: { status: ['sent' as const], dueAt: { start: from.toISOString(), end: to.toISOString() } },
          sort: [{ field: 'dueAt' as const, direction: 'desc' as const }],
        },
        first: largestPage,
        after: cursorOf({ size: largestPage, after }).after,
        // What has no due time is in no range of them: the latest of it comes with the first page.
        undated: {
          organizationId,
          filter: { status: ['sent' as const], dueAtPresence: 'absent' as const },
          sort: [{ field: 'createdAt' as const, direction: 'desc' as const }],
        },
        isFirst: after === undefined,
        period: between(start, end),
        before: between(2 * start - end, start),
        wantsSums: sumsOf !== undefined && wants('sums'),
      });
      const { posts, undated, sums, sumsBefore } = await readWithout(figuresQuery, variables, wireFigures, options);
      // The rest of such an answer came, and would look as if nothing had been measured.
      const refused = missing.get('Figures')?.find(({ part }) => part === 'figures');
      if (refused) throw new BufferError(refused.isForbidden ? 'forbidden' : 'server', refused.reason);
      const readFrom = posts.next === undefined ? from : posts.nodes.findLast(({ dueAt }) => dueAt)?.dueAt;
      const others = (undated?.nodes ?? []).filter(({ sentAt }) => sentAt >= from && sentAt <= to);
      const updates = [...posts.nodes, ...others].map(({ dueAt: _, ...update }) => update);
      return { updates, readFrom, next: posts.next && cursor({ after: posts.next }), sums, sumsBefore };
    },

    update: async (updateId, options) => (await read(postQuery, { id: updateId }, wirePostAnswer, options)).post,

    recent: async (profileIds, since, options) => {
      const input = {
        organizationId,
        filter: { channelIds: [...profileIds], createdAt: { start: since.toISOString() } },
        sort: [{ field: 'createdAt' as const, direction: 'desc' as const }],
      };
      const found: Update[] = [];
      const dates: (Date | undefined)[] = [];
      const dated = (madeAt: Date | undefined) => void dates.push(madeAt);
      let after: string | undefined;
      for (let page = 0; page < mostRecentPages; page++) {
        const { posts } = await read(recentQuery, { input, first: largestPage, after }, wireSent, { ...options, dated });
        found.push(...posts.nodes);
        after = posts.next;
        if (after === undefined) return { updates: found, readAt: dates[0] };
      }
      throw tooMany();
    },

    due: async (profileIds, { from, to }, request, options) => {
      const input = {
        organizationId,
        filter: { channelIds: [...profileIds], dueAt: { start: from.toISOString(), end: to.toISOString() } },
        sort: [{ field: 'dueAt' as const, direction: 'asc' as const }],
      };
      const { posts } = await read(recentQuery, { input, first: pageSize(request), after: cursorOf(request).after }, wireSent, options);
      return { updates: posts.nodes, next: posts.next && cursor({ after: posts.next }) };
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
      const approval = approvalOf(update, change);
      if (!change.when && !approval && isDeepStrictEqual(meant, before)) return { update, lost: [] };
      refuseLoss(update, change);
      return send(update, meant, { ...(change.when && movedTo(change.when, meant)), ...approval });
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
        const input: CreatePostInput = { ...content, ...timeInput(when ?? 'queue') };
        return write(createPostMutation, () => ({ input: fittedInput('CreatePostInput', input, isLeftOut) }), postOf);
      };
      if (update.status !== 'needsApproval') return make(whole, false);
      // Where nothing asks for an approval any more, it waits as a draft: nobody has approved it.
      return make(whole, true).catch((error: unknown) => {
        if (!isRefusal(error)) throw error;
        return make({ ...whole, isDraft: true }, false);
      });
    },
    destroy: (updateId) =>
      write(
        deletePostMutation,
        () => ({ id: updateId }),
        () => undefined,
      ),
    moveToTop: (updateId) => write(moveToTopMutation, () => ({ id: updateId }), postOf),
    reorder: () => Promise.reject(notOffered()),
    shuffle: () => Promise.reject(notOffered()),

    // Limits come with each channel; the rest is in our own table.
    configuration: () => Promise.resolve({ limits: {} }),

    ideas: async (request, options) => {
      const { after } = cursorOf(request);
      const isHead = after === undefined;
      const variables = () => ({
        organizationId,
        ofGroups: organizationId,
        first: pageSize(request),
        after,
        wantsGroups: isHead && wants('groups'),
      });
      const { ideas, ideaGroups } = await readWithout(ideasQuery, variables, wireIdeas, options);
      return { ideas: ideas.nodes, groups: ideaGroups, next: ideas.next && cursor({ after: ideas.next }) };
    },
    tags: async (options) => {
      const found: (Tag & { readonly isLocked?: boolean })[] = [];
      let after: string | undefined;
      for (let page = 0; page < mostTagPages; page++) {
        const { nodes, next } = (await read(tagsQuery, { organizationId, first: largestPage, after }, wireTags, options)).tagsV2;
        found.push(...nodes);
        after = next;
        if (after === undefined) break;
      }
      // What a plan does not cover any more stays where it is, and is given to nothing else.
      return found.filter(({ isLocked }) => !isLocked).map(({ isLocked: _, ...tag }) => tag);
    },
    createTag: (name, color) =>
      write(
        createTagMutation,
        () => ({ organizationId, name, color }),
        ({ tag }) => parsed(wireTag, tag, 'unknown'),
      ),
    notes: async (postId) => {
      if (!hasNotes) return [];
      try {
        const { nodes } = (await read(notesQuery, { postId, first: mostNotes }, wireNotes, { priority: 'shown' })).collaborationNotes;
        return nodes.toSorted((a, b) => (a.createdAt?.getTime() ?? 0) - (b.createdAt?.getTime() ?? 0));
      } catch (error) {
        // What is refused stays so; nobody asked for notes, and nobody is told.
        if (!(error instanceof BufferError)) throw error;
        if (refusals.has(error.kind)) hasNotes = false;
        return [];
      }
    },
    createIdea: ({ title, text, groupId }) => {
      const group = groupId === undefined ? undefined : { groupId };
      return write(
        createIdeaMutation,
        () => ({ input: { organizationId, content: { title, text }, group } }),
        (payload) => parsed(wireIdea, payload.idea ?? payload, 'unknown'),
      );
    },

    templates: async (request, options) => {
      const variables = { organizationId, first: pageSize(request), after: cursorOf(request).after };
      const { nodes, next } = (await read(templatesQuery, variables, wireTemplates, options)).postTemplates;
      return { templates: nodes, next: next && cursor({ after: next }) };
    },
    template: async (id, options) => (await read(templateQuery, { id }, wireTemplateAnswer, options)).postTemplate,
    createTemplate: ({ text, ...rest }) =>
      write(createTemplateMutation, () => ({ input: { organizationId, body: text, ...rest } }), templateOf),
    updateTemplate: (id, { text, ...rest }) => write(updateTemplateMutation, () => ({ input: { id, body: text, ...rest } }), templateOf),
    destroyTemplate: (id) =>
      write(
        deleteTemplateMutation,
        () => ({ id }),
        () => undefined,
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
function movedTo(when: NewShareTime, { schedulingType, isDraft }: FullPost): Partial<EditPostInput> {
  if (when === 'draft') return { saveToDraft: true };
  return { ...timeInput(when), schedulingType: schedulingType ?? 'automatic', ...(isDraft && { saveToDraft: false }) };
}

/** Whom an update is to wait for; nothing where it waits so already. It leaves the drafts, or joins them, by this alone. */
function approvalOf({ status }: Update, { approval }: UpdateEdit): Partial<EditPostInput> | undefined {
  if (!approval || status === statusAfter[approval]) return undefined;
  return { approvalChange: approval === 'ask' ? 'request' : 'revert', saveToDraft: undefined };
}

/** What is missing of what was meant; all of it where it did not come back in full. */
function lostOf(meant: FullPost, { source }: Update): readonly string[] {
  return source === undefined ? [] : lostIn(meant, source as FullPost);
}

function isoOf(time: number): string {
  return new Date(time).toISOString();
}

function templateOf({ postTemplate }: Payload): Template {
  return parsed(wireTemplate, postTemplate, 'unknown');
}

/** A filter for what has one of these tags. */
function taggedWith(tagIds: readonly string[] | undefined) {
  return tagIds && { tags: { in: [...tagIds], isEmpty: false } };
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
function notPermitted(missing: readonly Needed[]): BufferError {
  return new BufferError('forbidden', `Your sign-in does not have the permission ${missing.join(', ')}. Sign in again to give it.`);
}

function notOffered(): BufferError {
  return new BufferError('rejected', 'The current Buffer API cannot put a queue in another order.');
}
