import { mediaOf, readAssets, readMetadata, type AssetInput, type MetadataInput } from './graphqlContent.ts';
import type { Context, Input } from './graphqlContext.ts';
import { failure, InvalidInput, LimitReached, toMutationError, type MutationErrorType } from './graphqlErrors.ts';
import { checkRepeat, checkRoom } from './graphqlRoom.ts';
import { asStored } from './graphqlStored.ts';
import { dayOf, postToWire } from './graphqlWire.ts';
import { editedContent, placeAfter } from './graphqlEdit.ts';
import { checkNeeds, checkShape, type Content } from './metadata.ts';
import { Refusal } from './refusal.ts';
import { dailyLimitOf, type Held, type Profile, type Rest, type State, type Update, type When } from './state.ts';

export interface PostInput {
  readonly text?: string | null;
  readonly assets?: readonly AssetInput[] | null;
  readonly metadata?: MetadataInput | null;
  readonly mode?: 'addToQueue' | 'shareNext' | 'shareNow' | 'customScheduled' | null;
  readonly dueAt?: number | null;
  readonly schedulingType?: 'automatic' | 'notification' | null;
  readonly saveToDraft?: boolean | null;
  readonly tagIds?: readonly string[] | null;
  readonly ideaId?: string | null;
}

interface CreatePostInput extends PostInput {
  readonly channelId: string;
  readonly needsApproval: boolean;
}

export interface EditPostInput extends PostInput {
  readonly id: string;
  readonly approvalChange?: 'request' | 'revert' | null;
}

type Resolve<T> = (parent: unknown, args: Input<T>, context: Context) => object;

/** What is thrown on the way becomes a member of the union that the mutation answers with. */
export function answering<T>(members: readonly MutationErrorType[], act: (input: T, context: Context) => object): Resolve<T> {
  return (_, { input }, context) => {
    try {
      return act(input, context);
    } catch (error) {
      const answer = toMutationError(error);
      return members.includes(answer.__typename) ? answer : { ...answer, __typename: members[0] };
    }
  };
}

const postErrors: MutationErrorType[] = ['InvalidInputError', 'NotFoundError', 'UnauthorizedError', 'UnexpectedError', 'LimitReachedError'];
const voidErrors: MutationErrorType[] = ['VoidMutationError'];

export const postMutations = {
  createPost: answering<CreatePostInput>(postErrors, (input, context) => {
    const { state, user } = context;
    const profile = openChannel(state.profileFor(user, input.channelId));
    const heldAs: Held | undefined = input.saveToDraft ? 'draft' : input.needsApproval ? 'needs_approval' : undefined;
    const { assets, link: linkAsset } = readAssets(input.assets ?? [], state.origin);
    const { details, link = linkAsset } = readMetadata(profile, input.metadata, state.origin) ?? { details: undefined };
    const { ideaId, tagIds } = input;
    const given: Content = {
      text: input.text ?? '',
      assets,
      link,
      details,
      isReminder: input.schedulingType === 'notification',
      ideaId: ideaId ?? undefined,
      tagIds: tagIds ?? [],
    };
    const content = asStored(profile, given, state.settings);
    check(state, profile, content, heldAs);
    if (input.needsApproval && state.settings.approvals === 'noPolicy')
      throw failure('BAD_USER_INPUT', 'No approval policy asks for approval here.', 400);
    const when = whenOf(input)!;
    if (!heldAs) {
      checkRepeat(state, profile, content);
      if (when !== 'now') checkRoom(state, profile);
    }
    const made = withinDailyLimit(state, profile, heldAs ? undefined : when, undefined, () =>
      state.add(profile, {
        text: content.text,
        media: filled(mediaOf(content.assets, content.link)),
        when,
        isShare: mayLackText(content),
        mayRepeat: true,
        heldAs,
        rest: restOf(content),
      }),
    );
    return succeeded(made, state);
  }),

  editPost: answering<EditPostInput>(postErrors, (asked, { state, user, fault }) => {
    const input: EditPostInput = fault?.kind === 'forgets' ? { ...asked, assets: [], tagIds: [] } : asked;
    const update = state.updateFor(user, input.id);
    const profile = openChannel(state.profileOf(update));
    if (update.status === 'sent' || update.status === 'sending') throw new Refusal('alreadySent');
    checkApproval(state, update, input);
    const rule = state.settings.editPost;
    const content = editedContent(profile, update, input, state);
    const { heldAs, isPlaced } = placeAfter(update, input);
    const when = isPlaced ? whenOf(input) : undefined;
    if (heldAs === 'needs_approval' && when === 'now') throw new InvalidInput('The post needs approval before it can be shared.');
    checkTags(state, profile, content);
    if (rule !== 'replace') check(state, profile, content, heldAs);
    const joins = !heldAs && when !== undefined && when !== 'now' && update.status !== 'buffer';
    if (joins) checkRoom(state, profile);
    withinDailyLimit(state, profile, heldAs ? undefined : when, update, () => {
      state.edit(update, {
        text: content.text,
        media: mediaOf(content.assets, content.link),
        when,
        // Where nothing is looked at, a post may end up with nothing in it.
        isShare: mayLackText(content) || rule === 'replace',
        heldAs,
        rest: restOf(content),
      });
      return update;
    });
    return succeeded(update, state);
  }),

  deletePost: answering<{ id: string }>(voidErrors, ({ id }, { state, user }) => {
    if (!state.updates.has(id)) throw new InvalidInput('Document not found');
    state.remove(state.updateFor(user, id));
    return { __typename: 'DeletePostSuccess', id };
  }),

  movePostInQueue: answering<{ id: string; position: 'top' | 'bottom' }>(voidErrors, ({ id, position }, { state, user }) => {
    const update = state.updateFor(user, id);
    openChannel(state.profileOf(update));
    if (position === 'top') state.moveToTop(update);
    else state.moveToBottom(update);
    return succeeded(update, state);
  }),
};

