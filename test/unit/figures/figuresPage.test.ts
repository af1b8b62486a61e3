import { describe, expect, test } from 'vitest';
import { isAwaited } from '../../../src/core/figures/sums.ts';
import { begin, offered, periodOf } from '../../../src/figures/page/state.ts';
import { measured } from './figures.ts';

const hour = 3_600_000;

describe('what the page of the figures shows', () => {
  const now = Date.parse('2026-11-27T12:00:00Z');
  const page = {
    ...begin(undefined, now),
    told: {
      period: { from: 0, to: now },
      profiles: [{ id: 'one', name: 'One', service: 'x', network: 'X', timeZone: 'UTC' }],
      isWhole: true,
      isReading: false,
    },
    updates: [measured({ figures: { clicks: 3 }, tags: [{ id: 'here', name: 'Here' }] })],
  };

  test('is filtered by nothing that cannot be chosen: nobody could take it back', () => {
    const { look, figure } = offered({ ...page, look: { ...page.look, profileIds: ['gone'], tagIds: ['gone', 'here'] } });
    expect([look.profileIds, look.tagIds, figure]).toEqual([[], ['here'], 'clicks']);
    // It is there again once what it is about is.
    expect(offered({ ...page, look: { ...page.look, profileIds: ['one'] } }).look.profileIds).toEqual(['one']);
  });

  test('is not called unmeasured where it was measured, or is too old to be', () => {
    const sentAt = new Date(now - hour);
    expect(isAwaited(measured({ sentAt }), now)).toBe(true);
    expect(isAwaited(measured({ sentAt, measuredAt: new Date(now) }), now)).toBe(false);
    expect(isAwaited(measured({ sentAt: new Date(now - 72 * hour) }), now)).toBe(false);
  });

  test('a period of one’s own is whole days by the clocks of whoever looks, either way round', () => {
    const zone = process.env['TZ'];
    process.env['TZ'] = 'Europe/Berlin';
    try {
      const days = (from: string, to: string) => {
        const period = periodOf({ span: 'custom', from, to }, now);
        return [new Date(period.from).toISOString(), new Date(period.to).toISOString()];
      };
      const both = ['2026-10-23T22:00:00.000Z', '2026-10-25T23:00:00.000Z'];
      expect(days('2026-10-24', '2026-10-25')).toEqual(both);
      expect(days('2026-10-25', '2026-10-24')).toEqual(both);
      // Past midnight there, and not yet by UTC.
      expect(begin(undefined, Date.parse('2026-11-27T23:30:00Z')).to).toBe('2026-11-28');
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });
});
