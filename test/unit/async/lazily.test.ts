import { expect, test } from 'vitest';
import { lazily } from '../../../src/core/async/lazily.ts';

test('what is loaded is loaded once, also by those who ask while it is under way', async () => {
  let loads = 0;
  const get = lazily(async () => ({ serial: ++loads }));
  expect(get.hasBegun()).toBe(false);
  const [first, second] = await Promise.all([get(), get()]);
  expect(first).toBe(second);
  expect(await get()).toBe(first);
  expect({ loads, hasBegun: get.hasBegun() }).toEqual({ loads: 1, hasBegun: true });
});

test('a load that failed is tried again, by each who asks later', async () => {
  let loads = 0;
  const get = lazily(async () => {
    if (++loads < 3) throw new Error(`Load ${loads} failed.`);
    return loads;
  });
  await expect(get()).rejects.toThrow('Load 1 failed.');
  await expect(Promise.allSettled([get(), get()])).resolves.toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
  expect(await get()).toBe(3);
});
