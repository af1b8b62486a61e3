import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { PostFilesConfig } from '../core/postFiles/config.ts';
import { detailChoices, detailNames, type PostKey, postKeys } from '../core/postFiles/frontMatter.ts';
import { networkNamed, networkNames } from '../core/postFiles/networkNames.ts';
import { nameInFile, quoted } from '../core/postFiles/profileNames.ts';
import { dateInFile } from '../core/postFiles/times.ts';
import { type Typed, typedAt } from '../core/postFiles/typed.ts';
import { freeSlots } from '../core/queue/freeSlots.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { networkOf } from '../core/networks/networks.ts';
import { personLocale, shortTime } from '../core/time/formatTime.ts';
import { type Checks, rangeOf } from './checks.ts';
import { rootOf } from './repository.ts';

/** What files are called that each key can name. */
const fileEndings = { images: 'png,jpg,jpeg,gif,webp', video: 'mp4,mov,webm', document: 'pdf,docx,pptx' } as const;

/** What can be said of one of these. */
const innerKeys = {
  images: ['src', 'alt', 'part', 'people'],
  video: ['src', 'title', 'cover'],
  document: ['src', 'title', 'cover'],
  link: ['url', 'title', 'description', 'image'],
} as const;

/** Offers keys, profiles, tags and times that nothing takes, from what is held; no service is asked. */
export class Completions implements vscode.CompletionItemProvider {
  readonly #store: QueueStore;
  readonly #checks: Checks;

  constructor(store: QueueStore, checks: Checks) {
    this.#store = store;
    this.#checks = checks;
  }

