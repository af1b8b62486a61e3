import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noticeSilence } from '../../../src/composer/page/silence.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('an extension that does not answer is told of once, and found again', () => {
  const told: boolean[] = [];
  let pings = 0;
  const silence = noticeSilence(
    () => void pings++,
    (isUnheard) => void told.push(isUnheard),
  );
  silence.asked();
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([true]);
  expect(pings).toBeGreaterThan(5);
  silence.heard();
  expect(told).toEqual([true, false]);
  const before = pings;
  vi.advanceTimersByTime(60_000);
  expect(pings).toBe(before);
});

test('one that is busy for a moment is asked once, and nothing is told', () => {
  const told: boolean[] = [];
  const silence = noticeSilence(
    () => void setTimeout(() => silence.heard(), 2_000),
    (isUnheard) => void told.push(isUnheard),
  );
  for (let times = 0; times < 20; times++) {
    silence.asked();
    vi.advanceTimersByTime(7_000);
  }
  expect(told).toEqual([]);
});
