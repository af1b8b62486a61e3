import * as vscode from 'vscode';
import type { NewTemplate, Template } from '../core/buffer/model.ts';
import { filledIn, placeholdersIn, snippetOf } from '../core/templates/placeholders.ts';
import { templateUri } from '../ui/templateUri.ts';
import { plainText } from '../ui/plainText.ts';
import type { CommandContext } from './commandContext.ts';
import { pickTemplate, visibilityWords } from './pickTemplate.ts';

/**
 * Puts a template at the cursor of the update that is in front, as a document or in a composer, where its placeholders are
 * typed over one after another; else opens a composer with it, and asks what is to stand in their place.
 * @param from  the id of the draft whose composer asks; anything else is no composer's
 */
export async function insertTemplate(parts: CommandContext, from?: unknown): Promise<void> {
  const draftId = typeof from === 'string' ? from : undefined;
  // Before anything is asked: a list that opens takes the keyboard away.
  const editor = draftId === undefined ? vscode.window.activeTextEditor : undefined;
  const isInDocument = editor && isUpdate(editor.document);
  const composed = isInDocument ? undefined : (draftId ?? (await parts.composers.activeDraftId()));
  const { text } = await chosen(parts, vscode.l10n.t('Insert Template'));
  if (isInDocument) {
    await editor.insertSnippet(new vscode.SnippetString(snippetOf(text)));
    await vscode.window.showTextDocument(editor.document, { viewColumn: editor.viewColumn, preserveFocus: false });
    return;
  }
  if (composed !== undefined && (await parts.composers.insert(composed, text))) return;
  await parts.composers.write({ text: filledIn(text, await askForWords(text)) });
}

/** Keeps the selected text, or the whole of the update that is open, as a template at Buffer. */
export async function saveTemplate(parts: CommandContext): Promise<void> {
  const text = textIn(vscode.window.activeTextEditor);
  if (!text) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open an update, or select the text to keep as a template.'));
    throw new vscode.CancellationError();
  }
  const title = await askForTitle(vscode.l10n.t('Save as Template'), /^.{1,60}/u.exec(text)?.[0] ?? '');
  const visibility = await askWhoFor(vscode.l10n.t('Save as Template'));
  const store = await parts.templates();
  // The service wants a description, and shows it beside the title: the same words say nothing wrong.
  const template: NewTemplate = { title, text, description: title, visibility };
  await attempt(parts, vscode.l10n.t('Saving the template'), () => store.create(template));
  void vscode.window.showInformationMessage(vscode.l10n.t('Saved as a template: {0}', plainText(title)));
}

/** Opens a template's text as a document, or changes its title or who may use it. */
export async function editTemplate(parts: CommandContext): Promise<void> {
  const title = vscode.l10n.t('Edit Template');
  const template = await chosen(parts, title, isOwn);
  const items = [
    { label: vscode.l10n.t('$(edit) Text'), description: vscode.l10n.t('as a document; saving it sends it'), part: 'text' as const },
    { label: vscode.l10n.t('$(tag) Title'), description: plainText(template.title), part: 'title' as const },
    { label: vscode.l10n.t('$(organization) Who Can Use It'), description: visibilityWords(template), part: 'visibility' as const },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: `${title} · ${template.title}` });
  if (!picked) throw new vscode.CancellationError();
  if (picked.part === 'text') {
    await vscode.window.showTextDocument(templateUri(template), { preview: false });
    return;
  }
  const change = picked.part === 'title' ? { title: await askForTitle(title, template.title) } : { visibility: await askWhoFor(title) };
  const store = await parts.templates();
  await attempt(parts, vscode.l10n.t('Saving the template'), () => store.update(template, change));
}

/** Deletes a template after asking; it is gone for everybody who had it. */
export async function deleteTemplate(parts: CommandContext): Promise<void> {
  const template = await chosen(parts, vscode.l10n.t('Delete Template'), isOwn);
  const words =
    template.visibility === 'internal'
      ? vscode.l10n.t('Delete the template “{0}”? It is gone for everybody in your organization.', template.title)
      : vscode.l10n.t('Delete the template “{0}”?', template.title);
  const remove = vscode.l10n.t('Delete');
  const choice = await vscode.window.showWarningMessage(words, { modal: true, detail: template.text.slice(0, 300) }, remove);
  if (choice !== remove) throw new vscode.CancellationError();
  const store = await parts.templates();
  await attempt(parts, vscode.l10n.t('Deleting the template'), () => store.destroy(template.id));
}

function isOwn({ visibility }: Template): boolean {
  return visibility !== 'public';
}

/** A template of the person's choice. Where the service has withdrawn them, their commands are offered no longer. */
async function chosen(parts: CommandContext, title: string, isWanted?: (template: Template) => boolean): Promise<Template> {
  try {
    return await parts.failures.attempt(() => pickTemplate(parts, title, isWanted));
  } finally {
    await follow(parts);
  }
}

async function attempt<Answer>(parts: CommandContext, title: string, step: () => Promise<Answer>): Promise<Answer> {
  const progress = { location: vscode.ProgressLocation.Window, title };
  try {
    return await parts.failures.attempt(async () => await vscode.window.withProgress(progress, step));
  } finally {
    await follow(parts);
  }
}

async function follow({ templates }: CommandContext): Promise<void> {
  await vscode.commands.executeCommand('setContext', 'buffer.hasNoTemplates', !(await templates()).isOffered);
}

/** What is to stand in the place of each placeholder; what is left empty stays as it is. */
async function askForWords(text: string): Promise<ReadonlyMap<string, string>> {
  const words = new Map<string, string>();
  const names = placeholdersIn(text);
  for (const [index, name] of names.entries()) {
    const given = await vscode.window.showInputBox({
      title: names.length > 1 ? vscode.l10n.t('Insert Template ({0}/{1})', index + 1, names.length) : vscode.l10n.t('Insert Template'),
      prompt: vscode.l10n.t('Text for “{0}”. Leave it empty to fill it in later.', name),
      ignoreFocusOut: true,
    });
    if (given === undefined) throw new vscode.CancellationError();
    words.set(name, given);
  }
  return words;
}

async function askForTitle(title: string, value: string): Promise<string> {
  const given = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('The title of the template'),
    value,
    ignoreFocusOut: true,
    validateInput: (each) => (each.trim() ? undefined : vscode.l10n.t('A template needs a title.')),
  });
  if (!given?.trim()) throw new vscode.CancellationError();
  return given.trim();
}

async function askWhoFor(title: string): Promise<NewTemplate['visibility']> {
  const items = [
    { label: vscode.l10n.t('Only You'), visibility: 'private' as const },
    { label: vscode.l10n.t('Your Organization'), visibility: 'internal' as const },
  ];
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t('Who can use it?') });
  if (!picked) throw new vscode.CancellationError();
  return picked.visibility;
}

function isUpdate({ languageId }: vscode.TextDocument): boolean {
  return languageId === 'buffer-update';
}

/** The selected text; of an update that is open, all of it where nothing is selected. */
function textIn(editor: vscode.TextEditor | undefined): string | undefined {
  if (!editor) return undefined;
  const { document, selections } = editor;
  const selected = selections
    .map((selection) => document.getText(selection))
    .join('\n\n')
    .trim();
  return (selected || (isUpdate(document) ? document.getText().trim() : '')).replaceAll('\r\n', '\n') || undefined;
}
