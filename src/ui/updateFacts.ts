import * as vscode from 'vscode';
import type { Update } from '../core/buffer/model.ts';
import { longTime, personLocale } from '../core/time/formatTime.ts';
import { isolated } from './profileNames.ts';

/**
 * Who wrote an update, with what, when, and where it is to be seen, a line each.
 * @param timeZone  of its profile
 */
export function updateFacts({ author, via, createdAt, updatedAt, url }: Update, timeZone: string): string[] {
  const style = { locale: personLocale(vscode.env.language), timeZone };
  const isKnown = createdAt.getTime() > 0;
  const isChanged = updatedAt && updatedAt.getTime() - createdAt.getTime() >= 60_000;
  return [
    author &&
      (author.isDeleted ? vscode.l10n.t('By {0}, who has left', isolated(author.name)) : vscode.l10n.t('By {0}', isolated(author.name))),
    viaWords(via),
    isKnown && vscode.l10n.t('Created {0}', longTime(createdAt, style)),
    isChanged && vscode.l10n.t('Changed {0}', longTime(updatedAt, style)),
    url && vscode.l10n.t('On the network: {0}', url),
  ].filter((each): each is string => Boolean(each));
}

function viaWords(via: string | undefined): string | undefined {
  switch (via) {
    case undefined:
      return undefined;
    case 'network':
      return vscode.l10n.t('Created outside Buffer');
    case 'api':
      return vscode.l10n.t('Created through Buffer’s API');
    case 'buffer':
      return vscode.l10n.t('Created at Buffer');
    default:
      return vscode.l10n.t('Created with {0}', via);
  }
}
