import * as fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import * as vscode from 'vscode';
import type { ToApp } from '../../../src/composer/messages.ts';
import { answered } from '../../../src/composer/page/answered.ts';
import { chosenNetworks } from '../../../src/composer/page/chosen.ts';
import { countAll } from '../../../src/composer/page/counting.ts';
import { asMessage } from '../../../src/composer/page/incoming.ts';
import { blankPage, type Page } from '../../../src/composer/page/page.ts';
import { obstacle } from '../../../src/composer/page/readiness.ts';
import { draftOf } from '../../../src/core/drafts/draftUpdate.ts';
import { behaviours, type Settings } from '../../sandbox/behaviours.ts';
import { storedText } from '../../sandbox/graphqlStored.ts';
import { tagToWire } from '../../sandbox/graphqlWire.ts';
import { youtubeCategories } from '../../sandbox/metadataWire.ts';
import { anyPost, type Channel, type Input, withCardsOf } from '../buffer/graphql/anyPost.ts';
import { graphqlCalls } from '../buffer/graphql/graphqlCalls.ts';
import type { Post } from '../buffer/graphql/postWays.ts';
import { composerWindow } from '../support/composerWindow.ts';
import { differences } from '../support/differences.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { runs } from '../support/runs.ts';
import { seed } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { pageEdits } from './pageEdits.ts';

// Any update that a service takes, opened in the composer, one thing of it changed by what the page offers, and sent: a plain
// read differs in exactly that. The page and the extension's side of it are the real ones; between them go copies of what they
// say, as between a window and its extension.

const perService = Number(process.env['EDITS_RUNS'] ?? runs(24));

const start = new Date('2026-10-26T14:00:00Z');
const sandbox = await ownSandbox({ now: () => start, seed: 'empty', rateLimit: Infinity, graphqlLimits: Infinity });
const { ask, read } = graphqlCalls(() => sandbox);

const channels = sandbox.state
  .profilesOf(sandbox.state.users[0]!)
  .filter(({ isLocked, disconnected }) => !isLocked && !disconnected)
  .map((profile): Channel => ({
    profile,
    tagIds: sandbox.state.tags.filter((tag) => tag.organizationId === profile.organizationId).map(({ id }) => id),
    categoryIds: Object.keys(youtubeCategories),
  }));
const services = [...new Set(channels.map(({ profile }) => profile.service))].sort();

interface Given {
  readonly input: Input;
  readonly editPost: Settings['editPost'];
  readonly pick: number;
  readonly words: string;
}

function given(of: readonly Channel[]): fc.Arbitrary<Given> {
  return fc.record({
    input: fc.constantFrom(...of).chain((channel) => anyPost(channel, false)),
    editPost: fc.constantFrom(...behaviours.editPost.settings),
    pick: fc.nat(10_000),
    words: fc.string({ unit: 'grapheme', maxLength: 12 }).filter((each) => !/[\p{Cc}‡]/u.test(each)),
  });
}

/** Whatever a person is asked, they agree to. */
beforeEach(() => {
  vi.spyOn(vscode.window, 'showWarningMessage').mockImplementation(((_words: string, _options: object, first: unknown) =>
    Promise.resolve(first)) as never);
});

async function make(input: Input): Promise<Post> {
  const query = `mutation ($input: CreatePostInput!) { createPost(input: $input) {
    __typename ... on PostActionSuccess { post { id } } ... on MutationError { message } } }`;
  const { body } = await ask(query, { input });
  const id: string | undefined = body.data?.createPost?.post?.id;
  return id && read(id);
}

describe(`any update that is edited in the composer, ${perService} for each service (seed ${seed})`, () => {
  test.each(services)('%s', { timeout: 600_000 }, async (service) => {
    const tally = { made: 0, discarded: 0, closed: 0, sent: 0, refused: {}, edits: {} };
    const count = (counts: Record<string, number>, name: string) => void (counts[name] = (counts[name] ?? 0) + 1);

    // What the schema of a service lacks does not come back, and a window remembers it.
    for (const threadCards of behaviours.threadCards.settings) {
      const { store, open, lost } = await composerWindow(sandbox, await temporaryFolder());

      const holds = async ({ input, editPost, pick, words }: Given): Promise<void> => {
        sandbox.behave({ editPost, threadCards });
        tally.made++;
        const before = await make(withCardsOf(threadCards, input));
        if (!before) tally.discarded++;
        fc.pre(before);
        const id = before.id as string;
        const profile = store.profile(input['channelId'] as string)!;
        const { tagIds } = channels.find((each) => each.profile.id === profile.id)!;
        const update = await store.readUpdate(id);
        const { composer, told, say, results } = open(draftOf(update));
        try {
          say({ type: 'ready' });
          const isLoaded = (message: ToApp) => message.type === 'profiles' && message.status === 'loaded';
          await vi.waitFor(() => expect(told.some(isLoaded)).toBe(true), { interval: 1 });
          const opened = told.reduce((page: Page, message) => answered(page, asMessage(structuredClone(message))!), blankPage);
          const tags = sandbox.state.tags.filter((tag) => tagIds.includes(tag.id)).map(tagToWire);
          const edits = pageEdits(opened, before, profile, tags);
          const edit = edits[pick % edits.length]!;
          const page = edit.act(opened, words);
          const against = obstacle(page, countAll(page.draft!, chosenNetworks(page)), start.getTime());
          if (against) return count(tally.refused, `${against.field ?? against.part}: ${against.reason} (${edit.name})`);
          count(tally.edits, edit.name);
          say(structuredClone({ type: 'send', draft: page.draft }));
          await vi.waitFor(() => expect(results()?.isOver).toBe(true), { interval: 1, timeout: 10_000 });
          const result = results()?.results[profile.id];
          const after = await read(id);
          if (update.closed?.length) {
            // What would be lost is not sent.
            tally.closed++;
            expect({ kind: result?.kind, left: differences(before, after) }).toEqual({ kind: 'failed', left: [] });
            return;
          }
          const wanted = edit.after(before, words);
          // A letter less can make another link of one, which is shortened in its turn.
          const stored = { ...wanted, text: storedText(service, wanted.text, sandbox.state.settings) };
          const left = differences(stored, after, ['updatedAt', ...(edit.excepted ?? [])]);
          expect({ edit: edit.name, result, left, lost }).toMatchObject({ edit: edit.name, result: { kind: 'done' }, left: [], lost: [] });
          tally.sent++;
        } finally {
          composer.dispose();
          sandbox.state.updates.delete(id);
        }
      };

      const able = channels.filter(({ profile }) => profile.service === service && store.profile(profile.id));
      const own = seed + services.indexOf(service) + 100 * behaviours.threadCards.settings.indexOf(threadCards);
      const run = await fc.check(fc.asyncProperty(given(able), holds), {
        numRuns: Math.ceil(perService / 3),
        seed: own,
        maxSkipsPerRun: 10,
      });
      const shown = (error: unknown) => {
        const { actual } = (error ?? {}) as { readonly actual?: unknown };
        return actual === undefined ? String(error) : JSON.stringify(actual);
      };
      expect(run.failed ? `seed ${own}: ${JSON.stringify(run.counterexample)}\n${shown(run.errorInstance)}` : '').toBe('');
    }
    if (process.env['EDITS_SHOW']) console.log(service, JSON.stringify(tally));
    expect(tally.sent + tally.closed).toBeGreaterThan(tally.made / 2);
  });
});
