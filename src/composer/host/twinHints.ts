import { detailsOf, mediaOf, shareTimeOf } from '../../core/drafts/draftUpdate.ts';
import { type Draft, textFor } from '../../core/drafts/draft.ts';
import type { QueueStore } from '../../core/queue/queueStore.ts';
import { twinNotes, type TwinParts } from '../../ui/twinWords.ts';
import { utmRules } from '../../ui/utmSetting.ts';

type TwinHintParts = Omit<TwinParts, 'store'> & { readonly store: QueueStore };

/**
 * What there is like a draft, in sentences: the same in the queue of a chosen profile or lately sent, or another one within ten
 * minutes of it. From what is held; asks the service for nothing.
 */
export async function twinHints({ store, outbox }: TwinHintParts, draft: Draft): Promise<string[]> {
  // A draft at Buffer goes out when somebody schedules it.
  if (draft.when.kind === 'draft') return [];
  const profiles = draft.profileIds.flatMap((id) => store.profile(id) ?? []);
  // What is edited is sent as it is written.
  const rules = draft.editing ? [] : utmRules();
  const { tagged } = rules.length > 0 ? await import('../../core/networks/utm.ts') : { tagged: (text: string) => text };
  const when = shareTimeOf(draft);
  return profiles.flatMap((profile) => {
    const asSent = (text: string) => tagged(text, profile.service, rules);
    const planned = {
      text: asSent(textFor(draft, profile.service)),
      media: mediaOf(draft),
      thread: store.capabilities.details ? detailsOf(draft, profile).thread?.map(asSent) : undefined,
      when,
      updateId: draft.editing?.updateId,
    };
    return twinNotes({ store, outbox }, profile, planned, draft.id);
  });
}
