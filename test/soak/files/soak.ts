import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseRecord, recordPath } from '../../../src/core/postFiles/record.ts';
import { clientOf } from '../../sandbox/client.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { Random } from '../random.ts';
import { mergeInto, type Ran, World } from './world.ts';

export interface FilesSoakOptions {
  readonly actions: number;
  readonly seed?: number;
  /** A folder of its own, made and removed. */
  readonly folder: string;
  readonly told?: (line: string) => void;
}

export interface FilesSoakReport {
  readonly seed: number;
  readonly actions: Readonly<Record<string, number>>;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly wrongEdits: readonly string[];
}

/** A post as the person has it in mind. */
interface Post {
  /** A word that is in all of its texts and nowhere else. */
  readonly word: string;
  path: string;
  text: string;
  readonly when: string;
  readonly profiles: readonly string[];
  isDeleted: boolean;
  /** By profile: what somebody wrote at Buffer, which must stay. */
  readonly atBuffer: Map<string, string>;
  /** Profiles at which somebody deleted it at Buffer: it is not made again, unless what was known of that was lost. */
  readonly deletedAt: Set<string>;
}

/** Profiles of the sandbox as files name them. */
const names = ['bluesky/docs.larkspur.example', 'mastodon/docsguild@mastodon.example', 'threads/larkspur.docs'];

/**
 * Random edits, renames, merges, edits at Buffer, lost answers, kills, lost and old records, refused pushes, two runs at
 * once and an editor beside them, over real repositories and against the sandbox. What is there in the end is held
 * against what the person wrote.
 */
