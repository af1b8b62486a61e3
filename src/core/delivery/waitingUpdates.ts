import type { Update } from '../buffer/model.ts';
import type { Entry } from './entry.ts';

/**
 * What of the outbox still goes out to a profile, as the updates that it is to be. What the service did not want is left out,
 * and what is to be a draft.
 * @param draftId  of this draft nothing is wanted
 */
export function waitingUpdates(entries: readonly Entry[], profileId: string, draftId?: string): Update[] {
  return entries.flatMap((entry): Update[] => {
    const { id, text, media, profiles, when, state, details, touchedAt } = entry;
    const profile = profiles.find((each) => each.id === profileId);
    if (!profile || state === 'failed' || when === 'draft' || (draftId !== undefined && entry.draftId === draftId)) return [];
    return [
      {
        id,
        profileId,
        service: profile.service,
        status: 'pending',
        text,
        media,
        details: details?.[profileId],
        ...(typeof when === 'object' && { dueAt: when.at }),
        createdAt: touchedAt,
        statistics: {},
      },
    ];
  });
}
