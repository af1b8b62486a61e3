import { allPermitted, type Capabilities } from '../bufferApi.ts';
import type { ApiTraits } from '../lazyApi.ts';
import { type Granted, permitted } from '../permissions.ts';

const able: Capabilities = {
  ...allPermitted,
  ranges: true,
  reorder: false,
  shuffle: false,
  moveToTop: true,
  requeue: true,
  details: true,
  drafts: true,
  reminders: true,
  tags: true,
  notes: true,
  ideas: true,
  saveIdeas: true,
  templates: true,
  saveTemplates: true,
  sharesAsIs: false,
};

/** What this service can do for a credential with these permissions, without a request. */
export function graphqlTraits(scopes: Granted): ApiTraits {
  return { name: 'graphql', capabilities: permitted(able, scopes), isComplete: ({ source }) => source !== undefined };
}