export async function filesSoak({
  actions,
  seed = Math.floor(Math.random() * 2 ** 31),
  folder,
  told = () => undefined,
}: FilesSoakOptions): Promise<FilesSoakReport> {
  const random = new Random(seed);
  const sandbox = await startSandbox({
    seed: 'empty',
    rateLimit: Infinity,
    graphqlLimits: Infinity,
    settings: { duplicates: 'taken' },
  });
  // How much a queue takes is a matter of other tests.
  Object.assign(sandbox.state, { queueLimit: () => Number.POSITIVE_INFINITY });
  const world = await World.begin(sandbox, folder);
  const api = clientOf(sandbox, 'graphql', { pause: 5 });
  const { writer } = world;
  /** Their ids. */
  const profiles = Object.fromEntries(
    names.map((name) => {
      const [service, handle] = name.split('/');
      const username = handle!.split('@')[0];
      return [name, sandbox.state.profiles.find((each) => each.service === service && each.username === username)!.id];
    }),
  );
  const posts: Post[] = [];
  const counts: Record<string, number> = {};
  const lost: string[] = [];
  const doubled: string[] = [];
  const wrongEdits: string[] = [];
  let made = 0;
  let isProtected = false;
  let oldRecord: string | undefined;
  /** Nobody knows by now which update is whose, if it says something else than its file ever did. */
  let isForgotten = false;
  const history: string[] = [];

  const there = (post: Post, profile?: string) =>
    [...sandbox.state.updates.values()].filter(
      ({ text, profileId }) => text.includes(post.word) && (profile === undefined || profileId === profiles[profile]),
    );
  const some = () => {
    const all = posts.filter(({ isDeleted }) => !isDeleted);
    return all.length > 0 ? random.pick(all) : undefined;
  };
  const fileOf = ({ profiles: to, when, text }: Post) =>
    `---\nprofiles: [${to.map((each) => JSON.stringify(each)).join(', ')}]\nwhen: ${when}\n---\n${text}\n`;
  const commit = async (post: Post) => writer.commit({ [post.path]: post.isDeleted ? undefined : fileOf(post) });
  const newPost = (): Post => {
    const word = `post${made++}x`;
    const to = names.filter(() => random.happens(0.5));
    return {
      word,
      path: `posts/${random.happens(0.2) ? 'Grüße' : 'news'}-${word}.buffer.md`,
      text: `Something new about ${word}, in a sentence of its own`,
      when: random.happens(0.3) ? '2031-03-04 09:30' : random.happens(0.2) ? 'draft' : 'queue',
      profiles: to.length > 0 ? to : [names[0]!],
      isDeleted: false,
      atBuffer: new Map(),
      deletedAt: new Set(),
    };
  };

  const push = async () => {
    if (isProtected) await world.protectMain(false);
    await world.push();
    if (isProtected) await world.protectMain(true);
  };

  const write = {
    'write a post': async () => {
      const post = newPost();
      posts.push(post);
      await commit(post);
    },
    'edit a post': async () => {
      const post = some();
      if (!post) return;
      post.text = `Edit ${made++} of ${post.word}, which says it better`;
      await commit(post);
    },
    'rename a file': async () => {
      const post = some();
      if (!post) return;
      const before = post.path;
      post.path = `moved/${random.happens(0.3) ? 'Ä'.normalize('NFD') : ''}${made++}-${post.word}.buffer.md`;
      await writer.commit({ [before]: undefined, [post.path]: fileOf(post) });
    },
    'rename and edit': async () => {
      const post = some();
      if (!post) return;
      const before = post.path;
      post.path = `moved/${made++}-${post.word}.buffer.md`;
      post.text = `${post.text} and ${made++}`;
      await writer.commit({ [before]: undefined, [post.path]: fileOf(post) });
    },
    'merge a branch': async () => {
      const branch = `branch-${made++}`;
      await writer.git('checkout', '-q', '-b', branch);
      const post = newPost();
      posts.push(post);
      await commit(post);
      // Whoever writes there has an editor that notes what it queued in the same file.
      if (random.happens(0.3)) {
        await run('file', writer.folder);
        await writer.git('add', '-A');
        await writer.git('commit', '-q', '--allow-empty', '-m', 'Note');
      }
      await writer.git('checkout', '-q', 'main');
      const other = newPost();
      posts.push(other);
      await commit(other);
      await mergeInto(writer, branch);
    },
  };

  const runs: Ran[] = [];
  async function run(record: 'push' | 'file', from?: string, killAfter?: number): Promise<Ran> {
    const runner = from ?? (await world.runner(random.happens(0.3)));
    const ran = await world.apply(runner, record, killAfter === undefined ? {} : { killAfter });
    if (from === undefined) await world.leave(runner);
    runs.push(ran);
    if (record === 'push' && ran.exit === 0) isForgotten = false;
    const said = ran.output.trim().split('\n').slice(-6).join(' | ');
    history.push(`    run ${record}${killAfter === undefined ? '' : ` killed after ${killAfter}`} → ${ran.exit}: ${said}`);
    return ran;
  }

  const others = {
    apply: async () => void (await run('push')),
    'apply, killed': async () => void (await run('push', undefined, 150 + random.below(1_500))),
    'two runs at once': async () => {
      const folders = [await world.runner(false), await world.runner(random.happens(0.5))];
      await Promise.all(
        folders.map((each, index) => run('push', each, index === 1 && random.happens(0.3) ? 200 + random.below(1_000) : undefined)),
      );
      for (const each of folders) await world.leave(each);
    },
    'an editor beside a run': async () => {
      const runner = await world.runner(false);
      await Promise.all([run('push', runner), run('file', writer.folder)]);
      await world.leave(runner);
      // What the editor noted is committed with the next change, or not at all.
      if (random.happens(0.5)) {
        await writer.git('add', '-A');
        await writer.git('commit', '-q', '--allow-empty', '-m', 'Note');
      } else {
        await writer.git('checkout', '-q', '--', '.');
        await rm(join(writer.folder, recordPath), { force: true });
        await writer.git('checkout', '-q', '--', '.').catch(() => undefined);
      }
    },
    'a lost answer': async () => {
      const kind = random.pick(['dropAfter', 'dropBefore', 'malformed', 'empty', 'cutOff'] as const);
      history.push(`    ${kind}`);
      sandbox.faults.add({ kind, match: { operation: random.pick(['CreatePost', 'CreatePost', 'EditPost']) } });
      await run('push');
    },
    'edit at Buffer': async () => {
      if (isForgotten) return;
      const post = some();
      const profile = post && random.pick(post.profiles);
      const [update] = post ? there(post, profile) : [];
      if (!post || !update || update.status !== 'buffer' || update.text !== post.text) return;
      sandbox.faults.clear();
      const text = `Written at Buffer ${made++}: ${post.word}`;
      const whole = await api.update(update.id);
      await api.edit(whole, { text });
      post.atBuffer.set(profile!, text);
    },
    'delete at Buffer': async () => {
      const post = some();
      const profile = post && random.pick(post.profiles);
      const [update] = post ? there(post, profile) : [];
      if (!post || !update || update.text !== post.text) return;
      // One that nobody noted yet would be one that was never made.
      if ((await run('push')).exit !== 0) return;
      sandbox.faults.clear();
      await api.destroy(update.id);
      post.deletedAt.add(profile!);
      await run('push');
    },
    'lose the record': async () => {
      if (posts.some(({ atBuffer, deletedAt }) => atBuffer.size > 0 || deletedAt.size > 0)) return;
      await writer.git('fetch', '-q', 'origin');
      await mergeInto(writer, 'origin/main');
      isForgotten = true;
      await writer.commit({ [recordPath]: undefined });
      await push();
      await writer.git('push', '-q', 'origin', '--delete', 'buffer-queue').catch(() => undefined);
    },
    'an old record': async () => {
      if (posts.some(({ atBuffer, deletedAt }) => atBuffer.size > 0 || deletedAt.size > 0)) return;
      await writer.git('fetch', '-q', 'origin', '--prune');
      await mergeInto(writer, 'origin/main');
      const now = await writer.git('show', `origin/main:${recordPath}`).catch(() => undefined);
      if (oldRecord !== undefined) {
        isForgotten = true;
        await writer.commit({ [recordPath]: `${oldRecord}\n` });
        await push();
        await writer.git('push', '-q', 'origin', '--delete', 'buffer-queue').catch(() => undefined);
      }
      oldRecord = now;
    },
    'a protected branch': async () => {
      isProtected = !isProtected;
      await world.protectMain(isProtected);
    },
    'some go out': async () => {
      const pending = [...sandbox.state.updates.values()].filter(({ status }) => status === 'buffer');
      if (pending.length === 0) return;
      const update = random.pick(pending);
      const post = posts.find(({ word }) => update.text.includes(word));
      // What differs from its file then differs for ever: that is told, and is no fault.
      if (!post || update.text !== post.text) return;
      const now = Math.floor(Date.now() / 1000);
      Object.assign(update, { status: 'sent', sentAt: now, dueAt: now });
    },
  };

  /** Everything is as it is to be, once nothing goes wrong any more. */
  async function check(): Promise<void> {
    sandbox.faults.clear();
    for (let tries = 0; tries < 3; tries++) if ((await run('push')).exit === 0) break;
    const last = runs.at(-1)!;
    const before = sandbox.requests().length;
    await run('push');
    const writing = sandbox
      .requests()
      .slice(before)
      .filter(({ operationName }) => /^(?:Create|Edit|Delete)/u.test(operationName ?? ''));
    if (writing.length > 0) wrongEdits.push(`A run with nothing to do made ${writing.length} writing requests`);
    for (const post of posts) {
      for (const profile of post.profiles) {
        const found = there(post, profile);
        const name = `${post.word} at ${profile}`;
        if (found.length > 1) doubled.push(`${name}: ${found.map(({ text, status }) => `${status} “${text}”`).join(', ')}`);
        const isWanted = !post.deletedAt.has(profile);
        if (found.length === 0 && isWanted) lost.push(`${name} (${last.exit}: ${last.output.trim().split('\n').at(-1)})`);
        if (found.length > 0 && !isWanted) doubled.push(`${name} was deleted at Buffer, and made again`);
        const [update] = found;
        const written = post.atBuffer.get(profile);
        if (!update || update.status === 'sent') continue;
        if (written !== undefined && update.text !== written) wrongEdits.push(`${name}: “${written}” became “${update.text}”`);
        if (written === undefined && update.text !== post.text) wrongEdits.push(`${name}: “${update.text}” instead of “${post.text}”`);
      }
    }
    const strays = [...sandbox.state.updates.values()].filter(({ text }) => !posts.some(({ word }) => text.includes(word)));
    for (const { text } of strays) wrongEdits.push(`Nobody wrote “${text}”`);
  }

  const problems = () => lost.length + doubled.length + wrongEdits.length;
  try {
    const all = Object.entries({ ...write, ...others });
    const weights: Readonly<Record<string, number>> = {
      'write a post': 5,
      'edit a post': 5,
      'rename a file': 2,
      apply: 3,
      'a protected branch': 0.4,
      'lose the record': 0.5,
      'an old record': 0.5,
    };
    const total = all.reduce((sum, [name]) => sum + (weights[name] ?? 1), 0);
    for (let done = 0; done < actions; done++) {
      let at = random.next() * total;
      const [name, act] = all.find(([each]) => (at -= weights[each] ?? 1) < 0) ?? all[0]!;
      counts[name] = (counts[name] ?? 0) + 1;
      history.push(name);
      await act();
      if (name in write) await push();
      if (done % 12 === 11 || done === actions - 1) {
        await check();
        told(`${done + 1} actions, ${posts.length} posts, ${sandbox.state.updates.size} updates, ${problems()} wrong`);
        if (problems() > 0) {
          told(history.slice(-60).join('\n'));
          break;
        }
        history.length = 0;
      }
    }
    // What is noted says the same as what is there.
    await writer.git('fetch', '-q', 'origin', '--prune');
    const texts = await Promise.all(
      ['main', 'buffer-queue'].map((each) => writer.git('show', `origin/${each}:${recordPath}`).catch(() => '')),
    );
    for (const text of texts) parseRecord(text);
    return { seed, actions: counts, lost, doubled, wrongEdits };
  } finally {
    world.end();
    await sandbox.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
