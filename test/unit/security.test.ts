import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { inspect } from 'node:util';
import * as fc from 'fast-check';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { BufferApi } from '../../src/core/buffer/bufferApi.ts';
import { BufferError } from '../../src/core/buffer/bufferError.ts';
import { wireChannel, wirePost } from '../../src/core/buffer/graphql/wire.ts';
import { type ApiName, apiNames, type Profile, type Update } from '../../src/core/buffer/model.ts';
import { profileUrl, updateUrl } from '../../src/core/networks/networks.ts';
import { wireProfile, wireUpdate } from '../../src/core/buffer/restV1/wire.ts';
import { safeUrl } from '../../src/core/buffer/transport/serviceUrl.ts';
import { id as wireId } from '../../src/core/buffer/wire.ts';
import { signIn } from '../../src/commands/accountCommands.ts';
import { Failures } from '../../src/commands/failures.ts';
import { openPage } from '../../src/ui/openPage.ts';
import type { CommandContext } from '../../src/commands/commandContext.ts';
import { tellSent } from '../../src/commands/send.ts';
import { isPictureAddress } from '../../src/page/addresses.ts';
import { Composer, type ComposerFrame, type ComposerParts } from '../../src/composer/host/composer.ts';
import { Composers, type ComposersOptions } from '../../src/composer/host/composers.ts';
import { composerHtml } from '../../src/composer/host/composerHtml.ts';
import { emptyDraft } from '../../src/core/drafts/draft.ts';
import type { Avatars } from '../../src/sidebar/avatars.ts';
import { DiskCache } from '../../src/core/files/diskCache.ts';
import { queueFormat } from '../../src/core/queue/snapshot.ts';
import { QueueNodes } from '../../src/sidebar/queueNodes.ts';
import { drawProfile, drawUpdate } from '../../src/sidebar/queueRows.ts';
import { updateTooltip } from '../../src/sidebar/updateTooltip.ts';
import { QueueStore } from '../../src/core/queue/queueStore.ts';
import { updateIdOf, updateUri } from '../../src/ui/updateUri.ts';
import { newMemory } from '../harness/memory.ts';
import { type Fault, faultKinds } from '../sandbox/faults.ts';
import { clientOf } from '../sandbox/client.ts';
import { ids } from './support/ids.ts';
import { noPictures } from './support/noPictures.ts';
import { ownSandbox } from './support/ownSandbox.ts';
import { temporaryFolder } from './support/temporaryFolder.ts';
import { runs, sampled } from './support/runs.ts';

vi.setConfig({ testTimeout: 30_000 });

const sandbox = await ownSandbox();
let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  vi.restoreAllMocks();
});

function connect(
  service: ApiName,
  options: { baseUrl?: string; log?: (line: string) => void; logAnswer?: (line: string) => void } = {},
): BufferApi {
  return clientOf(sandbox, service, { pause: 1, timeout: 300, ...options });
}

function newStore(api: BufferApi, kept?: Map<string, unknown>): QueueStore {
  const store = new QueueStore(() => 20, newMemory(kept));
  store.connect(api);
  return store;
}

/** A composer without its page: what it is told, and what it tells. */
function newComposer(store: QueueStore, log: string[]) {
  let tell: (message: unknown) => void = () => undefined;
  const told: unknown[] = [];
  const done: string[] = [];
  const webview = {
    onDidReceiveMessage: (listener: (message: unknown) => void) => {
      tell = listener;
      return { dispose: () => undefined };
    },
    postMessage: (message: unknown) => Promise.resolve(told.push(message)),
  } as unknown as vscode.Webview;
  const note = (name: string) => () => Promise.resolve(void done.push(name));
  const frame = {
    location: 'editor',
    rename: note('rename'),
    close: note('close'),
    move: note('move'),
    show: note('show'),
    showQueue: note('showQueue'),
    ready: note('ready'),
  } as unknown as ComposerFrame;
  const drafts = { save: (draft: unknown) => Promise.resolve(draft), remove: () => Promise.resolve() };
  const line = (each: unknown) => void log.push(inspect(each));
  const parts = {
    store,
    drafts,
    memory: newMemory(),
    log: { warn: line, error: line, info: line },
    outbox: { entries: [], onDidChange: () => ({ dispose: () => undefined }) },
    sender: {},
    avatars: noPictures,
  } as unknown as ComposerParts;
  const composer = new Composer(webview, frame, { ...emptyDraft('11111111-1111-4111-8111-111111111111', [ids.bluesky]) }, parts);
  return { composer, told, done, tell: (message: unknown) => tell(message) };
}

