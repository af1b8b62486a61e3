import * as vscode from 'vscode';
import type { Template } from '../core/buffer/model.ts';
import { templateScheme } from './templateScheme.ts';

/** The address of a template as a document: the id alone finds it, the name is what its tab shows. */
export function templateUri({ id, title }: Pick<Template, 'id' | 'title'>): vscode.Uri {
  const words = title
    .replace(/[^\p{L}\p{N}\p{M} ]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return vscode.Uri.from({ scheme: templateScheme, path: `/${encodeURIComponent(id)}/${words.slice(0, 60) || 'Template'}.update` });
}

/** The template that an address names; undefined for anything that is not exactly such an address. */
export function templateIdOf({ scheme, authority, query, fragment, path }: vscode.Uri): string | undefined {
  if (scheme !== templateScheme || authority || query || fragment) return undefined;
  const id = /^\/([\w-]{1,200})\/[^/\\]+\.update$/u.exec(path)?.[1];
  return id;
}
