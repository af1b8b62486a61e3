import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest, InjectOptions } from 'fastify';
import qs from 'qs';
import { failureToWire } from './errors.ts';
import { type LateCommits, lateMark } from './lateCommits.ts';
import { pathOf } from './requestLog.ts';
import { type Stranger, type StrangerName, strangers } from './strangers.ts';

interface Occasion {
  /**
   * Which requests: all, where left out. `path` is a regular expression on such as `/1/updates/create.json`,
   * `operation` one on what a GraphQL request calls itself.
   */
  readonly match?: { readonly method?: string; readonly path?: string; readonly operation?: string };
  /** How many requests; 0 for all until the faults are cleared. One where left out. */
  readonly times?: number;
  /** How long to wait first. */
  readonly ms?: number;
}

/**
 * Something that goes wrong between a client and the service.
 * - `latency`: nothing but the wait.
 * - `status`: an answer from in between; the request never arrives. `statusAfter`: it arrives, the answer is replaced.
 * - `dropBefore`: the connection breaks, nothing is done. `dropAfter`: everything is done, then it breaks.
 * - `html`: a page of a proxy, with 200; the request never arrives.
 * - `stranger`: an answer of something in between, by its name in `strangers.ts`; the request never arrives, unless it
 *   `isDone` first and only its answer is replaced.
 * - `cutOff`: everything is done; the connection breaks in the middle of the answer.
 * - `malformed`: everything is done, half of the answer comes. `empty`: everything is done, 200 with an empty body.
 * - `late`: it is carried out so many milliseconds (`by`) after it was answered with a 504, or another status; or after
 *   the connection broke, or while it is still open and silent. By the sandbox's clock.
 * - `lag`: lists do not hold yet what was made less than so many milliseconds (`by`) ago, by the sandbox's clock. It
 *   happens beside any other fault.
 * - `softFailure`: failing POSTs to v1 say so with 200. With a `code`, the POST fails with it and nothing is done.
 *
 * Of GraphQL alone, with 200:
 * - `graphqlError`: an entry of `errors`, with a code (UNEXPECTED unless named), instead of everything that was asked for,
 *   or of one `field` such as `Post.metrics`. A mutation is not carried out, unless it `isDone` first. `status` is for
 *   what was seen with another, as UPSTREAM_SERVER_ERROR with 502.
 * - `partial`: several mutations of one request fail alone, each by its alias: with a code, undone unless it `isDone`
 *   first, and at a field of its answer where it `isNested`. What `failedField` says of the rest goes for it, too.
 * - `forgets`: an edit of a post is carried out without its files and tags, and answers with success.
 * - `shortLists`: lists of posts hold one at most and say that nothing follows, without an error.
 * - `newMutationError`: mutations are not carried out, and answer with a type of error that is not in the schema's file.
 */
export type Fault = Occasion &
  (
    | {
        readonly kind: 'status' | 'statusAfter';
        readonly status: number;
        readonly body?: unknown;
        readonly headers?: Record<string, string>;
      }
    | { readonly kind: 'softFailure'; readonly code?: number; readonly message?: string }
    | {
        readonly kind: 'graphqlError';
        readonly code?: string;
        readonly message?: string;
        readonly field?: string;
        readonly isDone?: boolean;
        readonly status?: number;
      }
    | { readonly kind: 'late'; readonly by: number; readonly answer?: number | 'drop' | 'hang' }
    | { readonly kind: 'lag'; readonly by: number }
    | { readonly kind: 'partial'; readonly at: Readonly<Record<string, FailedAlias>> }
    | { readonly kind: 'shortLists' | 'forgets' }
    | { readonly kind: 'newMutationError'; readonly message?: string }
    | { readonly kind: 'stranger'; readonly by: StrangerName; readonly isDone?: boolean }
    | { readonly kind: 'cutOff' | 'latency' | 'dropBefore' | 'dropAfter' | 'html' | 'malformed' | 'empty' }
  );

/** How one of several mutations fails. */
export interface FailedAlias {
  readonly code: string;
  readonly isDone?: boolean;
  /** Its answer fails inside; it is done, of course. */
  readonly isNested?: boolean;
}

