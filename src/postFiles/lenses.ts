import * as vscode from 'vscode';
import type { PartCount } from '../core/postFiles/check.ts';
import type { PostStatus } from '../core/postFiles/status.ts';
import { networkOf } from '../core/networks/networks.ts';
import { inNumbers } from '../ui/numbers.ts';
import { plainText } from '../ui/plainText.ts';
import { type Checks, rangeOf } from './checks.ts';
import { planScheme } from './postLanguage.ts';
import type { Standings } from './standings.ts';

/** Above each post: what can be done with it, and how long its texts are for their networks. */
export class Lenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #checks: Checks;
  readonly #standings: Standings;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  /** What was given last, as text. */
  readonly #given = new WeakMap<vscode.TextDocument, string>();

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(checks: Checks, standings: Standings) {
    this.#checks = checks;
    this.#standings = standings;
    this.#subscriptions = [
      this.#changed,
      checks.onDidChange(() => void this.#changeWhereOther()),
      standings.onDidChange(() => void this.#changeWhereOther()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire()),
    ];
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const lenses = await this.#lensesOf(document);
    this.#given.set(document, JSON.stringify(lenses));
    return lenses;
  }

  /** VS Code loses a click on a lens that it draws anew, and a file is checked as its window gets the focus: with that click. */
  async #changeWhereOther(): Promise<void> {
    for (const document of vscode.workspace.textDocuments) {
      const given = this.#given.get(document);
      if (given !== undefined && given !== JSON.stringify(await this.#lensesOf(document))) return this.#changed.fire();
    }
  }

  async #lensesOf(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (document.uri.scheme === planScheme) return [];
    const [{ posts }, standings] = await Promise.all([this.#checks.of(document), this.#standings.of(document.uri)]);
    const hasStatus = (part: number, which: PostStatus) => standings.some((each) => each.part === part && each.status === which);
    return posts.flatMap(({ post, counts }) => {
      const { start } = rangeOf(post.range);
      const range = new vscode.Range(start, start);
      const queue = { title: vscode.l10n.t('Queue…'), command: 'buffer.queueFile', arguments: [document.uri] };
      const uri = document.uri.with({ fragment: `L${start.line + 1}` });
      const preview = { title: vscode.l10n.t('Preview'), command: 'buffer.openPreview', arguments: [uri] };
      const isConflict = hasStatus(post.index + 1, 'conflict');
      const title = `$(warning) ${isConflict ? vscode.l10n.t('Changed Here and at Buffer…') : vscode.l10n.t('Changed at Buffer…')}`;
      const isApart = (isConflict || hasStatus(post.index + 1, 'changed')) && vscode.workspace.isTrusted;
      const settle = { title, command: 'buffer.queueFile', arguments: [document.uri, true] };
      return [
        ...(isApart ? [new vscode.CodeLens(range, settle)] : []),
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
