import { createRequire } from 'node:module';
import { randomUUID } from 'node:crypto';
import type * as GraphqlJs from 'graphql';
import { describe, expect, test, vi } from 'vitest';
import { answered } from '../../../src/composer/page/answered.ts';
import { chosenNetworks } from '../../../src/composer/page/chosen.ts';
import { countAll } from '../../../src/composer/page/counting.ts';
import { chooseMedia, setBoard, setDetails, setMedia, setText } from '../../../src/composer/page/edits.ts';
import { asMessage } from '../../../src/composer/page/incoming.ts';
import { blankPage, type Page } from '../../../src/composer/page/page.ts';
import { obstacle } from '../../../src/composer/page/readiness.ts';
import { detailKinds } from '../../../src/core/buffer/networkDetails.ts';
import type { Profile } from '../../../src/core/buffer/model.ts';
import { type DraftDetails, emptyDraft } from '../../../src/core/drafts/draft.ts';
import { defaultDetails, type DetailField, fieldsFor, networkNeeds } from '../../../src/core/networks/networkNeeds.ts';
import { fieldTable } from '../buffer/graphql/fieldTable.ts';
import { graphqlCalls } from '../buffer/graphql/graphqlCalls.ts';
import type { Post } from '../buffer/graphql/postWays.ts';
import { publicSchema } from '../buffer/graphql/wholeType.ts';
import { services } from '../networks/services.ts';
import { composerWindow } from '../support/composerWindow.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

// Each field that a network has by its description, filled in on the composer's page, sent, and read back by a plain request.

const graphql = createRequire(import.meta.url)('graphql') as typeof GraphqlJs;
const sandbox = await ownSandbox({ seed: 'empty', rateLimit: Infinity, graphqlLimits: Infinity });
const { read } = graphqlCalls(() => sandbox);
const picture = 'https://larkspur.example/a.png';

/** Each field of the schema's inputs that was sent with something in it. */
const sent = new Set<string>();

/** What a person would fill in, and what is told of it: by the kind of the field. */
function valuesOf({ name, choices }: DetailField, service: string, profile: Profile): unknown[] {
  const usual = defaultDetails(service)[name];
  switch (detailKinds[name]) {
    case 'choice':
      return [...choices!];
    case 'flag':
      return [!usual];
    case 'time':
      return [name === 'startsAt' ? '2046-02-03T04:05:00.000Z' : '2046-02-04T04:05:00.000Z'];
    case 'texts':
      return [['A second part', 'And a third']];
    case 'pictures':
      return [[[{ url: picture }], [{ url: `${picture}?2` }, { url: `${picture}?3` }]]];
    case 'board':
      return profile.boards!.map(({ id }) => id);
    case 'address':
      return [`https://larkspur.example/${name}`];
    default:
      return [`Typed as ${name}`];
  }
}

/** Where a post tells what has no place of its own in the description: Google's are by the type of its post. */
const places: Readonly<Record<string, (post: Post) => unknown>> = {
  thread: ({ metadata }) => metadata.thread.slice(1).map(({ text }: Post) => text),
  threadPictures: ({ metadata }) =>
    metadata.thread.slice(1).map(({ assets }: Post) => assets.map(({ source }: Post) => ({ url: source as string }))),
  type: ({ metadata }) => metadata.type,
  title: ({ metadata }) => (metadata.details.title === metadata.title ? metadata.title : 'in one place alone'),
  link: ({ metadata }) => metadata.details.link,
  startsAt: ({ metadata }) => metadata.details.startDate,
  endsAt: ({ metadata }) => metadata.details.endDate,
  isAllDay: ({ metadata }) => metadata.details.isFullDayEvent,
  coupon: ({ metadata }) => metadata.details.code,
  terms: ({ metadata }) => metadata.details.terms,
  button: ({ metadata }) => metadata.details.button,
};

function toldOf({ name, wire, toldAs = wire, word }: DetailField, post: Post): unknown {
  if (toldAs === undefined) return places[name]!(post);
  const told: unknown = toldAs.split('.').reduce((within: Post, each) => within?.[each], post.metadata);
  return word === undefined ? told : told === word;
}

/** A new update with what its network demands, to be filled in. */
function ready(page: Page, service: string, type: string | undefined, profile: Profile): Page {
  let now = setText(page, `Made here ${randomUUID()}`);
  if (type !== undefined) now = setDetails(now, service, { type });
  const { attach, attachFor = {} } = networkNeeds(service);
  const [needed] = (type !== undefined && attachFor[type]) || attach || [];
  if (needed)
    now = setMedia(chooseMedia(now, needed), { kind: needed, url: needed === 'video' ? 'https://larkspur.example/a.mp4' : picture });
  for (const field of fieldsFor(service, { type }).filter(({ isRequired }) => isRequired)) {
    const [first] = valuesOf(field, service, profile);
    if (field.name !== 'type') now = filled(now, service, field, first, profile);
  }
  return now;
}

