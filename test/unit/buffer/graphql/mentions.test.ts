import { expect, test } from 'vitest';
import { lostMentions } from '../../../../src/core/buffer/mentions.ts';
import { QueueStore } from '../../../../src/core/queue/queueStore.ts';
import { newMemory } from '../../../harness/memory.ts';
import { clientOf } from '../../../sandbox/client.ts';
import { ids } from '../../support/ids.ts';
import { ownSandbox } from '../../support/ownSandbox.ts';
import { graphqlCalls } from './graphqlCalls.ts';

const sandbox = await ownSandbox();
const { create, read } = graphqlCalls(() => sandbox);

test.each(['linkedin', 'facebook'] as const)(
  'mentions on %s are read with their places, and what is told as lost is what gets lost',
  async (network) => {
    const text = 'Thanks to Larkspur and Wren';
    const url = 'https://larkspur.example/company/';
    const of = (name: string, start: number) =>
      network === 'linkedin'
        ? {
            id: name,
            entity: `urn:li:organization:${name}`,
            start,
            length: name.length,
            localizedName: name,
            link: `${url}${name}`,
            vanityName: name,
          }
        : { content: name, indices: [start, start + name.length], text: name, url: `${url}${name}` };
    const annotations = [of('Larkspur', 10), of('Wren', 23)];
    const metadata = { [network]: { annotations, ...(network === 'facebook' && { type: 'post' }) } };
    const { id } = await create({ channelId: ids[network], text, metadata, saveToDraft: true });
    const store = new QueueStore(() => 20, newMemory());
    store.connect(clientOf(sandbox, 'graphql'));
    const update = await store.readUpdate(id as string);
    expect(update.mentions).toEqual([
      { text: 'Larkspur', start: 10, end: 18 },
      { text: 'Wren', start: 23, end: 27 },
    ]);
    const after = 'Many thanks to Larkspur and Wrens';
    const changed = 'Thanks to Larks and Wren';
    // Changed before and behind the first one; the second one is another word.
    expect([lostMentions(update, after), lostMentions(update, changed)]).toEqual([['Wren'], ['Larkspur']]);
    await store.edit(update.id, { text: changed }, update);
    expect((await read(update.id)).metadata.annotations.map(({ text: words, indices }: never) => [words, indices])).toEqual([
      ['Wren', [20, 24]],
    ]);
  },
);
