import { type Git, GitError } from '../git/git.ts';
import { recordPath } from './record.ts';

/** The branch that keeps the record where the one of the posts takes none from here. */
export const ownBranch = 'buffer-queue';

/** The records that runs for these posts keep at the remote; none where it cannot be reached. */
export async function recordsAt(git: Git, branch: string | undefined, remote = 'origin'): Promise<readonly string[]> {
  try {
    const heads = await git.heads(remote, branch === undefined ? [ownBranch] : [branch, ownBranch]);
    if (heads.size > 0) await git.fetch(remote, [...heads.keys()]);
    const texts = await Promise.all([...heads.values()].map((commit) => git.show(commit, recordPath)));
    return texts.filter((text) => text !== undefined);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return [];
  }
}
