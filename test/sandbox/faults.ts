import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { failureToWire } from './errors.ts';
import { pathOf } from './requestLog.ts';

interface Occasion {
  /** Which requests: all, where left out. `path` is a regular expression on such as `/1/updates/create.json`. */
  readonly match?: { readonly method?: string; readonly path?: string };
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
 * - `malformed`: everything is done, half of the answer comes. `empty`: everything is done, 200 with an empty body.
 * - `softFailure`: failing POSTs say so with 200. With a `code`, the POST fails with it and nothing is done.
 */
export type Fault = Occasion &
  (
    | { readonly kind: 'status' | 'statusAfter'; readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string> }
    | { readonly kind: 'softFailure'; readonly code?: number; readonly message?: string }
    | { readonly kind: 'latency' | 'dropBefore' | 'dropAfter' | 'html' | 'malformed' | 'empty' }
  );

export const faultKinds: readonly string[] = [
  'latency', 'status', 'statusAfter', 'dropBefore', 'dropAfter', 'html', 'malformed', 'empty', 'softFailure',
] satisfies Fault['kind'][];

const proxyPage = '<!doctype html><title>Sign in to this network</title><h1>Sign in to this network</h1>';

/** The faults that wait for their request. */
export class Faults {
  #waiting: { fault: Fault; path: RegExp; left: number }[] = [];

  /** The earliest added of those that match a request is the one that happens. */
  add(fault: Fault): void {
    this.#waiting.push({ fault, path: new RegExp(fault.match?.path ?? '', 'u'), left: fault.times || (fault.times === 0 ? Infinity : 1) });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** What goes wrong with this request, if anything. */
  take(method: string, path: string): Fault | undefined {
    const entry = this.#waiting.find(
      ({ fault, path: pattern }) =>
        (fault.match?.method ?? method).toUpperCase() === method &&
        pattern.test(path) &&
        (fault.kind !== 'softFailure' || method === 'POST'),
    );
    if (!entry) return undefined;
    entry.left -= 1;
    this.#waiting = this.#waiting.filter(({ left }) => left > 0);
    return entry.fault;
  }
}

/** Makes the faults happen to every request of a service. */
export function addFaultHooks(app: FastifyInstance, faults: Faults): void {
  const happening = new WeakMap<FastifyRequest, Fault>();

  app.addHook('onRequest', async (request, reply) => {
    const fault = faults.take(request.method, pathOf(request));
    if (!fault) return undefined;
    happening.set(request, fault);
    if (fault.ms) await wait(fault.ms);
    if (fault.kind === 'dropBefore') {
      reply.hijack();
      request.raw.socket.destroy();
    } else if (fault.kind === 'status' || fault.kind === 'html' || (fault.kind === 'softFailure' && fault.code)) {
      // The answer itself is put in place on its way out, as for the faults that come after the work is done.
      return reply.send('');
    }
    return undefined;
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const fault = happening.get(request);
    return fault ? spoil(fault, request, reply, payload) : payload;
  });
}

function spoil(fault: Fault, request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  switch (fault.kind) {
    case 'dropAfter':
      request.raw.socket.destroy();
      return payload;
    case 'status':
    case 'statusAfter': {
      const { status, headers = {}, body = failureToWire(request.method, { code: status, message: 'Sandbox fault.' }) } = fault;
      const isText = typeof body === 'string';
      reply.code(status).type(isText ? 'text/html' : 'application/json;charset=UTF-8').headers(headers);
      return isText ? body : JSON.stringify(body);
    }
    case 'html':
      reply.code(200).type('text/html;charset=UTF-8');
      return proxyPage;
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
