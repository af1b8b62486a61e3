import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Account } from '../buffer/model.ts';

/** Also the id of the provider in `package.json`. */
export const providerId = 'buffer';

const secretKey = 'buffer.session';

const storedSession = v.object({
  id: v.string(),
  token: v.pipe(v.string(), v.nonEmpty()),
  account: v.object({ id: v.string(), label: v.string() }),
  /** The address the token was given for. It is sent nowhere else. */
  apiUrl: v.string(),
});
type StoredSession = v.InferOutput<typeof storedSession>;

/**
 * Who is signed in. The token lives in SecretStorage only; every window follows what another one does, because
 * VS Code tells all of them when the secret changes. It is VS Code's own authentication provider for Buffer too,
 * which shows the account in the Accounts menu.
 */
export class BufferAccount implements vscode.AuthenticationProvider, vscode.Disposable {
  readonly #secrets: vscode.SecretStorage;
  readonly #apiUrl: () => string;
  readonly #signIn: () => Promise<{ token: string; account: Account }>;
  readonly #mayLeave: () => Promise<boolean>;
  readonly #changed = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly #subscription: vscode.Disposable;
  #stored: Promise<StoredSession | undefined> | undefined;
  #shown: vscode.AuthenticationSession | undefined;
  /** One at a time: VS Code tells of a secret while it is still being stored. */
  #following: Promise<void> = Promise.resolve();

  readonly onDidChangeSessions = this.#changed.event;

  /**
   * @param signIn    asks the person for a token and checks it; throws when the person gives up
   * @param mayLeave  asks whether signing out is all right when text would be lost
   */
  constructor(options: {
    secrets: vscode.SecretStorage;
    apiUrl: () => string;
    signIn: () => Promise<{ token: string; account: Account }>;
    mayLeave: () => Promise<boolean>;
  }) {
    this.#secrets = options.secrets;
    this.#apiUrl = options.apiUrl;
    this.#signIn = options.signIn;
    this.#mayLeave = options.mayLeave;
    this.#subscription = this.#secrets.onDidChange(({ key }) => {
      if (key === secretKey) void this.follow();
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /** The signed-in person's token for the present address; undefined when signed out. */
  async token(): Promise<string | undefined> {
    const session = await this.#session();
    this.#shown ??= session && shown(session);
    return session?.token;
  }

  async getSessions(): Promise<vscode.AuthenticationSession[]> {
    const session = await this.#session();
    this.#shown = session && shown(session);
    return this.#shown ? [this.#shown] : [];
  }

  async createSession(): Promise<vscode.AuthenticationSession> {
    return this.adopt(await this.#signIn());
  }

  /** Signs in with a token that was checked already. */
  async adopt({ token, account }: { token: string; account: Account }): Promise<vscode.AuthenticationSession> {
    const session: StoredSession = {
      id: randomUUID(),
      token,
      account: { id: account.id, label: account.label },
      apiUrl: this.#apiUrl(),
    };
    await this.#secrets.store(secretKey, JSON.stringify(session));
    await this.follow();
    return shown(session);
  }

  async removeSession(): Promise<void> {
    if (!(await this.#mayLeave())) throw new vscode.CancellationError();
    await this.#secrets.delete(secretKey);
    await this.follow();
  }

  /** Reads the secret anew and tells what became different; also for a changed address. */
  follow(): Promise<void> {
    this.#following = this.#following.then(() => this.#compare());
    return this.#following;
  }

  async #compare(): Promise<void> {
    const before = this.#shown;
    this.#stored = undefined;
    const [after] = await this.getSessions();
    if (before?.id === after?.id) return;
    this.#changed.fire({ added: after ? [after] : [], removed: before ? [before] : [], changed: [] });
  }

  async #session(): Promise<StoredSession | undefined> {
    // A keyring that failed once may answer the next time.
    this.#stored ??= this.#read().catch((error: unknown) => {
      this.#stored = undefined;
      throw error;
    });
    const session = await this.#stored;
    return session?.apiUrl === this.#apiUrl() ? session : undefined;
  }

  async #read(): Promise<StoredSession | undefined> {
    const json = await this.#secrets.get(secretKey);
    if (!json) return undefined;
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), storedSession), json);
    return parsed.success ? parsed.output : undefined;
  }
}

function shown({ id, token, account }: StoredSession): vscode.AuthenticationSession {
  return { id, accessToken: token, account, scopes: [] };
}
