import type { MeasuredUpdate } from '../../../src/core/buffer/model.ts';

/** An update that went out, of which a test says what it is about. */
export function measured(rest: Partial<MeasuredUpdate> = {}): MeasuredUpdate {
  return {
    id: '5b0ffe12ca5cade000000001',
    profileId: 'one',
    service: 'bluesky',
    text: 'New in the docs',
    sentAt: new Date('2026-10-05T12:00:00Z'),
    ...rest,
  };
}
