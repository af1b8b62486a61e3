import * as vscode from 'vscode';
import type { Memento } from '../core/files/memento.ts';
import { DayTree } from './dayTree.ts';
import type { QueueTree } from './queueTree.ts';

/** Where a window keeps it, over a reload. */
export const groupingKey = 'buffer.byDay';

export interface GroupingParts {
  readonly tree: QueueTree;
  readonly windowMemory: Memento;
}

/** Groups the queues by day, or by profile again, in this window. */
export async function groupBy(parts: GroupingParts, by: 'day' | 'profile'): Promise<void> {
  await show(parts, by === 'day');
  await parts.windowMemory.update(groupingKey, by === 'day' ? true : undefined);
}

/** The grouping that this window had. */
export async function restoreGrouping(parts: GroupingParts): Promise<void> {
  if (parts.windowMemory.get(groupingKey) === true && !parts.tree.days) await show(parts, true);
}

async function show({ tree }: GroupingParts, isByDay: boolean): Promise<void> {
  tree.group(isByDay ? (parts) => new DayTree(parts) : undefined);
  await vscode.commands.executeCommand('setContext', 'buffer.byDay', isByDay);
}
