import type { Capabilities } from './bufferApi.ts';

/** Buffer's permissions ("scopes"), as far as anything here needs them. */
export const permissions = ['account:read', 'posts:read', 'posts:write', 'ideas:read', 'ideas:write', 'insights:read'] as const;
export type Permission = (typeof permissions)[number];
/** What is used where it was given, and missed by nobody. */
export const notesPermission = 'notes:read';

export type Needed = Permission | typeof notesPermission;

/** What a credential was given. Undefined is everything, as far as anyone can tell: a key does not say what it is good for. */
export type Granted = readonly string[] | undefined;

/** What people do here, and all that each needs. An update is read before it is changed. */
export const needs = {
  account: ['account:read'],
  queues: ['posts:read'],
  figures: ['posts:read', 'insights:read'],
  post: ['posts:write'],
  change: ['posts:read', 'posts:write'],
  ideas: ['ideas:read'],
  saveIdeas: ['ideas:write'],
  templates: ['posts:read'],
  saveTemplates: ['posts:read', 'posts:write'],
} as const satisfies Readonly<Record<string, readonly Permission[]>>;
export type Action = keyof typeof needs;

/** The permissions that an action needs and the credential lacks. */
export function lacking(granted: Granted, action: Action): readonly Permission[] {
  return granted ? needs[action].filter((permission) => !granted.includes(permission)) : [];
}

/** What each ability of a service comes down to. */
const actionOf: Readonly<Record<keyof Capabilities, Action | undefined>> = {
  account: 'account',
  queues: 'queues',
  ranges: 'queues',
  figures: 'figures',
  post: 'post',
  change: 'change',
  reorder: 'change',
  shuffle: 'change',
  moveToTop: 'change',
  requeue: 'change',
  details: undefined,
  drafts: undefined,
  reminders: undefined,
  tags: undefined,
  notes: undefined,
  ideas: 'ideas',
  saveIdeas: 'saveIdeas',
  templates: 'templates',
  saveTemplates: 'saveTemplates',
  sharesAsIs: undefined,
};

/** What is left of a service's abilities for who was given no more than this. */
export function permitted(able: Capabilities, granted: Granted): Capabilities {
  const isLeft = (name: keyof Capabilities) =>
    able[name] &&
    (name !== 'notes' || !granted || granted.includes(notesPermission)) &&
    (actionOf[name] === undefined || lacking(granted, actionOf[name]).length === 0);
  return Object.fromEntries(Object.keys(able).map((name) => [name, isLeft(name as keyof Capabilities)])) as unknown as Capabilities;
}

/** What the fields of Query and Mutation are about; all others are about posts. */
const subjects: Readonly<Record<string, 'account' | 'ideas' | 'insights' | undefined>> = {
  account: 'account',
  aggregatedPostMetrics: 'insights',
  // Channels are for everybody who got in.
  channel: undefined,
  channels: undefined,
  createIdea: 'ideas',
  ideaGroups: 'ideas',
  ideas: 'ideas',
};

/** The permission that a field of Query or Mutation needs. */
export function neededAtRoot(field: string, isMutation: boolean): Needed | undefined {
  if (field === 'collaborationNotes') return notesPermission;
  const subject = Object.hasOwn(subjects, field) ? subjects[field] : 'posts';
  return subject && (`${subject}:${isMutation ? 'write' : 'read'}` as Permission);
}

/** The permission that a field of any other type needs beside that of where it is. */
export function neededWithin(field: string): Permission | undefined {
  return field === 'metrics' ? 'insights:read' : undefined;
}
