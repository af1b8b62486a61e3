import { describe, expect, it } from 'vitest';
import type { Idea } from '../../../src/core/buffer/model.ts';
import { IdeaStore } from '../../../src/core/ideas/ideaStore.ts';
import { draftOfIdea } from '../../../src/core/drafts/ideaDraft.ts';
import { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { newMemory } from '../../harness/memory.ts';
import { clientOf } from '../../sandbox/client.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

const { becameOf, drawIdeaRow, ideaRowsUnder, isSameBecame } = await import('../../../src/sidebar/ideaRows.ts');
type IdeaNode = Parameters<typeof drawIdeaRow>[0];

const sandbox = await ownSandbox();

async function newWindow() {
  const api = clientOf(sandbox, 'graphql', { pause: 1 });
  const queues = new QueueStore(() => 20, newMemory());
  queues.connect(api);
  const ideas = new IdeaStore({ lookAfter: 1 });
  ideas.connect(api);
  await ideas.load();
  const became = () => becameOf(queues);
  const under = (node?: IdeaNode) => ideaRowsUnder(node, ideas, became());
  const draw = (node: IdeaNode) => drawIdeaRow(node, ideas, queues, became());
  const labels = (node?: IdeaNode) => under(node).map((each) => draw(each).label);
  return { api, queues, ideas, under, draw, labels, became };
}
const ideaNamed = ({ ideas }: Pick<Awaited<ReturnType<typeof newWindow>>, 'ideas'>, title: string) =>
  ideas.ideas.items.find((each) => each.title === title)!;

describe('ideas in the sidebar', () => {
  it('stand in their groups, in the order of the board, and those without one first', async () => {
    const { labels, under, draw } = await newWindow();
    expect(labels()).toEqual(['No Group', 'To do', 'In progress', 'Done']);
    expect(under().map((each) => labels(each))).toEqual([
      ['The longest stack trace', 'Office plants, ranked'],
      ['Glossary week', 'Before and after'],
      ['Release day on film'],
      [],
    ]);
    expect(under().map((each) => draw(each).description)).toEqual(['2', '2', '1', '0']);
    expect(under().map((each) => draw(each).contextValue)).toEqual(['ideaGroup', 'ideaGroup', 'ideaGroup', 'lockedIdeaGroup']);
  });

  it('of a group that is not known any more are not lost', async () => {
    const { library } = sandbox.state;
    library.groups.splice(0, 1);
    const { labels, under } = await newWindow();
    expect(labels()).toEqual(['No Group', 'In progress', 'Done']);
    expect(labels(under()[0])).toContain('Glossary week');
  });

  it('are a plain list where there are no groups', async () => {
    sandbox.state.library.groups.length = 0;
    const { labels } = await newWindow();
    expect(labels()).toHaveLength(5);
  });

  it('show day and tags in their rows, and networks and pictures with their words in the tooltip', async () => {
    const window = await newWindow();
    const dated = window.draw(ideaNamed(window, 'Glossary week'));
    expect(dated.description).toMatch(/^[^·]*\d.* · Docs · Five days, five words/);
    expect(dated.tooltip).toMatch(/Planned for .+\nFor X, Bluesky\nTags: Docs/);
    const pictured = window.draw(ideaNamed(window, 'Before and after'));
    expect(pictured.tooltip).toContain('For LinkedIn\nTags: Docs, Community\nPicture: Bars, number 1\nPicture: Bars, number 2');
  });

  it('hold plain text, whatever the service says', async () => {
    const window = await newWindow();
    const evil = '[x](command:buffer.signOut) $(alert) <b>';
    const item = window.draw({ id: 'a', title: evil, text: evil, createdAt: new Date(), tags: [{ id: 't', name: evil }] });
    expect(typeof item.tooltip).toBe('string');
  });

  it('show what became of them, with a link to it, once that is known', async () => {
    const window = await newWindow();
    const idea = ideaNamed(window, 'Office plants, ranked');
    const before = window.became();
    expect(window.under(idea)).toEqual([]);
    const waiting = sandbox.state.pending(sandbox.state.profiles.find(({ id }) => id === ids.bluesky)!);
    Object.assign(waiting[0]!, { ideaId: idea.id });
    await window.queues.refresh();
    await window.queues.loadList(ids.bluesky, 'pending');
    expect(isSameBecame(before, window.became())).toBe(false);
    expect(isSameBecame(window.became(), window.became())).toBe(true);
    const row = window.draw(idea);
    expect(row.description).toMatch(/^1 update · /);
    expect(row.collapsibleState).toBe(1);
    const [child] = window.under(idea);
    expect(window.draw(child!)).toMatchObject({ contextValue: 'ideaUpdate', description: expect.stringMatching(/^pending · /) as string });
    expect(window.draw(child!).command).toMatchObject({ command: 'vscode.open' });
    expect(window.under(child)).toEqual([]);
  });

  it('show an update that was just made of one, without a request for that', async () => {
    const window = await newWindow();
    const idea = ideaNamed(window, 'Office plants, ranked');
    const start = draftOfIdea(idea, []).start;
    await window.queues.refresh();
    await window.queues.loadList(ids.bluesky, 'pending');
    const { ideaId, tagIds } = start;
    await window.queues.create(
      { profileIds: [ids.bluesky], text: start.text!, when: 'queue', ideaId, tagIds },
      { [ids.bluesky]: { service: 'bluesky', serviceType: 'profile' } },
    );
    expect(sandbox.requests().filter(({ operationName }) => operationName === 'CreatePost')).toHaveLength(1);
    expect(window.under(idea).map((each) => window.draw(each).contextValue)).toEqual(['ideaUpdate']);
  });

  it('say that they are being read, and what failed, beside what is known', async () => {
    const window = await newWindow();
    sandbox.faults.add({ kind: 'dropBefore', times: 0 });
    await window.ideas.refresh().catch(() => undefined);
    expect(window.under()[0]).toBe('failed');
    expect(window.under()).toHaveLength(5);
    const unread = new IdeaStore();
    expect(ideaRowsUnder(undefined, unread, new Map())).toEqual(['loading']);
  });
});

describe('an idea', () => {
  const idea: Idea = { id: 'i', text: 'Body', createdAt: new Date() };

  it('knows nothing of updates that were made of others', async () => {
    const { under } = await newWindow();
    expect(under(idea)).toEqual([]);
  });
});
