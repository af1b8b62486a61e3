import { describe, expect, it } from 'vitest';
import type { BufferApi } from '../../src/buffer/bufferApi.ts';
import type { Idea } from '../../src/buffer/model.ts';
import { IdeaStore } from '../../src/ideas/ideaStore.ts';

const idea = (id: string, day: number): Idea => ({ id, text: id, createdAt: new Date(Date.UTC(2031, 4, day)) });

describe('ideas', () => {
  it('are newest first, in whatever order the service has them', async () => {
    const pages = [
      { ideas: [idea('old', 1), idea('new', 3)], next: 'more' },
      { ideas: [idea('newest', 4), idea('middle', 2)] },
    ];
    const api = { capabilities: { ideas: true }, ideas: () => Promise.resolve(pages.shift()) } as unknown as BufferApi;
    const store = new IdeaStore();
    store.connect(api);
    await store.load();
    expect(store.ideas.items.map(({ id }) => id)).toEqual(['new', 'old']);
    await store.loadMore();
    expect(store.ideas.items.map(({ id }) => id)).toEqual(['newest', 'new', 'middle', 'old']);
  });
});
