import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { instantOf, wallClockAt } from '../../../src/core/time/wallClock.ts';
import { runs } from '../support/runs.ts';
import { seed } from '../support/seed.ts';

const zones = fc.constantFrom('UTC', ...Intl.supportedValuesOf('timeZone'));
console.log(`wall clocks, seed ${seed}`);
const times = fc.date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2037-01-01T00:00:00Z'), noInvalidDate: true });

test('clocks show what Temporal says they show', () => {
  fc.assert(
    fc.property(zones, times, (timeZone, time) => {
      const theirs = Temporal.Instant.fromEpochMilliseconds(time.getTime()).toZonedDateTimeISO(timeZone).toPlainDateTime();
      expect(wallClockAt(time, timeZone).toISOString().slice(0, 19)).toBe(theirs.toString({ fractionalSecondDigits: 0 }));
    }),
    { seed, numRuns: runs(300) },
  );
});

/** Half of the times are within two hours of a change of clocks, where the zone has one. */
const walls = fc.tuple(zones, times, fc.integer({ min: -120, max: 120 })).map(([timeZone, time, minutes]) => {
  const at = Temporal.Instant.fromEpochMilliseconds(time.getTime()).toZonedDateTimeISO(timeZone);
  const change = minutes % 2 ? at.getTimeZoneTransition('next') : null;
  return { timeZone, wall: (change ?? at).toPlainDateTime().add({ minutes }).round('minute') };
});

test('a wall time is the instant that Temporal takes it for, also where clocks skip it or show it twice', () => {
  fc.assert(
    fc.property(walls, ({ timeZone, wall }) => {
      const theirs = wall.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds;
      expect(instantOf(new Date(`${wall.toString()}Z`), timeZone).getTime()).toBe(theirs);
    }),
    { seed, numRuns: runs(1_000) },
  );
});
