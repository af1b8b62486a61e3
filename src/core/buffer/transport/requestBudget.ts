import type { BudgetWindow } from '../model.ts';

/** The window that is nearest to its end, by the part of it that is left. */
export function tightest(windows: readonly BudgetWindow[]): BudgetWindow | undefined {
  return windows.toSorted((a, b) => a.remaining / a.quota - b.remaining / b.quota)[0];
}

/** Less than a tenth of a window is left: what the person asks for comes before what nobody asked for. */
export function isScarce({ remaining, quota }: BudgetWindow): boolean {
  return remaining < quota / 10;
}

/** The longest window of any limit is 30 days; nobody means to be left alone for longer. Seconds. */
const longestSilence = 31 * 86_400;

/** Seconds that the service asks to wait, or undefined. The header holds seconds or a date (RFC 9110, 10.2.3). */
export function retryAfterSeconds(headers: Headers | undefined, now = Date.now()): number | undefined {
  const value = headers?.get('retry-after');
  if (!value) return undefined;
  const seconds = /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : (Date.parse(value) - now) / 1000;
  return Number.isFinite(seconds) ? Math.min(longestSilence, Math.max(0, Math.ceil(seconds))) : undefined;
}
