import { createServer } from 'node:http';
import https from 'node:https';
import type { lookup } from 'node:dns';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cardIn, fetchCard } from '../../../src/core/fetch/pageCard.ts';
import { fetchPicture } from '../../../src/core/fetch/picture.ts';
import { isPublicAddress, mayBePublicHost } from '../../../src/core/fetch/publicAddress.ts';
import { FetchError, publicFetch } from '../../../src/core/fetch/publicFetch.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

const sandbox = await ownSandbox();
const { origin } = new URL(sandbox.url);
const at = (path: string) => origin + path;
/** Of the sandbox everything is taken, as it is of a Buffer on this machine; of all others nothing that is not public. */
const options = { userAgent: 'Queue for Buffer', isOwn: (url: URL) => url.origin === origin };
const picture = { ...options, most: 1_000_000 };

async function troubleOf(promise: Promise<unknown>): Promise<object> {
  const error = await promise.then(
    () => undefined,
    (each: unknown) => each,
  );
  expect(error).toBeInstanceOf(FetchError);
  return { ...(error as FetchError).trouble, host: (error as FetchError).host };
}
const host = new URL(origin).host;

describe('the public internet', () => {
  it.each([
    ['93.184.215.14', true],
    ['172.15.0.1', true],
    ['172.32.0.1', true],
    ['100.63.255.255', true],
    ['2606:4700::1111', true],
    ['64:ff9b::93.184.215.14', true],
    ['0.0.0.0', false],
    ['10.1.2.3', false],
    ['100.64.0.1', false],
    ['127.0.0.1', false],
    ['169.254.169.254', false],
    ['172.16.0.1', false],
    ['172.31.255.255', false],
    ['192.168.1.1', false],
    ['198.18.0.1', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['::', false],
    ['::1', false],
    ['::ffff:127.0.0.1', false],
    ['::ffff:93.184.215.14', false],
    ['64:ff9b::10.0.0.1', false],
    ['64:ff9b::a9fe:a9fe', false],
    ['fc00::1', false],
    ['fd12::1', false],
    ['fe80::1', false],
    ['fe80::1%eth0', false],
    ['2002:a00:1::', false],
    ['2001::1', false],
    ['2001:db8::1', false],
    ['ff02::1', false],
    ['nothing', false],
  ])('%s: %s', (address, isPublic) => expect(isPublicAddress(address)).toBe(isPublic));

  it.each([
    ['example.com', true],
    ['example.com.', true],
    ['93.184.215.14', true],
    ['[2606:4700::1111]', true],
    ['localhost', false],
    ['a.localhost', false],
    ['printer', false],
    ['printer.', false],
    ['nas.local', false],
    ['metadata.google.internal', false],
    ['router.home.arpa', false],
    ['[::1]', false],
  ])('the host %s: %s', (hostname, isPublic) => expect(mayBePublicHost(hostname)).toBe(isPublic));

  it('is not this machine, however its address is written', async () => {
    for (const written of ['127.1', '2130706433', '0x7f.0.0.1', '0177.0.0.1', '[::ffff:7f00:1]', 'localhost', '0'])
      expect(await troubleOf(publicFetch(`https://${written}/`, picture))).toMatchObject({ kind: 'private' });
  });

  it('is asked over https alone, without a name and a password', async () => {
    for (const address of [
      'http://example.com/',
      'ftp://example.com/',
      'file:///etc/passwd',
      'data:text/html,x',
      'https://me:secret@example.com/',
    ])
      expect(await troubleOf(publicFetch(address, picture))).toMatchObject({ kind: 'address' });
    expect(await troubleOf(publicFetch(' not an address ', picture))).toEqual({ kind: 'address', host: 'not an address' });
  });

  it('is not what a name leads to in this network, and nobody is asked there', async () => {
    let connections = 0;
    const server = createServer().on('connection', () => connections++);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const leadingTo = (...addresses: string[]) =>
      ((_name: string, _options: object, callback: (error: null, found: object[]) => void) =>
        callback(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        )) as unknown as typeof lookup;
    for (const addresses of [['127.0.0.1'], ['::1'], ['93.184.215.14', '127.0.0.1']])
      expect(await troubleOf(publicFetch(`https://example.com:${port}/`, { ...picture, lookup: leadingTo(...addresses) }))).toEqual({
        kind: 'private',
        host: `example.com:${port}`,
      });
    expect(connections).toBe(0);
    server.close();
  });

  it.each([
    ['certificate', { message: 'net::ERR_CERT_AUTHORITY_INVALID' }],
    ['certificate', { code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' }],
    ['unreachable', { code: 'ERR_SSL_WRONG_VERSION_NUMBER' }],
  ])('is told as %s where %o is what came', async (kind, failure) => {
    const original = https.request;
    https.request = () => {
      throw Object.assign(new Error(), failure);
    };
    onTestFinished(() => void (https.request = original));
    expect(await troubleOf(publicFetch('https://example.com/a.png', picture))).toMatchObject({ kind });
  });

  it('is reached the way that VS Code has put in: by its proxy, with the certificates of the system', async () => {
    // VS Code changes the module itself, once it is loaded.
    const asked: string[] = [];
    const original = https.request;
    https.request = ((url: URL) => {
      asked.push(url.href);
      throw Object.assign(new Error('As far as it goes'), { code: 'ECONNREFUSED' });
    }) as unknown as typeof original;
    onTestFinished(() => void (https.request = original));
    expect(await troubleOf(publicFetch('https://example.com/a.png', picture))).toMatchObject({ kind: 'unreachable' });
    expect(asked).toEqual(['https://example.com/a.png']);
  });

  it('has no such host', async () => {
    const nowhere = ((_name: string, _options: object, callback: (error: Error) => void) =>
      callback(Object.assign(new Error(), { code: 'ENOTFOUND' }))) as unknown as typeof lookup;
    expect(await troubleOf(publicFetch('https://example.com/', { ...picture, lookup: nowhere }))).toEqual({
      kind: 'unknownHost',
      host: 'example.com',
    });
  });
});

describe('what is fetched', () => {
  it.each([
    ['sign-in', { kind: 'status', status: 403 }],
    ['gone', { kind: 'status', status: 410 }],
    ['nowhere', { kind: 'status', status: 404 }],
    ['circle', { kind: 'redirects' }],
    ['data', { kind: 'type', type: 'application/json' }],
  ])('is told where it is not to be had: %s', async (name, trouble) => {
    expect(await troubleOf(fetchCard(at(`/pages/${name}`), options))).toEqual({ ...trouble, host });
  });

  it.each([
    ['to-this-network', { kind: 'address', host: '10.0.0.1' }],
    ['to-this-machine', { kind: 'private', host: 'localhost' }],
    ['to-a-file', { kind: 'address' }],
  ])('follows no way into this network: %s', async (name, trouble) => {
    expect(await troubleOf(fetchCard(at(`/pages/${name}`), options))).toMatchObject(trouble);
  });

  it('takes no longer than it may, and ends when it is given up', async () => {
    expect(await troubleOf(publicFetch(at('/pages/slow'), { ...picture, timeout: 50 }))).toEqual({ kind: 'slow', host });
    const given = new AbortController();
    const asked = publicFetch(at('/pages/slow'), { ...picture, signal: given.signal });
    given.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a picture', () => {
  it('comes with its type, by its first bytes', async () => {
    const { type, bytes } = await fetchPicture(at('/media/pictures/bars-10.png'), picture);
    expect([type, bytes.subarray(1, 4).toString()]).toEqual(['image/png', 'PNG']);
  });

  it.each([
    ['/pages/is-html.png', { kind: 'type', type: 'text/html' }],
    ['/pages/says-png.png', { kind: 'type', type: '' }],
    ['/pages/endless.png', { kind: 'size', most: 1_000_000 }],
    ['/pages/bomb.png', { kind: 'size', most: 1_000_000 }],
    ['/media/pictures/too-large.png', { kind: 'size', most: 1_000_000 }],
    ['/pages/sign-in', { kind: 'status', status: 403 }],
  ])('that is none is told as what it is: %s', async (path, trouble) => {
    expect(await troubleOf(fetchPicture(at(path), picture))).toEqual({ ...trouble, host });
  });
});

describe('what a page says of itself', () => {
  it.each(['article', 'packed', 'moved'])('is its card: %s', async (name) => {
    expect(await fetchCard(at(`/pages/${name}`), options)).toEqual({
      title: 'Field notes – year one',
      description: 'What we learned: “after 30 s” beats “a long time”.',
      picture: 'https://larkspur.example/cover.png',
    });
  });

  it.each([
    ['plain', { title: 'Only a title' }],
    ['latin1', { title: 'Café' }],
    ['silent', {}],
    ['endless', { title: 'Endless' }],
  ])('may be little: %s', async (name, card) => {
    expect(await fetchCard(at(`/pages/${name}`), options)).toEqual(card);
  });

  it('has the best place first, and pictures with a whole address over https', () => {
    const base = new URL('https://example.com/blog/post');
    const html = `<META NAME="twitter:title" CONTENT="X's"><title>Page's</title><meta name=twitter:image content=../a.png>`;
    expect(cardIn(html, base)).toEqual({ title: 'X\u0027s', picture: 'https://example.com/a.png' });
    expect(cardIn('<meta property="og:image" content="http://example.com/a.png"><link rel=image_src href="/b.png">', base)).toEqual({
      picture: 'https://example.com/b.png',
    });
    expect(cardIn('<meta property="og:image" content="javascript:alert(1)"><meta property="og:title" content="  ">', base)).toEqual({});
  });

  it('is not what stands in a script, a comment, a drawing or a quoted value', () => {
    const html =
      `<!doctype html><html><!-- <title>No</title> --><script>"<meta property='og:title' content='No'>"; 1 < 2</script>` +
      `<svg><title>No</title></svg><p title="<title>No</title>">1 < 2 & it's</p>` +
      `<TITLE\n>A&amp;B &ndash; caf&eacute; &#150; &#x1f331; &unknown; ?a&copy=1</TITLE>`;
    expect(cardIn(html, new URL('https://example.com'))).toEqual({ title: 'A&B – café – 🌱 &unknown; ?a&copy=1' });
    expect(cardIn(`<meta content='It"s' property = og:title >`, new URL('https://example.com'))).toEqual({ title: 'It"s' });
  });

  it('is read of whatever comes, and is text of a length that fits', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<title>',
        '</title>',
        '<svg>',
        '</svg>',
        '<meta ',
        'property="og:title" ',
        'content="',
        '"',
        '>',
        '<!--',
        '&#x',
        '\ud800',
      ),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const { title = '' } = cardIn(pieces.join(''), new URL('https://example.com'));
        expect(title.isWellFormed()).toBe(true);
      }),
    );
    expect([...cardIn(`<title>${'🌱'.repeat(1_000)}`, new URL('https://example.com')).title!]).toHaveLength(300);
  });
});
