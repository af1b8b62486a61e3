import { once } from 'node:events';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { spawnTree } from '../../harness/childProcess.ts';
import { npmCommand } from '../../harness/npm.ts';
import { repositoryDir } from '../../harness/paths.ts';
import type { Verdict } from '../../live/answers.ts';
import { questions, type Question, type QuestionName } from '../../live/questions.ts';
import { checkLive, type CheckOptions, type Report } from '../../live/run.ts';
import { mostRequests } from '../../live/service.ts';
import { without } from '../../live/settings.ts';
import { tableOf } from '../../live/table.ts';
import { behaviours } from '../../sandbox/behaviours.ts';
import type { Fault } from '../../sandbox/faults.ts';
import type { Profile } from '../../sandbox/state.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { runs, sampled } from '../support/runs.ts';

vi.setConfig({ testTimeout: 60_000 });

// The clock stands still, or what becomes due during a run would change. There are limits, as they are asked about, but none is met.
const started = new Date();
const sandbox = await ownSandbox({ now: () => started, rateLimit: Infinity, graphqlLimits: 1e6 });
const key = () => sandbox.graphqlToken;
const picture = 'https://larkspur.example/a.png';
const day = 86_400_000;

/** What there is before a run, and has to be there after it, as it was. */
let before: string;
const all = () => JSON.stringify([...sandbox.state.updates.values()]);

beforeEach(() => {
  makeRoom();
  before = all();
});
afterEach(() => {
  expect(all()).toBe(before);
  expect(sandbox.requests().filter(({ isTokenInQuery }) => isTokenInQuery)).toEqual([]);
  for (const input of inputs()) expectHeld(input);
});

/** Full queues take no draft, and what is on its way changes by itself. */
function makeRoom(): void {
  for (const profile of sandbox.state.profiles) {
    const last = sandbox.state.pending(profile).at(-1);
    if (last) sandbox.state.remove(last);
  }
  for (const update of [...sandbox.state.updates.values()]) if (update.status === 'sending') sandbox.state.remove(update);
}

/** The operations that were asked for last. */
const lastOperations = (count: number) =>
  sandbox
    .requests()
    .slice(-count)
    .map(({ operationName }) => operationName);

type Input = Partial<Record<'mode' | 'dueAt' | 'channelId', string>> & { saveToDraft?: boolean };

/** Every input that made or edited an update. */
function inputs(): Input[] {
  const writes = sandbox.requests().filter(({ form }) => /\b(createPost|editPost)\b/u.test(String(form['query'])));
  return writes.map(({ form }) => (form['variables'] as { input: Input }).input);
}

/** That it can publish nothing: it is a draft, or for a time that is far ahead. */
function expectHeld({ mode, dueAt, saveToDraft, channelId }: Input): void {
  expect(mode === undefined || mode === 'customScheduled').toBe(true);
  if (dueAt !== undefined) expect(Date.parse(dueAt)).toBeGreaterThan(Date.now() + 200 * day);
  if (mode !== undefined) expect(dueAt).toBeDefined();
  if (channelId !== undefined) expect(saveToDraft).toBe(true);
  if (saveToDraft === false) expect(mode).toBe('customScheduled');
}

async function run(options: Partial<CheckOptions> = {}): Promise<Report> {
  sandbox.resetRequests();
  const report = await checkLive({ url: sandbox.graphqlUrl, key: key(), ...options });
  expect(report.requests).toBe(sandbox.requests().length);
  expect(report.requests).toBeLessThanOrEqual(mostRequests);
  expect(report.leftBehind).toBeUndefined();
  return report;
}

function verdictOn({ rows }: Report, name: QuestionName): Verdict {
  return rows.find((row) => row.name === name)!.verdict;
}

/** A channel for each network that a draft can be made on. */
function channels(): Profile[] {
  const isAble = ({ isLocked, disconnected, userId, service }: Profile) =>
    !isLocked && !disconnected && userId === sandbox.state.users[0]!.id && able.includes(service);
  return [...new Map(sandbox.state.profiles.filter(isAble).map((profile) => [profile.service, profile])).values()];
}
const able = ['bluesky', 'facebook', 'google', 'instagram', 'linkedin', 'mastodon', 'threads', 'tiktok', 'twitter'];

