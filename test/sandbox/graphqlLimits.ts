export type LimitWindow = '15m' | '24h' | '30d';

/** How many requests a credential has in each window; one number stands for all of them. */
export type GraphqlQuotas = number | Partial<Readonly<Record<LimitWindow, number>>>;

interface Rule {
  readonly window: LimitWindow;
  readonly label: string;
  readonly seconds: number;
  readonly quota: number;
}

const windows = [
  { window: '15m', label: '15min', seconds: 900, quota: 100 },
  { window: '24h', label: '24h', seconds: 86_400, quota: 250 },
  { window: '30d', label: '30d', seconds: 30 * 86_400, quota: 3000 },
] as const satisfies readonly Rule[];

export interface Verdict {
  /** Which window is full, and for how many seconds; left out, the request may pass. */
  readonly refused?: { readonly window: LimitWindow; readonly seconds: number };
  readonly headers: Readonly<Record<string, string>>;
}

/** Requests per credential within three rolling windows at once. */
export class GraphqlLimits {
  readonly #rules: readonly Rule[];
  readonly #seen = new Map<string, number[]>();

  constructor(quotas: GraphqlQuotas = {}) {
    const quotaOf = ({ window, quota }: Rule) => (typeof quotas === 'number' ? quotas : (quotas[window] ?? quota));
    // What has no end is no limit, and is not spoken of.
    this.#rules = windows.map((rule) => ({ ...rule, quota: quotaOf(rule) })).filter(({ quota }) => Number.isFinite(quota));
  }

  /** Counts a request, unless it is refused: that one is free. */
  take(credential: string, now: number): Verdict {
    const seen = this.#recent(credential, now);
    const waits = this.#rules
      .map((rule) => ({ window: rule.window, seconds: this.#used(rule, seen, now) >= rule.quota ? this.#reset(rule, seen, now) : 0 }))
      .sort((a, b) => b.seconds - a.seconds);
    const [longest] = waits;
    if (longest && longest.seconds > 0) return { refused: longest, headers: this.#headers(seen, now) };
    seen.push(now);
    return { headers: this.#headers(seen, now) };
  }

  /** As if somebody had asked so often already. */
  spend(credential: string, count: number, now: number): void {
    const seen = this.#recent(credential, now);
    for (let i = 0; i < count; i += 1) seen.push(now);
  }

  clear(): void {
    this.#seen.clear();
  }

  #recent(credential: string, now: number): number[] {
    const longest = windows.at(-1)!.seconds;
    const recent = (this.#seen.get(credential) ?? []).filter((at) => at > now - longest);
    this.#seen.set(credential, recent);
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

  #headers(seen: readonly number[], now: number): Record<string, string> {
    if (this.#rules.length === 0) return {};
    const name = ({ quota, label }: Rule) => `"${quota}-in-${label}"`;
    const left = (rule: Rule) => Math.max(0, rule.quota - this.#used(rule, seen, now));
    return {
      ratelimit: this.#rules.map((rule) => `${name(rule)};r=${left(rule)};t=${this.#reset(rule, seen, now)}`).join(', '),
      'ratelimit-policy': this.#rules.map((rule) => `${name(rule)};q=${rule.quota};w=${rule.seconds}`).join(', '),
    };
  }
}