async function filesIn(place: string): Promise<string[]> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return Promise.all(entries.filter((each) => each.isFile()).map((each) => readFile(join(each.parentPath, each.name), 'utf8')));
}

describe('the token', () => {
  const faults = faultKinds.map((kind): Fault => {
    if (kind === 'latency') return { kind, ms: 50, times: 0 };
    if (kind === 'status' || kind === 'statusAfter') return { kind, status: 401, times: 0, headers: { 'www-authenticate': 'Bearer' } };
    if (kind === 'stranger') return { kind, by: 'lockedPage', times: 0 };
    return { kind, times: 0 } as Fault;
  });
  const cases = apiNames.flatMap((service) =>
    [undefined, ...faults, { kind: 'status', status: 500, times: 0 } as Fault].map(
      (fault) => [service, fault?.kind ?? 'nothing', fault] as const,
    ),
  );

  test.each(sampled(cases))(
    'is in nothing that is kept, logged, thrown or told to a page: %s, %s goes wrong',
    async (service, _name, fault) => {
      const written: string[] = [];
      const log = (line: string) => written.push(line);
      const memory = new Map<string, unknown>();
      const store = newStore(connect(service, { log }), memory);
      const kept = new DiskCache({ store, format: () => Promise.resolve(queueFormat), folder: join(folder, 'last-known'), log, pause: 1 });
      store.connect(connect(service, { log, logAnswer: log }), kept.follow({ api: service, account: { id: 'someone' } }));
      store.onDidFail((error) => written.push(inspect(error, { depth: Infinity, showHidden: true, getters: true })));
      const { composer, told, tell } = newComposer(store, written);
      const attempt = (work: Promise<unknown>) =>
        work.catch((error: unknown) => {
          expect(error).toBeInstanceOf(BufferError);
          written.push(
            inspect(error, { depth: Infinity, showHidden: true, getters: true }),
            JSON.stringify(error),
            String(error),
            (error as Error).stack ?? '',
          );
          for (let each: unknown = error; each instanceof Error; each = each.cause)
            written.push(each.message, JSON.stringify({ ...each }), inspect(each, { depth: Infinity, showHidden: true }));
        });
      await store.loadProfiles();
      await store.loadList(ids.bluesky, 'pending');
      const [first] = store.list(ids.bluesky, 'pending').items;
      if (fault) sandbox.faults.add(fault);
      await attempt(store.refresh());
      await attempt(store.refreshList(ids.bluesky, 'sent'));
      await attempt(store.account());
      await attempt(store.readUpdate(first!.id));
      await attempt(store.edit(first!.id, { text: 'Edited' }));
      await attempt(store.create({ profileIds: [ids.bluesky], text: 'New', when: 'queue' }));
      await attempt(store.configuration());
      tell({ type: 'ready' });
      tell({ type: 'retryProfiles' });
      await new Promise((resolve) => setTimeout(resolve, 20));
      await kept.settled();
      composer.dispose();
      kept.dispose();

      const files = await filesIn(folder);
      expect(files.length).toBeGreaterThan(0);
      expect(told.length).toBeGreaterThan(0);
      expect(written.length).toBeGreaterThan(0);
      const everything = [
        ...written,
        ...files,
        JSON.stringify(told),
        JSON.stringify([...memory]),
        JSON.stringify(store.snapshot()),
        inspect(store, { depth: 4 }),
      ].join('\n');
      for (const secret of [
        sandbox.token,
        sandbox.graphqlToken,
        'Bearer ey',
        sandbox.token.slice(8, 40),
        sandbox.graphqlToken.slice(8, 40),
      ])
        expect(everything.includes(secret)).toBe(false);
      const asked = sandbox.requests();
      expect(asked.some(({ isTokenInQuery }) => isTokenInQuery)).toBe(false);
      expect(JSON.stringify(asked.map(({ path, query }) => [path, query]))).not.toContain(sandbox.token);
    },
  );
});

