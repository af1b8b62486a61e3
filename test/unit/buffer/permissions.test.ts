import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { noCapabilities } from '../../../src/core/buffer/bufferApi.ts';
import { BufferError } from '../../../src/core/buffer/bufferError.ts';
import { allDocuments as documents } from '../../../src/core/buffer/graphql/allDocuments.ts';
import { createPosts, textOf } from '../../../src/core/buffer/graphql/documents.ts';
import type { Update } from '../../../src/core/buffer/model.ts';
import type { MissingPart } from '../../../src/core/buffer/missingPart.ts';
import { type Action, lacking, needs, type Permission, permissions, permitted } from '../../../src/core/buffer/permissions.ts';
import { permittedDocument } from '../../../src/core/buffer/graphql/permittedDocument.ts';
import { knownServices } from '../../../src/core/networks/networks.ts';
import { newMemory } from '../../harness/memory.ts';
import { behaviours } from '../../sandbox/behaviours.ts';
import { clientOf } from '../../sandbox/client.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { sampled } from '../support/runs.ts';

const { IdeaStore } = await import('../../../src/core/ideas/ideaStore.ts');
const { TemplateStore } = await import('../../../src/core/templates/templateStore.ts');
const { missingPermissions, postingRefusal } = await import('../../../src/ui/permissionWords.ts');
const { QueueNodes } = await import('../../../src/sidebar/queueNodes.ts');
const { drawProfile, drawUpdate } = await import('../../../src/sidebar/queueRows.ts');
const { QueueStore } = await import('../../../src/core/queue/queueStore.ts');
const { QueueTree } = await import('../../../src/sidebar/queueTree.ts');
const { menuActions, menuContexts } = await import('../../../src/sidebar/queueView.ts');

const sandbox = await ownSandbox();

/** Every set of permissions that somebody can be given. */
const subsets: readonly (readonly Permission[])[] = sampled(
  Array.from({ length: 2 ** permissions.length }, (_, bits) => permissions.filter((_each, index) => (bits >> index) & 1)),
);
const named = subsets.map((scopes) => [scopes.join(' ') || 'nothing', scopes] as const);
const token = 'granted';

/** What the service refused of answers that it gave otherwise. */
let refused: MissingPart[];
/** Another update each time, so that what is done to one is not in the way of what comes next. */
let nextUpdate: () => string;

function beginUpdates(): void {
  const waiting = sandbox.state.pending(sandbox.state.profiles.find(({ id }) => id === ids.bluesky)!);
  nextUpdate = () => waiting.shift()!.id;
}

function grant(scopes: readonly string[]): void {
  sandbox.state.grantAccess(token, sandbox.state.users[0]!.id, sandbox.state.now() + 3600, scopes);
}

/** @param knows  whether the client was told what it was granted, too */
function connect(scopes: readonly string[], knows = true) {
  grant(scopes);
  refused = [];
  const onMissing = (parts: readonly MissingPart[]) => void refused.push(...parts.filter(({ isForbidden }) => isForbidden));
  const api = clientOf(sandbox, 'graphql', { token: () => Promise.resolve(token), onMissing, ...(knows && { scopes }) });
  const store = new QueueStore(() => 20, newMemory());
  store.connect(api);
  const ideas = new IdeaStore();
  ideas.connect(api);
  const templates = new TemplateStore({ api: () => api });
  return { api, store, ideas, templates };
}
type Connected = ReturnType<typeof connect>;

/** An update as every command finds it that is about one. */
async function update({ store }: Connected): Promise<Update> {
  await store.loadProfiles();
  return store.readUpdate(nextUpdate());
}

