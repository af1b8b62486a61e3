import { access, readdir, rm, utimes } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { afterAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

vi.mock('vscode', async () => (await import('../support/vscodeStub.ts')).vscodeStub);
const sandbox = await ownSandbox();
vi.mock('../../../src/ui/ownService.ts', () => ({ isOwnService: (url: URL) => url.hostname === '127.0.0.1' }));
afterAll(() => {
  vi.doUnmock('../../../src/ui/ownService.ts');
});

const { workspace } = await import('vscode');
const { Avatars } = await import('../../../src/sidebar/avatars.ts');
const { KeptPictures } = await import('../../../src/sidebar/keptPictures.ts');
const { Thumbnails } = await import('../../../src/sidebar/thumbnails.ts');
const { picturedTooltip } = await import('../../../src/sidebar/updateTooltip.ts');
const { queueWindow } = await import('../support/queueWindow.ts');

const { origin } = new URL(sandbox.url);
const picture = `${origin}/media/pictures/bars-10.png`;
const userAgent = 'Queue for Buffer';
let path: string;
const uri = (folder: string) => ({ path: folder }) as vscode.Uri;
const filesIn = (name: string) => readdir(join(path, name)).catch(() => []);

beforeEach(async () => {
  path = await temporaryFolder();
});

describe('pictures of profiles', () => {
  const profile = (avatarUrl: string) =>
    ({ id: 'p', service: 'bluesky', avatarUrl }) as Parameters<InstanceType<typeof Avatars>['fileOf']>[0];

  test('come as files, are there after a restart without a request, and go with the account', async () => {
    const avatars = new Avatars(uri(path), uri('/media'), userAgent);
    const came: string[] = [];
    avatars.onDidLoad((id) => came.push(id));
    expect(avatars.fileOf(profile(picture))).toBeUndefined();
    await expect.poll(() => came).toEqual(['p']);
    expect(avatars.fileOf(profile(picture))?.path).toMatch(/avatars\/[\da-f]{32}\.png$/);
    expect(await filesIn('avatars')).toHaveLength(1);
    await avatars.clear();
    expect(await filesIn('avatars')).toEqual([]);
  });

  test.each(['/pages/is-html.png', '/pages/endless.png', '/pages/sign-in', '/media/pictures/too-large.png'])(
    'are none where there is none: %s',
    async (address) => {
      const pictures = new KeptPictures({ folder: uri(path), largest: 1_000_000, most: 9, userAgent });
      await expect(pictures.fileOf(origin + address)).rejects.toHaveProperty('trouble');
      expect(await readdir(path)).toEqual([]);
    },
  );

  test('come from no host of this network', async () => {
    const pictures = new KeptPictures({ folder: uri(path), largest: 1_000_000, most: 9, userAgent });
    await expect(pictures.fileOf('https://192.168.0.1/a.png')).rejects.toMatchObject({ trouble: { kind: 'private' } });
    await expect(pictures.fileOf('http://example.com/a.png')).rejects.toMatchObject({ trouble: { kind: 'address' } });
  });
});

describe('pictures that are kept', () => {
  let asked = 0;
  /** A host of as many pictures as are asked for; none at `/none`. */
  async function host() {
    asked = 0;
    const server = createServer((request, response) => {
      asked++;
      response.end(request.url === '/none' ? 'words' : 'GIF89a');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return (name: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`;
  }

  test('are so many, the oldest go, and what is kept is not asked for again', async () => {
    const at = await host();
    const options = { folder: uri(path), largest: 100, most: 2, userAgent };
    const pictures = new KeptPictures(options);
    const { path: first } = await pictures.fileOf(at('a'));
    // Files that are written at once can be of the same moment.
    await utimes(first, 1, 1);
    for (const name of ['b', 'b', 'c']) await pictures.fileOf(at(name));
    expect([asked, (await readdir(path)).length]).toEqual([3, 2]);
    // In another window, or after a restart.
    await new KeptPictures(options).fileOf(at('c'));
    expect(asked).toBe(3);
    await pictures.fileOf(at('a'));
    expect(asked).toBe(4);
  });

  test('and were removed, as by another window, are read again', async () => {
    const at = await host();
    const pictures = new KeptPictures({ folder: uri(path), largest: 100, most: 2, userAgent });
    await rm((await pictures.fileOf(at('a'))).path);
    await expect(access((await pictures.fileOf(at('a'))).path)).resolves.toBeUndefined();
    const thumbnails = new Thumbnails(uri(path), userAgent, 10_000);
    await rm((await thumbnails.fileOf(at('b')))!.path);
    const [one, other] = await Promise.all([thumbnails.fileOf(at('b')), thumbnails.fileOf(at('b'))]);
    expect(one!.path).toBe(other!.path);
    await expect(access(one!.path)).resolves.toBeUndefined();
    expect(asked).toBe(4);
    // What is none is asked for once.
    for (let each = 0; each < 2; each++) expect(await thumbnails.fileOf(at('none'))).toBeUndefined();
    expect(asked).toBe(5);
  });

  test('and cannot be removed make room later: the one that was read is there', async () => {
    const at = await host();
    const pictures = new KeptPictures({ folder: uri(path), largest: 100, most: 1, userAgent });
    await pictures.fileOf(at('a'));
    const removed = vi.spyOn(workspace.fs, 'delete').mockRejectedValue(new Error('EBUSY'));
    await expect(access((await pictures.fileOf(at('b'))).path)).resolves.toBeUndefined();
    expect(removed).toHaveBeenCalledOnce();
    removed.mockRestore();
    await pictures.fileOf(at('c'));
    expect(await readdir(path)).toHaveLength(1);
  });
});

describe('the tooltip of a row', () => {
  async function pictured() {
    const window = queueWindow(sandbox);
    const stored = sandbox.state.pending(sandbox.state.profiles.find(({ id }) => id === ids.bluesky)!)[0]!;
    Object.assign(stored, {
      text: 'See https://larkspur.example/a_b, www.larkspur.example and me@larkspur.example',
      assets: [{ kind: 'image', url: picture, thumbnail: picture, alt: 'Bars' }],
    });
    await window.store.loadProfiles();
    await window.store.loadList(ids.bluesky, 'pending');
    return { store: window.store, node: window.nodeOf(stored.id)! };
  }

  test('shows the picture as a file, and its words as words', async () => {
    const { store, node } = await pictured();
    const thumbnails = new Thumbnails(uri(path), userAgent, 10_000);
    const tooltip = await picturedTooltip(node, store, { thumbnailOf: (address) => thumbnails.fileOf(address) });
    const { value } = tooltip as vscode.MarkdownString;
    expect(value).toMatch(/^!\[\]\(file:\/\/\/\S+\.png\|width=240\)/);
    expect(value.replaceAll('\u2060', '')).toContain('See https://larkspur.example/a_b, www.larkspur.example');
    // What is seen needs no address.
    expect(value).toContain('Picture: Bars');
    expect(value.replaceAll('\u2060', '')).not.toContain(picture);
    expect(value.split('\n\n').slice(1).join()).not.toMatch(/:\/\/|www\.|@\w/);
  });

  test('is its words where there is no picture, or none soon enough', async () => {
    const { store, node } = await pictured();
    const words = await picturedTooltip(node, store, { thumbnailOf: () => Promise.resolve(undefined) });
    expect(words).toContain('See https://larkspur.example/a_b');
    expect(words).toContain(`Picture: Bars – ${picture}`);
    const impatient = new Thumbnails(uri(path), userAgent, 0);
    expect(await impatient.fileOf(`${origin}/pages/slow`)).toBeUndefined();
    expect(await new Thumbnails(uri(path), userAgent, 10_000).fileOf(`${origin}/pages/sign-in`)).toBeUndefined();
  });
});