describe('another host', () => {
  const listening: Server[] = [];
  const serve = async (answer: (request: IncomingMessage) => { status: number; headers: Record<string, string> }) => {
    const seen: IncomingMessage[] = [];
    const server = createServer((request, response) => {
      seen.push(request);
      const { status, headers } = answer(request);
      response.writeHead(status, headers).end('{}');
    });
    listening.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
  };
  afterEach(() => {
    for (const server of listening.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  test.each(apiNames.flatMap((service) => [301, 302, 303, 307, 308].map((status) => [service, status] as const)))(
    'gets nothing by a redirect: %s, %i',
    async (service, status) => {
      const evil = await serve(() => ({ status: 200, headers: {} }));
      const honest = await serve(() => ({ status, headers: { location: `${evil.url.replace('127.0.0.1', 'localhost')}/1/user.json` } }));
      const api = connect(service, { baseUrl: honest.url });
      await expect(api.account()).rejects.toBeInstanceOf(BufferError);
      await expect(api.create({ profileIds: ['p'], text: 'x', when: 'queue' }, () => '')).rejects.toBeInstanceOf(BufferError);
      expect(honest.seen.length).toBeGreaterThan(0);
      expect(evil.seen).toEqual([]);
    },
  );

  const plain = [
    'http://api.bufferapp.com/1',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://localhost@evil.example',
    'http://127.0.0.1:80@evil.example',
    'http://[::1]@evil.example/',
    'http://evil.example#localhost',
    'http://evil.example/?localhost',
    'http://evil.example\\@localhost',
    'http://0.0.0.0',
    'http://[::]',
    'http://[::ffff:8.8.8.8]',
    'http://128.0.0.1',
    'http://1270.0.1.evil.example',
    'http://10.0.0.1',
    'ftp://localhost',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'command:workbench.action.quit',
    'vscode://x.y/z',
    'localhost',
    '//localhost',
    '',
  ];
  test.each(plain)('%j is no place for a token', async (address) => {
    expect(safeUrl(address)).toBeUndefined();
    for (const service of apiNames) {
      const fetched = vi.spyOn(globalThis, 'fetch');
      await expect(connect(service, { baseUrl: address }).account()).rejects.toMatchObject({ kind: 'forbidden' });
      expect(fetched).not.toHaveBeenCalled();
      fetched.mockRestore();
    }
  });

  test.each([
    'https://api.buffer.com',
    'http://localhost:8080',
    'http://127.0.0.1',
    'http://127.255.0.9:1',
    'http://[::1]:80',
    'http://LOCALHOST',
    'http://0x7f.1',
    'http://2130706433',
  ])('%j is one', (address) => {
    // The last ones are other ways to write 127.0.0.1, which stay on this machine as well.
    expect(safeUrl(address)).toBeInstanceOf(URL);
  });

  test('what is taken for this machine is this machine', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['http'], withFragments: true, withQueryParameters: true }), (address) => {
        const url = safeUrl(address);
        if (url) expect(['localhost', '[::1]'].includes(url.hostname) || /^127\./.test(url.hostname)).toBe(true);
      }),
    );
  });
});

const addresses = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'command:workbench.action.quit',
  'data:text/html,<script>',
  'vscode:extension/evil.evil',
  'file:///etc/passwd',
  'http://evil.example/',
  'vbscript:x',
  '//evil.example',
  '/etc/passwd',
  'blob:https://x.example/1',
];

describe('an address from the service', () => {
  test.each(addresses)('that is no page is neither kept nor opened: %j', async (address) => {
    const opened = vi.spyOn(vscode.env, 'openExternal');
    const profile = v.parse(wireChannel, { id: 'p', service: 'mastodon', name: 'p', avatar: address, externalLink: address });
    const update = v.parse(wirePost, {
      id: 'u',
      channelId: 'p',
      status: 'error',
      text: '',
      externalLink: address,
      error: { message: 'No.', supportUrl: address },
    });
    expect([profile.avatarUrl, profile.url, profileUrl(profile), update.url, update.failure?.helpUrl, updateUrl(profile, update)]).toEqual(
      Array.from({ length: 6 }),
    );
    const old = v.parse(wireProfile, { id: 'p', service: 'twitter', service_username: address, avatar: address, avatar_https: address });
    expect(old.avatarUrl).toBeUndefined();
    // What was kept by an earlier session is not trusted either.
    await openPage(address);
    expect(opened).not.toHaveBeenCalled();
    expect(isPictureAddress(address)).toBe(false);
  });

  test('a page is opened', async () => {
    const opened = vi.spyOn(vscode.env, 'openExternal');
    await openPage('https://x.com/someone');
    expect(opened).toHaveBeenCalledWith({ address: 'https://x.com/someone' });
  });

  test('names cannot lead out of their network', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constantFrom('../../evil', '@evil.example', '//evil.example', '?x', '#x', '\\..', '\ud800'),
        ),
        fc.string(),
        (name, id) => {
          const profile = v.parse(wireProfile, { id: 'p', service: 'twitter', service_username: name });
          const update = v.parse(wireUpdate, { id: 'u', profile_id: 'p', status: 'sent', service_update_id: id });
          for (const url of [profileUrl(profile), updateUrl(profile, update)]) if (url) expect(new URL(url).origin).toBe('https://x.com');
        },
      ),
    );
  });
});