/** All that commands and views ask the stores for, and what it needs. */
const deeds: readonly (readonly [name: string, action: Action | undefined, deed: (to: Connected) => Promise<unknown>])[] = [
  ['the profiles', undefined, ({ store }) => store.refresh()],
  ['one profile', undefined, ({ api }) => api.profile(ids.bluesky)],
  ['posting times', undefined, ({ api }) => api.schedules(ids.bluesky)],
  ['the account', 'account', ({ store }) => store.account()],
  ['what waits', 'queues', ({ store }) => store.loadList(ids.bluesky, 'pending')],
  ['what was sent', 'queues', ({ store }) => store.loadList(ids.bluesky, 'sent')],
  ['how it does', 'figures', ({ store }) => figures(store)],
  ['one update', 'queues', (to) => update(to)],
  ['what came about lately', 'queues', ({ store }) => store.recent([ids.bluesky], new Date(0))],
  [
    'a post',
    'post',
    ({ store }) =>
      store.create({ profileIds: [ids.bluesky], text: 'Here comes a new one', when: 'queue' }, { [ids.bluesky]: 'bluesky' as never }),
  ],
  ['an edit', 'change', async (to) => to.store.edit((await update(to)).id, { text: 'Other words' })],
  [
    'a time of its own',
    'change',
    async (to) => to.store.edit((await update(to)).id, { when: { at: new Date(Date.now() + 5 * 86_400_000) } }),
  ],
  ['the queue again', 'change', async (to) => to.store.edit((await update(to)).id, { when: 'queue' })],
  ['sharing', 'change', async (to) => to.store.share((await update(to)).id)],
  ['the head of the queue', 'change', async (to) => to.store.moveToTop((await update(to)).id)],
  ['deleting and bringing back', 'change', (to) => deleteAndRestore(to)],
  ['ideas', 'ideas', ({ ideas }) => ideas.refresh()],
  ['an idea', 'saveIdeas', ({ ideas }) => ideas.create({ text: 'A thought' })],
  ['templates', 'templates', ({ templates }) => templates.list()],
  ['a template', 'saveTemplates', ({ templates }) => makeAndDelete(templates)],
];

async function makeAndDelete(templates: Connected['templates']): Promise<void> {
  const made = await templates.create({ title: 'A', text: 'B', description: 'C', visibility: 'private' });
  await templates.destroy((await templates.update(made, { text: 'D' })).id);
}

async function figures(store: Connected['store']): Promise<void> {
  await store.loadList(ids.bluesky, 'sent');
  const told = store.list(ids.bluesky, 'sent').items.some(({ statistics }) => Object.keys(statistics).length > 0);
  if (!told) throw new BufferError('forbidden', 'There are no figures.');
}

async function deleteAndRestore(to: Connected): Promise<void> {
  const { id } = await update(to);
  const kept = await to.store.restorable(id);
  await to.store.destroy(id);
  await to.store.restore(kept!);
}

/** Whether it worked; anything but a missing permission is a failure of the test. */
async function works(deed: Promise<unknown>): Promise<boolean> {
  try {
    await deed;
    return true;
  } catch (error) {
    if (!(error instanceof BufferError) || error.kind !== 'forbidden') throw error;
    if (error.message.startsWith('This access token lacks')) refused.push({ part: 'other', reason: error.message, isForbidden: true });
    return false;
  }
}

/** Sixty-four sets take their time on a slow machine. Milliseconds. */
const longEnough = 180_000;

