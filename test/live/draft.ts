import { randomUUID } from 'node:crypto';
import type { Channel } from './account.ts';
import { isReminderOnly, type Needs } from './needs.ts';
import { failureOf, Stopped, type Answer, type Json, type Service } from './service.ts';

// The one update that the questions are asked with. Everything that is written goes through here, so that nothing can
// be published: it begins as a draft, its time is always far ahead, and no other way out is ever sent.

const day = 86_400_000;
/** When it would go out. */
const ahead = 300 * day;
/** A time that is nearer than this would be no time of ours. */
const near = 200 * day;

export interface WriteInput {
  readonly text?: string;
  readonly assets?: readonly object[];
  readonly metadata?: Readonly<Record<string, object>>;
  readonly schedulingType?: 'automatic' | 'notification';
  readonly mode?: 'customScheduled';
  readonly dueAt?: string;
  readonly saveToDraft?: boolean;
}

/** As it was read from an answer. */
export interface Post {
  readonly id: string;
  readonly status: string;
  readonly text: string;
  readonly dueAt: string | null;
  readonly isCustomScheduled: boolean;
  readonly allowedActions: readonly string[];
  readonly assets: readonly { readonly source: string }[];
  readonly metadata: Json;
}

/** What came of a write: the update as it is now, the service's no, or nothing that says which. */
export type Outcome = { readonly post: Post } | { readonly refused: string } | { readonly failed: string };

/** Why an outcome is no update. */
export function reasonIn(outcome: Outcome): string {
  if ('refused' in outcome) return `refused: “${outcome.refused}”`;
  return 'failed' in outcome ? `failed: ${outcome.failed}` : outcome.post.status;
}

export class Draft {
  readonly needs: Needs;
  readonly schedulingType: 'automatic' | 'notification';
  readonly assets: readonly object[];
  /** By which the update is known where its id never came. */
  readonly mark = `check:live ${randomUUID().slice(0, 8)}`;
  readonly #service: Service;
  readonly #channel: Channel;
  readonly #organizationId: string;
  readonly #now: () => Date;
  #post: Post | undefined;
  /** As it was made; whatever another answer calls it, this one is ours. */
  #id: string | undefined;
  #isGone = false;
  /** Whether an update may be there that we do not know the id of. */
  #isLost = false;
  #days = 0;

  constructor(service: Service, channel: Channel, organizationId: string, needs: Needs, picture: string | undefined, now: () => Date) {
    this.#service = service;
    this.#channel = channel;
    this.#organizationId = organizationId;
    this.#now = now;
    this.needs = needs;
    this.assets = needs.needsPicture && picture !== undefined ? [imageAt(picture)] : [];
    this.schedulingType = isReminderOnly(channel) ? 'notification' : 'automatic';
  }

  /** As it was last answered; there is none before it is made. */
  get post(): Post {
    if (!this.#post) throw new Error('there is no draft');
    return this.#post;
  }

  /** Everything that it is made of, as an input; the text is that which came back. */
  get whole(): WriteInput {
    return {
      text: this.#post?.text ?? `${this.mark}: made to be deleted again. ${linkInText}`,
      assets: this.assets,
      metadata: this.needs.whole,
      schedulingType: this.schedulingType,
    };
  }

  /** Another time that is far ahead, a day after the last one, at some second. */
  nextTime(): string {
    this.#days += 1;
    const at = new Date(this.#now().getTime() + ahead + this.#days * day);
    at.setUTCSeconds(7, 0);
    return at.toISOString();
  }

  /** Makes it: a draft, for a time far ahead. */
  async make(input: WriteInput): Promise<Outcome> {
    this.#isLost = true;
    const outcome = await this.#write('createPost', {
      channelId: this.#channel.id,
      mode: 'customScheduled',
      dueAt: this.nextTime(),
      ...input,
      saveToDraft: true,
    });
    this.#isLost = 'failed' in outcome;
    return outcome;
  }

  /** Edits it. The time of what is no draft stays, or is far ahead. */
  edit(input: WriteInput): Promise<Outcome> {
    return this.#write('editPost', { id: this.#id!, ...input });
  }

  /** Deletes it; what that failed with, in words, or undefined. */
  async delete(): Promise<string | undefined> {
    const failure = await this.#remove(this.#id!, false);
    this.#isGone ||= failure === undefined;
    return failure;
  }

