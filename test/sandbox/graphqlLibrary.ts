import { organizationFor, type Context } from './graphqlContext.ts';
import { failure, InvalidInput, LimitReached } from './graphqlErrors.ts';
import { answering } from './graphqlMutations.ts';
import { mayRead, templateToWire } from './graphqlQueries.ts';
import { ideaLimit, ideaToWire, templateLimit } from './graphqlWire.ts';
import type { IdeaMedia, Template } from './library.ts';

// Ideas and templates.

interface CreateIdeaInput {
  readonly organizationId: string;
  readonly group?: { groupId?: string | null; placeAfterId?: string | null } | null;
  readonly content: {
    readonly title?: string | null;
    readonly text?: string | null;
    readonly date?: number | null;
    readonly services?: readonly string[] | null;
    readonly media?: readonly Omit<IdeaMedia, 'id'>[] | null;
    readonly tags?: readonly unknown[] | null;
    readonly aiAssisted?: boolean | null;
  };
}

interface TemplateFields {
  readonly title?: string | null;
  readonly body?: string | null;
  readonly description?: string | null;
  readonly emoji?: string | null;
  readonly visibility?: string | null;
}

export const libraryMutations = {
  createIdea: answering<CreateIdeaInput>(['InvalidInputError', 'UnauthorizedError', 'LimitReachedError'], (input, context) => {
    const { state, user } = context;
    const { id: organizationId } = organizationFor(context, input.organizationId);
    const { title, text, date, media, services, tags, aiAssisted } = input.content;
    if (!title?.trim() && !text?.trim() && !media?.length) throw new InvalidInput('An idea needs a title, text or media.');
    const { ideas, groups } = state.library;
    if (ideas.filter((idea) => idea.organizationId === organizationId).length >= ideaLimit(user))
      throw new LimitReached('There is no room for more ideas.');
    const groupId = input.group?.groupId ?? undefined;
    if (groupId !== undefined && !groups.some((group) => group.id === groupId && group.organizationId === organizationId)) {
      throw new InvalidInput('Idea group not found.');
    }
    const now = state.now();
    const idea = {
      id: state.newId(),
      organizationId,
      groupId,
      title: title ?? undefined,
      text: text ?? undefined,
      date: date ?? undefined,
      services: services ?? [],
      tags: tags ?? [],
      aiAssisted: aiAssisted ?? false,
      media: (media ?? []).map((each) => ({ ...each, id: state.newId() })),
      createdAt: now,
      updatedAt: now,
      position: placeOf(context, groupId, input.group?.placeAfterId),
    };
    ideas.push(idea);
    return { __typename: 'Idea', ...ideaToWire(idea) };
  }),

  createPostTemplate: answering<TemplateFields & { organizationId: string }>(['VoidMutationError'], (input, context) => {
    const { state, user } = context;
    const { id: organizationId } = organizationFor(context, input.organizationId);
    const { templates } = state.library;
    if (templates.filter((template) => template.organizationId === organizationId).length >= templateLimit)
      throw new LimitReached('There is no room for more templates.');
    const now = state.now();
    const template: Template = {
      id: state.newId(),
      ownerId: user.id,
      organizationId,
      ...filledIn(input, { title: '', body: '', description: '', emoji: '📝', visibility: 'private' }),
      createdAt: now,
      updatedAt: now,
    };
    templates.push(template);
    return { __typename: 'CreatePostTemplateSuccess', postTemplate: templateToWire(template) };
  }),

  updatePostTemplate: answering<TemplateFields & { id: string }>(['VoidMutationError'], (input, context) => {
    const template = templateFor(context, input.id);
    Object.assign(template, filledIn(input, template), { updatedAt: Math.max(context.state.now(), template.updatedAt + 1) });
    return { __typename: 'UpdatePostTemplateSuccess', postTemplate: templateToWire(template) };
  }),

  deletePostTemplate: answering<{ id: string }>(['VoidMutationError'], ({ id }, context) => {
    const { templates } = context.state.library;
    templates.splice(templates.indexOf(templateFor(context, id)), 1);
    return { __typename: 'EmptySuccess', _empty: '' };
  }),
};

/** Behind everything else in its group, or right after the one it is to follow. */
function placeOf({ state }: Context, groupId: string | undefined, afterId: string | null | undefined): number {
  const positions = state.library.ideas.filter((idea) => idea.groupId === groupId).map(({ position }) => position);
  const after = state.library.ideas.find(({ id }) => id === afterId)?.position;
  const next = after === undefined ? Infinity : Math.min(...positions.filter((position) => position > after), Infinity);
  return after === undefined || next === Infinity ? Math.max(0, ...positions) + 1 : (after + next) / 2;
}

/** A template that may be changed: one's own, or one of the organization where one owns that. */
function templateFor(context: Context, id: string): Template {
  const { state, user } = context;
  const template = state.library.templates.find((candidate) => candidate.id === id);
  if (!template || !mayRead(template, context)) throw new InvalidInput('Post template not found.');
  const isOwner = state.organizations.some((each) => each.id === template.organizationId && each.ownerId === user.id);
  const mayChange = template.ownerId === user.id || (template.visibility === 'internal' && isOwner);
  if (template.visibility === 'public' || !mayChange) throw failure('FORBIDDEN', 'You do not have access to this template.');
  return template;
}

type Filled = Pick<Template, 'title' | 'body' | 'description' | 'emoji' | 'visibility'>;

function filledIn(given: TemplateFields, fallback: Filled): Filled {
  const title = given.title ?? fallback.title;
  const body = given.body ?? fallback.body;
  if (!title.trim() || !body.trim()) throw new InvalidInput('A template needs a title and a body.');
  const { emoji, visibility } = given;
  const description = given.description ?? fallback.description;
  if (!description.trim()) throw new InvalidInput('A template needs a description.');
  if (visibility === 'public') throw new InvalidInput('Public templates are reserved for Buffer.');
  return {
    title,
    body,
    description,
    emoji: emoji ?? fallback.emoji,
    visibility: visibility ?? fallback.visibility,
  };
}
