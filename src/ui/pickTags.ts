import * as vscode from 'vscode';
import type { Tag } from '../core/buffer/model.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { plainText } from './plainText.ts';
import { dotOf } from './tagWords.ts';

interface TagItem extends vscode.QuickPickItem {
  /** Undefined for what is typed. */
  readonly tag?: Tag;
}

/** Does a step that asks the service, and tells what goes wrong, as whoever asks does it. */
export type Attempt = <Answer>(step: () => Promise<Answer>) => Promise<Answer>;

export interface TagQuestion {
  readonly title: string;
  readonly chosen: readonly Tag[];
  /** Whether a new one may be typed. */
  readonly canAdd: boolean;
  readonly attempt: Attempt;
}

/**
 * Lets the person choose among the tags of the organization, whose list is read when this is first asked.
 * @throws vscode.CancellationError when the person gives up
 */
export async function pickTags(
  store: Pick<QueueStore, 'tags' | 'createTag'>,
  { title, chosen, canAdd, attempt }: TagQuestion,
): Promise<Tag[]> {
  const { tags, canCreate } = await attempt(() => store.tags());
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
    wanted.push(tag ?? (await attempt(() => store.createTag(detail, nextColor([...all, ...wanted])))));
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
