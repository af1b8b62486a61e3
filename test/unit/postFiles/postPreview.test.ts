import { describe, expect, it } from 'vitest';
import { checkFile } from '../../../src/core/postFiles/check.ts';
import { usualConfig } from '../../../src/core/postFiles/config.ts';
import { postPreview, previewPlace, type Shown } from '../../../src/core/postFiles/postPreview.ts';
import { profileWith } from '../support/profile.ts';

const profile = (id: string, service: string, username: string) =>
  profileWith({ id, service, name: username, username, timeZone: 'Europe/Berlin' });
const profiles = [profile('b', 'bluesky', 'larkspur.example'), profile('m', 'mastodon', 'larkspur'), profile('l', 'linkedin', 'Larkspur')];
const profileOf = ({ id, service, name }: Shown) => ({ id, service, network: service, name });
const addressOf = (path: string) => `repository:${path}`;

const around = { config: usualConfig, now: new Date('2026-11-27T12:00:00Z') };
const checked = async (text: string) => (await checkFile('posts/a.buffer.md', text, { ...around, profiles })).posts;
const shown = async (text: string) => (await checked(text)).flatMap((each) => postPreview(each, { profileOf, addressOf }));

const file = `---
profiles: [bluesky/larkspur.example, mastodon/larkspur, linkedin/Larkspur]
images:
  - { src: ./a.png, alt: The sidebar }
  - https://files.example/b.png
  - { src: /c.png, part: 2 }
mastodon:
  spoiler: A secret
linkedin:
  firstComment: The first comment
---
For all.

<!-- bluesky -->
For Bluesky.

---thread---
And more.
`;

describe('the preview of a post in a file', () => {
  it('has the text, the thread, the pictures and the details of each profile', async () => {
    const [bluesky, mastodon, linkedin, ...others] = await shown(file);
    expect(others).toEqual([]);
    const files = [
      { kind: 'picture', picture: 'repository:posts/a.png', alt: 'The sidebar' },
      { kind: 'picture', picture: 'https://files.example/b.png' },
    ];
    expect(bluesky!.profile.id).toBe('b');
    expect(bluesky!.parts).toEqual([
      { text: 'For Bluesky.', index: 0, files },
      { text: 'And more.', index: 1, files: [{ kind: 'picture', picture: 'repository:c.png' }] },
    ]);
    expect(mastodon).toMatchObject({ warning: 'A secret', parts: [{ text: 'For all.', index: 0, files }] });
    expect(linkedin).toMatchObject({ firstComment: 'The first comment', parts: [{ text: 'For all.', index: 0, files }] });
    expect(linkedin).not.toHaveProperty('warning');
  });

  it('has the card of a link with its picture', async () => {
    const link = '{ url: "https://larkspur.example/new", title: New, description: All of it, image: ./card.png }';
    const [update] = await shown(`---\nprofiles: linkedin/Larkspur\nlink: ${link}\n---\nRead this\n`);
    const card = { url: 'https://larkspur.example/new', title: 'New', description: 'All of it', picture: 'repository:posts/card.png' };
    expect(update!.parts).toEqual([{ text: 'Read this', index: 0, files: [], card }]);
  });

  it('says where a text, and where a part of a thread, grows too long', async () => {
    const [update] = await shown(`---\nprofiles: bluesky/larkspur.example\n---\n${'a'.repeat(301)}\n---thread---\n${'b'.repeat(310)}\n`);
    expect(update!.parts.map(({ overflowsAt }) => overflowsAt)).toEqual([300, 300]);
  });

  it('is shown without an account, by the names of the file', async () => {
    const known = await checkFile('posts/a.buffer.md', file, around);
    const updates = known.posts.flatMap((each) => postPreview(each, { profileOf, addressOf }));
    expect(updates.map(({ profile: { service, name } }) => `${service} ${name}`)).toEqual([
      'bluesky larkspur.example',
      'mastodon larkspur',
      'linkedin Larkspur',
    ]);
    expect(new Set(updates.map(({ id }) => id)).size).toBe(3);
  });

  it('keeps apart what two posts of a file say to one profile', async () => {
    const two = 'First\n\n---post---\n\nSecond\n';
    const updates = await shown(`---\nprofiles: bluesky/larkspur.example\n---\n${two}`);
    expect(updates.map(({ parts: [part] }) => part!.text)).toEqual(['First', 'Second']);
    expect(new Set(updates.map(({ id }) => id)).size).toBe(2);
  });
});

describe('the place of a cursor in the preview', () => {
  const placeAt = async (text: string, words: string) => {
    const posts = await checked(text);
    const place = previewPlace(posts, text.indexOf(words));
    const update = posts.flatMap((each) => postPreview(each, { profileOf, addressOf })).find(({ id }) => id === place?.update);
    return place && [update?.profile.id, update?.parts[0]!.text, place.part, place.fraction];
  };

  it('is that of the first profile that gets the text', async () => {
    expect(await placeAt(file, 'For Bluesky.')).toEqual(['b', 'For Bluesky.', 0, 0]);
    expect(await placeAt(file, 'And more.')).toEqual(['b', 'For Bluesky.', 1, 0]);
    expect(await placeAt(file, 'For all.')).toEqual(['m', 'For all.', 0, 0]);
    expect(await placeAt(file, 'images')).toEqual(['b', 'For Bluesky.', 0, 0]);
    const [, , part, fraction] = (await placeAt(file, 'more.'))!;
    expect([part, fraction]).toEqual([1, expect.closeTo(4 / 9, 1)]);
  });

  it('is in the post of the cursor', async () => {
    const two = '---\nprofiles: bluesky/larkspur.example\n---\nFirst\n\n---post---\n\nSecond\n';
    expect(await placeAt(two, 'First')).toEqual(['b', 'First', 0, 0]);
    expect(await placeAt(two, 'Second')).toEqual(['b', 'Second', 0, 0]);
  });

  it('is none where nothing is shown', async () => {
    expect(await placeAt('---\nprofiles: nowhere/larkspur\n---\nText\n', 'Text')).toBeUndefined();
  });
});