describe('what it finds out', () => {
  const channelFor: Partial<Record<QuestionName, string>> = {
    linkedinDraft: ids.linkedin,
    links: ids.linkedin,
    threadPictures: ids.threads,
    cardAndPicture: ids.linkedin,
  };
  const asked = Object.entries(questions).flatMap(([name, { behaviour }]: [string, Question]) =>
    behaviour ? behaviours[behaviour].settings.map((setting) => [name as QuestionName, behaviour, setting] as const) : [],
  );

  test.each(sampled(asked))('%s: the sandbox with %s: %s is told from its other settings', async (name, behaviour, setting) => {
    sandbox.behave({ [behaviour]: setting });
    const report = await run({ channel: channelFor[name] ?? ids.mastodon, picture });
    expect(verdictOn(report, name)).toMatchObject({
      setting,
      kind: setting === behaviours[behaviour].settings[0] ? 'asTheSheetSays' : 'otherwise',
    });
  });

  test.each(behaviours.editPost.settings)('that editPost is %s, on every network that a draft can be made on', async (editPost) => {
    const found: Record<string, string | undefined> = {};
    for (const { id, service } of channels()) {
      sandbox.behave({ editPost });
      const verdict = verdictOn(await run({ channel: id, picture }), 'leftOut');
      found[service] = 'setting' in verdict ? verdict.setting : JSON.stringify(verdict);
    }
    expect(found).toEqual(Object.fromEntries(channels().map(({ service }) => [service, editPost])));
  });

  test('the settings do not stand in each other’s light', async () => {
    const onLinkedin: QuestionName[] = ['leftOut', 'seconds', 'links', 'approvalFilter'];
    const switches = onLinkedin.map((name) => (questions[name] as Question).behaviour!);
    await fc.assert(
      fc.asyncProperty(
        fc.record(Object.fromEntries(switches.map((name) => [name, fc.constantFrom(...behaviours[name].settings)]))),
        async (settings) => {
          sandbox.behave(settings);
          const report = await run({ channel: ids.linkedin });
          expect(
            Object.fromEntries(
              onLinkedin.map((name, index) => [switches[index], (verdictOn(report, name) as { setting?: string }).setting]),
            ),
          ).toEqual(settings);
        },
      ),
      { numRuns: runs(8) },
    );
  });

  test('most of the sheet, as it says, of a sandbox that is as measured', async () => {
    const { rows, askedOn } = await run({ channel: ids.bluesky });
    expect(askedOn).toBe('bluesky profile');
    const otherwise = rows.filter(({ verdict, question }) => verdict.kind === 'otherwise' && question.line.startsWith('editing'));
    expect(otherwise).toEqual([]);
    expect(verdictOn({ rows } as Report, 'passingFailures')).toMatchObject({ kind: 'notAsked' });
    for (const name of [
      'wholeBack',
      'modeLeftOut',
      'dueAtAlone',
      'detailsWiped',
      'leavesDrafts',
      'backToDrafts',
      'thumbnailUrl',
      'goneTwice',
    ] as const) {
      expect(verdictOn({ rows } as Report, name), name).toMatchObject({ kind: 'asTheSheetSays' });
    }
  });

  test('what only some networks can be asked', async () => {
    const onFacebook = await run({ channel: ids.facebook });
    expect(verdictOn(onFacebook, 'facebookDraft')).toMatchObject({ kind: 'asTheSheetSays' });
    expect(verdictOn(onFacebook, 'typeRequired')).toMatchObject({
      kind: 'asTheSheetSays',
      namely: expect.stringContaining('Facebook posts require a type') as string,
    });
    const onInstagram = await run({ channel: ids.instagram, picture });
    expect(verdictOn(onInstagram, 'instagramAlone')).toMatchObject({ kind: 'asTheSheetSays' });
    expect(verdictOn(await run({ channel: ids.x }), 'tooLong')).toMatchObject({ kind: 'asTheSheetSays' });
  });

  test('where only reminders are taken, it makes one', async () => {
    const isReminderOnly = ({ service, serviceType }: Profile) =>
      (service === 'instagram' && serviceType === 'profile') || (service === 'facebook' && serviceType === 'group');
    const reminded = sandbox.state.profiles.filter(isReminderOnly);
    expect(reminded.length).toBeGreaterThan(0);
    for (const { id } of reminded) {
      const report = await run({ channel: id, picture });
      expect(verdictOn(report, 'remindersOnly')).toMatchObject({ kind: 'asTheSheetSays' });
      expect(verdictOn(report, 'wholeBack')).toMatchObject({ kind: 'asTheSheetSays' });
    }
  });

  test('what the Free plan allows', async () => {
    const report = await run({ key: sandbox.otherGraphqlToken });
    expect(verdictOn(report, 'limits')).toMatchObject({
      kind: 'asTheSheetSays',
      namely: expect.stringMatching(/^10 scheduled/u) as string,
    });
  });

  test('nothing of how drafts leave, where the queue is full', async () => {
    sandbox.reset();
    const report = await run({ channel: ids.facebook });
    for (const name of ['leavesDrafts', 'leftOut', 'dueAtAlone'] as const)
      expect(verdictOn(report, name), name).toMatchObject({ kind: 'notAsked' });
    expect(verdictOn(report, 'facebookDraft')).toMatchObject({ kind: 'asTheSheetSays' });
    before = all();
    expect(before).not.toContain('check:live');
  });

  test('why it cannot ask with a draft', async () => {
    expect(verdictOn(await run({ channel: ids.instagram }), 'leftOut')).toEqual({
      kind: 'notAsked',
      why: 'instagram needs a picture: name one with --picture',
    });
    expect(verdictOn(await run({ channel: ids.youtube }), 'leftOut')).toMatchObject({
      kind: 'notAsked',
      why: expect.stringContaining('name another channel') as string,
    });
    expect(verdictOn(await run({ channel: ids.disconnected }), 'leftOut')).toEqual({
      kind: 'notAsked',
      why: 'the channel is disconnected',
    });
    expect(inputs()).toEqual([]);
  });
});