const hostile =
  '$(trash) [click](command:workbench.action.quit) ![x](https://evil.example/x.png) <img src=x onerror=alert(1)> `code` ' +
  '**bold** javascript:alert(1)';

describe('words of the service', () => {
  const profile = (): Profile =>
    v.parse(wireProfile, {
      id: 'p',
      service: hostile,
      formatted_username: hostile,
      service_username: 'p',
      timezone: hostile,
      statistics: { followers: 1 },
    });
  const update = (): Update =>
    v.parse(wireUpdate, {
      id: 'u',
      profile_id: 'p',
      status: 'buffer',
      text: hostile,
      due_at: 1,
      media: { link: 'command:x', title: hostile, picture: hostile, description: hostile },
      error: hostile,
      statistics: { [hostile]: 1 },
    });

  test('are plain text in rows and tooltips, and their commands are ours', async () => {
    const store = newStore(connect('v1'));
    store.connect(connect('v1'), () =>
      Promise.resolve({
        profiles: [profile()],
        readAt: new Date(),
        lists: [{ profileId: 'p', section: 'pending', readAt: new Date(), updates: [update()], hasMore: false }],
      }),
    );
    await store.loadCache();
    const nodes = new QueueNodes();
    const node = nodes.update('p', 'pending', 'u');
    const items = [drawProfile(nodes.profile('p'), store, { iconOf: () => undefined } as unknown as Avatars), drawUpdate(node, store)];
    for (const item of items) {
      // VS Code makes links, icons and HTML of a MarkdownString only.
      expect(typeof item.label).toBe('string');
      expect(['string', 'undefined']).toContain(typeof item.tooltip);
      expect(item.resourceUri).toBeUndefined();
      expect(item.contextValue).not.toContain('trash');
      const { command, arguments: [target] = [] } = item.command ?? {};
      if (command === 'vscode.open') expect(target).toMatchObject({ scheme: 'buffer', authority: '', query: 'u', fragment: '' });
      else if (command) expect(command).toMatch(/^buffer\./);
    }
    expect(typeof updateTooltip(node, store)).toBe('string');
  });

  test('make no link, command or icon in a notification', async () => {
    const shown: unknown[] = [];
    for (const name of ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'] as const) {
      vi.spyOn(vscode.window, name).mockImplementation((message: unknown) => Promise.resolve(void shown.push(message)));
    }
    const log = { error: () => undefined } as unknown as vscode.LogOutputChannel;
    const failures = new Failures(log, { show: () => Promise.resolve() } as never);
    for (const outcome of ['notDone', 'unknown'] as const)
      await failures.telling(() => Promise.reject(new BufferError('rejected', hostile, { outcome })))();
    await signIn({ account: { createSession: () => Promise.resolve({ account: { label: hostile } }) } } as unknown as CommandContext);
    tellSent([update()], [profile()], [profile()]);
    expect(shown).toHaveLength(4);
    for (const message of shown) {
      expect(message).not.toContain('](');
      expect(message).not.toContain('$(');
    }
  });
});

