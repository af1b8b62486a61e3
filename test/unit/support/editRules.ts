import type { ApiName } from '../../../src/core/buffer/model.ts';
import { behaviours, type Settings } from '../../sandbox/behaviours.ts';

/** One way in which a service may take an edit, for `sandbox.behave`. */
export interface EditRule {
  readonly api: ApiName;
  readonly settings: Partial<Settings>;
}

/** What `editPost` may do with what it is not told. */
const onGraphql = behaviours.editPost.settings.map((editPost) => [`graphql, where editPost is ${editPost}`, { editPost }] as const);

/** What `update.json` may do with the time and the media that it is not told. */
const onV1 = behaviours.editKeepsTime.settings.map((editKeepsTime, index) => {
  const v1EditMedia = behaviours.v1EditMedia.settings[index]!;
  return [`v1, where the time ${editKeepsTime} and media are ${v1EditMedia}`, { editKeepsTime, v1EditMedia }] as const;
});

/**
 * Both services, each in every way in which an edit may be taken there: sources disagree, so that a test of an edit runs
 * on all of them (`describe.each`).
 */
export const editRules: readonly (readonly [title: string, rule: EditRule])[] = [
  ...onV1.map(([title, settings]) => [title, { api: 'v1', settings }] as const),
  ...onGraphql.map(([title, settings]) => [title, { api: 'graphql', settings }] as const),
];

/** Those of one service. */
export function editRulesOf(api: ApiName): readonly (readonly [title: string, rule: EditRule])[] {
  return editRules.filter(([, rule]) => rule.api === api);
}
