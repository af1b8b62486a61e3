import { createHash } from 'node:crypto';
import { FetchError, publicFetch, type PublicFetchOptions } from '../fetch/publicFetch.ts';

/** A repository as the world sees it. */
export interface PublishedRepository {
  /** Where it is cloned from. */
  readonly remote?: string;
  /** The commit whose files are meant: an address of a branch would show other bytes tomorrow. */
  readonly commit?: string;
  /** As the configuration has it: where files are served from instead. */
  readonly pattern?: string;
}

/** How hosts of repositories serve the files of a commit to anybody. */
const hosts: Readonly<Record<string, (repository: string, commit: string) => string>> = {
  'github.com': (repository, commit) => `https://raw.githubusercontent.com/${repository}/${commit}/`,
  'gitlab.com': (repository, commit) => `https://gitlab.com/${repository}/-/raw/${commit}/`,
  'codeberg.org': (repository, commit) => `https://codeberg.org/${repository}/raw/commit/${commit}/`,
};

/**
 * Says where a file of a repository is served from; undefined where nobody knows.
 * @param path  from the top of the repository
 */
export function addressIn({ remote = '', commit, pattern }: PublishedRepository, path: string): string | undefined {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  if (pattern !== undefined) {
    if (pattern.includes('{commit}') && commit === undefined) return undefined;
    return pattern.replaceAll('{path}', encoded).replaceAll('{commit}', commit ?? '');
  }
  const named = /^(?:https?:\/\/(?:[^@/]+@)?|ssh:\/\/(?:[^@/]+@)?|(?:[^@/]+@))([^:/]+)(?::\d+)?[:/](.+?)(?:\.git)?\/?$/u.exec(remote);
  const base = named && hosts[named[1]!.toLowerCase()];
  if (!base || commit === undefined) return undefined;
  return `${base(named[2]!.split('/').map(encodeURIComponent).join('/'), commit)}${encoded}`;
}

/** What the bytes of a file are, in short. */
export function hashOfBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Asks, as anybody would, whether an address serves just these bytes.
 * @param hash  of the file's bytes, as `hashOfBytes` gives it
 * @returns why Buffer could not fetch them, in a sentence; undefined where it can
 */
export async function whyUnfetchable(
  path: string,
  address: string | undefined,
  hash: string,
  options: Omit<PublicFetchOptions, 'types' | 'onMore'>,
): Promise<string | undefined> {
  if (address === undefined)
    return `Nobody knows where ${path} is served from: put it on a public address, or name one with “pictures” in .buffer/config.json.`;
  try {
    const { body } = await publicFetch(address, options);
    if (hashOfBytes(body) === hash) return undefined;
    return `${address} serves something else than ${path} holds: push it first.`;
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    const { trouble } = error;
    if (trouble.kind === 'status' && [401, 403, 404].includes(trouble.status))
      return (
        `${path} cannot be fetched by Buffer yet (${trouble.status}): push it first. ` +
        'If the repository is private, put the file on a public address.'
      );
    if (trouble.kind === 'size') return `${path} is too large to be looked at: put it on a public address.`;
    return `${path} cannot be fetched by Buffer from ${error.host} (${trouble.kind}): try again, or put it on a public address.`;
  }
}
