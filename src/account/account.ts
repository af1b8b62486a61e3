import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { accountLeft } from '../core/buffer/bufferError.ts';
import { type Account, type ApiName, apiNames, type Organization } from '../core/buffer/model.ts';
import { type Grant, grantSchema } from './grant.ts';
import type { GrantKeeper, GrantStore } from './grantKeeper.ts';
import { Keyring } from './keyring.ts';

/** Also the id of the provider in `package.json`. */
export const providerId = 'buffer';

const secretKey = 'buffer.session';

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

const storedSession = v.object({
  id: v.string(),
  credential: v.union([v.object({ token: v.pipe(v.string(), v.nonEmpty()) }), v.object({ grant: grantSchema })]),
  account: v.object({ id: v.string(), label: v.string() }),
  api: v.picklist(apiNames),
  organization: v.optional(v.object({ id: v.string(), name: v.string() })),
  /** The address the credential was given for. It is sent nowhere else. */
  address: v.string(),
});
type StoredSession = v.InferOutput<typeof storedSession>;

export interface BufferAccountOptions {
  readonly secrets: vscode.SecretStorage;
  /** Where a service is. */
  readonly address: (api: ApiName) => string;
  /** Asks the person for a credential and tries it; throws when the person gives up. */
  readonly signIn: () => Promise<SignedIn>;
  /** Asks whether signing out is all right when text would be lost. */
  readonly mayLeave: () => Promise<boolean>;
  /** Told once when the keyring fails, with a way to try again at once. */
  readonly keyringFailed?: (again: () => void) => void;
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
  readonly #keyring: Keyring;
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
    this.#keyring = new Keyring(options.secrets, secretKey, options.patience);
    this.#subscription = options.secrets.onDidChange(({ key }) => {
      if (key === secretKey) this.#followAgain();
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#keyring.dispose();
    this.#changed.dispose();
  }

  /** To be awaited before the window closes: a grant that is being renewed must be stored. */
  async settled(): Promise<void> {
    await (await this.#keeper)?.settled();
  }

  /** The way to the service for the signed-in person; undefined when signed out. */
  async connection(): Promise<Connection | undefined> {
    const session = await this.#session();
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
      const now = await this.#read();
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
        read: async () => grantOf(await this.#read()),
        store: async (grant, spent) => {
          const session = await this.#read();
          if (session && grantOf(session)?.refreshToken === spent) await this.#store({ ...session, credential: { grant } });
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
    await this.#store(session);
    await this.follow();
    return shown(session);
  }

  /** Shows another organization's queues from now on, in every window. */
  async switchTo(organization: Organization): Promise<void> {
    const session = await this.#read();
    if (!session) return;
    await this.#store({ ...session, organization });
    await this.follow();
  }

  async removeSession(): Promise<void> {
    if (!(await this.#options.mayLeave())) throw new vscode.CancellationError();
    await this.#keyring.delete();
    await this.follow();
  }

  /** Reads the secret anew and tells what became different; also for a changed address. */
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
    await this.getSessions();
    const after = this.#told;
    // What was asked meanwhile failed, whoever is signed in.
    const isBack = this.#hasFailed;
    this.#hasFailed = false;
    if (before?.id !== after?.id) {
      this.#changed.fire({ added: after ? [shown(after)] : [], removed: before ? [shown(before)] : [], changed: [] });
    } else if (after && (isBack || before?.organization?.id !== after.organization?.id || scopesOf(before) !== scopesOf(after))) {
      this.#changed.fire({ added: [], removed: [], changed: [shown(after)] });
    }
  }

  async #session(): Promise<StoredSession | undefined> {
    // A keyring that failed once may answer the next time.
    this.#stored ??= this.#read().catch((error: unknown) => {
      this.#stored = undefined;
      this.#keyring.tryLater(() => this.#followAgain());
      if (!this.#hasFailed) this.#options.keyringFailed?.(() => this.#followAgain());
      this.#hasFailed = true;
      throw error;
    });
    const session = await this.#stored;
    return session && session.address === this.#options.address(session.api) ? session : undefined;
  }

  async #read(): Promise<StoredSession | undefined> {
    const json = await this.#keyring.read();
    if (!json) return undefined;
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), storedSession), json);
    return parsed.success ? parsed.output : undefined;
  }

  async #store(session: StoredSession): Promise<void> {
    await this.#keyring.store(JSON.stringify(session));
  }
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
