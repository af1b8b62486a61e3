import * as vscode from 'vscode';
import type { Idea, IdeaGroup, NewIdea } from '../core/buffer/model.ts';
import { draftOfIdea } from '../core/drafts/ideaDraft.ts';
import type { IdeaGroupNode } from '../sidebar/ideaRows.ts';
import { openPage } from '../ui/openPage.ts';
import { plainText } from '../ui/plainText.ts';
import type { CommandContext } from './commandContext.ts';

/** What a command was called on: a group's row, or something of another view, such as an editor. */
export type IdeaPlace = IdeaGroupNode | vscode.Uri;

/** Keeps the selected text, or the whole document after asking, as an idea at Buffer; on a group's row, in that group. */
export async function saveIdea(parts: CommandContext, place?: IdeaPlace): Promise<void> {
  const text = await textToKeep(vscode.window.activeTextEditor);
  await keep(parts, { text, groupId: groupIn(place)?.group?.id });
}

/** Asks for a thought and, unless it was called on a group's row, for the group to put it into. */
export async function newIdea(parts: CommandContext, place?: IdeaPlace): Promise<void> {
  const row = groupIn(place);
  const group = row ? row.group : await pickGroup(parts);
  const text = await vscode.window.showInputBox({
    title: group ? vscode.l10n.t('New Idea · {0}', group.name) : vscode.l10n.t('New Idea'),
    prompt: vscode.l10n.t('An idea to keep for later'),
    ignoreFocusOut: true,
  });
  if (!text?.trim()) throw new vscode.CancellationError();
  await keep(parts, { text: text.trim(), groupId: group?.id });
}

async function keep({ ideas, failures }: CommandContext, idea: NewIdea): Promise<void> {
  const progress = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Saving the idea') };
  const kept = await failures.attempt(
    async () => await vscode.window.withProgress(progress, () => ideas.create(idea)),
    'buffer.refreshIdeas',
  );
  const show = vscode.l10n.t('Show');
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t('Saved as an idea: {0}', plainText(beginning(kept.title ?? kept.text))),
    show,
  );
  if (choice === show) await vscode.commands.executeCommand('buffer.ideas.focus');
}

function groupIn(place: IdeaPlace | undefined): IdeaGroupNode | undefined {
  return place && 'kind' in place ? place : undefined;
}

/** The groups that are known; it is not worth a request to know more. */
async function pickGroup({ ideas }: CommandContext): Promise<IdeaGroup | undefined> {
  const groups = ideas.ideas.groups.filter(({ isLocked }) => !isLocked);
  if (groups.length === 0) return undefined;
  const items: (vscode.QuickPickItem & { readonly group?: IdeaGroup })[] = [
    { label: vscode.l10n.t('No Group') },
    ...groups.map((group) => ({ label: plainText(group.name), group })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('New Idea'),
    placeHolder: vscode.l10n.t('Choose a group'),
  });
  if (!picked) throw new vscode.CancellationError();
  return picked.group;
}

/** Opens the composer with all of an idea that a draft can hold, and tells what it cannot. */
export async function composeIdea({ composers, store }: CommandContext, idea: Idea): Promise<void> {
  const { start, left } = draftOfIdea(idea, store.profiles.items);
  await composers.write(start);
  if (left.length === 0) return;
  const words =
    left.length === 1
      ? vscode.l10n.t('One file of this idea was not taken along.')
      : vscode.l10n.t('{0} files of this idea were not taken along.', left.length);
  const copy = vscode.l10n.t('Copy Addresses');
  if ((await vscode.window.showInformationMessage(words, copy)) === copy)
    await vscode.env.clipboard.writeText(left.map(({ url }) => url).join('\n'));
}

/** Copies an idea, title and text. */
export async function copyIdea(_: CommandContext, { title, text }: Idea): Promise<void> {
  await vscode.env.clipboard.writeText([title, text].filter(Boolean).join('\n\n'));
}

/** Opens the board of ideas at Buffer: its API changes and deletes none. */
export async function openIdeas(): Promise<void> {
  await openPage('https://publish.buffer.com/create');
}

export async function refreshIdeas({ ideas, failures }: CommandContext): Promise<void> {
  await failures.attempt(async () => {
    await vscode.window.withProgress({ location: { viewId: 'buffer.ideas' } }, () => ideas.refresh());
  });
}

export async function loadMoreIdeas({ ideas, failures }: CommandContext): Promise<void> {
  await failures.attempt(() => ideas.loadMore());
}

async function textToKeep(editor: vscode.TextEditor | undefined): Promise<string> {
  const selected = editor?.selections
    .map((selection) => editor.document.getText(selection))
    .join('\n\n')
    .trim();
  if (selected) return selected.replaceAll('\r\n', '\n');
  const whole = editor?.document.getText().trim();
  if (!whole) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a file and select the text to keep as an idea.'));
    throw new vscode.CancellationError();
  }
  const keep = vscode.l10n.t('Save Document');
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t('Nothing is selected. Keep the whole document as an idea?'),
    { modal: true, detail: beginning(whole) },
    keep,
  );
  if (choice !== keep) throw new vscode.CancellationError();
  return whole.replaceAll('\r\n', '\n');
}

function beginning(text: string): string {
  const characters = [...text.replace(/\s+/g, ' ')];
  return characters.length > 80 ? `${characters.slice(0, 80).join('')}…` : characters.join('');
}
