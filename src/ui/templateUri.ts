import type * as vscode from 'vscode';
import type { Template } from '../core/buffer/model.ts';
import { documentIdOf, documentUri } from './documentUri.ts';
import { templateScheme } from './templateScheme.ts';

/** The address of a template as a document. */
export function templateUri({ id, title }: Pick<Template, 'id' | 'title'>): vscode.Uri {
  const words = title
    .replace(/[^\p{L}\p{N}\p{M} ]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return documentUri(templateScheme, id, words.slice(0, 60) || 'Template');
}

/** The template that an address names; undefined for anything that is not exactly such an address. */
export function templateIdOf(uri: vscode.Uri): string | undefined {
  return documentIdOf(templateScheme, uri);
}
