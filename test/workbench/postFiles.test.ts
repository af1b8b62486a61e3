import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { uriOf, write } from './steps.ts';

/** Looks until something is so; a file is checked a moment after it was typed in. */
async function eventually<Value>(look: () => Value | undefined | Promise<Value | undefined>, what: string): Promise<Value> {
  for (let tries = 0; tries < 200; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`This never came: ${what}`);
}

const codesOf = (uri: vscode.Uri) =>
  vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'Buffer')
    .map(({ code }) => code as string);

async function opened(path: string, text: string): Promise<vscode.TextDocument> {
  await write(path, text);
  const document = await vscode.workspace.openTextDocument(uriOf(path));
  await vscode.window.showTextDocument(document);
  return document;
}

const place = (document: vscode.TextDocument, words: string) => document.positionAt(document.getText().indexOf(words) + words.length);
const command = <Result>(name: string, ...args: unknown[]) => vscode.commands.executeCommand<Result>(`vscode.${name}`, ...args);

describe('files of posts', () => {
  before(async () => {
    await vscode.extensions.getExtension('queue-for-buffer.queue-for-buffer')!.activate();
    await vscode.commands.executeCommand('buffer.refresh');
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(uriOf('posts'), { recursive: true });
  });

  it('are checked while one types, and what is told goes once it is right', async () => {
    const document = await opened('posts/a.buffer.md', `---\nprofiles: bluesky\n---\n${'A'.repeat(301)}`);
    assert.equal(document.languageId, 'buffer-post');
    await eventually(() => (codesOf(document.uri).includes('tooLong') ? true : undefined), 'the text is too long');
    const edit = new vscode.WorkspaceEdit();
    edit.delete(document.uri, new vscode.Range(3, 0, 3, 10));
    await vscode.workspace.applyEdit(edit);
    await eventually(() => (codesOf(document.uri).length === 0 ? true : undefined), 'the text fits');
  });

  it('may have other names: those of the configuration are files of posts too, unless somebody says otherwise', async () => {
    await write('.buffer/config.json', JSON.stringify({ files: ['posts/*/{network}.md'] }));
    try {
      const { uri } = await opened('posts/launch/bluesky.md', `---\nprofiles: bluesky\n---\n${'A'.repeat(301)}`);
      const languageOf = () => vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString())?.languageId;
      await eventually(() => (languageOf() === 'buffer-post' ? true : undefined), 'the language of posts');
      await eventually(() => (codesOf(uri).includes('tooLong') ? true : undefined), 'the text is too long');
      await vscode.languages.setTextDocumentLanguage(await vscode.workspace.openTextDocument(uri), 'markdown');
      await eventually(() => (codesOf(uri).length === 0 ? true : undefined), 'nothing is told of Markdown');
      // One beside it that is none of posts, and the same again: nothing gives it back.
      const other = await opened('posts/notes.md', 'Notes');
      await opened('posts/launch/mastodon.md', 'A');
      await eventually(
        () => (vscode.window.activeTextEditor?.document.languageId === 'buffer-post' ? true : undefined),
        'the language of the next one',
      );
      assert.equal(languageOf(), 'markdown');
      assert.equal(other.languageId, 'markdown');
    } finally {
      await vscode.workspace.fs.delete(uriOf('.buffer'), { recursive: true });
    }
  });

  it('have words for times fixed to a date, also on save, and unknown words written as they were meant', async () => {
    const document = await opened(
      'posts/b.buffer.md',
      '---\nprofiles: bluesky/docs.larkspur.example\nwhen: next tuesday 9:30\ntag: a\n---\nA',
    );
    await eventually(() => (codesOf(document.uri).length === 2 ? true : undefined), 'two problems');
    const actions = await command<vscode.CodeAction[]>('executeCodeActionProvider', document.uri, new vscode.Range(2, 8, 2, 8));
    const fix = actions.find(({ title }) => title.startsWith('Fix the Date: '))!;
    assert.match(fix.title, /: \d{4}-\d{2}-\d{2} 09:30$/u);
    const all = await command<vscode.CodeAction[]>(
      'executeCodeActionProvider',
      document.uri,
      new vscode.Range(0, 0, 5, 0),
      'source.fixAll',
    );
    await vscode.workspace.applyEdit(all.find(({ title }) => title === 'Fix All Dates')!.edit!);
    await eventually(() => (codesOf(document.uri).join() === 'unknownKeyMeant' ? true : undefined), 'the date is fixed');
    assert.match(document.lineAt(2).text, /^when: \d{4}-\d{2}-\d{2} 09:30$/u);
    const [tags] = await command<vscode.CodeAction[]>('executeCodeActionProvider', document.uri, new vscode.Range(3, 0, 3, 0));
    assert.equal(tags!.title, 'Write “tags”');
  });

  it('lose what is named twice with its line, and nothing else', async () => {
    const name = 'bluesky/docs.larkspur.example';
    const document = await opened('posts/f.buffer.md', `---\nprofiles:\n  - ${name}\n  - ${name}\nwhen: next\n---\nA`);
    await eventually(() => (codesOf(document.uri).includes('duplicateProfile') ? true : undefined), 'named twice');
    const [remove] = await command<vscode.CodeAction[]>('executeCodeActionProvider', document.uri, new vscode.Range(3, 6, 3, 6));
    await vscode.workspace.applyEdit(remove!.edit!);
    assert.equal(document.getText(), `---\nprofiles:\n  - ${name}\nwhen: next\n---\nA`);
  });

  it('are right once a picture was put where they look for it', async () => {
    const document = await opened(
      'posts/g.buffer.md',
      '---\nprofiles: bluesky/docs.larkspur.example\nimages:\n  - { src: ./new.png, alt: New }\n---\nA',
    );
    await eventually(() => (codesOf(document.uri).join() === 'missingFile' ? true : undefined), 'no picture');
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(uriOf('posts/new.png'), { contents: new Uint8Array([1]) });
    await vscode.workspace.applyEdit(edit);
    await eventually(() => (codesOf(document.uri).length === 0 ? true : undefined), 'the picture is there');
  });

  it('offer keys, profiles and times, and ask no service for them', async () => {
    const document = await opened('posts/c.buffer.md', '---\nprofiles: [bl]\nwhen: \n\n---\nA\n<!-- ');
    const labels = async (line: number, column: number) => {
      const { items } = await command<vscode.CompletionList>(
        'executeCompletionItemProvider',
        document.uri,
        new vscode.Position(line, column),
      );
      return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    };
    assert.ok(
      await eventually(async () => ((await labels(1, 13)).includes('bluesky/docs.larkspur.example') ? true : undefined), 'profiles'),
    );
    assert.ok((await labels(2, 6)).includes('draft'));
    assert.ok((await labels(3, 0)).includes('images'));
    assert.ok((await labels(6, 5)).includes('mastodon'));
  });

  it('exchange what was typed as a whole, and offer the keys that the repository has', async () => {
    await write('.buffer/config.json', '{ "keys": { "platforms": "profiles", "tags": "when" }, "ignore": ["link"] }');
    try {
      const document = await opened('posts/h.buffer.md', '---\nplatforms: [bluesky, googlebusiness/Larkspur W]\n\n---\nA');
      const items = async (line: number, column: number) => {
        const at = new vscode.Position(line, column);
        const { items: all } = await command<vscode.CompletionList>('executeCompletionItemProvider', document.uri, at);
        return all.filter(({ kind }) => kind !== vscode.CompletionItemKind.Text);
      };
      const keys = await eventually(async () => {
        const labels = (await items(2, 0)).map(({ label }) => label as string);
        return labels.includes('platforms') ? labels : undefined;
      }, 'the configured keys');
      assert.deepEqual(
        keys.filter((each) => ['profiles', 'platforms', 'tags', 'when', 'link', 'images'].includes(each)),
        ['platforms', 'tags', 'images'],
      );
      const name = 'googlebusiness/larkspur-workshop';
      const offered = await items(1, 46);
      const item = offered.find(({ label }) => label === name);
      assert.ok(item, offered.map(({ label }) => label as string).join());
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, item.range as vscode.Range, item.insertText as string);
      await vscode.workspace.applyEdit(edit);
      assert.equal(document.lineAt(1).text, `platforms: [bluesky, ${name}]`);
      await vscode.workspace.fs.delete(uriOf('.buffer'), { recursive: true });
      await eventually(async () => ((await items(2, 0)).some(({ label }) => label === 'profiles') ? true : undefined), 'our own keys');
    } finally {
      await vscode.workspace.fs.delete(uriOf('.buffer'), { recursive: true }).then(undefined, () => undefined);
    }
  });

  it('begin with a whole post where there is nothing yet', async () => {
    const document = await opened('posts/i.buffer.md', '');
    const { items } = await command<vscode.CompletionList>('executeCompletionItemProvider', document.uri, new vscode.Position(0, 0));
    const [post] = items.filter(({ kind }) => kind === vscode.CompletionItemKind.Snippet);
    assert.match((post!.insertText as vscode.SnippetString).value, /^---\nprofiles: \[\$\{1:\w+\/.+\}\]\nwhen: \$\{2:queue\}\n---\n\$0$/u);
  });

  it('offer by themselves what one can write, the commonest first, and pictures with a place for their description', async () => {
    await write('posts/pictures/a b.png', 'x');
    const document = await opened('posts/k.buffer.md', '---\np\nimages: []\nimages: [{ src: ./p');
    const { strings } = vscode.workspace.getConfiguration('editor', document).get<{ strings: string }>('quickSuggestions')!;
    // To VS Code, what stands in a front matter is strings.
    assert.equal(strings, 'on');
    const items = async (line: number, column: number) => {
      const at = new vscode.Position(line, column);
      const list = await command<vscode.CompletionList>('executeCompletionItemProvider', document.uri, at);
      return list.items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Text);
    };
    const keys = await items(1, 1);
    const sorted = keys.toSorted((one, other) => ((one.sortText ?? '') < (other.sortText ?? '') ? -1 : 1));
    assert.equal(sorted[0]!.label, 'profiles');
    const inserted = async (line: number, column: number) =>
      (await items(line, column)).map(({ insertText }) => (typeof insertText === 'string' ? insertText : insertText?.value));
    assert.deepEqual(await inserted(2, 9), ['{ src: ./pictures/a b.png, alt: "$0" \\}']);
    assert.deepEqual(await inserted(3, 19), ['./pictures/a b.png']);
  });

  it('tell when words are, how long texts are, and which parts there are', async () => {
    const document = await opened(
      'posts/d.buffer.md',
      [
        '---\nprofiles: bluesky/docs.larkspur.example\nwhen: 2099-12-01 09:30\n---\nOne\n',
        '<!-- bluesky -->\nTwo\n---thread---\nThree\n---post---\nFour',
      ].join('\n'),
    );
    const hover = await eventually(async () => {
      const [found] = await command<vscode.Hover[]>('executeHoverProvider', document.uri, place(document, '2099'));
      return found;
    }, 'a hover');
    assert.match((hover.contents[0] as vscode.MarkdownString).value, /Tuesday.*2099.*America/u);
    const lenses = await command<vscode.CodeLens[]>('executeCodeLensProvider', document.uri, 10);
    assert.deepEqual(
      lenses.map(({ command: what }) => what?.title).filter((title) => title?.includes('/')),
      ['5/300 Bluesky', '4/300 Bluesky'],
    );
    const symbols = await command<vscode.DocumentSymbol[]>('executeDocumentSymbolProvider', document.uri);
    assert.deepEqual(
      symbols.map(({ name, children }) => [name, children.map((each) => each.name)]),
      [
        ['One', ['Text for All', 'Bluesky']],
        ['Four', ['Text for All']],
      ],
    );
    const folds = await command<vscode.FoldingRange[]>('executeFoldingRangeProvider', document.uri);
    assert.deepEqual(
      folds.map(({ start, end }) => [start, end]),
      [
        [0, 3],
        [6, 9],
        [10, 11],
      ],
    );
  });

  it('follow the configuration of the repository', async () => {
    const document = await opened('posts/e.buffer.md', 'A');
    await eventually(() => (codesOf(document.uri).includes('noProfiles') ? true : undefined), 'no profile');
    await write('.buffer/config.json', '{ "profiles": ["bluesky/docs.larkspur.example"] }');
    try {
      await eventually(() => (codesOf(document.uri).length === 0 ? true : undefined), 'the configured profile');
    } finally {
      await vscode.workspace.fs.delete(uriOf('.buffer'), { recursive: true });
    }
  });
});
