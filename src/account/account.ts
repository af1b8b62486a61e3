import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { accountLeft, BufferError, keyringLocked } from '../core/buffer/bufferError.ts';
import type { Account, ApiName, Organization } from '../core/buffer/model.ts';
import type { Memento } from '../core/files/memento.ts';
import type { Grant } from './grant.ts';
import type { GrantKeeper, GrantStore } from './grantKeeper.ts';
import { KeptSession, secretKey, type StoredSession } from './keptSession.ts';

/** Also the id of the provider in `package.json`. */
export const providerId = 'buffer';

/** A token that a person pasted, or what Buffer granted in the browser. */
export type Credential = { readonly token: string } | { readonly grant: Grant };

/** A credential that was tried: whose it is, and which service takes it. */
export interface SignedIn {
  readonly credential: Credential;
  readonly api: ApiName;
  readonly account: Account;
  /** Whose queues are shown, where the service has organizations. */
  readonly organization?: Organization;
}

/** How to ask the service for the signed-in person. */
export interface Connection {
  readonly api: ApiName;
  readonly organization?: Organization;
  /** What the credential is good for; undefined where it does not tell, as with keys. */
  readonly scopes?: readonly string[];
  /** What signing in again would not give either. */
  readonly refusedScopes?: readonly string[];
  readonly account: { readonly id: string; readonly label: string };
  /** Where the service is. */
  readonly address: string;
  /** @throws BufferError `cancelled` where somebody else is signed in by now, or elsewhere: theirs is never told for this */
  token(): Promise<string>;
  /** Another token for one that was refused; undefined where there is no other. */
  renewToken(refused: string): Promise<string | undefined>;
}

export interface BufferAccountOptions {
  readonly secrets: vscode.SecretStorage;
  /** Shared by all windows. */
  readonly memory: Memento;
  /** Where a service is. */
  readonly address: (api: ApiName) => string;
  /** Asks the person for a credential and tries it; throws when the person gives up. */
  readonly signIn: () => Promise<SignedIn>;
  /** Asks whether signing out is all right when text would be lost. */
  readonly mayLeave: () => Promise<boolean>;
  /** Drops what was kept of whoever signed out. */
  readonly forget: () => void;
  /** Told once when the keyring fails, with a way to try again at once. */
  readonly keyringFailed?: (again: () => void) => unknown;
  /** Told when somebody signed out and the keyring did not let go of the credential. */
  readonly keptAfterAll?: (again: () => Promise<boolean>) => unknown;
  /** Whether to try once more to store what the keyring did not take. */
  readonly storeAgain?: () => Promise<boolean>;
  /** How long a keyring may take, in milliseconds. */
  readonly patience?: number;
  /** Keeps a grant fresh. */
  readonly keepGrant: (store: GrantStore) => GrantKeeper | Promise<GrantKeeper>;
}

/**
 * Who is signed in. The credential lives in SecretStorage only; every window follows what another one does, because
 * VS Code tells all of them when the secret changes. It is VS Code's own authentication provider for Buffer too,
 * which shows the account in the Accounts menu.
 */
export class BufferAccount implements vscode.AuthenticationProvider, vscode.Disposable {
  readonly #options: BufferAccountOptions;
  readonly #changed = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly #subscription: vscode.Disposable;
  readonly #kept: KeptSession;
  /** The keyring failed, and nobody has heard since that it answers. */
  #hasFailed = false;
  /** Made for the first credential that is a grant. */
  #keeper: Promise<GrantKeeper> | undefined;
  #stored: Promise<StoredSession | undefined> | undefined;
  /** What was told of last. */
  #told: StoredSession | undefined;
  /** One at a time: VS Code tells of a secret while it is still being stored. */
  #following: Promise<void> = Promise.resolve();

  readonly onDidChangeSessions = this.#changed.event;

  constructor(options: BufferAccountOptions) {
    this.#options = options;
    this.#kept = new KeptSession(options.secrets, options.memory, options.patience);
    this.#subscription = options.secrets.onDidChange(({ key }) => {
      if (key === secretKey) this.#followAgain();
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#kept.dispose();
    this.#changed.dispose();
  }

