import type { ResultOf } from 'gql.tada';
import * as v from 'valibot';
import type { Template, TemplateVisibility } from '../model.ts';
import { id, lookUp, optional, optionalTime, text, time, valueOf } from '../wire.ts';
import type { templatesQuery } from './templateDocuments.ts';
import { connection } from './wire.ts';

const visibilities: Readonly<Record<string, TemplateVisibility>> = { private: 'private', internal: 'internal', public: 'public' };

const template = v.pipe(
  v.object({
    id,
    title: text,
    body: text,
    description: text,
    emoji: text,
    visibility: text,
    createdAt: v.fallback(time, new Date(0)),
    updatedAt: optionalTime,
  }),
  v.transform(({ id, title, body, description, emoji, visibility, createdAt, updatedAt }): Template => ({
    id,
    title: title ?? '',
    text: body ?? '',
    description: description || undefined,
    emoji: emoji || undefined,
    // One that is for others in a way nobody told of is only read, as Buffer's own are.
    visibility: lookUp(visibilities, visibility) ?? 'public',
    createdAt,
    updatedAt,
  })),
);
export const wireTemplate = template;
export const wireTemplates = v.object({ postTemplates: connection((raw) => valueOf(template, raw)) });
export const wireTemplateAnswer = v.object({ postTemplate: optional(template) });

/** What the document promises is what is parsed. */
type Promised<Answer extends Expected, Expected> = Answer;
export type CheckedTemplates = [
  Promised<ResultOf<typeof templatesQuery>['postTemplates']['edges'][number]['node'], v.InferInput<typeof template>>,
];
