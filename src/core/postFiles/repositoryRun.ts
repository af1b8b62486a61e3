import type { Git } from '../git/git.ts';
import type { QueueStore } from '../queue/queueStore.ts';
import type { ApplyParts, Posts } from './apply.ts';
import type { PostFilesConfig } from './config.ts';
import { earlierOf } from './earlier.ts';
import { addressIn, hashOfBytes, type PublishedRepository, whyUnfetchable } from './pictures.ts';
import { isSendable, readPosts, type ReadPosts, tagNamesOf, wantedOf } from './readPosts.ts';
import type { RepositoryFiles } from './repositoryFiles.ts';

/** A repository whose posts are to be queued. */
export interface RepositoryRun {
  readonly files: RepositoryFiles;
  readonly git: Git;
  readonly config: PostFilesConfig;
  readonly published: Omit<PublishedRepository, 'pattern'>;
  readonly store: QueueStore;
  readonly userAgent: string;
  /** Hears what was read, each time. @param tagNames  of the account's tags, by their ids */
  readonly onRead: (read: ReadPosts, tagNames: ReadonlyMap<string, string>) => void;
}

/** The most of a picture that is looked at, in bytes, and how long that may take, in milliseconds. */
const fetching = { most: 100 * 1024 * 1024, timeout: 60_000 };

/** What a run asks its repository: what posts want and said before, under which tags, and where their pictures are. */
export function repositoryParts({
  files,
  git,
  config,
  published: where,
  store,
  userAgent,
  onRead,
}: RepositoryRun): Pick<ApplyParts, 'posts' | 'renames' | 'earlier' | 'unfetchable'> {
  const published = { ...where, pattern: config.pictures };
  const addressOf = (path: string) => addressIn(published, path) ?? path;
  const hashes = new Map<string, Promise<string>>();
  const hashOf = (path: string) => {
    const hash = hashes.get(path) ?? files.read(path).then(hashOfBytes);
    hashes.set(path, hash);
    return hash;
  };
  return {
    renames: () => git.renames(),
    earlier: async (wanted) =>
      earlierOf(await git.versions(wanted.path), wanted, { config, addressOf, hashOf, profiles: store.profiles.items }),
    unfetchable: async (wanted) => {
      const paths = 'localFiles' in wanted ? (wanted.localFiles as readonly string[]) : [];
      for (const path of paths) {
        const why = await whyUnfetchable(path, addressIn(published, path), await hashOf(path), { ...fetching, userAgent });
        if (why !== undefined) return why;
      }
      return undefined;
    },
    posts: async (profiles, now): Promise<Posts> => {
      let read = await readPosts(files, { now, profiles });
      const isTagged = tagNamesOf(read.files).length > 0;
      const tags = isTagged ? (await store.tags()).tags : [];
      if (isTagged) read = await readPosts(files, { now, profiles, tagNames: tags.map(({ name }) => name) });
      onRead(read, new Map(tags.map(({ id, name }) => [id, name])));
      const tagIds = new Map(tags.map(({ id, name }) => [name.normalize('NFC'), id] as const));
      const paths = read.files.map(({ parsed: { path } }) => path);
      const stopped = read.files.filter((each) => !isSendable(each)).map(({ parsed: { path } }) => path);
      const wanted = await wantedOf(read.files, { tagIds, addressOf, hashOf });
      return { wanted, paths, stopped, isGone: (path) => files.isGone(path) };
    },
  };
}