  /** To be awaited before the window closes: a grant that is being renewed must be stored. */
  async settled(): Promise<void> {
    await (await this.#keeper)?.settled();
  }

  /** The way to the service for the signed-in person; undefined when signed out. @throws BufferError where the keyring fails */
  async connection(): Promise<Connection | undefined> {
    const session = await this.#session().catch(asLocked);
    this.#told ??= session;
    if (!session) return undefined;
    const { api, organization, account, address, credential } = session;
    const common = { api, organization, account, address };
    if ('token' in credential) {
      // Asked for at each request, so that a token that is gone is not used on.
      const token = async () => {
        const now = await this.#session();
        if (now && !isSamePlace(now, session)) throw accountLeft();
        return now && 'token' in now.credential ? now.credential.token : '';
      };
      return { ...common, token, renewToken: () => Promise.resolve(undefined) };
    }
    const { scopes, refusedScopes } = credential.grant;
    const ofThisOne = async (ask: (keeper: GrantKeeper) => Promise<string>) => {
      const token = await ask(await this.#grantKeeper());
      // The keeper knows whoever is signed in, and that may be somebody else since this was asked.
      const now = await this.#kept.read();
      if (now && !isSamePlace(now, session)) throw accountLeft();
      return token;
    };
    return {
      ...common,
      scopes,
      refusedScopes,
      token: () => ofThisOne((keeper) => keeper.accessToken()),
      renewToken: (refused) => ofThisOne((keeper) => keeper.renewRefused(refused)),
    };
  }

  #grantKeeper(): Promise<GrantKeeper> {
    // What another window has stored must be seen at once, so the secret itself is read, not what is remembered of it.
    this.#keeper ??= Promise.resolve(
      this.#options.keepGrant({
        read: async () => grantOf(await this.#kept.read()),
        store: async (grant, spent) => {
          const session = await this.#kept.read();
          if (session && grantOf(session)?.refreshToken === spent) await this.#kept.replace({ ...session, credential: { grant } });
        },
      }),
    );
    return this.#keeper;
  }

  async getSessions(): Promise<vscode.AuthenticationSession[]> {
    const session = await this.#session();
    this.#told = session;
    return session ? [shown(session)] : [];
  }

  async createSession(): Promise<vscode.AuthenticationSession> {
    return this.adopt(await this.#options.signIn());
  }

  /** Signs in with a credential that was tried already. */
  async adopt({ credential, api, account, organization }: SignedIn): Promise<vscode.AuthenticationSession> {
    const session: StoredSession = {
      id: randomUUID(),
      credential,
      api,
      organization,
      account: { id: account.id, label: account.label },
      address: this.#options.address(api),
    };
    await this.#storeNew(session);
    await this.follow();
    return shown(session);
  }

  /** Shows another organization's queues from now on, in every window. */
  async switchTo(organization: Organization): Promise<void> {
    const session = await this.#kept.read().catch(asLocked);
    if (!session) return;
    await this.#kept.replace({ ...session, organization }).catch(asLocked);
    await this.follow();
  }

  async removeSession(): Promise<void> {
    if (!(await this.#options.mayLeave())) throw new vscode.CancellationError();
    const before = this.#told;
    await this.#kept.leave(before);
    this.#stored = Promise.resolve(undefined);
    this.#hasFailed = false;
    this.#options.forget();
    this.#tell(before, undefined);
    if (!(await this.#kept.erase())) void this.#options.keptAfterAll?.(() => this.#kept.erase());
  }

  /** Reads the secret anew and tells what became different; also for a changed address. @throws as with `connection` */
  follow(): Promise<void> {
    // One that failed is no reason not to look again.
    this.#following = this.#following.catch(() => undefined).then(() => this.#compare());
    return this.#following;
  }

  #followAgain(): void {
    // That it failed is told, and it is tried again.
    this.follow().catch(() => undefined);
  }

  async #compare(): Promise<void> {
    const before = this.#told;
    this.#stored = undefined;
    await this.getSessions().catch(asLocked);
    const after = this.#told;
    // What was asked meanwhile failed, whoever is signed in.
    const isBack = this.#hasFailed;
    this.#hasFailed = false;
    const isOther = before?.id !== after?.id;
    if (before && isOther) this.#options.forget();
    if (isOther || isBack || before?.organization?.id !== after?.organization?.id || scopesOf(before) !== scopesOf(after))
      this.#tell(before, after);
  }

  #tell(before: StoredSession | undefined, after: StoredSession | undefined): void {
    this.#told = after;
    const isSame = before?.id === after?.id;
    const [was, is] = [before, after].map((session) => (session ? [shown(session)] : []));
    this.#changed.fire(isSame ? { added: [], removed: [], changed: is! } : { added: is!, removed: was!, changed: [] });
  }

  async #session(): Promise<StoredSession | undefined> {
    // A keyring that failed once may answer the next time.
    this.#stored ??= this.#kept.read().catch((error: unknown) => {
      this.#stored = undefined;
      this.#kept.tryLater(() => this.#followAgain());
      if (!this.#hasFailed) void this.#options.keyringFailed?.(() => this.#followAgain());
      this.#hasFailed = true;
      throw error;
    });
    const session = await this.#stored;
    if (session && this.#kept.isLeft(session)) {
      // Another window could not delete it, so that nothing else told this one.
      this.#followAgain();
      return undefined;
    }
    return session && session.address === this.#options.address(session.api) ? session : undefined;
  }

  /** @throws what the keyring throws; vscode.CancellationError where the person leaves it at that */
  async #storeNew(session: StoredSession): Promise<void> {
    const { storeAgain } = this.#options;
    for (;;) {
      try {
        return await this.#kept.store(session);
      } catch (error) {
        if (!storeAgain) throw error;
        if (!(await storeAgain())) throw new vscode.CancellationError();
      }
    }
  }
}

/** A keyring fails with anything. */
function asLocked(error: unknown): never {
  throw error instanceof BufferError ? error : keyringLocked(error);
}

/** Whether one session's token may be sent for another: that of the same account, to the same service at the same address. */
function isSamePlace(one: StoredSession, other: StoredSession): boolean {
  return one.api === other.api && one.account.id === other.account.id && one.address === other.address;
}

function grantOf(session: StoredSession | undefined): Grant | undefined {
  return session && 'grant' in session.credential ? session.credential.grant : undefined;
}

/** What a session is good for, to compare. */
function scopesOf(session: StoredSession | undefined): string | undefined {
  return grantOf(session)?.scopes.join(' ');
}

function shown({ id, credential, account, api }: StoredSession): vscode.AuthenticationSession {
  const label = api === 'v1' ? vscode.l10n.t('{0} (API v1)', account.label) : account.label;
  return {
    id,
    accessToken: 'token' in credential ? credential.token : credential.grant.accessToken,
    account: { ...account, label },
    scopes: [],
  };
}
