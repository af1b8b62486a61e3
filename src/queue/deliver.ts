import * as vscode from 'vscode';
import { BufferError } from '../buffer/bufferError.ts';
import type { Media, Profile, ShareTime, Update } from '../buffer/model.ts';
import { sentence } from './errorWords.ts';
import type { QueueStore } from './queueStore.ts';

/** One text on its way to some profiles. */
export interface Delivery {
  readonly text: string;
  readonly profiles: readonly Profile[];
  readonly when: ShareTime;
  readonly media?: Media;
}

/** What came of a delivery, profile by profile. */
export interface Delivered {
  readonly created: readonly Update[];
  readonly failed: readonly Profile[];
  /** Why, for those that failed. */
  readonly reason?: string;
  /** Set when nobody knows what came of it; such a delivery is never sent again by itself. */
  readonly unclear?: BufferError;
}

/** Sends one request for all profiles of a delivery, and tells which of them took it. */
export async function deliver(store: QueueStore, { text, profiles, when, media }: Delivery): Promise<Delivered> {
  try {
    const { created, refused } = await store.create({ profileIds: profiles.map(({ id }) => id), text, when, media });
    const failed = profiles.filter(({ id }) => refused.includes(id));
    return { created, failed, reason: failed.length ? vscode.l10n.t('Buffer did not take it.') : undefined };
  } catch (error) {
    if (!(error instanceof BufferError)) throw error;
    if (error.outcome === 'unknown') return { created: [], failed: [], unclear: error };
    return { created: [], failed: profiles, reason: sentence(error) };
  }
}
