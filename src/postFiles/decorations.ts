import * as vscode from 'vscode';
import type { PostStanding, PostStatus } from '../core/postFiles/status.ts';
import { plainText } from '../ui/plainText.ts';
import type { Standings } from './standings.ts';
import { statusWords } from './statusWords.ts';

/** What a sign stands for, the worst first. */
const signs: readonly { readonly of: readonly PostStatus[]; readonly badge: string; readonly color: string }[] = [
  { of: ['failed'], badge: '!', color: 'list.errorForeground' },
  {
    of: ['conflict', 'edited', 'editedLate', 'changed', 'gone', 'new', 'removed', 'unclear'],
    badge: '≠',
    color: 'list.warningForeground',
  },
  { of: ['queued'], badge: 'Q', color: 'charts.blue' },
  { of: ['sent'], badge: '✓', color: 'charts.green' },
];

/** Signs behind the names of files of posts: queued, sent, failed, or another thing than what Buffer has. */
export class Decorations {
  readonly #standings: Standings;
  /** Fires with the files that may have another sign. */
  readonly onDidChange: vscode.Event<vscode.Uri[]>;

  constructor(standings: Standings) {
    this.#standings = standings;
    this.onDidChange = standings.onDidChange;
  }

  /** Of one file; none where nothing of it was queued. */
  async of(uri: vscode.Uri): Promise<vscode.FileDecoration | undefined> {
    const standings = await this.#standings.of(uri);
    const sign = signs.find((each) => standings.some(({ status }) => each.of.includes(status)));
    if (!sign) return undefined;
    const decoration = new vscode.FileDecoration(sign.badge, tooltipOf(standings), new vscode.ThemeColor(sign.color));
    // What is refused is to be seen in a closed folder, too.
    decoration.propagate = sign.badge === '!';
    return decoration;
  }
}

/** What all of it has in common, else profile by profile, the worst first. */
function tooltipOf(standings: readonly PostStanding[]): string {
  const statuses = signs.flatMap((each) => each.of).filter((status) => standings.some((each) => each.status === status));
  if (statuses.length === 1) return statusWords(statuses[0]!);
  return statuses
    .map((status) => {
      const profiles = new Set(standings.filter((each) => each.status === status).map(({ profile }) => profile));
      return plainText(`${[...profiles].join(', ')}: ${statusWords(status)}`);
    })
    .join(' · ');
}
