import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Readable } from 'node:stream';

// Pages and pictures of others, as they are out there: those that tell of themselves, and those that are not to be had.

const article = `<!doctype html><html><head><meta charset="utf-8">
<svg><title>Not this</title></svg><title>Field notes &amp; numbers | Larkspur</title>
<meta name="description" content="What the page says to search engines.">
<meta property="og:title" content="Field notes &#8211; year one">
<meta property="og:title" content="A second title">
<meta property='og:description' content='  What we learned:
  “after 30 s” beats “a long time”.  '>
<meta property="og:image" content="/media/pictures/bars-10.png">
<meta property="og:image:secure_url" content="https://larkspur.example/cover.png">
</head><body><meta property="og:description" content="Too late"></body></html>`;

const pages: Readonly<Record<string, (reply: FastifyReply) => unknown>> = {
  article: (reply) => reply.type('text/html; charset=utf-8').send(article),
  packed: (reply) => reply.type('text/html').header('content-encoding', 'gzip').send(gzipSync(article)),
  plain: (reply) => reply.type('text/html').send('<title>Only a title</title><p>And words.'),
  latin1: (reply) => reply.type('text/html').send(Buffer.from('<meta charset=iso-8859-1><title>Caf\xe9</title>', 'latin1')),
  silent: (reply) => reply.type('text/html').send('<p>Nothing is told here.'),
  'sign-in': (reply) => reply.code(403).type('text/html').send('<title>Sign in</title>'),
  gone: (reply) => reply.code(410).send(),
  data: (reply) => reply.type('application/json').send('{}'),
  endless: (reply) => reply.type('text/html').send(Readable.from(endless(`<title>Endless</title>${'<p>more'.repeat(1_000)}`))),
  slow: (reply) => sleep(60_000).then(() => reply.send()),
  moved: (reply) => reply.redirect('/pages/article', 301),
  circle: (reply) => reply.redirect('/pages/circle'),
  'to-this-network': (reply) => reply.redirect('http://10.0.0.1/admin'),
  'to-this-machine': (reply) => reply.redirect('https://localhost/admin'),
  'to-a-file': (reply) => reply.redirect('file:///etc/passwd'),
  'is-html.png': (reply) => reply.type('text/html').send('<p>No picture.'),
  'says-png.png': (reply) => reply.type('image/png').send('<!doctype html><p>No picture.'),
  'endless.png': (reply) => reply.type('image/png').send(Readable.from(endless('\x89PNG\r\n\x1a\n' + '0'.repeat(10_000)))),
  'bomb.png': (reply) =>
    reply
      .type('image/png')
      .header('content-encoding', 'gzip')
      .send(gzipSync(Buffer.alloc(20 * 1024 * 1024))),
};

function* endless(bytes: string): Generator<Buffer> {
  for (;;) yield Buffer.from(bytes, 'latin1');
}

/** Adds the pages to a server: no token, no limit, and none of the faults. */
export function addPages(app: FastifyInstance): void {
  app.get<{ Params: { name: string } }>('/pages/:name', async (request, reply) => {
    const { name } = request.params;
    if (!Object.hasOwn(pages, name)) return reply.code(404).send();
    await pages[name]!(reply);
    return reply;
  });
}
