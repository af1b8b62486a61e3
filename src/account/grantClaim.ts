import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { remove } from '../core/files/rename.ts';

const prefix = 'refresh-';
/** Long after the last window has heard of a newer grant. */
const forgottenAfter = 30 * 86_400_000;

/** How the one use of a refresh token went: still under way, done, answer lost, or refused. */
export type ClaimState = 'pending' | 'done' | 'lost' | 'refused';

/**
 * The right to use a refresh token: the one window that makes its file has it, and the file stays. So a token is not
 * used twice, whatever windows crash, sleep, or still see an old grant because VS Code tells them of a newer one late.
 * A lock that is given back after use would not do: who gets it next may yet read the old grant.
 */
export class GrantClaim {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /** The claim, or undefined when it was made before, here or in another window. */
  static async make(folder: string, refreshToken: string): Promise<GrantClaim | undefined> {
    const path = pathOf(folder, refreshToken);
    await mkdir(folder, { recursive: true });
    try {
      await (await open(path, 'wx', 0o600)).close();
      return new GrantClaim(path);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return undefined;
      throw error;
    }
  }

  /** How an existing claim stands and since when, in milliseconds; undefined when there is none. */
  static async look(folder: string, refreshToken: string): Promise<{ state: ClaimState; since: number } | undefined> {
    const path = pathOf(folder, refreshToken);
    try {
      const [text, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
      return { state: isState(text) ? text : 'pending', since: mtimeMs };
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Says how it went. The token is spent. */
  async settle(state: Exclude<ClaimState, 'pending'>): Promise<void> {
    await writeFile(this.#path, state);
  }

  /** The token was certainly not used, so anyone may try again. */
  async withdraw(): Promise<void> {
    await remove(this.#path);
  }

  /** Clears away what is of no more use. */
  static async tidy(folder: string): Promise<void> {
    const names = (await readdir(folder)).filter((name) => name.startsWith(prefix));
    await Promise.all(
      names.map(async (name) => {
        const path = join(folder, name);
        if (Date.now() - (await stat(path)).mtimeMs > forgottenAfter) await remove(path);
      }),
    );
  }
}

/** Names the token without telling it: there is no way back from the hash of something random. */
function pathOf(folder: string, refreshToken: string): string {
  return join(folder, prefix + createHash('sha256').update(refreshToken).digest('hex').slice(0, 32));
}

function isState(text: string): text is ClaimState {
  return text === 'done' || text === 'lost' || text === 'refused';
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}
