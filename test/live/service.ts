import type { BudgetWindow } from '../../src/core/buffer/model.ts';
import { budgetIn } from '../../src/core/buffer/transport/rateLimitHeaders.ts';

// What came over the wire; every question looks for itself whether it is what it should be.
// oxlint-disable-next-line typescript/no-explicit-any
export type Json = any;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The fields that were asked for; empty where none came. */
  readonly data: Json;
  readonly errors: readonly { readonly message: string; readonly code: string }[];
  /** Whether it is JSON of GraphQL's form at all. */
  readonly isGraphql: boolean;
}

/** Nothing more is asked, for the reason that it names; what was made is still deleted. */
export class Stopped extends Error {}

export interface ServiceOptions {
  readonly url: string;
  readonly key: string;
  /** Ends the questions before the next one. */
  readonly signal?: AbortSignal;
}

export interface Ask {
  /** Without the key. */
  readonly isKeyless?: boolean;
  readonly userAgent?: string;
  /** Its failure is what the question is about, and none that comes and goes. */
  readonly isMeantToFail?: boolean;
  /** Needed to leave nothing behind: may use the requests that are kept for it, and is sent after the end as well. */
  readonly isCleaning?: boolean;
}

export const mostRequests = 40;
/** Of those, kept for deleting what was made. */
const keptForCleaning = 4;
const patience = 30_000;

/** The service, asked one question at a time and never more often than was promised. */
export class Service {
  readonly #options: ServiceOptions;
  #requests = 0;
  #budget: readonly BudgetWindow[] = [];
  #rateLimit: string | undefined;
  readonly #passing = new Set<string>();

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  get requests(): number {
    return this.#requests;
  }

  /** What is left, as the last answer had it. */
  get budget(): readonly BudgetWindow[] {
    return this.#budget;
  }

  /** The header as it came. */
  get rateLimit(): string | undefined {
    return this.#rateLimit;
  }

  /** Failures of the kind that comes and goes which came in this run. */
  get passing(): readonly string[] {
    return [...this.#passing];
  }

  /**
   * Sends a query or a mutation, once.
   * @throws Stopped where nothing more may be asked
   * @throws whatever fetch does where no answer came
   */
  async ask(
    query: string,
    variables: object = {},
    { isKeyless = false, userAgent = 'QueueForBuffer-check', isMeantToFail = false, isCleaning = false }: Ask = {},
  ): Promise<Answer> {
    const { url, key, signal } = this.#options;
    if (signal?.aborted && !isCleaning) throw new Stopped('the run was ended before');
    if (this.#requests >= mostRequests - (isCleaning ? 0 : keptForCleaning))
      throw new Stopped(`the ${mostRequests} requests of a run were used up`);
    this.#requests += 1;
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json', 'user-agent': userAgent, ...(!isKeyless && { authorization: `Bearer ${key}` }) },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(patience),
    });
    const answer = read(response.status, response.headers, await response.text());
    this.#note(answer);
    if (!isMeantToFail)
      for (const { code } of answer.errors) if (passingCodes.includes(code)) this.#passing.add(`${code} with status ${answer.status}`);
    if (answer.status === 429 && !isCleaning) throw new Stopped('the service takes no more requests with this key for now (429)');
    return answer;
  }

  #note({ headers }: Answer): void {
    const budget = budgetIn(headers);
    if (budget.length > 0) this.#budget = budget;
    this.#rateLimit = headers.get('ratelimit') ?? this.#rateLimit;
  }
}

const passingCodes = ['UPSTREAM_SERVER_ERROR', 'INTERNAL_SERVER_ERROR'];

function read(status: number, headers: Headers, text: string): Answer {
  const body = parsed(text);
  const isGraphql = typeof body === 'object' && body !== null && ('data' in body || Array.isArray(body.errors));
  const errors: Json[] = isGraphql && Array.isArray(body.errors) ? body.errors : [];
  return {
    status,
    headers,
    data: (isGraphql && body.data) || {},
    errors: errors.map((error) => ({ message: String(error?.message), code: String(error?.extensions?.code ?? 'none') })),
    isGraphql,
  };
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What an answer failed with, in one line. */
export function failureOf({ status, errors, isGraphql }: Answer): string {
  if (!isGraphql) return `status ${status} and no GraphQL`;
  return `status ${status}, ${errors.map(({ message, code }) => `${code}: “${message}”`).join('; ') || 'no errors'}`;
}
