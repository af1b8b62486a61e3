import { expect } from 'vitest';
import { lackingIn } from '../../../sandbox/graphqlSchema.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { wholePost } from './wholeType.ts';

/** What came over the wire; the expectations say what that should be. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** Plain GraphQL requests to a sandbox, as any client could send them: nothing of the extension is in between. */
export function graphqlCalls(sandboxOf: () => Sandbox) {
  async function ask(
    query: string,
    variables: object = {},
    { token = sandboxOf().graphqlToken, headers: more = {} }: { token?: string; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...more };
    const response = await fetch(sandboxOf().graphqlUrl, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    const text = await response.text();
    let body: unknown = text;
    try {
      body = JSON.parse(text);
    } catch {
      // Left as it is.
    }
    return { status: response.status, headers: response.headers, body };
  }

  /** What is asked for, where nothing goes wrong. */
  async function data(query: string, variables: object = {}, options: { token?: string } = {}) {
    const { status, body } = await ask(query, variables, options);
    expect({ status, errors: body.errors }).toEqual({ status: 200, errors: undefined });
    return body.data;
  }

  /** What a mutation on a post came to: the post as a whole, or the error. */
  async function change(name: 'createPost' | 'editPost' | 'movePostInQueue', input: object, options: { token?: string } = {}) {
    const kind = `${name[0]!.toUpperCase()}${name.slice(1)}`;
    const query = `mutation ${kind}($input: ${kind}Input!) { ${name}(input: $input) {
      __typename ... on PostActionSuccess { post ${wholePost(lackingIn(sandboxOf()))} } ... on MutationError { message } } }`;
    const answer = (await data(query, { input }, options))[name];
    return answer.post ?? { type: answer.__typename, message: answer.message };
  }

  return {
    ask,
    data,
    create: (input: object, options?: { token?: string }) =>
      change('createPost', { mode: 'addToQueue', schedulingType: 'automatic', ...input }, options),
    edit: (id: string, input: object) => change('editPost', { id, ...input }),
    move: (id: string, position: 'top' | 'bottom') => change('movePostInQueue', { id, position }),
    /** A post as a whole. */
    read: async (id: string) =>
      (await data(`query ($id: PostId!) { post(input: { id: $id }) ${wholePost(lackingIn(sandboxOf()))} }`, { id })).post,
    /** Deletes; what came of it. */
    remove: async (id: string) =>
      (
        await data(
          `mutation ($id: PostId!) { deletePost(input: { id: $id }) { __typename ... on DeletePostSuccess { id } ... on MutationError {
            message } } }`,
          { id },
        )
      ).deletePost,
    /** The posts of a list, up to a hundred. A hundred whole ones would cost too much. */
    list: async (organizationId: string, filter: object, sort?: object[]) => {
      const query = `query ($input: PostsInput!) { posts(first: 100, input: $input) { edges { node { id text status dueAt sentAt via
        isCustomScheduled schedulingType allowedActions channelId assets { source } } } } }`;
      const { posts } = await data(query, { input: { organizationId, filter, sort } });
      return posts.edges.map(({ node }: { node: unknown }) => node);
    },
  };
}