describe('whatever somebody was given', () => {
  test(
    'what works is offered, and nothing else',
    async () => {
      const kinds = behaviours.editPost.settings;
      for (const [index, [given, scopes]] of named.entries()) {
        if (scopes.includes('posts:write')) sandbox.reset();
        // Permissions say nothing of what an edit leaves: each set has one of the kinds in its turn.
        sandbox.behave({ editPost: kinds[index % kinds.length] });
        beginUpdates();
        const to = connect(scopes);
        for (const [name, action, deed] of deeds) {
          const isOffered = action === undefined || to.api.capabilities[action];
          expect([given, name, await works(deed(to))]).toEqual([given, name, isOffered]);
        }
        // What the service would have refused was not asked.
        expect([given, refused]).toEqual([given, []]);
      }
    },
    longEnough,
  );

  test(
    'what is withheld would be refused',
    async () => {
      for (const [given, scopes] of named) {
        beginUpdates();
        const to = connect(scopes, false);
        for (const [name, action, deed] of deeds) {
          if (action === undefined || lacking(scopes, action).length === 0) continue;
          expect([given, name, await works(deed(to))]).toEqual([given, name, false]);
        }
        expect([given, refused.length > 0]).toEqual([given, scopes.length < permissions.length]);
      }
    },
    longEnough,
  );

  test('no menu has what must fail, and none lacks what works', () => {
    for (const [given, scopes] of named) {
      const contexts = new Map(menuContexts({ scopes }));
      for (const [command, action] of Object.entries(commandNeeds)) {
        if (command === 'signIn') continue;
        const may = action === undefined || lacking(scopes, action).length === 0;
        for (const condition of offersOf(command))
          expect([given, command, condition, holds(condition, contexts)]).toEqual([given, command, condition, may]);
      }
    }
  });

  test(
    'rows offer what may be done with them, and a list that may be read is there',
    async () => {
      for (const [given, scopes] of named) {
        const { store } = connect(scopes);
        const may = (action: Action) => lacking(scopes, action).length === 0;
        await store.loadProfiles();
        const nodes = new QueueNodes();
        const tree = new QueueTree(store, {
          onDidLoad: () => ({ dispose: () => undefined }),
          iconOf: () => undefined,
          thumbnailOf: () => undefined,
        } as never);
        const profile = drawProfile(nodes.profile(ids.bluesky), store, { iconOf: () => undefined } as never);
        expect([given, profile.contextValue!.split(' ').includes('postable')]).toEqual([given, may('post')]);
        expect(store.profiles.items.length).toBeGreaterThan(10);
        const sections = tree.getChildren(tree.getChildren().find(({ kind }) => kind === 'profile'));
        tree.dispose();
        // Pending, drafts, sent.
        expect([given, sections.length]).toEqual([given, may('queues') ? 3 : 0]);
        if (!may('queues')) continue;
        await store.loadList(ids.bluesky, 'pending');
        const words = store
          .list(ids.bluesky, 'pending')
          .items.flatMap(({ id }) => drawUpdate(nodes.update(ids.bluesky, 'pending', id), store).contextValue!.split(' '));
        for (const each of ['editable', 'deletable', 'shareable', 'reschedulable', 'promotable'])
          expect([given, each, words.includes(each)]).toEqual([given, each, may('change')]);
      }
    },
    longEnough,
  );

  test('one line names each permission that is missing, and says where to give it', () => {
    for (const [given, scopes] of named) {
      const words = missingPermissions({ scopes }, Object.keys(needs) as Action[]) ?? '';
      const missing = permissions.filter((each) => !scopes.includes(each));
      expect([given, permissions.filter((each) => words.includes(each))]).toEqual([given, missing]);
      expect(words).toMatch(missing.length ? /^[^\n]+[Ss]ign in again to give (it|them)\.$/ : /^$/);
    }
  });
});

/** What every command of the manifest needs; nothing where it is the person's own, or asks for no more than to be let in. */
const commandNeeds: Readonly<Record<string, Action | undefined>> = {
  signIn: undefined,
  signOut: undefined,
  getStarted: undefined,
  showLog: undefined,
  refresh: undefined,
  openCalendar: 'queues',
  newUpdate: undefined,
  postSelection: 'post',
  editUpdate: 'change',
  rescheduleUpdate: 'change',
  shareUpdate: 'change',
  shareUpdateNext: 'change',
  moveUpdateUp: 'change',
  moveUpdateDown: 'change',
  deleteUpdate: 'change',
  copyText: 'queues',
  openSentUpdate: undefined,
  ...Object.fromEntries(knownServices.map((service) => [`openOn.${service}`, undefined])),
  shuffleQueue: 'change',
  openProfile: undefined,
  composeSelection: undefined,
  editInComposer: 'change',
  moveComposer: undefined,
  openPreview: undefined,
  lockPreview: undefined,
  openAtBuffer: undefined,
  openDraft: undefined,
  openDiscarded: undefined,
  deleteDraft: undefined,
  queueUpdate: 'change',
  moveToDrafts: 'change',
  editTags: 'change',
  filterByTag: 'queues',
  clearFilter: undefined,
  groupByDay: 'queues',
  groupByProfile: undefined,
  askForApproval: 'change',
  withdrawFromApproval: 'change',
  remindMe: 'change',
  publishAutomatically: 'change',
  findUpdate: 'queues',
  openFigures: 'figures',
  goToNextUpdate: undefined,
  goToPreviousUpdate: undefined,
  nextFailedUpdate: 'queues',
  fixAndRequeue: 'change',
  reconnectProfile: undefined,
  composeAgain: undefined,
  duplicateUpdate: 'post',
  duplicateWeekly: 'post',
  openFailureHelp: undefined,
  switchOrganization: 'account',
  moveToCurrentApi: undefined,
  saveIdea: 'saveIdeas',
  newIdea: 'saveIdeas',
  composeIdea: undefined,
  copyIdea: undefined,
  openIdeas: undefined,
  refreshIdeas: 'ideas',
  insertTemplate: 'templates',
  saveTemplate: 'saveTemplates',
  editTemplate: 'saveTemplates',
  deleteTemplate: 'saveTemplates',
  sendOutboxEntry: 'post',
  editOutboxEntry: undefined,
  dropOutboxEntry: undefined,
  queueFile: 'post',
  queueFolder: 'post',
  exportQueueAsFiles: 'queues',
};

