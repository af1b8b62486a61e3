import * as vscode from 'vscode';
import type { CheckedPost } from '../core/postFiles/check.ts';
import type { PostText } from '../core/postFiles/postFile.ts';
import { networkOf } from '../core/networks/networks.ts';
import { type Checks, rangeOf } from './checks.ts';

/** The posts of a file, their texts and the parts of their threads. */
export class Outline implements vscode.DocumentSymbolProvider, vscode.FoldingRangeProvider {
  readonly #checks: Checks;

  constructor(checks: Checks) {
    this.#checks = checks;
  }

  async provideDocumentSymbols(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
    const { posts } = await this.#checks.of(document);
    return posts.map((each) => symbolOf(each));
  }

  async provideFoldingRanges(document: vscode.TextDocument): Promise<vscode.FoldingRange[]> {
    const { posts } = await this.#checks.of(document);
    const ranges: vscode.FoldingRange[] = [];
    const add = (start: number, end: number, kind?: vscode.FoldingRangeKind) => {
      if (end > start) ranges.push(new vscode.FoldingRange(start, end, kind));
    };
    for (const { post } of posts) {
      const { start, end } = rangeOf(post.range);
      // Of two that begin in one line VS Code shows only one.
      if (posts.length > 1 && post.frontMatter?.start.line !== start.line + 1)
        add(start.line, end.character === 0 ? end.line - 1 : end.line);
      if (post.frontMatter) add(post.frontMatter.start.line - 1, post.frontMatter.end.line);
      for (const { mark, parts } of Object.values(post.variants)) if (mark) add(mark.start.line, parts.at(-1)!.range.end.line);
    }
    return ranges;
  }
}

function symbolOf({ post, targets }: CheckedPost): vscode.DocumentSymbol {
  const range = rangeOf(post.range);
  const [line = ''] = post.text.parts[0]!.text.split('\n', 1);
  const networks = [...new Set(targets.map(({ service }) => networkOf(service).label))].join(', ');
  const title = line.trim() || vscode.l10n.t('Post {0}', post.index + 1);
  const symbol = new vscode.DocumentSymbol(title, networks, vscode.SymbolKind.Event, range, new vscode.Range(range.start, range.start));
  if (post.text.parts[0]!.text.trim() !== '') symbol.children.push(...textSymbols(vscode.l10n.t('Text for All'), post.text));
  for (const [service, text] of Object.entries(post.variants)) symbol.children.push(...textSymbols(networkOf(service).label, text));
  return symbol;
}

function textSymbols(name: string, { parts, mark }: PostText): vscode.DocumentSymbol[] {
  const [first, ...rest] = parts;
  const end = rangeOf(parts.at(-1)!.range).end;
  const start = mark ? rangeOf(mark) : rangeOf(first!.range);
  const symbol = new vscode.DocumentSymbol(name, '', vscode.SymbolKind.String, new vscode.Range(start.start, end), start);
  symbol.children = rest.map(({ range }, index) => {
    const place = rangeOf(range);
    return new vscode.DocumentSymbol(vscode.l10n.t('Part {0}', index + 2), '', vscode.SymbolKind.String, place, place);
  });
  return [symbol];
}