  async provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.CompletionItem[]> {
    const text = document.getText();
    const before = document.lineAt(position).text.slice(0, position.character);
    const { config } = await this.#checks.configOf(document);
    if (/^\s*-{0,3}\s*$/u.test(text)) return [this.#skeleton(config, new vscode.Range(position.line, 0, position.line, before.length))];
    const typed = typedAt(text, document.offsetAt(position));
    if (!typed) return /^<!--[^>]*$/u.test(before) ? networkNames.map((name) => itemOf(name, vscode.CompletionItemKind.EnumMember)) : [];
    const items = await this.#items(document, position, typed, config);
    const range = new vscode.Range(document.positionAt(typed.start), document.positionAt(typed.end));
    // A value over several lines is not exchanged for a word.
    if (!range.isSingleLine) return [];
    for (const item of items) {
      item.range = range;
      // VS Code looks for all that stands in front of the cursor, also for a quote.
      if (typed.quote) item.filterText = `${typed.quote}${item.filterText ?? labelOf(item)}`;
    }
    return items;
  }

  async #items(
    document: vscode.TextDocument,
    position: vscode.Position,
    { keys: [written, ...inner], kind, hasColon }: Typed,
    config: PostFilesConfig,
  ): Promise<vscode.CompletionItem[]> {
    const keyItems = (names: readonly string[]) => inOrder(names.map((name) => keyItem(name, hasColon)));
    if (written === undefined) return kind === 'key' ? keyItems(keyNames(config)) : [];
    const key = ourKey(config, written);
    const service = key === undefined ? undefined : networkNamed(key);
    if (service) {
      const [name] = inner;
      if (name === undefined) return keyItems(detailNames(service));
      const known = detailNames(service).find((each) => each === name);
      return known ? detailChoices(service, known).map((each) => valueItem(each, vscode.CompletionItemKind.EnumMember)) : [];
    }
    if (kind === 'key' && inner.length === 0 && Object.hasOwn(innerKeys, key ?? ''))
      return keyItems(innerKeys[key as keyof typeof innerKeys]);
    const isPath = inner.length === 1 && ['src', 'cover', 'image'].includes(inner[0]!);
    switch (key) {
      case 'profiles':
        return this.#profiles();
      case 'tags':
        return (await this.#store.seenTags()).map(({ name }) => valueItem(name, vscode.CompletionItemKind.Value));
      case 'when':
        return [
          ...inOrder(['queue', 'next', 'draft'].map((each) => itemOf(each, vscode.CompletionItemKind.Keyword))),
          ...(await this.#times(document, position)),
        ];
      case 'images':
      case 'video':
      case 'document':
        // In a description, or behind another key.
        return inner.length === 0 || isPath ? this.#files(document, key, isPath) : [];
      case 'reminder':
        return ['true', 'false'].map((each) => itemOf(each, vscode.CompletionItemKind.Value));
      case 'timezone':
        return Intl.supportedValuesOf('timeZone').map((each) => itemOf(each, vscode.CompletionItemKind.Value));
      default:
        return [];
    }
  }

  /** A whole post to begin with, for the first profile that one can post to. */
  #skeleton(config: PostFilesConfig, range: vscode.Range): vscode.CompletionItem {
    const { items } = this.#store.profiles;
    const usable = items.find(({ isDisconnected, isLocked }) => !isDisconnected && !isLocked) ?? items[0];
    const named = (key: PostKey) => namesOf(config, key)[0];
    const snippet = new vscode.SnippetString('---\n');
    const [profiles, when] = [named('profiles'), named('when')];
    if (profiles !== undefined && config.profiles.length === 0)
      snippet
        .appendText(`${profiles}: [`)
        .appendPlaceholder(usable ? quoted(nameInFile(usable, items)) : 'network/handle')
        .appendText(']\n');
    if (when !== undefined) snippet.appendText(`${when}: `).appendPlaceholder(config.when).appendText('\n');
    snippet.appendText('---\n').appendTabstop(0);
    const item = itemOf(vscode.l10n.t('New Post'), vscode.CompletionItemKind.Snippet);
    item.insertText = snippet;
    item.filterText = '---';
    item.range = range;
    return item;
  }

  #profiles(): vscode.CompletionItem[] {
    const { items } = this.#store.profiles;
    return items.map((profile) => {
      const name = nameInFile(profile, items);
      const item = valueItem(name, vscode.CompletionItemKind.User);
      item.detail = `${networkOf(profile.service).label} · ${profile.name}`;
      item.filterText = `${name} ${profile.name} ${profile.username}`;
      item.sortText = `${profile.isDisconnected ? 1 : 0}${name}`;
      return item;
    });
  }

  /** Files of the repository that can go with a post, by their paths from the file that names them. */
  async #files(document: vscode.TextDocument, key: keyof typeof fileEndings, isPath: boolean) {
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

/** What a repository calls one of our keys: nothing where its own names leave none. */
function namesOf({ keys, ignore }: PostFilesConfig, key: string): string[] {
  const theirs = Object.keys(keys).filter((each) => keys[each] === key);
  const names = theirs.length > 0 || Object.hasOwn(keys, key) ? theirs : [key];
  return names.filter((each) => !ignore.includes(each));
}

function keyNames(config: PostFilesConfig): string[] {
  return [...postKeys, ...networkNames].flatMap((key) => namesOf(config, key));
}

function ourKey({ keys, ignore }: PostFilesConfig, written: string): string | undefined {
  if (ignore.includes(written)) return undefined;
  return Object.hasOwn(keys, written) ? keys[written] : written;
}

function labelOf({ label }: vscode.CompletionItem): string {
  return typeof label === 'string' ? label : label.label;
}

/** A word in quotes where YAML needs them. */
function valueItem(word: string, kind: vscode.CompletionItemKind): vscode.CompletionItem {
  return itemOf(word, kind, quoted(word));
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

function keyItem(name: string, hasColon = false): vscode.CompletionItem {
  const item = itemOf(name, vscode.CompletionItemKind.Property, hasColon ? name : `${name}: `);
  if (!hasColon) item.command = { title: '', command: 'editor.action.triggerSuggest' };
  return item;
}
