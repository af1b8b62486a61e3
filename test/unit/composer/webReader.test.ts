import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ownSandbox } from '../support/ownSandbox.ts';

const { WebReader } = await import('../../../src/ui/webReader.ts');
const { isOwnService } = await import('../../../src/ui/ownService.ts');
const { fetchWords } = await import('../../../src/ui/fetchWords.ts');
const { FetchError } = await import('../../../src/core/fetch/publicFetch.ts');

const sandbox = await ownSandbox();
const { origin, host } = new URL(sandbox.url);
const readerAt = (service: string) => new WebReader({ userAgent: 'Queue for Buffer', isOwn: (url) => isOwnService(url, [service]) });
const reader = readerAt(sandbox.url);

describe('what the composer reads of the web', () => {
  it('is a picture that its page can show', async () => {
    const read = await reader.picture(`${origin}/media/pictures/bars-10.png`);
    expect(read).toMatchObject({ picture: { type: 'image/png' } });
    expect('picture' in read && read.picture.bytes.subarray(1, 4).toString()).toBe('PNG');
  });

  it('is read once, also by two that want it at the same time, and anew where it could not be read', async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked++;
      response.writeHead(asked === 1 ? 403 : 200).end('GIF89a');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const own = readerAt(address);
    expect(await own.picture(`${address}/a.gif`)).toHaveProperty('trouble');
    const both = await Promise.all([own.picture(`${address}/a.gif`), own.picture(`${address}/a.gif`)]);
    expect([...both, await own.picture(`${address}/a.gif`)]).toEqual(Array(3).fill(both[0]));
    expect(both[0]).toMatchObject({ picture: { type: 'image/gif' } });
    expect(asked).toBe(2);
  });

  it('is what a page says of itself', async () => {
    expect(await reader.card(`${origin}/pages/article`)).toMatchObject({ card: { title: 'Field notes – year one' } });
  });

  it.each([
    ['sign-in', `${host} answered 403; Buffer will need to read it until it is published.`],
    ['is-html.png', `${host} answered with text/html, not with a picture.`],
    ['says-png.png', `${host} answered with a picture that cannot be shown.`],
    ['endless.png', 'It is larger than 10 MB.'],
    ['to-this-machine', 'localhost is on this computer or its network: Buffer cannot read it.'],
  ])('is told in a sentence where it is no picture: %s', async (name, words) => {
    expect(await reader.picture(`${origin}/pages/${name}`)).toEqual({ trouble: words });
  });

  it('is nothing of this machine where Buffer is elsewhere', async () => {
    const usual = readerAt('https://api.buffer.com');
    expect(await usual.picture(`${origin}/media/pictures/bars-10.png`)).toEqual({ trouble: `“${host}” is not a public https address.` });
    expect(await readerAt('http://127.0.0.1:1').card(`${origin}/pages/article`)).toHaveProperty('trouble');
  });

  it('makes no link of what others are called', () => {
    expect(fetchWords(new FetchError({ kind: 'address' }, '[x](command:evil)'), 'page')).not.toContain('](');
  });
});
