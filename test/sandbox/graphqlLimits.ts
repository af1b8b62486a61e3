import type { Settings } from './behaviours.ts';

export type LimitWindow = '15m' | '24h' | '30d';

/** How many requests a credential has in each window; one number stands for all of them. */
export type GraphqlQuotas = number | Partial<Readonly<Record<LimitWindow, number>>>;

interface Rule {
  readonly window: LimitWindow;
  /** What the guide calls it, and what it was seen to be called; the last of these was not seen. */
  readonly labels: { readonly documented: string; readonly measured: string };
  readonly seconds: number;
  readonly quota: number;
}

const windows = [
  { window: '15m', labels: { documented: '15min', measured: '15min' }, seconds: 900, quota: 100 },
  { window: '24h', labels: { documented: '24h', measured: '1day' }, seconds: 86_400, quota: 250 },
  { window: '30d', labels: { documented: '30d', measured: '30day' }, seconds: 30 * 86_400, quota: 3000 },
] as const satisfies readonly Rule[];

export interface Verdict {
  /** Which window is full, and for how many seconds; left out, the request may pass. */
  readonly refused?: { readonly window: LimitWindow; readonly seconds: number };
  readonly headers: Readonly<Record<string, string>>;
}

/** How the limits are told, and what counts. */
export type LimitSettings = Pick<Settings, 'rateLimitNames' | 'refusedRequests'>;

/** Requests per account, or per access token, within three rolling windows at once. */
export class GraphqlLimits {
  readonly #rules: readonly Rule[];
  readonly #seen = new Map<string, number[]>();

  constructor(quotas: GraphqlQuotas = {}) {
    const quotaOf = ({ window, quota }: Rule) => (typeof quotas === 'number' ? quotas : (quotas[window] ?? quota));
    // What has no end is no limit, and is not spoken of.
    this.#rules = windows.map((rule) => ({ ...rule, quota: quotaOf(rule) })).filter(({ quota }) => Number.isFinite(quota));
  }

  /** Counts a request; whether one that is refused counts, too, is a switch. */
  take(account: string, now: number, settings: LimitSettings): Verdict {
    const seen = this.#recent(account, now);
    const waits = this.#rules
      .map((rule) => ({ window: rule.window, seconds: this.#used(rule, seen, now) >= rule.quota ? this.#reset(rule, seen, now) : 0 }))
      .sort((a, b) => b.seconds - a.seconds);
    const [longest] = waits;
    const isRefused = longest !== undefined && longest.seconds > 0;
    if (!isRefused || settings.refusedRequests === 'counted') seen.push(now);
    return { refused: isRefused ? longest : undefined, headers: this.#headers(seen, now, settings.rateLimitNames) };
  }

  /** As if somebody had asked so often already. */
  spend(account: string, count: number, now: number): void {
    const seen = this.#recent(account, now);
    for (let i = 0; i < count; i += 1) seen.push(now);
  }

  clear(): void {
    this.#seen.clear();
  }

  #recent(account: string, now: number): number[] {
    const longest = windows.at(-1)!.seconds;
    const recent = (this.#seen.get(account) ?? []).filter((at) => at > now - longest);
    this.#seen.set(account, recent);
    return recent;
  }

  #used({ seconds }: Rule, seen: readonly number[], now: number): number {
    return seen.filter((at) => at > now - seconds).length;
  }

  /** Until there is room for one more than now. */
  #reset(rule: Rule, seen: readonly number[], now: number): number {
    const inside = seen.filter((at) => at > now - rule.seconds);
    // More may have been spent than there was room for.
    const first = inside[Math.max(0, inside.length - rule.quota)];
    return first === undefined ? rule.seconds : first + rule.seconds - now;
  }

  #headers(seen: readonly number[], now: number, as: Settings['rateLimitNames']): Record<string, string> {
    if (this.#rules.length === 0) return {};
    const told = (tell: (rule: Rule) => string) =>
      this.#rules
        .map((rule) => [`"${rule.quota}-in-${rule.labels[as]}"`, tell(rule)].join(';'))
        .join(', ')
        .replaceAll(';', as === 'measured' ? '; ' : ';');
    const left = (rule: Rule) => Math.max(0, rule.quota - this.#used(rule, seen, now));
    return {
      ratelimit: told((rule) => `r=${left(rule)};t=${this.#reset(rule, seen, now)}`),
      'ratelimit-policy': told((rule) => `q=${rule.quota};w=${rule.seconds}`),
    };
  }
}
