import { describe, expect, it } from 'vitest';
import { ownSandbox } from '../support/ownSandbox.ts';

const { WebReader } = await import('../../../src/composer/host/webReader.ts');
const { fetchWords } = await import('../../../src/ui/fetchWords.ts');
const { FetchError } = await import('../../../src/core/fetch/publicFetch.ts');

const sandbox = await ownSandbox();
const { origin, host } = new URL(sandbox.url);
const reader = new WebReader({ userAgent: 'Queue for Buffer', service: sandbox.url });

describe('what the composer reads of the web', () => {
  it('is a picture that its page can show', async () => {
    expect(await reader.picture(`${origin}/media/pictures/bars-10.png`)).toEqual({
      data: expect.stringMatching(/^data:image\/png;base64,[\w+/=]+$/) as string,
    });
  });

  it('is what a page says of itself', async () => {
    expect(await reader.card(`${origin}/pages/article`)).toMatchObject({ card: { title: 'Field notes – year one' } });
  });

  it.each([
    ['sign-in', `${host} answered 403; Buffer will need to read it until it is published.`],
    ['is-html.png', `What ${host} answered is no picture, but text/html.`],
    ['says-png.png', `What ${host} answered is no picture that can be shown.`],
    ['endless.png', 'It is larger than 10 MB.'],
    ['to-this-machine', 'localhost is on this computer or its network: Buffer cannot read it.'],
  ])('is told in a sentence where it is no picture: %s', async (name, words) => {
    expect(await reader.picture(`${origin}/pages/${name}`)).toEqual({ trouble: words });
  });

  it('is nothing of this machine where Buffer is elsewhere', async () => {
    const usual = new WebReader({ userAgent: 'Queue for Buffer', service: 'https://api.buffer.com' });
    expect(await usual.picture(`${origin}/media/pictures/bars-10.png`)).toEqual({ trouble: `“${host}” is no public https address.` });
    const other = new WebReader({ userAgent: 'Queue for Buffer', service: 'http://127.0.0.1:1' });
    expect(await other.card(`${origin}/pages/article`)).toHaveProperty('trouble');
  });

  it('makes no link of what others are called', () => {
    expect(fetchWords(new FetchError({ kind: 'address' }, '[x](command:evil)'), 'page')).not.toContain('](');
  });
});
