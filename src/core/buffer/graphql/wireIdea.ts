import type { ResultOf } from 'gql.tada';
import * as v from 'valibot';
import type { Idea, IdeaFile, IdeaGroup } from '../model.ts';
import { asList, asObject, asText } from '../readers.ts';
import { safeUrl } from '../transport/serviceUrl.ts';
import { flag, id, listOf, lookUp, optional, optionalTime, text, time, valueOf } from '../wire.ts';
import type { ideasQuery } from './ideaDocuments.ts';
import { connection, readTag } from './wire.ts';

/** What the service calls the files of an idea; anything newer is `other`. */
const kinds: Readonly<Record<string, IdeaFile['kind']>> = {
  image: 'picture',
  gif: 'picture',
  video: 'video',
  link: 'link',
  document: 'document',
};

function readFile(raw: unknown): IdeaFile | undefined {
  const file = asObject(raw);
  const url = safeUrl(asText(file?.['url']))?.href;
  if (!file || url === undefined) return undefined;
  return {
    kind: lookUp(kinds, asText(file['type'])) ?? 'other',
    url,
    thumbnail: safeUrl(asText(file['thumbnailUrl']))?.href,
    description: asText(file['alt']) || undefined,
  };
}

/** A list that may be empty or unreadable: what is beside it is worth having all the same. */
function filled<Element>(raw: unknown, read: (element: unknown) => Element | undefined): readonly Element[] | undefined {
  const list = asList(raw, read);
  return list?.length ? list : undefined;
}

const idea = v.pipe(
  v.object({
    id,
    groupId: text,
    createdAt: v.fallback(time, new Date(0)),
    updatedAt: optionalTime,
    content: v.object({
      title: text,
      text,
      date: optionalTime,
      services: v.optional(v.unknown()),
      tags: v.optional(v.unknown()),
      media: v.optional(v.unknown()),
    }),
  }),
  v.transform(({ content, ...rest }): Idea => ({
    ...rest,
    title: content.title || undefined,
    text: content.text ?? '',
    date: content.date,
    services: filled(content.services, (each) => asText(each) || undefined),
    tags: filled(content.tags, readTag),
    files: filled(content.media, readFile),
  })),
);
export const wireIdea = idea;

const group = v.pipe(
  v.object({ id, name: text, isLocked: flag }),
  v.transform(({ id, name, isLocked }): IdeaGroup => ({ id, name: name || id, isLocked: isLocked ?? false })),
);

export const wireIdeas = v.object({
  ideas: connection((raw) => valueOf(idea, raw)),
  ideaGroups: optional(listOf(group)),
});

/** What the document promises is what is parsed. */
type Promised<Answer extends Expected, Expected> = Answer;
export type CheckedIdeas = [Promised<ResultOf<typeof ideasQuery>['ideas']['edges'][number]['node'], v.InferInput<typeof idea>>];
