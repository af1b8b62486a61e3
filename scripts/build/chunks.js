// Which of the extension's files are loaded together: few files pack and load better than many small ones.
import { relative, resolve } from 'node:path';

const sources = resolve('src');

/**
 * What is imported where it is needed is loaded with the rest of its folder that is. These are apart or together all the
 * same. The first that fits holds.
 */
const groups = [
  [/^core\/time\/otherLanguages/u, 'languages'],
  [/^core\/(?:queue|ideas|templates|drafts|files)\//u, 'stores'],
  [/^(?:core\/)?(.+?)(?:\/host)?\/[^/]+$/u, undefined],
];

/** Source of this length that some groups share is a file of its own: the others need not load it. */
const large = 10_000;

/** What several groups share and is small. */
const common = 'common';

/** As many groups as can share a file. */
const most = 20;

function groupOf(id) {
  const path = relative(sources, id).replaceAll('\\', '/');
  for (const [pattern, name] of groups) {
    const match = pattern.exec(path);
    if (match) return name ?? match[1].replaceAll('/', '-');
  }
  throw new Error(`${path} belongs to no group: see scripts/build/chunks.js.`);
}

/**
 * @returns for rolldown, `groups` of what goes into which file, and a `plugin` that finds it out. What the entry imports at
 * once is `main`; the entry itself is left as the way there, as VS Code may load it under an address that no other file
 * knows. No two files need each other: a file takes along what its modules import, the most shared first.
 */
export function chunks() {
  /** By module: the group that alone needs it, those that share it, or `common`. */
  let planned = new Map();
  return {
    plugin: {
      name: 'chunks',
      buildEnd(error) {
        if (!error) planned = plan((id) => this.getModuleInfo(id), [...this.getModuleIds()]);
      },
    },
    groups: [
      { name: 'main', tags: ['$initial'], priority: most + 2 },
      { name: common, test: (id) => planned.get(id)?.name === common, priority: most + 1 },
      ...Array.from({ length: most }, (_, index) => ({
        debugName: `shared by ${index + 1}`,
        name: (id) => (planned.get(id)?.sharedBy === index + 1 ? planned.get(id).name : undefined),
        priority: index + 1,
      })),
    ],
  };
}

function plan(infoOf, ids) {
  const importedBy = (start, except) => {
    const found = new Set();
    const waiting = [start];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (found.has(id) || except?.has(id) || !infoOf(id) || infoOf(id).isExternal) continue;
      found.add(id);
      waiting.push(...infoOf(id).importedIds);
    }
    return found;
  };

  const main = importedBy(ids.find((id) => infoOf(id).isEntry));
  /** By module: the groups that need it. */
  const needing = new Map();
  for (const id of new Set(ids.flatMap((each) => infoOf(each).dynamicallyImportedIds))) {
    if (infoOf(id).isExternal) continue;
    if (main.has(id)) throw new Error(`${id} is imported at once and also when it is asked for: one of them is a mistake.`);
    for (const each of importedBy(id, main)) needing.set(each, (needing.get(each) ?? new Set()).add(groupOf(id)));
  }

  const shares = new Map();
  for (const [id, names] of needing) {
    const name = [...names].sort().join('_');
    shares.set(name, [...(shares.get(name) ?? []), id]);
  }
  return new Map(
    [...shares].flatMap(([name, modules]) => {
      const sharedBy = needing.get(modules[0]).size;
      const isApart = sharedBy === 1 || modules.reduce((sum, id) => sum + (infoOf(id).code?.length ?? 0), 0) > large;
      return modules.map((id) => [id, isApart ? { name, sharedBy } : { name: common }]);
    }),
  );
}
