import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import * as vscode from 'vscode';
import { BufferError } from '../../src/core/buffer/bufferError.ts';
import { createGraphql } from '../../src/core/buffer/graphql/graphqlApi.ts';
import { FetchError, publicFetch } from '../../src/core/fetch/publicFetch.ts';

/**
 * A proxy of the person's network. Its one way out leads to the sandbox, whatever was asked for.
 * The client under test is the extension's own; its `fetch` is the one that VS Code gives to all of an extension host.
 */
describe('a proxy', () => {
  let proxy: Server;
  let seen: IncomingMessage[];
  let isLocked: boolean;
  const settings = () => vscode.workspace.getConfiguration('http');
  const sandbox = vscode.workspace.getConfiguration('buffer').get<string>('graphqlUrl')!;
  const token = 'a-token-that-no-proxy-is-to-see';

  before(async () => {
    proxy = createServer((request, response) => {
      seen.push(request);
      response.writeHead(502).end();
    });
    proxy.on('connect', (request, socket, head: Buffer) => {
      seen.push(request);
      if (isLocked)
        return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n');
      if (request.url?.endsWith(':443')) return socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      const out = connect(Number(new URL(sandbox).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        out.write(head);
        out.pipe(socket).pipe(out);
      });
      for (const each of [out, socket]) each.on('error', () => out.destroy());
      return undefined;
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    await settings().update('proxy', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, vscode.ConfigurationTarget.Global);
  });
  after(async () => {
    await settings().update('proxy', undefined, vscode.ConfigurationTarget.Global);
    proxy.closeAllConnections();
    proxy.close();
  });
  beforeEach(() => {
    seen = [];
    isLocked = false;
  });

  const client = (baseUrl: string) => createGraphql({ baseUrl, token: () => Promise.resolve(token), pause: 1 });

  it('that VS Code is set up with is used', async () => {
    // Of this machine, so that no encryption is asked for; but not an address that VS Code takes for local, and nobody listens there.
    const address = `http://127.7.7.7:59999${new URL(sandbox).pathname}`;
    const answer = client(address).account();
    // The sandbox's answer, by way of the proxy: it knows no such token.
    await assert.rejects(answer, { name: 'BufferError', kind: 'unauthorized' });
    assert.ok(seen.length > 0);
    assert.equal(seen[0]!.url, '127.7.7.7:59999');
  });

  it('is asked for a way to a host that only it can know, and sees no token', async () => {
    await assert.rejects(client('https://buffer.invalid/graphql').account(), BufferError);
    assert.ok(seen.length > 0);
    assert.deepEqual([...new Set(seen.map(({ method, url }) => `${method} ${url}`))], ['CONNECT buffer.invalid:443']);
    assert.ok(!JSON.stringify(seen.map(({ rawHeaders }) => rawHeaders)).includes(token));
  });

  it('is asked for pictures as well, whose hosts it looks up', async () => {
    await assert.rejects(publicFetch('https://pictures.larkspur.example/a.png', { most: 100, userAgent: 'Queue for Buffer' }), FetchError);
    assert.deepEqual([...new Set(seen.map(({ method, url }) => `${method} ${url}`))], ['CONNECT pictures.larkspur.example:443']);
  });

  it('that lets nobody through is a failure in a sentence', async () => {
    isLocked = true;
    await assert.rejects(client('https://buffer.invalid/graphql').account(), {
      name: 'BufferError',
      kind: 'intercepted',
      remedy: 'proxySettings',
      outcome: 'notDone',
    });
  });

  it('is not used for this machine', async () => {
    await assert.rejects(client(sandbox).account(), { name: 'BufferError', kind: 'unauthorized' });
    assert.equal(seen.length, 0);
  });

  it('or whoever answers is told which application asks', async () => {
    const names: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      names.push(request.headers['user-agent']);
      response.writeHead(403, { 'content-type': 'text/html' }).end('<html>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const named = createGraphql({ baseUrl, token: () => Promise.resolve(token), pause: 1, userAgent: 'QueueForBuffer/9.8.7' });
    await assert.rejects(named.account(), { name: 'BufferError', kind: 'intercepted' });
    server.close();
    assert.deepEqual(names, ['QueueForBuffer/9.8.7']);
  });
});