describe('what it does', () => {
  test('nothing but read, where no channel is named', async () => {
    const { rows, askedOn } = await run();
    expect(askedOn).toBeUndefined();
    expect(sandbox.requests().filter(({ form }) => /^\s*mutation\b/u.test(String(form['query'])))).toEqual([]);
    expect(rows.filter(({ verdict }) => verdict.kind !== 'notAsked').length).toBeGreaterThan(10);
    for (const { question, verdict } of rows) {
      if (question.onChannel) expect(verdict).toEqual({ kind: 'notAsked', why: 'no channel was named with --channel' });
    }
  });

  test('it makes one draft, schedules it, moves it back and deletes it, on the channel that is named', async () => {
    await run({ channel: ids.mastodon });
    const made = inputs().filter(({ channelId }) => channelId !== undefined);
    expect(made).toMatchObject([{ channelId: ids.mastodon, saveToDraft: true }]);
    expect(inputs().map(({ saveToDraft }) => saveToDraft)).toEqual(expect.arrayContaining([false, true]));
    expect(sandbox.requests().at(-1)?.operationName).toBe('CheckDelete');
  });

  const operations = ['CheckCrea', 'CheckEdit', 'CheckDelete', 'CheckAccount', 'CheckFilter', 'CheckSearch', ''];
  const kinds = ['dropBefore', 'dropAfter', 'html', 'malformed', 'empty', 'graphqlError', 'newMutationError'] as const;
  const fault = fc.record({
    kind: fc.constantFrom(...kinds),
    operation: fc.constantFrom(...operations),
    skip: fc.integer({ min: 0, max: 6 }),
    isDone: fc.boolean(),
  });

  test('whatever goes wrong on the way, nothing is published and nothing is left', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fault, { minLength: 1, maxLength: 2 }),
        fc.constantFrom(...behaviours.editPost.settings),
        async (faults, editPost) => {
          sandbox.behave({ editPost });
          sandbox.faults.clear();
          for (const { kind, operation, skip, isDone } of faults) {
            if (skip > 0) sandbox.faults.add({ kind: 'latency', times: skip, match: { operation } });
            sandbox.faults.add({ kind, match: { operation }, ...(kind === 'graphqlError' && { isDone, code: 'INTERNAL_SERVER_ERROR' }) });
          }
          await run({ channel: ids.mastodon }).catch((error: unknown) => {
            // Without an account there is nothing to ask; a failed expectation is another matter.
            if (!(error instanceof Error) || error.name === 'AssertionError' || inputs().length > 0) throw error;
          });
          expect(all()).toBe(before);
          for (const input of inputs()) expectHeld(input);
        },
      ),
      { numRuns: runs(15) },
    );
  });

  test.each(['dropAfter', 'malformed', 'empty', 'graphqlError', 'statusAfter'] as const)(
    'a draft whose making ends in %s is found and deleted, and not made twice',
    async (kind) => {
      sandbox.faults.add({
        kind,
        match: { operation: 'CheckCrea' },
        ...(kind === 'graphqlError' && { isDone: true, code: 'INTERNAL_SERVER_ERROR' }),
        ...(kind === 'statusAfter' && { status: 502 }),
      } as Fault);
      const report = await run({ channel: ids.mastodon });
      expect(verdictOn(report, 'leftOut')).toMatchObject({
        kind: 'notAsked',
        why: expect.stringMatching(/^(the draft was not made: failed|no answer came)/u) as string,
      });
      expect(
        sandbox
          .requests()
          .slice(-3)
          .map(({ operationName }) => operationName),
      ).toEqual(['CheckCrea', 'CheckSearch', 'CheckDelete']);
    },
  );

  test('interrupted at any of its writes, it deletes what it made and asks nothing more', async () => {
    for (let writes = 1; writes <= 12; writes += 1) {
      const stop = new AbortController();
      let count = 0;
      const now = () => {
        // The clock is looked at with every write.
        if ((count += 1) === writes) stop.abort();
        return new Date();
      };
      const report = await run({ channel: ids.mastodon, signal: stop.signal, now });
      expect(verdictOn(report, 'goneTwice')).toEqual({ kind: 'notAsked', why: 'the run was ended before' });
      expect(all()).toBe(before);
    }
  });

  test('what the service makes of the draft that could go out soon is deleted at once', async () => {
    const post = {
      id: 'another',
      status: 'scheduled',
      text: 'x',
      dueAt: new Date(Date.now() + day).toISOString(),
      isCustomScheduled: true,
      allowedActions: [],
      assets: [],
      metadata: null,
    };
    sandbox.faults.add({
      kind: 'statusAfter',
      status: 200,
      body: { data: { editPost: { __typename: 'PostActionSuccess', post } } },
      match: { operation: 'CheckEdit' },
    });
    const report = await run({ channel: ids.mastodon });
    expect(verdictOn(report, 'leavesDrafts')).toMatchObject({
      kind: 'notAsked',
      why: expect.stringContaining('deleted at once') as string,
    });
    expect(lastOperations(2)).toEqual(['CheckEdit', 'CheckDelete']);
  });

  test('what cannot be deleted is told, with the words that it begins with', async () => {
    sandbox.faults.add({ kind: 'dropBefore', times: 0, match: { operation: 'CheckDelete' } });
    sandbox.resetRequests();
    const report = await checkLive({ url: sandbox.graphqlUrl, key: key(), channel: ids.mastodon });
    const [left] = [...sandbox.state.updates.values()].slice(-1);
    const mark = /^check:live \w+/u.exec(left!.text)![0];
    expect(report.leftBehind).toContain(mark);
    expect(tableOf(report, key())).toContain(`An update could not be deleted. It begins with “${mark}”`);
    sandbox.state.remove(left!);
  });

  test('a service that takes no more is left alone', async () => {
    sandbox.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '900' }, match: { operation: 'CheckEdit' } });
    const report = await run({ channel: ids.mastodon });
    expect(verdictOn(report, 'wholeBack')).toMatchObject({ kind: 'notAsked', why: expect.stringContaining('429') as string });
    expect(lastOperations(2)).toEqual(['CheckEdit', 'CheckDelete']);
  });
});

