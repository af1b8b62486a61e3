import * as vscode from 'vscode';
import type { Draft } from '../core/drafts/draft.ts';

/** What a draft begins with, as a title or a row shows it. */
export function firstWords({ text, variants }: Draft): string {
  const words =
    [text, ...Object.values(variants)].map((each) => each.replace(/\s+/g, ' ').trim()).find(Boolean) ?? vscode.l10n.t('(no text)');
  const characters = [...words];
  return characters.length > 40 ? `${characters.slice(0, 40).join('')}…` : words;
}
