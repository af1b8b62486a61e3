import { expect, test } from 'vitest';
import type { NewShareTime, Update, UpdateStatus } from '../../../src/core/buffer/model.ts';
import { outcomeOf } from '../../../src/core/queue/editOutcome.ts';

const as = (status: UpdateStatus) => ({ status }) as Update;

test.each<[before: UpdateStatus, when: NewShareTime, now: UpdateStatus, outcome: string]>([
  ['failed', 'queue', 'failed', 'stillFailed'],
  ['failed', 'next', 'failed', 'stillFailed'],
  ['failed', { at: new Date(0) }, 'failed', 'stillFailed'],
  ['failed', 'queue', 'pending', 'done'],
  ['failed', 'draft', 'draft', 'done'],
  ['failed', 'now', 'failed', 'notShared'],
  ['draft', 'queue', 'draft', 'stillDraft'],
])('what was %s and asked for %j, and is %s now, is %s', (before, when, now, outcome) => {
  expect(outcomeOf(as(before), { update: as(now), lost: [] }, when)).toBe(outcome);
});
