import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { addressIn, hashOfBytes, whyUnfetchable } from '../../../src/core/postFiles/pictures.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';

describe('where a picture of a repository is served from', () => {
  it.each([
    ['https://github.com/queue/site.git', `https://raw.githubusercontent.com/queue/site/${commit}/posts/a%20b%23%C3%A4.png`],
    ['git@github.com:queue/site.git', `https://raw.githubusercontent.com/queue/site/${commit}/posts/a%20b%23%C3%A4.png`],
    ['ssh://git@github.com:22/queue/site', `https://raw.githubusercontent.com/queue/site/${commit}/posts/a%20b%23%C3%A4.png`],
    ['https://user:secret@github.com/queue/site/', `https://raw.githubusercontent.com/queue/site/${commit}/posts/a%20b%23%C3%A4.png`],
    ['https://gitlab.com/group/sub/site.git', `https://gitlab.com/group/sub/site/-/raw/${commit}/posts/a%20b%23%C3%A4.png`],
    ['https://codeberg.org/queue/site', `https://codeberg.org/queue/site/raw/commit/${commit}/posts/a%20b%23%C3%A4.png`],
    ['https://git.example.com/queue/site', undefined],
    ['/somewhere/bare.git', undefined],
    ['', undefined],
  ])('%s', (remote, address) => {
    expect(addressIn({ remote, commit }, 'posts/a b#ä.png')).toBe(address);
  });

  it('is as the configuration says, whatever the remote is', () => {
    expect(addressIn({ pattern: 'https://cdn.example.com/{path}' }, 'a/b c.png')).toBe('https://cdn.example.com/a/b%20c.png');
    expect(addressIn({ pattern: 'https://cdn.example.com/{commit}/{path}', commit }, 'a.png')).toBe(
      `https://cdn.example.com/${commit}/a.png`,
    );
    expect(addressIn({ pattern: 'https://cdn.example.com/{commit}/{path}' }, 'a.png')).toBeUndefined();
  });
});

describe('whether Buffer can fetch a picture', () => {
  const bytes = Buffer.from('the bytes');
  const hash = hashOfBytes(bytes);
  async function serve(status: number, body: Buffer) {
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.headers.authorization, request.headers.cookie);
      response.writeHead(status).end(body);
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.png`;
    return { asked, why: () => whyUnfetchable('a.png', address, hash, { most: 1000, userAgent: 'test', isOwn: () => true }) };
  }

  it('is proved by its bytes, asked for as anybody would', async () => {
    const { asked, why } = await serve(200, bytes);
    expect(await why()).toBeUndefined();
    expect(asked).toEqual([undefined, undefined]);
  });

  it.each([
    [200, Buffer.from('other bytes'), /serves something else than a\.png holds: push it first/u],
    [404, bytes, /\(404\): push it first\. If the repository is private, put the file on a public address\./u],
    [403, bytes, /\(403\): push it first/u],
    [500, bytes, /cannot be fetched by Buffer/u],
    [200, Buffer.alloc(2000), /too large/u],
  ])('%i', async (status, body, sentence) => {
    expect(await (await serve(status, body)).why()).toMatch(sentence);
  });

  it('is refused where nobody knows an address, or it is none of the public internet', async () => {
    expect(await whyUnfetchable('a.png', undefined, hash, { most: 1000, userAgent: 'test' })).toMatch(/put it on a public address/u);
    expect(await whyUnfetchable('a.png', 'http://127.0.0.1:1/a.png', hash, { most: 1000, userAgent: 'test' })).toMatch(
      /cannot be fetched/u,
    );
  });
});