interface Entry {
  readonly command: string;
  readonly when?: string;
  readonly enablement?: string;
}
const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  readonly contributes: {
    readonly commands: readonly (Entry & { readonly title: string })[];
    readonly menus: Readonly<Record<string, readonly Entry[]>>;
    readonly keybindings: readonly Entry[];
  };
};
const { commands, menus, keybindings } = manifest.contributes;

/** The conditions of every place where a command is offered. Rows offer by their own words as well, which are looked at in their turn. */
function offersOf(name: string): string[] {
  const command = `buffer.${name}`;
  const enablement = commands.find((each) => each.command === command)?.enablement;
  const palette = menus['commandPalette']!.find((each) => each.command === command)?.when;
  const others = [...Object.entries(menus).flatMap(([menu, entries]) => (menu === 'commandPalette' ? [] : entries)), ...keybindings].filter(
    (each) => each.command === command,
  );
  const byRow = (when: string) => /viewItem =~/.test(when) && !/\bprofile\b|\bupdate\b/.test(when);
  return [palette, ...others.map(({ when }) => when).filter((when) => !byRow(when ?? ''))]
    .filter((when) => when !== 'false')
    .map((when) => [enablement, when].filter(Boolean).join(' && '));
}

/** What a condition says of permissions; what it says of anything else is taken to be so. */
function holds(condition: string, contexts: ReadonlyMap<string, boolean>): boolean {
  return condition.split('||').some((all) =>
    all.split('&&').every((term) => {
      const [, not, key] = /^\s*(!?)(buffer\.(?:cannot|lacks)\w+)\s*$/.exec(term) ?? [];
      return key === undefined || contexts.get(key) === (not === '');
    }),
  );
}

