// Serves the composer's page and its files on this machine: a page that only pretends to have an address may not ask for the
// pictures that the local Buffer serves.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

export interface PageServer {
  readonly origin: string;
  /** What is answered at `/`. */
  html: string;
  close(): void;
}

const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

/** @param folder  of the built extension; only what is in its `dist` is served */
export async function startPageServer(folder: string): Promise<PageServer> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost');
    if (pathname === '/') {
      response.setHeader('content-type', 'text/html');
      response.end(served.html);
      return;
    }
    readFile(join(folder, 'dist', pathname.replace(/^\/dist\//, ''))).then(
      (body) => {
        response.setHeader('content-type', types[extname(pathname)] ?? 'application/octet-stream');
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const served: PageServer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    html: '',
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return served;
}
