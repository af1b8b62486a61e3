import * as vscode from 'vscode';
import { filterBy } from '../sidebar/queueFilter.ts';
import { type Attempt, pickTags } from '../ui/pickTags.ts';
import type { CommandContext } from './commandContext.ts';
import type { Target } from './pickUpdate.ts';
import { changeState } from './stateCommands.ts';

/** Asks which tags an update is to have, and gives it these. */
export async function editTags(parts: CommandContext, target?: Target): Promise<void> {
  const title = vscode.l10n.t('Edit Tags');
  const attempt: Attempt = (step) => parts.failures.attempt(step);
  await changeState(parts, target, {
    title,
    change: async ({ tags = [] }) => {
      const wanted = await pickTags(parts.store, { title, chosen: tags, canAdd: true, attempt });
      return { tagIds: wanted.map(({ id }) => id) };
    },
    isDone: () => true,
    done: (_name, { tags = [] }) =>
      tags.length ? vscode.l10n.t('Tags: {0}', tags.map(({ name }) => name).join(', ')) : vscode.l10n.t('It has no tags.'),
    notDone: '',
  });
}

/** Asks for tags, and shows only what has one of them; all where none is chosen. */
export async function filterByTag(parts: CommandContext): Promise<void> {
  const { store, tree, failures } = parts;
  const attempt: Attempt = (step) => failures.attempt(step);
  const tags = await pickTags(store, { title: vscode.l10n.t('Filter by Tag'), chosen: tree.filteredBy, canAdd: false, attempt });
  await filterBy(parts, tags);
}

/** Shows all again. */
export async function clearFilter(parts: CommandContext): Promise<void> {
  await filterBy(parts, []);
}
