import * as v from 'valibot';
import type { Idea } from '../buffer/model.ts';

/** What was known of an organization's ideas, and when it was read: what one session leaves for the next. */
export interface IdeaSnapshot {
  readonly ideas: readonly Idea[];
  readonly readAt: Date;
}

const text = v.optional(v.string());
const date = v.pipe(
  v.string(),
  v.transform((iso) => new Date(iso)),
  v.date(),
);

const idea = v.object({
  id: v.string(),
  title: text,
  text: v.string(),
  createdAt: date,
  updatedAt: v.optional(date),
  groupId: text,
} satisfies Record<keyof Idea, v.GenericSchema>);

/** A snapshot as it is after a way through JSON. */
export const ideaSnapshotSchema: v.GenericSchema<unknown, IdeaSnapshot> = v.object({
  ideas: v.array(idea),
  readAt: date,
} satisfies Record<keyof IdeaSnapshot, v.GenericSchema>);

/** The same with fewer ideas: the newest. */
export function shortenedIdeas({ ideas, readAt }: IdeaSnapshot, most: number): IdeaSnapshot {
  return { ideas: ideas.slice(0, most), readAt };
}

/** How a snapshot is kept on disk. */
export const ideaFormat = { schema: ideaSnapshotSchema, shortened: shortenedIdeas };