export const faultKinds: readonly string[] = [
  'latency',
  'status',
  'statusAfter',
  'dropBefore',
  'dropAfter',
  'html',
  'malformed',
  'empty',
  'late',
  'lag',
  'partial',
  'softFailure',
  'graphqlError',
  'newMutationError',
  'shortLists',
  'forgets',
  'stranger',
  'cutOff',
] satisfies Fault['kind'][];

const proxyPage = '<!doctype html><title>Sign in to this network</title><h1>Sign in to this network</h1>';

/** The faults that wait for their request. */
export class Faults {
  #waiting: { fault: Fault; path: RegExp; operation: RegExp; left: number }[] = [];

  /** The earliest added of those that match a request is the one that happens. */
  add(fault: Fault): void {
    const { path = '', operation = '' } = fault.match ?? {};
    const left = fault.times || (fault.times === 0 ? Infinity : 1);
    this.#waiting.push({ fault, path: new RegExp(path, 'u'), operation: new RegExp(operation, 'u'), left });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** What goes wrong with this request, if anything. */
  take(method: string, path: string, graphql?: { readonly operation: string; readonly isMutation: boolean }): Fault | undefined {
    return this.#take(method, path, graphql, ({ kind }) => kind !== 'lag');
  }

  /** By how many milliseconds the lists of a request lag behind. */
  takeLag(method: string, path: string, graphql?: { readonly operation: string; readonly isMutation: boolean }): number {
    const fault = this.#take(method, path, graphql, ({ kind }) => kind === 'lag');
    return fault?.kind === 'lag' ? fault.by : 0;
  }

  #take(
    method: string,
    path: string,
    graphql: { readonly operation: string; readonly isMutation: boolean } | undefined,
    isMeant: (fault: Fault) => boolean,
  ): Fault | undefined {
    const entry = this.#waiting.find(
      ({ fault, path: pattern, operation }) =>
        isMeant(fault) &&
        (fault.match?.method ?? method).toUpperCase() === method &&
        pattern.test(path) &&
        (fault.match?.operation === undefined || graphql !== undefined) &&
        operation.test(graphql?.operation ?? '') &&
        (fault.kind !== 'softFailure' || (method === 'POST' && !graphql)) &&
        (fault.kind !== 'graphqlError' || graphql !== undefined) &&
        (!['newMutationError', 'partial'].includes(fault.kind) || graphql?.isMutation === true),
    );
    if (!entry) return undefined;
    entry.left -= 1;
    this.#waiting = this.#waiting.filter(({ left }) => left > 0);
    return entry.fault;
  }
}

/** How GraphQL requests differ: what they are shows only in their body. */
export interface GraphqlRequests {
  describe(request: FastifyRequest): { operation: string; isMutation: boolean };
}

/** What goes wrong with a request. */
export interface Faulty {
  readonly faultOf: (request: FastifyRequest) => Fault | undefined;
  /** By how many milliseconds its lists lag behind. */
  readonly lagOf: (request: FastifyRequest) => number;
}

/** Makes the faults happen to every request of a service; tells of a request what goes wrong with it. */
export function addFaultHooks(app: FastifyInstance, faults: Faults, late: LateCommits, graphql?: GraphqlRequests): Faulty {
  const happening = new WeakMap<FastifyRequest, Fault>();
  const lags = new WeakMap<FastifyRequest, number>();

  const begin = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    if (isLate(request)) return undefined;
    const asked = [request.method, pathOf(request), graphql?.describe(request)] as const;
    lags.set(request, faults.takeLag(...asked));
    const fault = faults.take(...asked);
    if (!fault) return undefined;
    happening.set(request, fault);
    if (fault.ms) await wait(fault.ms);
    if (fault.kind === 'dropBefore') {
      reply.hijack();
      request.raw.socket.destroy();
    } else if (
      fault.kind === 'status' ||
      fault.kind === 'html' ||
      (fault.kind === 'stranger' && !fault.isDone) ||
      (fault.kind === 'softFailure' && fault.code)
    ) {
      // The answer itself is put in place on its way out, as for the faults that come after the work is done.
      return reply.send('');
    }
    return undefined;
  };
  app.addHook('onRequest', async (request) => {
    if (!isLate(request)) await late.settle();
  });
  if (graphql) app.addHook('preHandler', begin);
  else app.addHook('onRequest', begin);
  app.addHook('preHandler', async (request, reply) => {
    const fault = happening.get(request);
    if (fault?.kind !== 'late') return undefined;
    const { answer = 504, by } = fault;
    late.add(by, () => app.inject(again(request)));
    if (typeof answer === 'number') return reply.send('');
    reply.hijack();
    if (answer === 'drop') request.raw.socket.destroy();
    return undefined;
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const fault = happening.get(request);
    return fault ? spoil(fault, request, reply, payload, graphql !== undefined) : payload;
  });
  return { faultOf: (request) => happening.get(request), lagOf: (request) => lags.get(request) ?? 0 };
}

