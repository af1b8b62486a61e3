import { organizationFor, type Context, type Input } from './graphqlContext.ts';
import { failure, InvalidInput, LimitReached, NotUnique } from './graphqlErrors.ts';
import { answering } from './graphqlMutations.ts';
import { organizationToWire, tagToWire } from './graphqlWire.ts';
import { pageOf } from './paging.ts';
import type { PostNote, Tag } from './state.ts';

// The tags of an organization, as the guide of autumn 2026 has them. The sentences are the sandbox's own.

interface TagFields {
  readonly name: string;
  readonly color: string;
}

export const tagQueries = {
  tag: (_: unknown, { input }: Input<{ id: string }>, context: Context) => tagToWire(tagFor(context, input.id)),

  tagsV2: (
    _: unknown,
    {
      input,
      ...paging
    }: Input<{ organizationId: string; filter?: { isLocked?: boolean | null } | null }> & { first?: number | null; after?: string | null },
    context: Context,
  ) => {
    const { id } = organizationFor(context, input.organizationId);
    const isLocked = input.filter?.isLocked ?? undefined;
    const tags = context.state.tags
      .filter((tag) => tag.organizationId === id && (isLocked === undefined || (tag.isLocked ?? false) === isLocked))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const page = pageOf(tags, { name: 'name', directions: ['asc'], keysOf: (tag) => [tags.indexOf(tag)] }, paging);
    return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: tagToWire(node) })) };
  },

  // Which comes first is told nowhere: the newest here.
  collaborationNotes: (
    _: unknown,
    { input, ...paging }: Input<{ subject: { postId?: string | null } }> & { first?: number | null; after?: string | null },
    { state, user }: Context,
  ) => {
    const { id } = state.updateFor(user, input.subject.postId ?? '');
    const notes = state.notes.get(id) ?? [];
    const page = pageOf(notes, { name: 'time', directions: ['desc'], keysOf: ({ createdAt }) => [createdAt] }, paging);
    return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: noteToWire(node) })) };
  },
};

function noteToWire({ id, text, author, createdAt }: PostNote): object {
  const time = new Date(createdAt * 1000).toISOString();
  const authorId = '4f0c0a06512f7ef214000009';
  return {
    id,
    allowedActions: [],
    annotations: [],
    author: author ? { id: authorId, avatar: '', isDeleted: false, ...author } : null,
    authorId,
    text,
    createdAt: time,
    updatedAt: time,
  };
}

export const tagMutations = {
  createTag: answering<{ organizationId: string; tag: TagFields }>(
    ['InvalidInputError', 'DuplicateError', 'LimitReachedError'],
    ({ organizationId, tag }, context) => {
      const organization = organizationFor(context, organizationId);
      const { state, user } = context;
      const { limits } = organizationToWire(organization, user, state) as { limits: { tags: number } };
      if (state.tags.filter((each) => each.organizationId === organizationId).length >= limits.tags)
        throw new LimitReached('There is no room for more tags.');
      const made: Tag = { id: state.newId(), organizationId, ...checked(tag, organizationId, context) };
      state.tags.push(made);
      return { __typename: 'TagActionSuccess', tag: tagToWire(made) };
    },
  ),

  updateTag: answering<{ id: string; tag: TagFields }>(['InvalidInputError', 'DuplicateError'], ({ id, tag }, context) => {
    const before = tagFor(context, id);
    const after: Tag = { ...before, ...checked(tag, before.organizationId, context, id), colorName: undefined };
    context.state.tags.splice(context.state.tags.indexOf(before), 1, after);
    return { __typename: 'TagActionSuccess', tag: tagToWire(after) };
  }),

  deleteTag: answering<{ id: string }>(['InvalidInputError'], ({ id }, context) => {
    const { state } = context;
    state.tags.splice(state.tags.indexOf(tagFor(context, id)), 1);
    for (const update of state.updates.values()) update.tagIds = update.tagIds?.filter((each) => each !== id);
    return { __typename: 'DeleteTagActionSuccess', id };
  }),
};

function tagFor(context: Context, id: string): Tag {
  const tag = context.state.tags.find((each) => each.id === id);
  if (!tag) throw failure('NOT_FOUND', 'Tag not found.');
  organizationFor(context, tag.organizationId);
  return tag;
}

function checked({ name, color }: TagFields, organizationId: string, { state }: Context, id?: string): TagFields {
  if (name.length < 1 || name.length > 100) throw new InvalidInput('The name of a tag has 1 to 100 characters.');
  if (!/^#[0-9a-f]{6}$/iu.test(color)) throw new InvalidInput('The color of a tag is # and six hexadecimal digits.');
  if (state.tags.some((tag) => tag.organizationId === organizationId && tag.name === name && tag.id !== id))
    throw new NotUnique('There is a tag of that name.');
  return { name, color };
}