describe('the manifest', () => {
  test('has a need, or none, named for every command', () => {
    expect(Object.keys(commandNeeds).toSorted()).toEqual(commands.map(({ command }) => command.replace('buffer.', '')).toSorted());
  });

  test('has no condition that VS Code cannot read: it takes one for no condition at all', () => {
    expect(JSON.stringify(manifest.contributes)).not.toMatch(/!~/u);
  });

  test('has one menu of its own in the editor, and no two commands of the palette with one title', () => {
    expect(menus['editor/context']).toMatchObject([{ submenu: 'buffer.editor' }]);
    expect(menus['buffer.editor']!.length).toBeGreaterThan(3);
    const words = JSON.parse(readFileSync(new URL('../../../package.nls.json', import.meta.url), 'utf8')) as Record<string, string>;
    const hidden = new Set(menus['commandPalette']!.filter(({ when }) => when === 'false').map(({ command }) => command));
    const titles = commands.filter(({ command }) => !hidden.has(command)).map(({ title }) => words[title.slice(1, -1)]);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  test('asks for no word that nobody sets', () => {
    const set = new Set([...Object.keys(menuActions), 'buffer.lacksPermission']);
    const asked = new Set(JSON.stringify(manifest.contributes).match(/buffer\.(?:cannot|lacks)\w+/g));
    expect([...asked].filter((key) => !set.has(key))).toEqual([]);
    expect([...set].filter((key) => !asked.has(key))).toEqual([]);
  });

  test('keeps signing in again at hand while something is missing, and only then', () => {
    for (const scopes of subsets)
      expect(new Map(menuContexts({ scopes })).get('buffer.lacksPermission')).toBe(scopes.length < permissions.length);
    expect(new Map(menuContexts({})).get('buffer.lacksPermission')).toBe(false);
    // Where Buffer does not give it, signing in again is no way to it.
    const scopes = permissions.filter((each) => each !== 'insights:read');
    expect(new Map(menuContexts({ scopes, refusedScopes: ['insights:read'] })).get('buffer.lacksPermission')).toBe(false);
  });
});

describe('what is asked for', () => {
  const schema = buildSchema(readFileSync(new URL('../../../src/core/buffer/graphql/schema.graphql', import.meta.url), 'utf8'));
  const all = { ...documents, CreatePosts: createPosts(3) };

  test.each(Object.entries(all))('%s is what the published types allow, whatever is left out of it', (_name, document) => {
    for (const scopes of subsets) {
      const left = permittedDocument(document, scopes);
      if (left.missing.length === 0) expect(left.document).toBe(document);
      if (left.document) expect(validate(schema, parse(textOf(left.document))).map(({ message }) => message)).toEqual([]);
    }
  });

  test.each(Object.entries(all))('%s goes out whole for a key, which does not tell what it is good for', (_name, document) => {
    expect(permittedDocument(document, undefined)).toEqual({ document, missing: [] });
  });

  test('more permissions never take anything away', () => {
    const some = fc.subarray([...permissions]);
    fc.assert(
      fc.property(some, some, fc.constantFrom(...Object.values(all)), (scopes, more, document) => {
        const [less, both] = [permittedDocument(document, scopes), permittedDocument(document, [...new Set([...scopes, ...more])])];
        if (less.document) expect(both.document).toBeDefined();
        const everything = Object.fromEntries(Object.keys(noCapabilities).map((name) => [name, true])) as never;
        const [fewer, all] = [permitted(everything, scopes), permitted(everything, [...scopes, ...more])];
        for (const name of Object.keys(fewer) as (keyof typeof fewer)[]) if (fewer[name]) expect(all[name]).toBe(true);
      }),
    );
  });

  test('what a service cannot do, no permission gives', () => {
    for (const scopes of subsets) expect(permitted(noCapabilities, scopes)).toEqual(noCapabilities);
    expect(permitted(noCapabilities, undefined)).toEqual(noCapabilities);
  });
});

describe('in words', () => {
  test.each<[string, object, string | undefined]>([
    ['a key', {}, undefined],
    ['all', { scopes: permissions }, undefined],
    [
      'no figures',
      { scopes: permissions.filter((each) => each !== 'insights:read') },
      'Figures need the permission insights:read: sign in again to give it.',
    ],
    [
      'two',
      { scopes: ['account:read', 'posts:read'] },
      'Permissions are missing: posts:write (posting and editing), insights:read (figures). Sign in again to give them.',
    ],
    [
      'what Buffer does not give',
      { scopes: permissions.filter((each) => each !== 'insights:read'), refusedScopes: ['insights:read'] },
      'Buffer does not give this application the permission insights:read (figures). Sign in with an API key to have it.',
    ],
  ])('%s', (_name, given, words) => {
    expect(missingPermissions(given, ['account', 'queues', 'post', 'change', 'figures'])).toBe(words);
  });

  test('a composer says why it cannot send', () => {
    const { capabilities } = connect(['posts:read']).api;
    expect(postingRefusal(capabilities, false)).toBe('Posting and editing need the permission posts:write: sign in again to give it.');
    expect(postingRefusal(connect(['posts:write']).api.capabilities, false)).toBeUndefined();
    expect(postingRefusal(connect(['posts:write']).api.capabilities, true)).toBe(
      'Queues need the permission posts:read: sign in again to give it.',
    );
  });
});