function filled(page: Page, service: string, { name }: DetailField, value: unknown, profile: Profile): Page {
  if (name === 'board') return setBoard(page, service, profile.id, value as string);
  // Parts without words stand where pictures are.
  if (name === 'threadPictures')
    return setDetails(page, service, { thread: ['', ''], threadPictures: value as DraftDetails['threadPictures'] });
  if (name === 'button' && value !== 'none' && value !== 'call')
    return setDetails(page, service, { button: value as string, link: 'https://larkspur.example/link' });
  if (name === 'link' && service === 'googlebusiness' && page.draft!.details?.[service]?.type !== 'offer')
    return setDetails(page, service, { link: value as string, button: 'book' });
  return setDetails(page, service, { [name]: value });
}

/** The fields of an input and of those within it, by the names of their types. */
function gather(typeName: string, input: Readonly<Record<string, unknown>>): void {
  const fields = (publicSchema.getType(typeName) as GraphqlJs.GraphQLInputObjectType).getFields();
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined || value === null) continue;
    sent.add(`${typeName}.${name}`);
    const inner = graphql.getNamedType(fields[name]!.type);
    if (graphql.isInputObjectType(inner)) for (const each of [value].flat()) gather(inner.name, each as Record<string, unknown>);
  }
}

describe.each(services)('on %s', (service) => {
  test('each field of the network, made here, is read back equal', async () => {
    // Elsewhere it is not told what the parts of a thread on Threads carry.
    sandbox.behave({ threadEcho: 'echoed' });
    const { store, open } = await composerWindow(sandbox, await temporaryFolder());
    const profile = store.profiles.items.find((each) => each.service === service && !each.isLocked && !each.isDisconnected)!;
    const types = networkNeeds(service).fields.find(({ name }) => name === 'type')?.choices ?? [undefined];
    for (const type of types) {
      const all = networkNeeds(service).fields.filter(
        ({ onlyFor, notFor }) => type === undefined || ((onlyFor?.includes(type) ?? true) && !notFor?.includes(type)),
      );
      for (const field of all) {
        for (const value of field.name === 'type' ? [type] : valuesOf(field, service, profile)) {
          const { composer, told, say, results } = open(emptyDraft(randomUUID(), [profile.id]));
          say({ type: 'ready' });
          await vi.waitFor(() => expect(told.some((each) => each.type === 'profiles' && each.status === 'loaded')).toBe(true), {
            interval: 1,
          });
          const opened = told.reduce((page: Page, message) => answered(page, asMessage(structuredClone(message))!), blankPage);
          const page = filled(ready(opened, service, type, profile), service, field, value, profile);
          const what = `${field.name}: ${JSON.stringify(value)}`;
          expect({ what, against: obstacle(page, countAll(page.draft!, chosenNetworks(page)), 0) }).toEqual({ what });
          sandbox.resetRequests();
          say(structuredClone({ type: 'send', draft: page.draft }));
          await vi.waitFor(() => expect(results()?.isOver).toBe(true), { interval: 1, timeout: 10_000 });
          expect({ what, ...results() }).toMatchObject({ what, results: { [profile.id]: { kind: 'done' } } });
          const made = [...sandbox.state.updates.values()].find(({ text }) => text === page.draft!.text)!;
          expect({ what, told: toldOf(field, await read(made.id)) }).toEqual({ what, told: value });
          const { form } = sandbox.requests().find(({ operationName }) => operationName === 'CreatePost')!;
          for (const input of Object.values(form['variables'] as Record<string, unknown>))
            if (typeof input === 'object') gather('CreatePostInput', input as Record<string, unknown>);
          composer.dispose();
        }
      }
    }
  });
});

test('all that the table of fields says to be held here was sent', () => {
  const rows = Object.entries(fieldTable).filter(([, { tests }]) => tests.some(({ file }) => file === 'composer/madeHere'));
  expect(rows.map(([name]) => name).filter((name) => !sent.has(name))).toEqual([]);
  const networks = [...sent].filter((name) => /Meta[dD]ataInput\.|Geolocation|Sticker/u.test(name) && name in fieldTable);
  expect(networks.filter((name) => !rows.some(([row]) => row === name))).toEqual([]);
});
