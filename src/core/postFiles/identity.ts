import { type Fingerprint, fingerprintOf } from './fingerprint.ts';
import { normalPath, type RecordEntry } from './record.ts';
import type { Wanted } from './wanted.ts';

export interface Matched {
  /** What the record knows of each post at its profile, where it knows of it. */
  readonly entries: ReadonlyMap<Wanted, RecordEntry>;
  /** Entries that no file wants any more. */
  readonly left: readonly RecordEntry[];
}

/**
 * Which entry is which post: of the same file, first those that say the same, as posts may have been put before others,
 * then those at the same place in it; then, of files that are gone, and of those that have it no more, those that say the
 * same; then those that Git says were renamed.
 * @param entries  where several could be a post's, the first is
 * @param paths    all files of posts that are there, also those that have a problem: what is theirs is nobody else's
 * @param renames  new path by old path
 */
export function match(
  wanted: readonly Wanted[],
  entries: readonly RecordEntry[],
  paths: Iterable<string> = [],
  renames: ReadonlyMap<string, string> = new Map(),
): Matched {
  const isThere = new Set([...paths, ...wanted.map(({ path }) => path)].map(normalPath));
  const newPaths = new Map([...renames].map(([from, to]) => [normalPath(from), normalPath(to)] as const));
  const open = new Map(wanted.map((each) => [each, fingerprintOf(each)] as const));
  const left = new Set(entries);
  const found = new Map<Wanted, RecordEntry>();

  /** Brings together what has the same name, in order. Who has none is left out. */
  const pair = (nameOf: (one: Wanted, said: Fingerprint) => string, nameOfEntry: (entry: RecordEntry) => string | undefined) => {
    if (open.size === 0 || left.size === 0) return;
    const waiting = new Map<string, RecordEntry[]>();
    for (const entry of left) {
      const name = nameOfEntry(entry);
      if (name !== undefined) waiting.set(name, [...(waiting.get(name) ?? []), entry]);
    }
    for (const [one, said] of open) {
      const entry = waiting.get(nameOf(one, said))?.shift();
      if (!entry) continue;
      found.set(one, entry);
      open.delete(one);
      left.delete(entry);
    }
  };

  const here = ({ path, handle }: Wanted) => named(normalPath(path), handle);
  const its = ({ post, profile }: RecordEntry) => named(post, profile);
  pair(
    (one, said) => named(here(one), one.part, contentOf(said)),
    (entry) => named(its(entry), entry.part, contentOf(entry.sent)),
  );
  pair(
    (one, said) => named(here(one), contentOf(said)),
    (entry) => named(its(entry), contentOf(entry.sent)),
  );
  pair(
    (one, said) => named(here(one), said['text']),
    (entry) => named(its(entry), entry.sent['text']),
  );
  pair(
    (one) => named(here(one), one.part),
    (entry) => named(its(entry), entry.part),
  );
  const ofGone = (entry: RecordEntry, name: () => string) => (isThere.has(entry.post) ? undefined : name());
  pair(
    (one, said) => named(one.handle, contentOf(said)),
    (entry) => ofGone(entry, () => named(entry.profile, contentOf(entry.sent))),
  );
  // A file that was read does not have it any more: it went to another one.
  const isRead = new Set(wanted.map(({ path }) => normalPath(path)));
  pair(
    (one, said) => named(one.handle, contentOf(said)),
    (entry) => (isRead.has(entry.post) ? named(entry.profile, contentOf(entry.sent)) : undefined),
  );
  const renamed = (entry: RecordEntry, name: (path: string) => string) => {
    const path = newPaths.get(entry.post);
    return path === undefined ? undefined : ofGone(entry, () => name(path));
  };
  pair(
    (one, said) => named(here(one), said['text']),
    (entry) => renamed(entry, (path) => named(path, entry.profile, entry.sent['text'])),
  );
  pair(
    (one) => named(here(one), one.part),
    (entry) => renamed(entry, (path) => named(path, entry.profile, entry.part)),
  );
  return { entries: found, left: [...left] };
}

/** All that it says, but for when. */
function contentOf({ when: _, ...content }: Fingerprint): string {
  return JSON.stringify(Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Without its text, nothing is told by that. */
function named(...parts: readonly (string | number | undefined)[]): string {
  return parts.map((each) => each ?? '').join('\0');
}
