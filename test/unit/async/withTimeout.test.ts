import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { withTimeout } from '../../../src/core/async/withTimeout.ts';

const late = () => new Error('too late');

test('What answers in time is given, and so is its failure', async () => {
  expect(await withTimeout(Promise.resolve('here'), 1_000, late)).toBe('here');
  await expect(withTimeout(Promise.reject(new Error('its own')), 1_000, late)).rejects.toThrow('its own');
});

test('What never answers is not waited for', async () => {
  await expect(withTimeout(new Promise(() => {}), 1, late)).rejects.toThrow('too late');
});

test('What answered in time is never too late afterwards', async () => {
  const tooLate = vi.fn(late);
  await withTimeout(Promise.resolve(), 1, tooLate);
  await sleep(5);
  expect(tooLate).not.toHaveBeenCalled();
});
