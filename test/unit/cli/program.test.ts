import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { recordPath } from '../../../src/core/postFiles/record.ts';
import { Random } from '../../soak/random.ts';
import { Repository } from '../support/gitRepository.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { seed } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

// The command line as it is packed, as processes of their own, over repositories with a remote.

const sandbox = await ownSandbox();
let dist: string;
beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), 'queue-for-buffer-cli-'));
  await promisify(execFile)(process.execPath, ['scripts/build/cli.js', `--outdir=${dist}`]);
});
afterAll(() => rm(dist, { recursive: true, force: true }));

let root: string;
let bare: string;
let clone: Repository;
beforeEach(async () => {
  root = await temporaryFolder();
  ({ bare, clone } = await Repository.make(root));
});

interface Ran {
  readonly exit: number | null;
  readonly output: string;
}

/** @param killAfter  milliseconds */
async function program(
  args: string,
  { in: folder = clone.folder, env = {}, killAfter }: { in?: string; env?: Record<string, string>; killAfter?: number } = {},
): Promise<Ran> {
  const { CI: _, BUFFER_API_KEY: __, ...inherited } = process.env;
  const child = spawn(process.execPath, [join(dist, 'queue-for-buffer.js'), ...args.split(' ')], {
    cwd: folder,
    env: {
      ...inherited,
      BUFFER_API_KEY: sandbox.graphqlToken,
      QUEUE_FOR_BUFFER_ADDRESS: sandbox.graphqlUrl,
      QUEUE_FOR_BUFFER_SETTLE_AFTER: '500',
      GITHUB_REF_TYPE: 'branch',
      GITHUB_REF_NAME: 'main',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
  const [exit] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  return { exit, output };
}

const apply = 'apply --organization Larkspur';
const pushing = `${apply} --record push`;
const file = (text: string, profiles = 'bluesky/docs.larkspur.example') => `---\nprofiles: [${profiles}]\n---\n${text}\n`;
const there = (text: string) => [...sandbox.state.updates.values()].filter((update) => update.text === text);
const mutations = () => sandbox.requests().filter(({ operationName }) => /^(?:Create|Edit|Delete)/u.test(operationName ?? ''));

describe('the packed command line', () => {
  test('checks, plans, queues once, and ends as it is told to', async () => {
    await clone.commit({ 'posts/a.buffer.md': file('By a process') });
    expect(await program('check', { env: { BUFFER_API_KEY: '' } })).toMatchObject({ exit: 0 });
    const planned = await program('plan --organization Larkspur');
    expect(planned).toMatchObject({ exit: 0, output: expect.stringContaining('to be queued') as string });
    expect(mutations()).toEqual([]);
    expect(await program(apply)).toMatchObject({ exit: 0, output: expect.stringContaining('1 done, 0 not done') as string });
    sandbox.resetRequests();
    expect(await program(apply)).toMatchObject({ exit: 0, output: expect.stringContaining('1 as they are to be') as string });
    expect(mutations()).toEqual([]);
    expect(there('By a process')).toHaveLength(1);
    // Changed here and there: a person has to look.
    Object.assign(there('By a process')[0]!, { text: 'Changed at Buffer' });
    await clone.commit({ 'posts/a.buffer.md': file('Changed here') });
    expect((await program(apply)).exit).toBe(3);
    await clone.commit({ 'posts/a.buffer.md': file('Changed here', 'nowhere/x') });
    expect((await program(apply)).exit).toBe(1);
    await clone.commit({ [recordPath]: 'nothing of a record' });
    expect((await program(apply)).exit).toBe(5);
  });

  test('says in a sentence that the key is missing or refused, and tells it to nobody', async () => {
    await clone.commit({ 'posts/a.buffer.md': file('With a key') });
    const missing = await program(apply, { env: { BUFFER_API_KEY: '' } });
    expect(missing).toMatchObject({ exit: 2, output: expect.stringMatching(/^There is no key: set BUFFER_API_KEY\.$/mu) as string });
    const wrong = 'a-key-that-was-revoked';
    const outputs: string[] = [];
    for (const format of ['text', 'json', 'github']) {
      const refused = await program(`${apply} --format ${format}`, { env: { BUFFER_API_KEY: wrong } });
      expect(refused).toMatchObject({ exit: 4, output: expect.stringMatching(/^Buffer: .+\.$/mu) as string });
      sandbox.faults.add({ kind: 'malformed', match: { operation: 'CreatePost' } });
      const failed = await program(`${apply} --wait 0 --format ${format}`);
      outputs.push(refused.output, failed.output, (await program(`plan --organization Larkspur --format ${format}`)).output);
    }
    for (const output of outputs) {
      expect(output).not.toContain(wrong);
      expect(output).not.toContain(sandbox.graphqlToken);
    }
  });

  test('queues each post once, killed at any moment and run again', { timeout: 600_000 }, async () => {
    const kills = Number(process.env['KILLS'] ?? 3);
    console.log(`seed ${seed}`);
    const random = new Random(seed);
    const texts = Array.from({ length: 5 }, (_, index) => `Killed while it was queued, number ${index}`);
    const profiles = 'bluesky/docs.larkspur.example, mastodon/larkspur@mastodon.example';
    await clone.commit(Object.fromEntries(texts.map((text, index) => [`posts/${index}.buffer.md`, file(text, profiles)])));
    await clone.git('push', '-q', 'origin', 'HEAD:main');
    let later = 0;
    for (let kill = 0; kill < kills; kill++) {
      const runner = await Repository.clone(bare, join(root, `runner-${kill}`));
      await program(pushing, { in: runner.folder, killAfter: 300 + random.below(1_500) });
      // Nobody holds it for one that is still at it any more.
      sandbox.skew((later += 10 * 60_000));
    }
    const runner = await Repository.clone(bare, join(root, 'runner'));
    const last = await program(`${pushing} --wait 60`, { in: runner.folder });
    expect(last, `seed ${seed}`).toMatchObject({ exit: 0 });
    for (const text of texts) expect(there(text).length, `seed ${seed}: ${text}`).toBe(2);
    sandbox.resetRequests();
    expect(await program(pushing, { in: (await Repository.clone(bare, join(root, 'again'))).folder })).toMatchObject({ exit: 0 });
    expect(mutations()).toEqual([]);
  });

  test('queues each post once where two run at the same moment, and neither waits for longer than the other takes', async () => {
    const texts = ['One of two runs', 'And another post'];
    await clone.commit(Object.fromEntries(texts.map((text, index) => [`posts/${index}.buffer.md`, file(text)])));
    await clone.git('push', '-q', 'origin', 'HEAD:main');
    const runners = [await Repository.clone(bare, join(root, 'one')), await Repository.clone(bare, join(root, 'two'))];
    const ran = await Promise.all(runners.map(({ folder }) => program(pushing, { in: folder })));
    expect(ran.map(({ exit }) => exit)).toEqual([0, 0]);
    for (const text of texts) expect(there(text)).toHaveLength(1);
  });
});
