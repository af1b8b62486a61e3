import * as vscode from 'vscode';
import type { Template } from '../core/buffer/model.ts';
import { plainText } from '../ui/plainText.ts';
import type { CommandContext } from './commandContext.ts';

interface TemplateItem extends vscode.QuickPickItem {
  readonly template: Template;
}

/**
 * Lets the person choose a template: its title and whose it is, with the beginning of its text to read.
 * @param isWanted  those that are offered
 * @throws vscode.CancellationError where none is chosen
 */
export async function pickTemplate(
  parts: Pick<CommandContext, 'templates' | 'failures'>,
  title: string,
  isWanted: (template: Template) => boolean = () => true,
): Promise<Template> {
  const store = await parts.templates();
  const pick = vscode.window.createQuickPick<TemplateItem>();
  const refresh = { iconPath: new vscode.ThemeIcon('refresh'), tooltip: vscode.l10n.t('Refresh') };
  pick.title = title;
  pick.placeholder = vscode.l10n.t('Loading your templates…');
  pick.buttons = [refresh];
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  const fill = async (anew: boolean) => {
    pick.busy = true;
    try {
      const templates = (await store.list({ anew })).filter(isWanted);
      pick.items = templates.map(itemOf);
      pick.placeholder = templates.length ? vscode.l10n.t('Choose a template') : vscode.l10n.t('There is no template yet.');
    } finally {
      pick.busy = false;
    }
  };
  const chosen = new Promise<Template>((resolve, reject) => {
    pick.onDidTriggerButton(() => void fill(true).catch(reject));
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item) resolve(item.template);
    });
    pick.onDidHide(() => reject(new vscode.CancellationError()));
    pick.show();
    fill(false).catch(reject);
  });
  return chosen.finally(() => pick.dispose());
}

function itemOf(template: Template): TemplateItem {
  const { emoji, title, text, description } = template;
  return {
    label: plainText([emoji, title].filter(Boolean).join(' ')),
    description: [visibilityWords(template), description && plainText(description)].filter(Boolean).join(' · '),
    detail: plainText(text.replace(/\s+/gu, ' ').trim().slice(0, 300)),
    template,
  };
}

/** Who may use it. */
export function visibilityWords({ visibility }: Pick<Template, 'visibility'>): string {
  switch (visibility) {
    case 'private':
      return vscode.l10n.t('only you');
    case 'internal':
      return vscode.l10n.t('your organization');
    case 'public':
      return vscode.l10n.t('from Buffer');
  }
}
