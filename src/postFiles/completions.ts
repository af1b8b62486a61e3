import { posix } from 'node:path';
import * as vscode from 'vscode';
import { detailChoices, detailNames, postKeys } from '../core/postFiles/frontMatter.ts';
import { networkNamed, networkNames } from '../core/postFiles/networkNames.ts';
import { nameInFile, quoted } from '../core/postFiles/profileNames.ts';
import { dateInFile } from '../core/postFiles/times.ts';
import { freeSlots } from '../core/queue/freeSlots.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { networkOf } from '../core/networks/networks.ts';
import { personLocale, shortTime } from '../core/time/formatTime.ts';
import { type Checks, rangeOf } from './checks.ts';
import { rootOf } from './repository.ts';

/** What files are called that each key can name. */
const fileEndings = { images: 'png,jpg,jpeg,gif,webp', video: 'mp4,mov,webm', document: 'pdf,docx,pptx' } as const;

/** Offers keys, profiles, tags and times that nothing takes, from what is held; no service is asked. */
export class Completions implements vscode.CompletionItemProvider {
  readonly #store: QueueStore;
  readonly #checks: Checks;

  constructor(store: QueueStore, checks: Checks) {
    this.#store = store;
    this.#checks = checks;
  }

  async provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.CompletionItem[]> {
    const line = document.lineAt(position).text;
    const before = line.slice(0, position.character);
    const front = frontMatterAt(document, position.line);
    if (!front) return /^<!--[^>]*$/u.test(before) ? networkNames.map((name) => itemOf(name, vscode.CompletionItemKind.EnumMember)) : [];
    const key = keyAt(document, position.line, front);
    const isInKey = /^\s*[\w-]*$/u.test(before);
    if (isInKey && /^\S*$/u.test(before)) return inOrder([...postKeys, ...networkNames].map(keyItem));
    const service = key === undefined ? undefined : networkNamed(key);
    if (service) {
      const name = /^\s+(?<name>\w+):\s*[^\s]*$/u.exec(before)?.groups?.['name'];
      if (name === undefined) return detailNames(service).map(keyItem);
      const known = detailNames(service).find((each) => each === name);
      return known ? detailChoices(service, known).map((each) => itemOf(each, vscode.CompletionItemKind.EnumMember)) : [];
    }
    const typed = typedRange(position, before);
    switch (key) {
      case 'profiles':
        return this.#profiles(typed);
      case 'tags':
        return (await this.#store.seenTags()).map(({ name }) => {
          const item = itemOf(name, vscode.CompletionItemKind.Value, quoted(name));
          item.range = typed;
          return item;
        });
      case 'when':
        return [
          ...inOrder(['queue', 'next', 'draft'].map((each) => itemOf(each, vscode.CompletionItemKind.Keyword))),
          ...(await this.#times(document, position)),
        ];
      case 'images':
      case 'video':
      case 'document':
        return this.#files(document, key, before, typed);
      case 'reminder':
        return ['true', 'false'].map((each) => itemOf(each, vscode.CompletionItemKind.Value));
      case 'timezone':
        return Intl.supportedValuesOf('timeZone').map((each) => itemOf(each, vscode.CompletionItemKind.Value));
      default:
        return [];
    }
  }

