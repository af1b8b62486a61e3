import * as v from 'valibot';
import type { Idea, IdeaFile, IdeaGroup, Tag } from '../buffer/model.ts';
import { type Fields, text } from '../files/storedModel.ts';

/** What was known of an organization's ideas, and when it was read: what one session leaves for the next. */
export interface IdeaSnapshot {
  readonly ideas: readonly Idea[];
  /** Absent in those of before there were any, and where the service did not tell. */
  readonly groups?: readonly IdeaGroup[];
  readonly readAt: Date;
}

const date = v.pipe(
  v.string(),
  v.transform((iso) => new Date(iso)),
  v.date(),
);

const kinds = ['picture', 'video', 'document', 'link', 'other'] as const satisfies readonly IdeaFile['kind'][];
const file = v.object({ kind: v.picklist(kinds), url: v.string(), thumbnail: text, description: text } satisfies Fields<IdeaFile>);
const tag = v.object({ id: v.string(), name: v.string(), color: text } satisfies Fields<Tag>);
const group = v.object({ id: v.string(), name: v.string(), isLocked: v.boolean() } satisfies Fields<IdeaGroup>);

const idea = v.object({
  id: v.string(),
  title: text,
  text: v.string(),
  createdAt: date,
  updatedAt: v.optional(date),
  groupId: text,
  date: v.optional(date),
  services: v.optional(v.array(v.string())),
  tags: v.optional(v.array(tag)),
  files: v.optional(v.array(file)),
} satisfies Fields<Idea>);

/** A snapshot as it is after a way through JSON. */
export const ideaSnapshotSchema: v.GenericSchema<unknown, IdeaSnapshot> = v.object({
  ideas: v.array(idea),
  groups: v.optional(v.array(group)),
  readAt: date,
} satisfies Fields<IdeaSnapshot>);

/** The same with fewer ideas: the newest. */
export function shortenedIdeas(snapshot: IdeaSnapshot, most: number): IdeaSnapshot {
  return { ...snapshot, ideas: snapshot.ideas.slice(0, most) };
}

/** How a snapshot is kept on disk. */
export const ideaFormat = { schema: ideaSnapshotSchema, shortened: shortenedIdeas };
