import * as vscode from 'vscode';
import type { Idea } from '../core/buffer/model.ts';
import { plainText } from '../ui/plainText.ts';
import type { CommandContext } from './commandContext.ts';

/** Keeps the selected text, or the whole document after asking, as an idea at Buffer. */
export async function saveIdea({ ideas, failures }: CommandContext): Promise<void> {
  const text = await textToKeep(vscode.window.activeTextEditor);
  const progress = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Saving the idea') };
  const idea = await failures.attempt(
    async () => await vscode.window.withProgress(progress, () => ideas.create({ text })),
    'buffer.refreshIdeas',
  );
  const show = vscode.l10n.t('Show');
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t('Saved as an idea: {0}', plainText(beginning(idea.title ?? idea.text))),
    show,
  );
  if (choice === show) await vscode.commands.executeCommand('buffer.ideas.focus');
}

/** Opens the composer with an idea's text. */
export async function composeIdea({ composers }: CommandContext, idea: Idea): Promise<void> {
  await composers.write({ text: [idea.title, idea.text].filter(Boolean).join('\n\n') });
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
