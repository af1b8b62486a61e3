import { describe, expect, it } from 'vitest';
import type { Idea, Profile } from '../../../src/core/buffer/model.ts';
import { draftOfIdea } from '../../../src/core/drafts/ideaDraft.ts';

const now = new Date('2026-11-27T10:00:00Z');
const idea: Idea = { id: 'i1', title: 'Title', text: 'Body', createdAt: now };
const profile = (id: string, service: string, more: Partial<Profile> = {}) =>
  ({ id, service, isDisconnected: false, isLocked: false, ...more }) as Profile;
const start = (more: Partial<Idea>, profiles: readonly Profile[] = []) => draftOfIdea({ ...idea, ...more }, profiles, now).start;

describe('an idea as a draft', () => {
  it('brings its text, its tags and itself, and leaves to a draft what it says nothing of', () => {
    expect(start({ tags: [{ id: 't1', name: 'Docs' }] })).toEqual({ text: 'Title\n\nBody', ideaId: 'i1', tagIds: ['t1'] });
  });

  it('chooses the profiles of its networks that can be posted to', () => {
    const profiles = [
      profile('a', 'twitter'),
      profile('b', 'bluesky', { isLocked: true }),
      profile('c', 'linkedin'),
      profile('d', 'bluesky', { isDisconnected: true }),
      profile('e', 'bluesky'),
    ];
    expect(start({ services: ['bluesky', 'twitter'] }, profiles).profileIds).toEqual(['a', 'e']);
    // The last choice is better than none.
    expect(start({ services: ['mastodon'] }, profiles)).not.toHaveProperty('profileIds');
    expect(start({}, profiles)).not.toHaveProperty('profileIds');
  });

  it('has its day as the time, unless that has passed', () => {
    expect(start({ date: new Date('2026-12-01T09:00:00Z') }).when).toEqual({ kind: 'at', at: '2026-12-01T09:00:00.000Z' });
    expect(start({ date: new Date('2026-11-01T09:00:00Z') })).not.toHaveProperty('when');
  });

  it('has the files that a draft can hold together, and tells which are left', () => {
    const picture = { kind: 'picture', url: 'https://example.com/a.png', description: 'A' } as const;
    const document = { kind: 'document', url: 'https://example.com/a.pdf' } as const;
    const video = { kind: 'video', url: 'https://example.com/a.mp4' } as const;
    const made = draftOfIdea({ ...idea, files: [document, picture, video] }, [], now);
    expect(made.start.media).toEqual({ kind: 'picture', url: picture.url, description: 'A' });
    expect(made.left).toEqual([document, video]);
    const other = { ...picture, url: 'https://example.com/b.png', description: undefined };
    const several = draftOfIdea({ ...idea, files: [picture, document, other] }, [], now);
    expect(several.start.media).toEqual({ kind: 'picture', url: picture.url, description: 'A', more: [{ url: other.url }] });
    expect(several.left).toEqual([document]);
    expect(start({ files: [video] }).media).toEqual({ kind: 'video', url: video.url });
    const link = { kind: 'link', url: 'https://example.com/page', thumbnail: 'https://example.com/t.png' } as const;
    expect(start({ files: [link] }).media).toMatchObject({ kind: 'link', url: link.url, picture: link.thumbnail });
  });
});
