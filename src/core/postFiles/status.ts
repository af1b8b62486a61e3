import type { Profile, Tag, Update } from '../buffer/model.ts';
import { filesOf, type PostFilesConfig } from './config.ts';
import { differences, fileFields, fingerprintOf } from './fingerprint.ts';
import { parsePostFile } from './parse.ts';
import type { ParsedFile } from './postFile.ts';
import { type PlanItem, planOf } from './plan.ts';
import { hasErrors } from './problem.ts';
import { wantedOf, type WantedPost } from './readPosts.ts';
import { normalPath, type RecordEntry } from './record.ts';
import { resolve } from './resolve.ts';

/**
 * How a post of a file stands at a profile, as far as that is known without asking anybody.
 * - `queued`, `sent`  as the record has it, and as its file says
 * - `failed`     its network refused it
 * - `edited`     its file says something else than what was queued
 * - `editedLate` its file says something else than what was sent
 * - `changed`    it was changed at Buffer, and its file was not
 * - `conflict`   both were changed
 * - `gone`       it was deleted at Buffer
 * - `new`        it was not queued yet, though others of the file were
 * - `removed`    it was queued, and the file wants it no more
 * - `unclear`    somebody was about to queue it, and nothing says what became of it
 */
export type PostStatus =
  'queued' | 'sent' | 'failed' | 'edited' | 'editedLate' | 'changed' | 'conflict' | 'gone' | 'new' | 'removed' | 'unclear';

export interface PostStanding {
  /** From 1. */
  readonly part: number;
  /** As the record names it. */
  readonly profile: string;
  readonly status: PostStatus;
  /** What was compared; absent where the record alone tells. */
  readonly item?: PlanItem;
}

/** What is held, wherever it is from. */
export interface StatusSurroundings {
  readonly config: PostFilesConfig;
  readonly now: Date;
  /** Whose queues are shown, as the record has it; undefined while nobody is signed in. */
  readonly account: string | undefined;
  readonly profiles: readonly Profile[];
  readonly tags: readonly Tag[];
  readonly record: readonly RecordEntry[];
  /** The update of an entry as it was read since that was noted; undefined where it was not. */
  readonly updateOf: (entry: RecordEntry) => Update | undefined;
  /** What the bytes of a file of the repository are; undefined where that is not known. */
  readonly hashOf: (path: string) => Promise<string | undefined>;
}

/** How the posts of a file stand, in the order of the plan; empty where the record has nothing of it. */
export async function standingsOf(path: string, text: string, around: StatusSurroundings): Promise<readonly PostStanding[]> {
  const post = normalPath(path);
  const entries = around.record.filter((entry) => entry.post === post);
  if (entries.length === 0) return [];
  const { account, now } = around;
  const own = entries.filter((entry) => entry.account === account);
  const others = entries.filter((entry) => entry.account !== account).map(recorded);
  const read = account === undefined || own.length === 0 ? undefined : await wantedIn(path, text, around);
  if (!read) return [...own.map(recorded), ...others];
  const updates = own.flatMap((entry) => around.updateOf(entry) ?? []);
  const items = planOf({ wanted: read.wanted, paths: [post], record: own, updates, account: account!, now });
  return [...items.map((item) => standing(item, read.untold)), ...others];
}

/** What a file wants, with the fields of each that nothing tells of here; undefined where it has a problem. */
export async function wantedIn(
  path: string,
  text: string,
  { config: said, now, profiles, tags, hashOf }: Pick<StatusSurroundings, 'config' | 'now' | 'profiles' | 'tags' | 'hashOf'>,
): Promise<
  | {
      readonly parsed: ParsedFile;
      readonly wanted: readonly WantedPost[];
      readonly untold: (wanted: WantedPost) => ReadonlySet<string>;
    }
  | undefined
> {
  const config = { ...said, late: 'refuse' as const };
  const parsed = parsePostFile(path, text, config);
  const network = filesOf(config)(parsed.path)?.network;
  const resolved = await Promise.all(
    parsed.posts.map(async (post) => ({
      post,
      ...(await resolve(post, { config, now, profiles, ...(network !== undefined && { network }) })),
    })),
  );
  const problems = [...parsed.problems, ...resolved.flatMap((each) => each.problems)];
  if (hasErrors(problems)) return undefined;
  const unread = new Set<string>();
  const tagIds = new Map(tags.map(({ id, name }) => [name.normalize('NFC'), id] as const));
  const file = { parsed, problems, posts: resolved.map(({ post, targets }) => ({ post, targets, counts: [] })) };
  const wanted = await wantedOf([file], {
    tagIds,
    hashOf: async (each) => {
      const hash = await hashOf(each);
      if (hash === undefined) unread.add(each);
      return hash ?? '';
    },
  });
  const untagged = new Set(
    resolved.flatMap(({ post, targets }) =>
      targets.some(({ tagNames }) => tagNames.some((name) => !tagIds.has(name))) ? [post.index + 1] : [],
    ),
  );
  return {
    parsed,
    wanted,
    untold: ({ part, localFiles }) =>
      new Set([...(untagged.has(part) ? ['tags'] : []), ...(localFiles.some((each) => unread.has(each)) ? fileFields : [])]),
  };
}

function recorded(entry: RecordEntry): PostStanding {
  const { part, profile, state } = entry;
  return { part, profile, status: state === 'announced' ? 'unclear' : state };
}

function standing(item: PlanItem, untold: (wanted: WantedPost) => ReadonlySet<string>): PostStanding {
  const { wanted, entry } = item;
  const { part, profile } = wanted ? { part: wanted.part, profile: wanted.handle } : entry!;
  return { part, profile, item, status: statusOf(item, wanted ? untold(wanted as WantedPost) : new Set()) };
}

function statusOf({ action, wanted, entry, update, fields = [] }: PlanItem, untold: ReadonlySet<string>): PostStatus {
  const isOver = entry?.state === 'sent' || update?.status === 'sent' || update?.status === 'sending';
  const asIs = isOver ? 'sent' : 'queued';
  const isTold = fields.some((field) => !untold.has(field));
  switch (action) {
    case 'create':
    case 'adopt':
      return 'new';
    case 'edit':
      return isTold ? 'edited' : asIs;
    case 'late':
      return entry ? 'edited' : 'new';
    case 'isSent':
      return isTold ? 'editedLate' : asIs;
    case 'changed':
    case 'conflict':
      return isTold ? action : asIs;
    case 'failed':
    case 'requeue':
      return 'failed';
    case 'gone':
      return 'gone';
    case 'settle':
    case 'announced':
      return 'unclear';
    case 'leave': {
      // Where the update is not held, the record says what it said.
      const isCompared = update !== undefined || !wanted || !entry || isOver;
      if (isCompared) return asIs;
      return differences(entry.sent, fingerprintOf(wanted)).some((field) => !untold.has(field)) ? 'edited' : asIs;
    }
    default:
      return 'removed';
  }
}
