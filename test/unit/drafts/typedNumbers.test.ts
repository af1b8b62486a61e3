import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { asFraction, asMoment, typedMoment } from '../../../src/core/drafts/typedNumbers.ts';

test.each([
  ['0', 0],
  ['1', 1],
  ['0.25', 0.25],
  ['.5', 0.5],
  ['0,5', 0.5],
  [' 50 % ', 0.5],
  ['33.3%', 0.333],
  ['1.01', undefined],
  ['101%', undefined],
  ['540', undefined],
  ['-0.1', undefined],
  ['half', undefined],
  ['', undefined],
])('a place within a picture, typed as %j', (typed, expected) => {
  expect(asFraction(typed)).toEqual(expected === undefined ? undefined : expect.closeTo(expected, 9));
});

test.each([
  ['2.5', 2500],
  ['0', 0],
  ['0,04', 40],
  ['1:05', 65_000],
  ['10:00.5', 600_500],
  ['1:5', undefined],
  ['1:05:00', undefined],
  ['-1', undefined],
  ['soon', undefined],
  ['', undefined],
])('a moment of a video, typed as %j', (typed, expected) => {
  expect(asMoment(typed)).toBe(expected);
});

test('what the service tells is the same after it was shown', () => {
  fc.assert(fc.property(fc.nat(36_000_000), (milliseconds) => asMoment(typedMoment(milliseconds)) === milliseconds));
  fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (part) => asFraction(String(part)) === part));
});
