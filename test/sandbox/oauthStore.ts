import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Kept {
  readonly model: string;
  readonly payload: AdapterPayload;
}

/** What an authorization server remembers. */
export class OAuthStore {
  readonly #kept = new Map<string, Kept>();
  readonly #onAccessTokenGone: (token: string) => void;

  constructor(onAccessTokenGone: (token: string) => void) {
    this.#onAccessTokenGone = onAccessTokenGone;
  }

  /** Forgets what was granted, and not which applications there are. */
  clear(): void {
    this.#removeWhere(({ model }) => model !== 'Client');
  }

  /** Forgets the applications that registered themselves. */
  clearClients(): void {
    this.#removeWhere(({ model }) => model === 'Client');
  }

  get clients(): number {
    return [...this.#kept.values()].filter(({ model }) => model === 'Client').length;
  }

  /** For one of the library's models. */
  adapter(model: string): Adapter {
    const key = (id: string) => `${model}:${id}`;
    const find = (id: string) => Promise.resolve(this.#kept.get(key(id))?.payload);
    const findWhere = (matches: (payload: AdapterPayload) => boolean) =>
      Promise.resolve([...this.#kept.values()].find((kept) => kept.model === model && matches(kept.payload))?.payload);
    return {
      find,
      findByUid: (uid) => findWhere((payload) => payload.uid === uid),
      findByUserCode: (userCode) => findWhere((payload) => payload.userCode === userCode),
      upsert: (id, payload) => Promise.resolve(void this.#kept.set(key(id), { model, payload })),
      consume: async (id) => {
        const payload = await find(id);
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      },
      destroy: (id) => Promise.resolve(this.#removeWhere((_kept, each) => each === key(id))),
      revokeByGrantId: (grantId) => Promise.resolve(this.#removeWhere(({ payload }) => payload.grantId === grantId)),
    };
  }

  #removeWhere(matches: (kept: Kept, key: string) => boolean): void {
    for (const [key, kept] of this.#kept) {
      if (!matches(kept, key)) continue;
      this.#kept.delete(key);
      if (kept.model === 'AccessToken') this.#onAccessTokenGone(key.slice('AccessToken:'.length));
    }
  }
}