describe('the composer', () => {
  test('ignores whatever is not of its protocol', async () => {
    const log: string[] = [];
    const store = newStore(connect('v1'));
    const { tell, done, told, composer } = newComposer(store, log);
    const draft = emptyDraft('11111111-1111-4111-8111-111111111111');
    const message = fc.oneof(
      fc.jsonValue(),
      fc.record({
        type: fc.oneof(
          fc.string(),
          fc.constantFrom(
            'send',
            'changed',
            'show',
            'saveGroup',
            'readTime',
            '__proto__',
            'constructor',
            'eval',
            'command',
            'openExternal',
          ),
        ),
        draft: fc.jsonValue(),
        command: fc.string(),
        profileIds: fc.integer(),
      }),
      fc.constantFrom(
        undefined,
        null,
        7,
        Symbol('x'),
        () => 7,
        { type: 'send', draft: { ...draft, id: '../../evil' } },
        { type: 'changed', draft: { ...draft, revision: -1 } },
        { type: 'send', draft: { ...draft, when: { kind: 'at', at: 'x' } } },
      ),
    );
    fc.assert(fc.property(message, (each) => tell(each)));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(done).toEqual([]);
    // The page hears that it was not understood, in a sentence of bounded length, and nothing else.
    expect(told.filter((each) => (each as { type: string }).type !== 'notice')).toEqual([]);
    expect(Math.max(...told.map((each) => JSON.stringify(each).length))).toBeLessThan(400);
    expect(sandbox.requests()).toEqual([]);
    // Each was noted, in a line of bounded length.
    expect(log.length).toBeGreaterThan(50);
    expect(Math.max(...log.map((line) => line.length))).toBeLessThan(600);
    composer.dispose();
  });

  test('has a page that runs its own script only and asks nobody for anything', () => {
    const webview = {
      asWebviewUri: (uri: { path: string }) => `https://webview.example${uri.path}"><script>`,
      cspSource: 'https://webview.example',
    } as unknown as vscode.Webview;
    const html = composerHtml(webview, { path: '/extension' } as unknown as vscode.Uri, 'editor');
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!.replaceAll('&#39;', "'");
    const [script, ...others] = policy.split('; ').toReversed();
    expect(others.toReversed()).toEqual([
      `default-src 'none'`,
      'img-src blob: data: https://webview.example',
      'style-src https://webview.example',
      'font-src https://webview.example',
    ]);
    expect(script).toMatch(/^script-src 'nonce-[\w+/=]+'$/);
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).not.toContain(sandbox.token);
  });
});

describe('links of the composer', () => {
  const sources = async (folder: string) => {
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    const code = files.filter(({ name }) => name.endsWith('.ts'));
    return Promise.all(
      code.map(async (each) => [each.name, await readFile(join(each.parentPath, each.name), 'utf8'), each.parentPath] as const),
    );
  };
  /** All composers of a window, and the pages that were opened. */
  const newComposers = () => {
    const opened: { webview: { options: unknown }; dispose(): void }[] = [];
    const createWebviewPanel = (_type: string, title: string, _column: unknown, options: unknown) => {
      const silent = () => ({ dispose: () => undefined });
      const webview = {
        options,
        html: '',
        cspSource: 'x',
        asWebviewUri: (uri: unknown) => uri,
        onDidReceiveMessage: silent,
        postMessage: () => Promise.resolve(true),
      };
      const panel = {
        webview,
        title,
        active: true,
        onDidDispose: silent,
        onDidChangeViewState: silent,
        reveal: () => undefined,
        dispose: () => undefined,
      };
      opened.push(panel);
      return panel;
    };
    Object.assign(vscode.window, { createWebviewPanel, tabGroups: { activeTabGroup: { activeTab: undefined }, close: vi.fn() } });
    Object.assign(vscode, { ViewColumn: { Active: -1 }, TabInputWebview: class extends Object {} });
    const warned: unknown[] = [];
    const composers = new Composers({
      store: newStore(connect('graphql')),
      drafts: {
        open: () => Promise.resolve(undefined),
        isUnreadable: () => Promise.resolve(false),
        save: (draft: unknown) => Promise.resolve(draft),
      },
      memory: newMemory(),
      windowMemory: newMemory(),
      windowFolder: { fsPath: folder },
      extensionUri: { path: '/extension' },
      avatars: { ...noPictures, folder: { path: '/pictures' } },
      log: { warn: (line: unknown) => void warned.push(line) },
      outbox: { entries: [], onDidChange: () => ({ dispose: () => undefined }) },
      sender: {},
      userAgent: 'x',
    } as unknown as ComposersOptions);
    onTestFinished(() => composers.dispose());
    return { composers, opened, warned };
  };
  const draft = { ...emptyDraft('11111111-1111-4111-8111-111111111111', [ids.bluesky]), text: hostile, revision: 1 };

  test('call one command, and are made in one place', async () => {
    const all = await sources('src');
    const calling = all.filter(([, code]) => /enableCommandUris|isTrusted\b(?<!workspace\.isTrusted)|supportHtml/.test(code));
    expect(calling.map(([name]) => name)).toEqual(['composers.ts']);
    const page = all.filter(([, , folder]) => /src\/(?:\w+\/)?page(?:\/|$)/.test(folder.replaceAll('\\', '/')));
    expect(
      page.filter(([, code]) => /href|<a[\s>]|innerHTML|unsafeHTML|unsafeStatic|location\.|window\.open/.test(code)).map(([name]) => name),
    ).toEqual(['unheard.ts']);
    const { composers, opened } = newComposers();
    await composers.continueDraft(draft);
    expect(opened).toHaveLength(1);
    expect(opened[0]!.webview.options).toMatchObject({ enableCommandUris: ['buffer.continueDraft'] });
  });

  test('hand on a draft, and nothing that is none', async () => {
    const { composers, opened, warned } = newComposers();
    for (const wrong of [
      undefined,
      null,
      7,
      'x',
      [],
      {},
      [draft],
      { ...draft, id: '../../evil' },
      { ...draft, revision: '1' },
      { ...draft, profileIds: 'all' },
      { ...draft, when: { kind: 'at', at: 'x' } },
      { ...draft, media: { kind: 'script' } },
      { ...draft, text: 'x'.repeat(2_000_001) },
      { ...draft, profileIds: Array.from({ length: 500_000 }, () => 'x') },
    ])
      await composers.continueDraft(wrong);
    expect(opened).toEqual([]);
    expect(warned).toHaveLength(14);
    await fc.assert(
      fc.asyncProperty(fc.anything(), (told) => composers.continueDraft(told)),
      { numRuns: runs(200) },
    );
    expect(opened).toEqual([]);
  });

  test('send nothing and open nothing', async () => {
    const { composers, opened } = newComposers();
    const left = vi.spyOn(vscode.env, 'openExternal');
    await composers.continueDraft({ ...draft, when: { kind: 'now' }, media: { kind: 'link', url: sandbox.url } });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(opened).toHaveLength(1);
    expect(sandbox.requests()).toEqual([]);
    expect(left).not.toHaveBeenCalled();
  });
});