  #profiles(range: vscode.Range): vscode.CompletionItem[] {
    const { items } = this.#store.profiles;
    return items.map((profile) => {
      const name = nameInFile(profile, items);
      const item = itemOf(name, vscode.CompletionItemKind.User, quoted(name));
      item.detail = `${networkOf(profile.service).label} · ${profile.name}`;
      item.filterText = `${name} ${profile.name} ${profile.username}`;
      item.sortText = `${profile.isDisconnected ? 1 : 0}${name}`;
      item.range = range;
      return item;
    });
  }

  /** Files of the repository that can go with a post, by their paths from the file that names them. */
  async #files(document: vscode.TextDocument, key: keyof typeof fileEndings, before: string, range: vscode.Range) {
    const isPath = /(?:^|[\s{,])src:\s*\S*$/u.test(before);
    // In a description, or behind another key.
    if (!isPath && /\{[^}]*$|^\s+(?:- )?\w+:\s/u.test(before)) return [];
    const root = await rootOf(document.uri);
    const found = await vscode.workspace.findFiles(new vscode.RelativePattern(root, `**/*.{${fileEndings[key]}}`), undefined, 200);
    const folder = posix.dirname(document.uri.path);
    return found.map(({ path }) => {
      const from = posix.relative(folder, path);
      const name = quoted(from.startsWith('../') ? from : `./${from}`);
      const item = itemOf(name, vscode.CompletionItemKind.File, name);
      // A picture is to have a description: where it goes is where one types next.
      if (key === 'images' && !isPath)
        item.insertText = new vscode.SnippetString('{ src: ').appendText(name).appendText(', alt: "').appendTabstop(0).appendText('" }');
      item.filterText = from.startsWith('../') ? from : `./${from} ${from}`;
      item.range = range;
      return item;
    });
  }

  /** The next posting times that nothing takes, of the profiles of the post. */
  async #times(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.CompletionItem[]> {
    const { posts } = await this.#checks.of(document);
    const here = posts.find(({ post }) => rangeOf(post.range).contains(position)) ?? posts[0];
    const locale = personLocale(vscode.env.language);
    const seen = new Set<string>();
    return (here?.targets ?? []).flatMap(({ profile }) => {
      if (!profile) return [];
      return freeSlots(profile, this.#store.list(profile.id, 'pending'), 5).flatMap((at) => {
        const text = dateInFile(at, profile.timeZone);
        if (seen.has(text)) return [];
        seen.add(text);
        const item = itemOf(text, vscode.CompletionItemKind.Event);
        item.detail = vscode.l10n.t('{0} · free posting time of {1}', shortTime(at, { locale, timeZone: profile.timeZone }), profile.name);
        item.sortText = `~${at.toISOString()}`;
        return [item];
      });
    });
  }
}

/** The first and the last line between the two marks around this line. */
function frontMatterAt(document: vscode.TextDocument, line: number): { readonly first: number } | undefined {
  let first: number | undefined;
  for (let at = 0; at <= line; at++) {
    const text = document.lineAt(at).text;
    if (/^---[ \t]*$/u.test(text) && at < line) {
      if (first !== undefined) first = undefined;
      else if (at === 0 || isPostMarkAbove(document, at)) first = at + 1;
    }
  }
  return first === undefined || /^---[ \t]*$/u.test(document.lineAt(line).text) ? undefined : { first };
}

function isPostMarkAbove(document: vscode.TextDocument, line: number): boolean {
  for (let at = line - 1; at >= 0; at--) {
    const text = document.lineAt(at).text.trim();
    if (text !== '') return /^-{3,}\s*post\s*-{3,}$/iu.test(text);
  }
  return true;
}

/** The key of the first level that a line belongs to. */
function keyAt(document: vscode.TextDocument, line: number, { first }: { readonly first: number }): string | undefined {
  for (let at = line; at >= first; at--) {
    const key = /^(?<key>[^\s:#-][^:]*):/u.exec(document.lineAt(at).text)?.groups?.['key'];
    if (key !== undefined) return key;
  }
  return undefined;
}

/** What was typed of a member of a list. */
function typedRange(position: vscode.Position, before: string): vscode.Range {
  const typed = /[^\s,[\]]*$/u.exec(before)![0];
  return new vscode.Range(position.translate(0, -typed.length), position);
}

function itemOf(label: string, kind: vscode.CompletionItemKind, text = label): vscode.CompletionItem {
  const item = new vscode.CompletionItem(label, kind);
  item.insertText = text;
  return item;
}

/** What most posts say first: VS Code would sort by letters, and offer Pinterest for the profiles. */
function inOrder(items: vscode.CompletionItem[]): vscode.CompletionItem[] {
  for (const [index, item] of items.entries()) item.sortText = String(index).padStart(3, '0');
  return items;
}

function keyItem(name: string): vscode.CompletionItem {
  const item = itemOf(name, vscode.CompletionItemKind.Property, `${name}: `);
  item.command = { title: '', command: 'editor.action.triggerSuggest' };
  return item;
}
