// What a request to the local Buffer was for, in words that hold for both of its services.
import type { RequestRecord } from '../sandbox/sandbox.ts';
import type { ApiName } from './environment.ts';

/**
 * `read` is one update, `pages` and `sent` are those of a queue, `recent` looks for what was just made, `figures` are those of
 * sent updates of all profiles (API v1: `sent`), `next` puts an update at the head of its queue.
 */
export type Deed =
  | 'account'
  | 'overview'
  | 'profile'
  | 'schedules'
  | 'limits'
  | 'pages'
  | 'sent'
  | 'recent'
  | 'figures'
  | 'read'
  | 'create'
  | 'edit'
  | 'share'
  | 'delete'
  | 'next'
  | 'reorder'
  | 'shuffle'
  | 'ideas'
  | 'createIdea'
  | 'notes'
  | 'templates'
  | 'template'
  | 'createTemplate'
  | 'editTemplate'
  | 'deleteTemplate';

interface Names {
  /** On API v1: a pattern of the path, without `/1/` and `.json`. */
  readonly path?: string;
  /** Of GraphQL: what the operation calls itself. */
  readonly operation?: string;
}

const id = '[0-9a-f]{24}';

const names: Readonly<Record<Deed, Names>> = {
  account: { path: 'user', operation: 'Account' },
  overview: { path: 'profiles', operation: 'Overview' },
  profile: { path: `profiles/${id}`, operation: 'Channel' },
  schedules: { path: `profiles/${id}/schedules` },
  limits: { path: 'info/configuration' },
  pages: { path: `profiles/${id}/updates/pending`, operation: 'Pending' },
  sent: { path: `profiles/${id}/updates/sent`, operation: 'Sent' },
  recent: { operation: 'Recent' },
  figures: { operation: 'Figures' },
  read: { path: `updates/${id}`, operation: 'Post' },
  create: { path: 'updates/create', operation: 'CreatePost' },
  edit: { path: `updates/${id}/update`, operation: 'EditPost' },
  share: { path: `updates/${id}/share` },
  delete: { path: `updates/${id}/destroy`, operation: 'DeletePost' },
  next: { path: `updates/${id}/move_to_top`, operation: 'MoveToTop' },
  reorder: { path: `profiles/${id}/updates/reorder` },
  shuffle: { path: `profiles/${id}/updates/shuffle` },
  ideas: { operation: 'Ideas' },
  createIdea: { operation: 'CreateIdea' },
  notes: { operation: 'CollaborationNotes' },
  templates: { operation: 'PostTemplates' },
  template: { operation: 'PostTemplate' },
  createTemplate: { operation: 'CreatePostTemplate' },
  editTemplate: { operation: 'UpdatePostTemplate' },
  deleteTemplate: { operation: 'DeletePostTemplate' },
};

const writing: readonly Deed[] = [
  'create',
  'edit',
  'share',
  'delete',
  'next',
  'reorder',
  'shuffle',
  'createIdea',
  'createTemplate',
  'editTemplate',
  'deleteTemplate',
];

/** What a request was for. Throws for one that nobody gave a word to. */
export function deedOf({ path, operationName, form }: Pick<RequestRecord, 'path' | 'operationName' | 'form'>): Deed {
  // GraphQL has one mutation for a new text and for going out at once.
  if (operationName === 'EditPost' && (form['variables'] as { input?: { mode?: string } }).input?.mode === 'shareNow') return 'share';
  const isCalledSo = ([, name]: readonly [string, Names]) =>
    operationName === undefined
      ? name.path !== undefined && new RegExp(`^/1/${name.path}\\.json$`).test(path)
      : name.operation === operationName;
  const found = Object.entries(names).find(isCalledSo);
  if (!found) throw new Error(`There is no word for ${operationName ?? path}.`);
  return found[0] as Deed;
}

/** Whether a request for this changes anything. */
export function isWrite(deed: Deed): boolean {
  return writing.includes(deed);
}

/** Which requests a fault is for, on either service. `share` on GraphQL is `edit`. */
export function matchOf(deed: Deed, api: ApiName): { path: string } | { operation: string } {
  const { path, operation } = names[deed];
  if (api === 'v1' && path !== undefined) return { path: `^/1/${path}\\.json$` };
  if (api === 'graphql' && operation !== undefined) return { operation: `^${operation}$` };
  throw new Error(`${api} has no request for ${deed}.`);
}