describe('the address of an update', () => {
  const uri = (path: string) => vscode.Uri.from({ scheme: 'buffer', path });

  test('holds any id there can be, and gives it back', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom('a.b:c', '..', 'ü', '%2e%2e', '__proto__')),
        fc.string({ unit: 'binary' }),
        (id, text) => {
          fc.pre(v.is(wireId, id));
          expect(updateIdOf(updateUri({ id, text }))).toBe(id);
        },
      ),
      { numRuns: runs(500) },
    );
  });

  test('is nothing where it could lead anywhere else', () => {
    const tricks = [
      '/',
      '/x',
      '/../x.update',
      '/../../etc/passwd',
      '/..%2f..%2fuser/x.update',
      '/%2E%2E/x.update',
      '/a/../x.update',
      '/a/b/x.update',
      '/a b/x.update',
      '/a%20b/x.update',
      '/a%2Fb/x.update',
      '/a%5Cb/x.update',
      '/a\\b/x.update',
      '/./x.update',
      '/.../x.update',
      '/%/x.update',
      '/%zz/x.update',
      '/a%00b/x.update',
      '/a?b/x.update',
      '//evil.example/x.update',
      '/a/x.update/',
      '/a/x.txt',
    ];
    for (const path of tricks) expect(updateIdOf(uri(path))).toBeUndefined();
    expect(updateIdOf(vscode.Uri.from({ scheme: 'file', path: '/abc/x.update' }))).toBeUndefined();
    for (const part of ['authority', 'query', 'fragment'])
      expect(updateIdOf(vscode.Uri.from({ scheme: 'buffer', path: '/abc/x.update', [part]: 'x' }))).toBeUndefined();
    for (const part of ['authority', 'fragment'])
      expect(updateIdOf(vscode.Uri.from({ scheme: 'buffer', path: '/x.update', query: 'abc', [part]: 'x' }))).toBeUndefined();
    for (const query of ['', '..', '%2E%2E', '../x', 'a/b', 'a%2Fb', 'a%5Cb', 'a b', 'a%20b', 'a&b=c', 'a#b', '%', '%zz', 'a%00b'])
      expect(updateIdOf(vscode.Uri.from({ scheme: 'buffer', path: '/x.update', query }))).toBeUndefined();
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string()), (written) => {
        for (const each of [uri(`/${written}/x.update`), vscode.Uri.from({ scheme: 'buffer', path: '/x.update', query: written })]) {
          const id = updateIdOf(each);
          if (id !== undefined) expect(v.is(wireId, id)).toBe(true);
        }
      }),
      { numRuns: runs(500) },
    );
  });
});
