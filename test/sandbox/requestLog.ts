import type { FastifyInstance, FastifyRequest } from 'fastify';
import { lateMark } from './lateCommits.ts';

/** One request to the API, as the sandbox saw it. A token is never kept. */
export interface RequestRecord {
  readonly method: string;
  /** With the version, without the query: `/1/user.json`. */
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  /** What the form held; of GraphQL, the query and its variables. */
  form: Readonly<Record<string, unknown>>;
  /** Of GraphQL: what the client calls what it asks for. */
  operationName?: string;
  /** 0 while there is no answer, and for ever where a fault took it away. */
  status: number;
  readonly at: Date;
  /** A client should not do this: addresses end up in logs. */
  readonly isTokenInQuery: boolean;
}

export class RequestLog {
  readonly #records: RequestRecord[] = [];

  add(record: RequestRecord): RequestRecord {
    this.#records.push(record);
    return record;
  }

  /** In order of arrival. */
  all(): RequestRecord[] {
    return [...this.#records];
  }

  clear(): void {
    this.#records.length = 0;
  }
}

/** Records every request of a service on its way in; `logAnswers`, called after other hooks, records how it ended. */
export function logRequests(
  api: FastifyInstance,
  log: RequestLog,
  now: () => Date,
  operationOf: (request: FastifyRequest) => string | undefined = () => undefined,
): { logAnswers: () => void } {
  const records = new WeakMap<FastifyRequest, RequestRecord>();

  api.addHook('onRequest', async (request) => {
    const { access_token: token, ...query } = request.query as Record<string, unknown>;
    const { method } = request;
    const isTokenInQuery = token !== undefined;
    const record: RequestRecord = { method, path: pathOf(request), query, form: {}, status: 0, at: now(), isTokenInQuery };
    // One that was answered before is here already.
    records.set(request, request.headers[lateMark] === undefined ? log.add(record) : record);
  });
  api.addHook('preHandler', async (request) => {
    const { access_token: _, ...form } = (request.body ?? {}) as Record<string, unknown>;
    const record = records.get(request)!;
    record.form = form;
    const operationName = operationOf(request);
    if (operationName !== undefined) record.operationName = operationName;
  });

  const logAnswers = (): void => {
    api.addHook('onSend', async (request, reply, payload) => {
      if (!request.raw.socket.destroyed) records.get(request)!.status = reply.statusCode;
      return payload;
    });
  };
  return { logAnswers };
}

/** The path of a request, without its query. */
export function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0]!;
}
