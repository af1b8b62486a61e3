import { assetsOf } from './assetsWire.ts';
import { linkIn, readAssets, readMetadata } from './graphqlContent.ts';
import type { EditPostInput } from './graphqlMutations.ts';
import { asStored } from './graphqlStored.ts';
import { usualDetails, type Content } from './metadata.ts';
import type { Held, Profile, State, Update } from './state.ts';

// What an edit makes of a post. Clients measured it otherwise than the reference says, so it goes by switches.

/**
 * What is in a post after an edit. What is left out stays only where editPost merges; metadata that is given stands for
 * all of its network's.
 */
export function editedContent(profile: Profile, update: Update, input: EditPostInput, { settings, origin }: State): Content {
  const keeps =
    settings.editPost === 'merge' ||
    (settings.linkedinDrafts === 'keepRest' && profile.service === 'linkedin' && update.status === 'draft');
  const old = keeps ? contentOf(profile, update) : nothing;
  const given = input.assets == null ? undefined : readAssets(input.assets, origin);
  const metadata = readMetadata(profile, input.metadata, origin);
  const assets = given?.assets ?? old.assets;
  const content: Content = {
    text: input.text ?? old.text,
    assets,
    link: metadata?.link ?? given?.link ?? (metadata || assets.length > 0 ? undefined : old.link),
    details: metadata?.details ?? old.details,
    tagIds: input.tagIds ?? old.tagIds,
    ideaId: input.ideaId ?? old.ideaId,
    isReminder: input.schedulingType == null ? old.isReminder : input.schedulingType === 'notification',
  };
  return asStored(profile, content, settings);
}

/** Where what is left out is dropped, a post that only reminded goes out by itself: the sandbox's own reading of it. */
const nothing: Content = { text: '', assets: [], details: undefined, tagIds: [], isReminder: false };

function contentOf(profile: Profile, update: Update): Content {
  const { text, media, details = usualDetails(profile), tagIds = [], ideaId, isReminder = false } = update;
  return { text, assets: assetsOf(update), link: linkIn(media), details, tagIds, ideaId, isReminder };
}

/**
 * Whom a post waits for after an edit, and whether the edit gives it another place. A chosen time counts only with both
 * `mode` and `schedulingType`, and a draft leaves the drafts only with `saveToDraft: false` as well; else nothing is
 * said of it, and the post stays where it was. The other modes work alone on what is no draft: nobody measured
 * otherwise.
 */
export function placeAfter(
  update: Update,
  { mode, schedulingType, saveToDraft, approvalChange }: EditPostInput,
): { heldAs?: Held; isPlaced: boolean } {
  const isWhole = mode != null && schedulingType != null;
  const isPlaced = isWhole || (mode != null && mode !== 'customScheduled' && update.status !== 'draft');
  if (saveToDraft || approvalChange === 'revert') return { heldAs: 'draft', isPlaced };
  if (approvalChange === 'request' || update.status === 'needs_approval') return { heldAs: 'needs_approval', isPlaced };
  if (update.status !== 'draft') return { isPlaced };
  const leaves = isWhole && saveToDraft === false;
  return { heldAs: leaves ? undefined : 'draft', isPlaced: leaves };
}
