import { describe, expect, test } from 'vitest';
import type { Media, Update } from '../../../src/core/buffer/model.ts';
import { isAsSent } from '../../../src/core/delivery/sameUpdate.ts';

const picture: Media = { picture: 'https://example.com/a.png' };
const found = (media?: Media, more: Partial<Update> = {}) => ({ text: 'Same', media, ...more }) as Update;

describe('an update with the same text is what was sent', () => {
  test.each<[string, Media | undefined, Update]>([
    ['without anything else', undefined, found()],
    ['with its picture at an address of the service’s own', picture, found({ picture: 'https://cdn.example/1' })],
    ['with its link', { link: 'https://example.com/x' }, found({ link: 'https://example.com/x' })],
    ['where the service tells of no files', picture, found()],
  ])('%s', (_, media, update) => {
    expect(isAsSent({ text: 'Same', media }, update)).toBe(true);
  });
});

describe('an update with the same text is not what was sent', () => {
  test.each<[string, Media | undefined, Update]>([
    ['with a picture where none was sent', undefined, found(picture)],
    ['with a video instead of a picture', picture, found({ video: 'https://cdn.example/1' })],
    ['with one picture more', picture, found({ ...picture, more: [{ url: 'https://cdn.example/2' }] })],
    ['with another link', { link: 'https://example.com/x' }, found({ link: 'https://example.com/y' })],
  ])('%s', (_, media, update) => {
    expect(isAsSent({ text: 'Same', media }, update)).toBe(false);
  });
});
