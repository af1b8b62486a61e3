import { writeFile } from 'node:fs/promises';
import { join, posix, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { BufferError } from '../core/buffer/bufferError.ts';
import { apply, type ApplyParts, plan } from '../core/postFiles/apply.ts';
import { filesOf } from '../core/postFiles/config.ts';
import { FileKeeper, newRun, type RecordKeeper } from '../core/postFiles/keeper.ts';
import type { PlanOptions } from '../core/postFiles/plan.ts';
import { hasErrors } from '../core/postFiles/problem.ts';
import { queueWriter } from '../core/postFiles/queueWriter.ts';
import { isSendable, readConfig, readPosts, type ReadPosts } from '../core/postFiles/readPosts.ts';
import { recordPath, UnreadableRecord } from '../core/postFiles/record.ts';
import type { RepositoryFiles } from '../core/postFiles/repositoryFiles.ts';
import { connect, OrganizationNeeded } from './connect.ts';
import { Git, GitError } from '../core/git/git.ts';
import { recordsAt } from '../core/postFiles/recordsAt.ts';
import { repositoryParts } from '../core/postFiles/repositoryRun.ts';
import { GitKeeper, Outdated, RecordRefused } from './gitKeeper.ts';
import { nodeFiles } from './nodeFiles.ts';
import { previewOf } from './preview.ts';
import { type Format, formats, printed } from './report.ts';
import { needsPerson } from './words.ts';

/** What a command ends with. */
export const exits = { done: 0, problems: 1, usage: 2, person: 3, buffer: 4, record: 5 } as const;

export const help = `queue-for-buffer: posts in files, queued at Buffer once

  check     reads all posts and says what is wrong with them; needs no key
  plan      says what apply would do
  apply     queues, edits and notes what the files want
  preview   writes what the posts will look like, as Markdown; needs no key

  --format text|json|github   how it is printed; github shows problems at their lines
  --output FILE               where preview writes to; check writes there too
  --organization NAME         whose queues, where the key's account has several
  --record file|push|branch   where the record is: in .buffer/queued.json here (as without it),
                              pushed to the branch (as in a workflow), or on the branch buffer-queue
  --requeue                   queues again what its network refused, and what was deleted at Buffer
  --prune                     deletes at Buffer what no file wants any more
  --overwrite PATH            writes this file's posts over what was changed at Buffer
  --wait SECONDS              how long to wait for what cannot be told yet (600)

The key is read from BUFFER_API_KEY.

Ends with 0 if all is as the files want it, 1 for problems in files, 2 for a wrong use, 3 if something
is left for a person, 4 if Buffer or the key stood in the way, 5 if the record could not be kept.
`;

/** Where a command runs, and what it writes to. */
export interface Surroundings {
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  readonly userAgent: string;
  /** How long what got no answer is looked for, in milliseconds; as usual where left out. */
  readonly settleAfter?: number;
  /** Whether a run that announced something may still be at it; by the time that went by where left out. */
  readonly isRunning?: PlanOptions['isRunning'];
}

const commands = ['check', 'plan', 'apply', 'preview'] as const;

class Usage extends Error {}

/** Does what is asked. @returns what the process is to end with */
export async function command(args: readonly string[], around: Surroundings): Promise<number> {
  try {
    return await run(args, around);
  } catch (error) {
    const [exit, said] = ending(error);
    around.writeError(`${said}\n`);
    return exit;
  }
}

function ending(error: unknown): readonly [number, string] {
  if (error instanceof Usage) return [exits.usage, `${error.message}\n\n${help}`];
  if (error instanceof OrganizationNeeded) return [exits.usage, error.message];
  if (error instanceof Outdated) return [exits.done, error.message];
  if (error instanceof BufferError) return [exits.buffer, `Buffer: ${error.message}`];
  if (error instanceof UnreadableRecord) return [exits.record, `${recordPath}: ${error.message}`];
  if (error instanceof RecordRefused || error instanceof GitError || isOfDisk(error)) return [exits.record, error.message];
  throw error;
}

/** The record cannot be read or written. */
function isOfDisk(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

interface Asked {
  readonly name: (typeof commands)[number];
  readonly format: Format;
  readonly output?: string;
  readonly organization?: string;
  readonly record: 'file' | 'push' | 'branch';
  readonly requeue: boolean;
  readonly prune: boolean;
  readonly overwrite: readonly string[];
  /** Milliseconds. */
  readonly wait: number;
}

function read(args: readonly string[], { env }: Surroundings): Asked | 'help' {
  const options = {
    format: { type: 'string' },
    output: { type: 'string' },
    organization: { type: 'string' },
    record: { type: 'string' },
    requeue: { type: 'boolean', default: false },
    prune: { type: 'boolean', default: false },
    overwrite: { type: 'string', multiple: true, default: [] as string[] },
    wait: { type: 'string', default: '600' },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  const parsed = (() => {
    try {
      return parseArgs({ args: [...args], options, allowPositionals: true });
    } catch (error) {
      throw new Usage((error as Error).message);
    }
  })();
  const { values, positionals } = parsed;
  if (values.help) return 'help';
  const [word, ...others] = positionals;
  const name = commands.find((each) => each === word);
  if (!name || others.length > 0)
    throw new Usage(word === undefined ? 'Name a command.' : `There is no command “${positionals.join(' ')}”.`);
  const format = formats.find((each) => each === (values.format ?? 'text'));
  if (!format) throw new Usage(`There is no format “${values.format}”.`);
  const record = (['file', 'push', 'branch'] as const).find((each) => each === (values.record ?? (env['CI'] ? 'push' : 'file')));
  if (!record) throw new Usage(`--record is file, push or branch.`);
  if (name === 'preview' && values.output === undefined) throw new Usage('Name a file with --output.');
  const wait = Number(values.wait) * 1000;
  if (!(wait >= 0)) throw new Usage('--wait is a number of seconds.');
  const { output, organization, requeue, prune, overwrite } = values;
  return { name, format, output, organization, record, requeue, prune, overwrite, wait };
}

async function run(args: readonly string[], around: Surroundings): Promise<number> {
  const asked = read(args, around);
  if (asked === 'help') {
    around.write(help);
    return exits.done;
  }
  const here = new Git(around.folder);
  const root = await here.ask('rev-parse', '--show-toplevel');
  if (root === undefined) throw new Usage('This is no repository of Git.');
  const git = new Git(root);
  const files = nodeFiles(git, root);

  if (asked.name === 'check' || asked.name === 'preview') {
    const posts = await readPosts(files, { now: new Date() });
    if (asked.output !== undefined) await writeOutput(resolve(around.folder, asked.output), previewOf(posts));
    around.write(printed({ posts }, asked.format));
    return isWrong(posts) ? exits.problems : exits.done;
  }

  const key = around.env['BUFFER_API_KEY']?.trim();
  if (!key) throw new Usage('There is no key: set BUFFER_API_KEY.');
  // No header takes it, and that would be told as a connection that failed.
  if (!/^[\x21-\x7e]+$/u.test(key)) throw new Usage('BUFFER_API_KEY holds signs that are in no key, such as a line break: set it anew.');
  const { config, problems } = await readConfig(files);
  if (hasErrors(problems)) {
    around.write(printed({ posts: { config, configProblems: problems, files: [] } }, asked.format));
    return exits.problems;
  }
  const overwrite = await filesNamed(asked.overwrite, files, (await here.ask('rev-parse', '--show-prefix')) ?? '');
  const { core, clean } = await connect({
    key,
    userAgent: around.userAgent,
    organization: asked.organization,
    address: around.env['QUEUE_FOR_BUFFER_ADDRESS'],
    settleAfter: around.settleAfter,
  });
  try {
    const { store, outbox, sender } = core;
    const [remote, commit] = [await git.ask('remote', 'get-url', 'origin'), await git.ask('rev-parse', 'HEAD')];
    const published = { ...(remote !== undefined && { remote }), ...(commit !== undefined && { commit }) };
    let posts: ReadPosts | undefined;
    const onRead = (found: ReadPosts) => (posts = found);
    const parts: ApplyParts = {
      writer: queueWriter({ store, outbox, sender }),
      keeper: await keeperFor(asked, git, files, root, workflowBranch(around), filesOf(config)),
      run: newRun(),
      options: { ...optionsOf({ ...asked, overwrite }, config.late), isRunning: around.isRunning },
      ...repositoryParts({ files, git, config, published, store, userAgent: around.userAgent, onRead }),
    };
    if (asked.name === 'plan') {
      const { items } = await plan(parts);
      around.write(printed({ posts, plan: items }, asked.format));
      if (isWrong(posts)) return exits.problems;
      return items.some(needsPerson) ? exits.person : exits.done;
    }
    const applied = await apply(parts, { patience: asked.wait, sleep: (milliseconds) => sleep(milliseconds) });
    around.write(printed({ posts, applied }, asked.format));
    if (applied.failure !== undefined) {
      const [exit, said] = ending(applied.failure);
      around.writeError(`${said}\n`);
      return exit;
    }
    const errors = applied.done.flatMap(({ outcome, error }) => (outcome === 'done' || !error ? [] : [error]));
    if (errors.some(({ kind }) => kind !== 'rejected')) return exits.buffer;
    if (isWrong(posts)) return exits.problems;
    const isLeft = applied.isOvertaken || applied.done.some(({ outcome }) => outcome !== 'done') || applied.left.some(needsPerson);
    return isLeft ? exits.person : exits.done;
  } finally {
    await clean();
  }
}

async function writeOutput(path: string, text: string): Promise<void> {
  await writeFile(path, text).catch((error: unknown) => {
    throw new Usage(`Nothing can be written to that file: ${(error as Error).message}`);
  });
}

function isWrong(posts: ReadPosts | undefined): boolean {
  return posts !== undefined && (hasErrors(posts.configProblems) || posts.files.some((each) => !isSendable(each)));
}

function optionsOf({ requeue, prune, overwrite }: Asked, late: 'refuse' | 'next'): PlanOptions {
  return { requeue, prune, late: late === 'next' ? 'next' : 'tell', overwrites: ({ path }) => overwrite.includes(path) };
}

/** The files that are named: from the top of the repository, as they are told, else from the folder where they are named. */
async function filesNamed(named: readonly string[], files: RepositoryFiles, prefix: string): Promise<string[]> {
  const found: string[] = [];
  const all = new Set(named.length > 0 ? await files.list() : []);
  for (const each of named) {
    const path = [each, `${prefix}${each}`].map((one) => posix.normalize(one).normalize('NFC')).find((one) => all.has(one));
    if (path === undefined) throw new Usage(`There is no file “${each}” in this repository.`);
    found.push(path);
  }
  return found;
}

async function keeperFor(
  { name, record }: Asked,
  git: Git,
  files: RepositoryFiles,
  root: string,
  branchName: string | undefined,
  isPost: (path: string) => unknown,
): Promise<RecordKeeper> {
  const branch = branchName ?? (await git.ask('symbolic-ref', '--short', 'HEAD'));
  if (record === 'file') {
    for (const path of [posix.dirname(recordPath), recordPath])
      if ((await files.realpath(path)) === undefined && !(await files.isGone(path)))
        throw new RecordRefused(`${path} leads out of the repository, or this checkout leaves it out: nobody knows what was queued.`);
    const folder = (await git.ask('rev-parse', '--absolute-git-dir')) ?? root;
    return new FileKeeper(join(root, recordPath), join(folder, 'queue-for-buffer'), () => recordsAt(git, branch));
  }
  if (branch === undefined) throw new Usage('No branch is checked out, so nobody knows where the record belongs: use --record file.');
  // Two runs on branches of their own would each push to theirs, and neither see what the other announces.
  const usual = name === 'apply' ? await git.usualBranch('origin') : undefined;
  if (usual !== undefined && usual !== branch)
    throw new Usage(
      `Posts are queued from ${usual}, where the record is, and this is ${branch}: merge it, or let the workflow run for ${usual} alone.`,
    );
  return new GitKeeper(git, {
    branch,
    isApart: record === 'branch',
    isAbout: (path) => path.startsWith('.buffer/') || isPost(path) !== undefined,
  });
}

/** The branch that a workflow runs for. */
function workflowBranch({ env }: Surroundings): string | undefined {
  return env['GITHUB_REF_TYPE'] === 'branch' ? env['GITHUB_REF_NAME'] : undefined;
}
