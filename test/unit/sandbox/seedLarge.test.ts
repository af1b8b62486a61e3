import { expect, it } from 'vitest';
import { ownSandbox } from '../support/ownSandbox.ts';

const sandbox = await ownSandbox();

it('has a large account: twelve profiles in five zones, a thousand updates that wait, ninety days of what was sent', () => {
  sandbox.reset('large');
  const { profiles } = sandbox.summary();
  const { state } = sandbox;
  expect(profiles).toHaveLength(12);
  expect(new Set(profiles.map(({ timeZone }) => timeZone)).size).toBe(5);
  expect(profiles.reduce((sum, { pending }) => sum + pending.length, 0)).toBe(1000);
  const sent = [...state.updates.values()].filter(({ status }) => status === 'sent');
  const day = 86_400;
  const first = Math.min(...sent.map(({ dueAt }) => dueAt));
  expect(state.now() - first).toBeGreaterThan(80 * day);
  expect(state.now() - first).toBeLessThan(95 * day);
});