/** Whether a request is one that was answered before, and is carried out now. */
export function isLate({ headers }: FastifyRequest): boolean {
  return headers[lateMark] !== undefined;
}

/** The same request, for when it is carried out late. */
function again({ method, url, headers, body }: FastifyRequest): InjectOptions {
  const { authorization = '', 'content-type': type = '', 'user-agent': agent = '', host = '' } = headers;
  return {
    method,
    url,
    headers: { authorization, 'content-type': type, 'user-agent': agent, host, [lateMark]: 'yes' },
    payload: /json/u.test(type) ? JSON.stringify(body) : qs.stringify(body),
  };
}

/** What stands in place of an answer. */
function asAnswer(fault: Extract<Fault, { kind: 'late' | 'status' | 'statusAfter' }>): {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
} {
  return fault.kind === 'late' ? { status: typeof fault.answer === 'number' ? fault.answer : 504 } : fault;
}

/** Half of an answer, and then nothing more. */
async function* halfOf(payload: unknown): AsyncGenerator<string> {
  const whole = typeof payload === 'string' ? payload : '';
  yield whole.slice(0, Math.ceil(whole.length / 2));
  // What was written so far is to arrive.
  await wait(20);
  throw new Error('The connection broke.');
}

function spoil(fault: Fault, request: FastifyRequest, reply: FastifyReply, payload: unknown, isGraphql: boolean): unknown {
  switch (fault.kind) {
    case 'dropAfter':
      request.raw.socket.destroy();
      return payload;
    case 'late':
    case 'status':
    case 'statusAfter': {
      const { status, headers = {}, body: given } = asAnswer(fault);
      const usual = isGraphql
        ? { errors: [{ message: 'Sandbox fault.', extensions: { code: 'UNEXPECTED' } }] }
        : failureToWire(request.method, { code: status, message: 'Sandbox fault.' });
      const body = given ?? usual;
      const isText = typeof body === 'string';
      reply
        .code(status)
        .type(isText ? 'text/html' : 'application/json;charset=UTF-8')
        .headers(headers);
      return isText ? body : JSON.stringify(body);
    }
    case 'html':
      reply.code(200).type('text/html;charset=UTF-8').removeHeader('date');
      return proxyPage;
    case 'stranger': {
      const { status, type, body, headers = {} }: Stranger = strangers[fault.by];
      // It has a clock of its own: that of this machine.
      reply.code(status).removeHeader('content-type').removeHeader('date').headers(headers);
      if (type) reply.type(type);
      return body;
    }
    case 'cutOff':
      return Readable.from(halfOf(payload));
    case 'malformed':
      return typeof payload === 'string' ? payload.slice(0, Math.ceil(payload.length / 2)) : payload;
    case 'empty':
      reply.code(200);
      return '';
    case 'softFailure':
      if (fault.code) {
        reply.code(200).type('application/json;charset=UTF-8');
        return JSON.stringify(failureToWire('POST', { code: fault.code, message: fault.message ?? 'Sandbox fault.' }));
      }
      if (typeof payload === 'string' && payload.startsWith('{"success":false')) reply.code(200);
      return payload;
    default:
      return payload;
  }
}