function succeeded(update: Update, state: State): object {
  return { __typename: 'PostActionSuccess', post: postToWire(update, state) };
}

function openChannel(profile: Profile): Profile {
  if (profile.isLocked) throw new InvalidInput('This channel is locked: the plan does not include it.');
  return profile;
}

function check(state: State, profile: Profile, content: Content, heldAs: Held | undefined): void {
  checkTags(state, profile, content);
  checkShape(content);
  const owner = state.users.find(({ id }) => id === profile.userId)!;
  if (owner.plan === 'free' && content.details?.firstComment) throw new InvalidInput('First comment requires a paid plan.');
  checkNeeds(profile, content, heldAs === 'draft');
}

/** Documented: an approval is asked for, or withdrawn, only where a policy asks for one, and only of drafts of one's own. */
function checkApproval({ settings }: State, { status, author }: Update, { approvalChange }: EditPostInput): void {
  if (approvalChange == null) return;
  if (settings.approvals === 'noPolicy') throw failure('BAD_USER_INPUT', 'No approval policy asks for approval here.', 400);
  if (author) throw new InvalidInput('Only the author of a draft asks for its approval.');
  const from = approvalChange === 'request' ? 'draft' : 'needs_approval';
  if (status !== from)
    throw new InvalidInput(approvalChange === 'request' ? 'Only a draft can be submitted for approval.' : 'No approval is waited for.');
}

function checkTags({ tags }: State, { organizationId }: Profile, { tagIds = [] }: Content): void {
  const isKnown = (id: string) => tags.some((tag) => tag.id === id && tag.organizationId === organizationId);
  if (!tagIds.every(isKnown)) throw new InvalidInput('Tag not found.');
}

function restOf({ assets, details, isReminder, ideaId, tagIds }: Content): Rest {
  return { assets, details, isReminder, ideaId, tagIds };
}

/** What is there instead of text: a file, or another post that is shared. */
function mayLackText({ assets, details }: Content): boolean {
  return assets.length > 0 || details?.retweet != null;
}

function filled<T extends object>(value: T): T | undefined {
  return Object.keys(value).length > 0 ? value : undefined;
}

function whenOf({ mode, dueAt }: PostInput): When | undefined {
  switch (mode) {
    case 'addToQueue':
      return 'queue';
    case 'shareNext':
      return 'top';
    case 'shareNow':
      return 'now';
    case 'customScheduled':
      if (dueAt == null) throw new InvalidInput('dueAt is required when mode is customScheduled.');
      return { at: dueAt };
    default:
      return undefined;
  }
}

/**
 * Does something to a post unless its day would hold more than its network allows. Which day the queue has in store
 * for it shows only once it is there, so then a new post is taken out again.
 */
function withinDailyLimit(state: State, profile: Profile, when: When | undefined, update: Update | undefined, act: () => Update): Update {
  const limit = dailyLimitOf(profile) ?? Infinity;
  const countOn = (at: number) => {
    const { start, end } = dayOf(profile, at);
    const { scheduled, sent } = state.onDay(profile, start, end);
    const isCounted = update?.status === 'buffer' && update.dueAt >= start && update.dueAt < end;
    return scheduled + sent - (isCounted ? 1 : 0);
  };
  const reached = new LimitReached(`This channel has reached its limit of ${limit} posts for that day.`);
  const at = typeof when === 'object' ? when.at : when === 'now' ? state.now() : undefined;
  if (at !== undefined && countOn(at) >= limit) throw reached;
  const done = act();
  if (!update && (when === 'queue' || when === 'top') && countOn(done.dueAt) > limit) {
    state.remove(done);
    throw reached;
  }
  return done;
}
