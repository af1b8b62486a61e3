import * as vscode from 'vscode';
import type { Tag } from '../core/buffer/model.ts';
import { filterBy } from '../sidebar/queueFilter.ts';
import { dotOf } from '../sidebar/tagWords.ts';
import { plainText } from '../ui/plainText.ts';
import type { CommandContext } from './commandContext.ts';
import type { Target } from './pickUpdate.ts';
import { changeState } from './stateCommands.ts';

/** Asks which tags an update is to have, and gives it these. */
export async function editTags(parts: CommandContext, target?: Target): Promise<void> {
  const title = vscode.l10n.t('Edit Tags');
  await changeState(parts, target, {
    title,
    change: async ({ tags = [] }) => {
      const wanted = await pickTags(parts, title, tags, true);
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
  const tags = await pickTags(parts, vscode.l10n.t('Filter by Tag'), parts.tree.filteredBy, false);
  await filterBy(parts, tags);
}

/** Shows all again. */
export async function clearFilter(parts: CommandContext): Promise<void> {
  await filterBy(parts, []);
}

interface TagItem extends vscode.QuickPickItem {
  /** Undefined for what is typed. */
  readonly tag?: Tag;
}

/**
 * Lets the person choose among the tags of the organization.
 * @param canAdd  whether a new one may be typed
 * @throws vscode.CancellationError when the person gives up
 */
async function pickTags({ store, failures }: CommandContext, title: string, chosen: readonly Tag[], canAdd: boolean): Promise<Tag[]> {
  const { tags, canCreate } = await failures.attempt(() => store.tags());
  const pick = vscode.window.createQuickPick<TagItem>();
  const all = [...tags, ...chosen.filter(({ id }) => !tags.some((each) => each.id === id))];
  const items: TagItem[] = all.map((tag) => ({ label: `${dotOf(tag.color)} ${plainText(tag.name)}`, tag }));
  pick.title = title;
  pick.canSelectMany = true;
  const mayAdd = canAdd && canCreate;
  pick.placeholder = mayAdd ? vscode.l10n.t('Choose tags, or type the name of a new one') : vscode.l10n.t('Choose tags');
  pick.items = items;
  pick.selectedItems = items.filter(({ tag }) => chosen.some(({ id }) => id === tag!.id));
  if (mayAdd)
    pick.onDidChangeValue((value) => {
      const name = value.trim();
      const selected = pick.selectedItems;
      const isNew = name !== '' && name.length <= longestName && !all.some((tag) => tag.name === name);
      const typed = selected.filter(({ tag }) => !tag);
      const added: TagItem[] = isNew && !typed.some(({ detail }) => detail === name) ? [newItem(name)] : [];
      pick.items = [...items, ...typed, ...added];
      pick.selectedItems = selected;
    });
  const accepted = await new Promise<readonly TagItem[] | undefined>((resolve) => {
    pick.onDidAccept(() => resolve(pick.selectedItems));
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
  pick.dispose();
  if (!accepted) throw new vscode.CancellationError();
  const wanted: Tag[] = [];
  for (const { tag, detail = '' } of accepted)
    wanted.push(tag ?? (await failures.attempt(() => store.createTag(detail, nextColor([...all, ...wanted])))));
  return wanted;
}

/** As Buffer has it (https://developers.buffer.com/types/TagToCreateInput). */
const longestName = 100;

function newItem(name: string): TagItem {
  return { label: `$(add) ${vscode.l10n.t('New tag')}`, detail: name, alwaysShow: true };
}

const palette = ['#F523F1', '#FF702C', '#00A25B', '#2C4BFF', '#BA3CCC', '#E0364C', '#E9B200', '#7A4B2A'];

/** A color that no tag has yet, as long as there is one. */
function nextColor(tags: readonly Tag[]): string {
  const taken = new Set(tags.map(({ color }) => color?.toUpperCase()));
  return palette.find((color) => !taken.has(color)) ?? palette[tags.length % palette.length]!;
}
