import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Update } from '../../../src/core/buffer/model.ts';
import { ListTally } from '../../../src/core/queue/listTally.ts';

type Told = Pick<Update, 'status' | 'dueAt'>;

const status = fc.constantFrom<Update['status']>('pending', 'failed', 'draft');
const told = fc.record({ status, dueAt: fc.option(fc.date({ noInvalidDate: true }), { nil: undefined }) });

/** What a look at the whole of a list finds. */
function counted(ids: readonly string[], held: ReadonlyMap<string, Told>): unknown {
  const all = ids.flatMap((id) => held.get(id) ?? []);
  const times = all.flatMap(({ dueAt }) => dueAt?.getTime() ?? []);
  const count = (status: Update['status']) => all.filter((each) => each.status === status).length;
  return [count('failed'), count('draft'), times.length ? Math.max(...times) : undefined];
}

test('a list that grows, changes and is replaced is told of as by a look at the whole of it', () => {
  const page = fc.record({ kind: fc.constant('page' as const), updates: fc.array(told, { maxLength: 5 }) });
  const change = fc.record({ kind: fc.constant('change' as const), at: fc.nat(20), to: fc.option(told, { nil: undefined }) });
  const other = fc.record({ kind: fc.constant('other' as const), keep: fc.nat(20) });
  fc.assert(
    fc.property(fc.array(fc.oneof(page, change, other), { maxLength: 20 }), (steps) => {
      const tally = new ListTally();
      const held = new Map<string, Told>();
      let ids: string[] = [];
      let revision = 0;
      let serial = 0;
      for (const step of steps) {
        if (step.kind === 'page') {
          for (const update of step.updates) {
            const id = String(++serial);
            held.set(id, update);
            ids.push(id);
          }
        } else if (step.kind === 'change') {
          const id = ids[step.at];
          if (id === undefined) continue;
          if (step.to) held.set(id, step.to);
          else held.delete(id);
          revision++;
        } else ids = ids.slice(-step.keep);
        const { failed, drafts, until } = tally.follow(ids, revision, (id) => held.get(id) as Update | undefined);
        expect([failed, drafts, until?.getTime()]).toEqual(counted(ids, held));
      }
    }),
  );
});
