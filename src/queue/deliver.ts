import * as vscode from 'vscode';
import { BufferError } from '../buffer/bufferError.ts';
import type { Media, NetworkDetails, Profile, ShareTime, Update } from '../buffer/model.ts';
import { sentence, unclear } from './errorWords.ts';
import type { QueueStore } from './queueStore.ts';

/** One text on its way to some profiles. */
export interface Delivery {
  readonly text: string;
  readonly profiles: readonly Profile[];
  readonly when: ShareTime;
  readonly media?: Media;
  /** By profile. */
  readonly details?: Readonly<Record<string, NetworkDetails>>;
}

/** What came of a delivery, profile by profile. */
export interface Delivered {
  readonly created: readonly Update[];
  readonly failed: readonly NotDelivered[];
  /** Nobody knows what came of it; such a delivery is never sent again by itself. */
  readonly unclear: readonly NotDelivered[];
}

export interface NotDelivered {
  readonly profile: Profile;
  /** Why, in a sentence. */
  readonly reason: string;
}

/** Sends one request for all profiles of a delivery, and tells which of them took it. */
export async function deliver(store: QueueStore, { text, profiles, when, media, details }: Delivery): Promise<Delivered> {
  try {
    const { created, refused } = await store.create({ profileIds: profiles.map(({ id }) => id), text, when, media, details });
    const told = refused.flatMap(({ profileId, error }) => {
      const profile = profiles.find(({ id }) => id === profileId);
      return profile ? [{ profile, error }] : [];
    });
    return {
      created,
      failed: told
        .filter(({ error }) => error?.outcome !== 'unknown')
        .map(({ profile, error }) => ({ profile, reason: error ? sentence(error) : vscode.l10n.t('Buffer did not take it.') })),
      unclear: told.flatMap(({ profile, error }) => (error?.outcome === 'unknown' ? [{ profile, reason: unclear(error) }] : [])),
    };
  } catch (error) {
    if (!(error instanceof BufferError)) throw error;
    const isUnclear = error.outcome === 'unknown';
    const all = profiles.map((profile) => ({ profile, reason: isUnclear ? unclear(error) : sentence(error) }));
    return { created: [], failed: isUnclear ? [] : all, unclear: isUnclear ? all : [] };
  }
}
