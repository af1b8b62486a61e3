import * as vscode from 'vscode';
import type { PartCount } from '../core/postFiles/check.ts';
import { networkOf } from '../core/networks/networks.ts';
import { inNumbers } from '../ui/numbers.ts';
import { plainText } from '../ui/plainText.ts';
import { type Checks, rangeOf } from './checks.ts';
import { planScheme } from './postLanguage.ts';

/** Above each post: what can be done with it, and how long its texts are for their networks. */
export class Lenses implements vscode.CodeLensProvider {
  readonly #checks: Checks;
  readonly onDidChangeCodeLenses: vscode.Event<void>;

  constructor(checks: Checks) {
    this.#checks = checks;
    this.onDidChangeCodeLenses = checks.onDidChange;
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (document.uri.scheme === planScheme) return [];
    const { posts } = await this.#checks.of(document);
    return posts.flatMap(({ post, counts }) => {
      const { start } = rangeOf(post.range);
      const range = new vscode.Range(start, start);
      const queue = { title: vscode.l10n.t('Queue…'), command: 'buffer.queueFile', arguments: [document.uri] };
      const uri = document.uri.with({ fragment: `L${start.line + 1}` });
      const preview = { title: vscode.l10n.t('Preview'), command: 'buffer.openPreview', arguments: [uri] };
      return [
        ...(post.index === 0 && vscode.workspace.isTrusted ? [new vscode.CodeLens(range, queue)] : []),
        new vscode.CodeLens(range, preview),
        ...longestOf(counts).map((each) => new vscode.CodeLens(range, { title: countWords(each), command: '' })),
      ];
    });
  }
}

/** Of each network the part that is nearest to what it takes. */
function longestOf(counts: readonly PartCount[]): PartCount[] {
  const longest = new Map<string, PartCount>();
  for (const each of counts) {
    const known = longest.get(each.service);
    if (!known || each.count / each.limit > known.count / known.limit) longest.set(each.service, each);
  }
  return [...longest.values()];
}

function countWords({ service, count, limit }: PartCount): string {
  const label = plainText(networkOf(service).label);
  const sign = count > limit ? '$(error) ' : '';
  return Number.isFinite(limit) ? `${sign}${inNumbers(count)}/${inNumbers(limit)} ${label}` : `${inNumbers(count)} ${label}`;
}