describe('the command', () => {
  const nodeProgram = join(repositoryDir, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  const environment = (extra: Record<string, string>) => {
    const { BUFFER_API_KEY: _, BUFFER_GRAPHQL_URL: _1, ...inherited } = process.env;
    return { ...inherited, BUFFER_GRAPHQL_URL: sandbox.graphqlUrl, ...extra };
  };

  function start(command: string, args: readonly string[], extra: Record<string, string>, shell = false) {
    const child = spawnTree(command, args, { cwd: repositoryDir, env: environment(extra), shell });
    let output = '';
    child.stdout!.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr!.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
    return { child, ended };
  }
  const script = join('test', 'live', 'checkLive.ts');
  const node = (args: readonly string[], extra: Record<string, string>) =>
    start(nodeProgram, [script, ...args], extra, process.platform === 'win32').ended;

  test('shows a row for every question, the requests and what is left, and never the key', async () => {
    const { command, args, shell } = npmCommand('run', 'check:live', '--', `--channel=${ids.mastodon}`);
    // Whatever the service says, also where it repeats the key.
    sandbox.faults.add({ kind: 'graphqlError', code: 'BAD_USER_INPUT', message: `${key()} may not`, match: { operation: 'CheckFilter' } });
    const { code, output } = await start(command, args, { BUFFER_API_KEY: key() }, shell).ended;
    expect(code).toBe(0);
    expect(output).not.toContain(key());
    expect(output).toContain('[key] may not');
    const rows = output
      .split('\n')
      .filter((line) =>
        /^\| (reading|editing|creating|library|limits|v1)-\d+ \| .+ \| (as the sheet says|\*\*otherwise, namely\*\*|not asked: )/u.test(
          line,
        ),
      );
    expect(rows.length).toBe(Object.keys(questions).length);
    expect(output).toContain(`${sandbox.requests().length} requests were made.`);
  });

  test('what keeps it from beginning ends it with 1 and a sentence', async () => {
    const secret = 'secret-words';
    const cases: readonly [words: string, args: readonly string[], extra: Record<string, string>][] = [
      ['Put an API key into BUFFER_API_KEY', [], {}],
      ['is no key', [], { BUFFER_API_KEY: `two ${secret}` }],
      ['does not take this key', [], { BUFFER_API_KEY: secret }],
      ['on this machine only', [], { BUFFER_API_KEY: secret, BUFFER_GRAPHQL_URL: `http://larkspur.example/${secret}` }],
      ['could not be read', ['--channel=nowhere'], { BUFFER_API_KEY: key() }],
      ['Unknown option', [`--key=${secret}`], { BUFFER_API_KEY: secret }],
    ];
    const ends = await Promise.all(cases.map(([, args, extra]) => node(args, extra)));
    expect(ends).toEqual(cases.map(([words]) => ({ code: 1, output: expect.stringContaining(words) as unknown })));
    for (const { output } of ends) for (const each of [secret, key()]) expect(output).not.toContain(each);
  });

  test('Ctrl+C in the middle leaves nothing behind, and shows what is known', async () => {
    // Slow enough to be interrupted while an edit is on its way.
    sandbox.faults.add({ kind: 'latency', ms: 1000, match: { operation: 'CheckEdit' } });
    const { child, ended } = start(nodeProgram, [script, `--channel=${ids.mastodon}`], { BUFFER_API_KEY: key() });
    await vi.waitFor(() => expect(sandbox.requests().at(-1)?.operationName).toBe('CheckEdit'), { timeout: 20_000, interval: 20 });
    child.kill('SIGINT');
    const { code, output } = await ended;
    expect(code).toBe(130);
    expect(output).toContain('the run was ended before');
    expect(output).not.toContain(key());
  });

  test('the key is taken out of any text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\x21-\x7e]{8,40}$/u), fc.array(fc.string(), { minLength: 1 }), (secret, parts) => {
        fc.pre(!'[key]'.includes(secret) && !parts.some((part) => part.includes(secret)));
        // Also where an answer is too long to be shown in full.
        const rows: Report['rows'] = [
          {
            name: 'likes',
            question: questions.likes,
            verdict: { kind: 'otherwise', namely: `${'x'.repeat(400 - secret.length / 2)}${secret}` },
          },
        ];
        expect(tableOf({ rows, askedOn: undefined, channels: [], requests: 1, budget: [], leftBehind: secret }, secret)).not.toContain(
          secret.slice(0, secret.length / 2),
        );
        for (const form of [secret, encodeURIComponent(secret)]) expect(without(secret, parts.join(form) + form)).not.toContain(form);
      }),
    );
  });
});

test('each question is about a line and a switch of that line', () => {
  for (const [name, { line, behaviour, never, onChannel }] of Object.entries(questions) as [string, Question][]) {
    expect(line, name).toMatch(/^(reading|editing|creating|library|limits|v1)-\d+$/u);
    if (behaviour) expect(behaviours[behaviour].line, name).toBe(line);
    expect(never !== undefined && (onChannel ?? false), name).toBe(false);
  }
});
