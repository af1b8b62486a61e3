import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupBy } from '../../../src/core/collections/groupBy.ts';

test('groups as Map.groupBy does, keys and items in their order', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ key: fc.constantFrom('a', 'b', 1, undefined), value: fc.integer() })), (items) => {
      const byKey = ({ key }: { key: string | number | undefined }) => key;
      expect([...groupBy(items, byKey)]).toEqual([...Map.groupBy(items, byKey)]);
    }),
  );
});
