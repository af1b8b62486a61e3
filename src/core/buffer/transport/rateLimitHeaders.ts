import { parseList, Token } from 'structured-headers';
import type { BudgetWindow } from '../model.ts';

/**
 * What is left of the requests a credential may make, from an answer's `RateLimit` and `RateLimit-Policy`
 * (https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/). A window is known by its length, as the
 * names of policies are the service's to change. Shortest first; nothing where the headers are absent or unreadable.
 */
export function budgetIn(headers: Headers, now = new Date()): readonly BudgetWindow[] {
  const policies = new Map(items(headers.get('ratelimit-policy')).map(({ name, parameters }) => [name, parameters]));
  return items(headers.get('ratelimit'))
    .flatMap(({ name, parameters }): BudgetWindow[] => {
      const policy = policies.get(name);
      const [length, quota, remaining, reset] = [policy?.get('w'), policy?.get('q'), parameters.get('r'), parameters.get('t')];
      if (!isSpan(length) || !isCount(quota) || !isCount(remaining)) return [];
      return [{ length, quota, remaining, resetsAt: new Date(now.getTime() + (isSpan(reset) ? reset : length) * 1000) }];
    })
    .sort((a, b) => a.length - b.length);
}

/** A structured field's list (RFC 9651); nothing where it is none. */
function items(field: string | null): { name: string; parameters: ReadonlyMap<string, unknown> }[] {
  if (!field) return [];
  try {
    return parseList(field).flatMap(([value, parameters]) =>
      typeof value === 'string' || value instanceof Token ? [{ name: value.toString(), parameters }] : [],
    );
  } catch {
    return [];
  }
}

/** Seconds that a calendar can still add to now. */
function isSpan(value: unknown): value is number {
  return isCount(value) && value <= 1e9;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
