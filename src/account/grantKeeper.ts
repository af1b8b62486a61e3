import { setTimeout as sleep } from 'node:timers/promises';
import { BufferError } from '../core/buffer/bufferError.ts';
import type { Grant } from './grant.ts';
import { GrantClaim } from './grantClaim.ts';

/** Where the grant is kept, for all windows. */
export interface GrantStore {
  read(): Promise<Grant | undefined>;
  /** @param spent  the refresh token that it cost: nothing is stored in place of any other grant */
  store(grant: Grant, spent: string): Promise<void>;
}

export interface GrantKeeperOptions {
  readonly store: GrantStore;
  /** A folder that all windows share; it need not exist yet. Nothing secret is written there. */
  readonly folder: string;
  /** `refresh` of `oauth.ts`. An `unauthorized` of it is the server's word that the grant is over. */
  readonly refresh: (grant: Grant) => Promise<Grant>;
  /** What happens, in a line. Never a token. */
  readonly log?: (line: string) => void;
  readonly now?: () => number;
  /** How long another window may take, in milliseconds; more than a refresh can. */
  readonly patience?: number;
}

/** Renewed when it has no more than this left, in milliseconds: something is left if renewing fails. */
const renewBefore = 5 * 60_000;
const look = 100;
/** A token that was got because the one before was refused, and is refused so soon, was not refused for its age. */
const freshFor = 60_000;
const noLonger = 'Buffer no longer accepts your sign-in. Sign in again.';

/**
 * Hands out access tokens that are good, and renews the grant in time.
 *
 * Buffer's refresh tokens are good for one use, and a second use ends the whole grant. So each is used by one window
 * only, which claims it first (see `GrantClaim`) and stores what it gets before anything else. When the answer to that
 * one use is lost, nobody can know whether the token is spent: it is not tried again, the access token stays in use for
 * as long as it lasts, and then the person is asked to sign in, unless a newer grant has been stored meanwhile. A window
 * that dies while it renews leaves the same doubt; others wait for it no longer than `patience`.
 */
export class GrantKeeper {
  readonly #options: Required<GrantKeeperOptions>;
  /** Renewals under way in this window, by the access token that was refused, or '' for those due. */
  readonly #renewals = new Map<string, Promise<Grant>>();
  /** Got, but the store would not take it. `spent` is the refresh token that it cost. */
  #unstored: { grant: Grant; spent: string } | undefined;
  #afterRefusal: { accessToken: string; at: number } | undefined;

  constructor(options: GrantKeeperOptions) {
    this.#options = { log: () => {}, now: Date.now, patience: 45_000, ...options };
  }

  /**
   * A token to ask Buffer with; good for minutes, unless renewing failed.
   * @throws BufferError `unauthorized` when the person must sign in; others when renewing failed for now
   */
  async accessToken(): Promise<string> {
    const grant = await this.#current();
    if (this.#left(grant) > renewBefore) return grant.accessToken;
    try {
      return (await this.#renewOnce()).accessToken;
    } catch (error) {
      // The service has the last word on a token that has not ended.
      if (this.#left(grant) > 0) return grant.accessToken;
      throw error;
    }
  }

  /**
   * Another token, after the service refused one that should have been good: one renewal, and no second one when that
   * does not help.
   * @throws BufferError `unauthorized` when the person must sign in; others when renewing failed for now
   */
  async renewRefused(refused: string): Promise<string> {
    const { now } = this.#options;
    if (this.#afterRefusal?.accessToken === refused && now() - this.#afterRefusal.at < freshFor) {
      throw new BufferError('unauthorized', noLonger);
    }
    const { accessToken } = await this.#renewOnce(refused);
    this.#afterRefusal = { accessToken, at: now() };
    return accessToken;
  }

  /** When no renewal is under way in this window. To be awaited before the window closes: what it gets must be stored. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#renewals.values());
  }

  /** @throws BufferError `unauthorized` when nobody is signed in */
  async #current(): Promise<Grant> {
    const { store } = this.#options;
    const grant = await store.read();
    if (!grant) throw new BufferError('unauthorized', 'You are not signed in to Buffer.');
    const unstored = this.#unstored;
    if (unstored?.spent !== grant.refreshToken) return grant;
    await store.store(unstored.grant, unstored.spent);
    this.#unstored = undefined;
    return unstored.grant;
  }

  #left({ expiresAt }: Grant): number {
    return expiresAt - this.#options.now();
  }

  /** Those who ask for the same at the same time share it. */
  #renewOnce(refused = ''): Promise<Grant> {
    let renewal = this.#renewals.get(refused);
    if (!renewal) {
      renewal = this.#renew(refused).finally(() => this.#renewals.delete(refused));
      this.#renewals.set(refused, renewal);
    }
    return renewal;
  }

  async #renew(refused: string): Promise<Grant> {
    const { folder, log, patience } = this.#options;
    const first = await this.#current();
    const isGood = (grant: Grant) =>
      refused
        ? grant.accessToken !== refused && this.#left(grant) > 0
        : this.#left(grant) > (grant.refreshToken === first.refreshToken ? renewBefore : 0);
    const started = performance.now();
    for (;;) {
      // Read anew each time: this is how a window hears of what another one got.
      const grant = await this.#current();
      if (isGood(grant)) return grant;
      const claim = await GrantClaim.make(folder, grant.refreshToken);
      if (claim) return this.#use(grant, claim);

      const other = await GrantClaim.look(folder, grant.refreshToken);
      if (other?.state === 'refused') throw new BufferError('unauthorized', noLonger);
      const hasWaited = Math.max(performance.now() - started, other ? Date.now() - other.since : 0);
      if (other?.state === 'lost' || hasWaited > patience) throw unclear();
      log('waiting for another renewal of the sign-in');
      await sleep(look);
    }
  }

  async #use(grant: Grant, claim: GrantClaim): Promise<Grant> {
    const { folder, refresh, log } = this.#options;
    let renewed: Grant;
    try {
      renewed = await refresh(grant);
    } catch (error) {
      log(`renewing the sign-in failed: ${error instanceof BufferError ? error.kind : 'unexpectedly'}`);
      if (error instanceof BufferError && error.kind === 'unauthorized') {
        await claim.settle('refused');
        return this.#newerThan(grant, error);
      }
      if (error instanceof BufferError && error.outcome === 'notDone') {
        await claim.withdraw();
        throw error;
      }
      await claim.settle('lost');
      return this.#newerThan(grant, unclear(error));
    }
    // Stored before anything else: the old one is worth nothing any more. Not stored if the person signed out or in anew.
    this.#unstored = { grant: renewed, spent: grant.refreshToken };
    const kept = await this.#current();
    // RFC 6749, 6: a server may leave the old one in force by naming no new one.
    if (renewed.refreshToken === grant.refreshToken) await claim.withdraw();
    else await claim.settle('done');
    await GrantClaim.tidy(folder).catch(() => {});
    log('renewed the sign-in');
    return kept;
  }

  /** The grant that somebody stored while this one was being renewed in vain. */
  async #newerThan(grant: Grant, failure: BufferError): Promise<Grant> {
    const latest = await this.#options.store.read();
    if (latest && latest.refreshToken !== grant.refreshToken) return latest;
    throw failure;
  }
}

function unclear(cause?: unknown): BufferError {
  return new BufferError(
    'unauthorized',
    'Buffer’s answer was lost when your sign-in was to be renewed, and asking twice would end it. Sign in again.',
    { cause },
  );
}