  /** Deletes whatever may be there of it, after any end; tells what could not be deleted. */
  async clean(): Promise<string | undefined> {
    const known = this.#id === undefined || this.#isGone ? [] : [this.#id];
    const ids = [...known, ...(this.#isLost ? await this.#search() : [])];
    for (const id of ids) {
      const failure = await this.#remove(id, true);
      if (failure && !isGone(failure)) return failure;
    }
    return undefined;
  }

  async #write(name: 'createPost' | 'editPost', input: WriteInput & { id?: string; channelId?: string }): Promise<Outcome> {
    this.#guard(name, input);
    const type = name === 'createPost' ? 'CreatePostInput' : 'EditPostInput';
    const query = `mutation Check${type.slice(0, 4)}($input: ${type}!) { ${name}(input: $input) { __typename
      ... on PostActionSuccess { post { id status text dueAt isCustomScheduled allowedActions assets { source } metadata { __typename
        ${this.needs.selection} ${threadSelection} } } }
      ... on MutationError { message } } }`;
    const answer = await this.#service.ask(query, { input });
    return this.#read(answer, answer.data[name]);
  }

  /** The last look before anything is sent. */
  #guard(name: string, { mode, dueAt, saveToDraft }: WriteInput): void {
    const isFar = dueAt === undefined || Date.parse(dueAt) > this.#now().getTime() + near;
    const isTimed = mode === undefined || dueAt !== undefined;
    const staysOrIsTimed = saveToDraft === true || (name === 'editPost' && (saveToDraft !== false || mode !== undefined));
    if (!isFar || !isTimed || !staysOrIsTimed) throw new Stopped('what was to be sent could have been published');
  }

  #read(answer: Answer, payload: Json): Outcome {
    if (payload?.post) {
      this.#post = payload.post as Post;
      this.#id ??= this.#post.id;
      this.#watch(this.#post);
      return { post: this.#post };
    }
    if (payload?.__typename && payload.__typename !== 'UnexpectedError') return { refused: String(payload.message) };
    if (answer.status === 400 || answer.errors.some(({ code }) => ['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED'].includes(code)))
      return { refused: failureOf(answer) };
    return { failed: payload?.message ? String(payload.message) : failureOf(answer) };
  }

  /** What is no draft and has a time that is near is deleted at once. */
  #watch({ status, dueAt }: Post): void {
    if (status === 'draft') return;
    const isFar = dueAt !== null && Date.parse(dueAt) > this.#now().getTime() + near;
    if (status !== 'scheduled' || !isFar)
      throw new Stopped(`the service made it “${status}” for ${dueAt ?? 'no time'}, so it was deleted at once`);
  }

  async #remove(id: string, isCleaning: boolean): Promise<string | undefined> {
    const query = 'mutation CheckDelete($id: PostId!) { deletePost(input: { id: $id }) { __typename ... on MutationError { message } } }';
    const answer = await this.#service.ask(query, { id }, { isCleaning });
    const payload = answer.data.deletePost;
    if (payload?.__typename === 'DeletePostSuccess') return undefined;
    return payload?.message ? String(payload.message) : failureOf(answer);
  }

  /** The ids of what has our mark. */
  async #search(): Promise<string[]> {
    const query = `query CheckSearch($input: PostsInput!) { posts(first: 100, input: $input) { edges { node { id text } } } }`;
    const input = {
      organizationId: this.#organizationId,
      filter: {
        channelIds: [this.#channel.id],
        status: ['draft', 'scheduled'],
        createdAt: { start: new Date(this.#now().getTime() - day).toISOString() },
      },
    };
    const answer = await this.#service.ask(query, { input }, { isCleaning: true });
    if (!answer.data.posts) throw new Error(failureOf(answer));
    return answer.data.posts.edges
      .filter(({ node }: Json) => String(node.text).startsWith(this.mark))
      .map(({ node }: Json) => String(node.id));
  }
}

/** Whether a deletion failed because there is nothing any more. */
const isGone = (failure: string): boolean => /not found/iu.test(failure);

export const linkInText = 'https://example.com/check-live';

export const imageAt = (url: string) => ({ image: { url, metadata: { altText: 'A picture to check with' } } });

const threadSelection = '... on ThreadsPostMetadata { thread { text assets { source } } }';
