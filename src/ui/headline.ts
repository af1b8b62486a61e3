import * as vscode from 'vscode';
import type { Update } from '../core/buffer/model.ts';

/** The first line that holds something, as one row can show it. */
export function headline({ text, media }: Update): string {
  const line =
    text
      .split(/\r?\n/)
      .find((each) => each.trim())
      ?.trim() ??
    media?.title ??
    media?.link ??
    vscode.l10n.t('(no text)');
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

/** So much of the headline as leaves room for other words beside it, by whole words where it has such. */
export function shortHeadline(update: Update): string {
  const line = headline(update);
  const letters = [...new Intl.Segmenter().segment(line)].map(({ segment }) => segment);
  if (letters.length <= shortLength) return line;
  const start = letters.slice(0, shortLength).join('');
  const words = /\s/u.test(letters[shortLength]!) ? start : start.replace(/(?<=\S)\s+\S*$/u, '');
  return `${words.replace(/[\s.,:;]+$/u, '')}…`;
}

/** Letters, as people see them. */
const shortLength = 16;
