import { allPermitted } from '../bufferApi.ts';
import type { ApiTraits } from '../lazyApi.ts';

/** What this service can do. Its credentials have no permissions, and every answer of it holds the whole update. */
export const restV1Traits: ApiTraits = {
  name: 'v1',
  capabilities: {
    ...allPermitted,
    ranges: false,
    reorder: true,
    shuffle: true,
    moveToTop: true,
    requeue: false,
    details: false,
    drafts: false,
    reminders: false,
    tags: false,
    ideas: false,
    saveIdeas: false,
    notes: false,
    templates: false,
    saveTemplates: false,
    sharesAsIs: true,
  },
  isComplete: () => true,
};
