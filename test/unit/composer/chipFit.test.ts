import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Chip, chipsThatFit } from '../../../src/composer/page/chipFit.ts';

const chip = (width: number, isChosen = false): Chip => ({ width, isChosen });
const room = { width: 100, gap: 10, lines: 2, counter: 20 };

describe('chips of a row', () => {
  test('are all shown where there is room for all, without what counts them', () => {
    expect(
      chipsThatFit(
        [45, 45, 45, 45].map((width) => chip(width)),
        room,
      ),
    ).toEqual([true, true, true, true]);
  });

  test('leave room for what counts the others', () => {
    expect(
      chipsThatFit(
        [45, 45, 45, 45, 45].map((width) => chip(width)),
        room,
      ),
    ).toEqual([true, true, true, false, false]);
  });

  test('are shown in any case where they are chosen, and take the room of others', () => {
    expect(chipsThatFit([chip(45), chip(45), chip(45), chip(45), chip(45, true)], room)).toEqual([true, true, false, false, true]);
  });

  test('are told as too many where the chosen ones alone are', () => {
    expect(
      chipsThatFit(
        [45, 45, 45, 45, 45].map((width) => chip(width, true)),
        room,
      ),
    ).toBeUndefined();
  });

  test('wider than a line take one each', () => {
    expect(chipsThatFit([chip(300), chip(300), chip(300)], room)).toEqual([true, false, false]);
    expect(chipsThatFit([], room)).toEqual([]);
  });

  test('never hide a chosen one, and are all shown in a row without end', () => {
    const chips = fc.array(fc.record({ width: fc.integer({ min: 1, max: 200 }), isChosen: fc.boolean() }), { maxLength: 40 });
    fc.assert(
      fc.property(chips, fc.integer({ min: 20, max: 1000 }), (some, width) => {
        const shown = chipsThatFit(some, { ...room, width });
        expect(shown?.every((isShown, index) => isShown || !some[index]!.isChosen) ?? true).toBe(true);
        expect(chipsThatFit(some, { ...room, width: Number.MAX_SAFE_INTEGER })!.every(Boolean)).toBe(true);
      }),
    );
  });
});
