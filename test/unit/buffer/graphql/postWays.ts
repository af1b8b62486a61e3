import type { Profile, Update } from '../../../../src/core/buffer/model.ts';
import { changeOf, draftOf } from '../../../../src/core/drafts/draftUpdate.ts';
import type { Draft } from '../../../../src/core/drafts/draft.ts';
import { EditConflict } from '../../../../src/core/queue/editConflict.ts';
import { takesSlot } from '../../../../src/core/queue/queueOrder.ts';
import type { QueueStore } from '../../../../src/core/queue/queueStore.ts';
import { type Field, fieldsOf, textWith, withText } from '../../composer/composerFields.ts';

// Every way in which a post is changed from here, and what of it may differ afterwards.

// oxlint-disable-next-line typescript/no-explicit-any
export type Post = any;

/** What a way is given. */
export interface Case {
  readonly store: QueueStore;
  /** Another window, which holds nothing yet. */
  readonly otherStore: QueueStore;
  readonly id: string;
  readonly profile: Profile;
  /** As a plain request reads it. */
  readonly before: Post;
  /** Which of several things to do. */
  readonly pick: number;
  readonly words: string;
  /** Changes it as another client would: its text and its tags. What it is then. */
  readonly elsewhere: (text: string) => Promise<Post>;
  /** What time it is at the service. */
  readonly now: Date;
  /** Hears what an answer lacks. */
  readonly lost: (lost: readonly string[]) => void;
}

/** What came of a way: where the post is, and what it should be. */
export interface Expected {
  readonly id: string;
  readonly post: Post;
  /** Beyond what always differs. */
  readonly excepted?: readonly string[];
}

export interface Way {
  readonly name: string;
  /** Writes that an update needs at most; one more request may read it. */
  readonly writes: number;
  readonly isEdit: boolean;
  /** What is no draft any more needs all that its network asks for. */
  readonly leavesDrafts?: boolean;
  /** How often it is tried, where that is more than once: there are several things to do in this way. */
  readonly weight?: number;
  readonly act: (on: Case) => Promise<Expected>;
}

/** A post that was given another place or time says so, and what may be done with it follows from where it stands. */
const moved = ['dueAt', 'isCustomScheduled', 'shareMode', 'sharedNow', 'allowedActions'];
/** One that went out has its page and its figures, and why it failed before is over. */
const sent = [...moved, 'status', 'sentAt', 'externalLink', 'metrics', 'metricsUpdatedAt', 'notificationStatus', 'error'];
/** One that is made again is another to the service, made by us now (the sandbox dates what it shares by it, too). */
const remade = ['id', 'createdAt', 'metadata.retweet.createdAt', 'dueAt', 'isCustomScheduled', 'shareMode', 'sharedNow', 'via'];

export const ways: readonly Way[] = [
  {
    name: 'text edited as a document',
    writes: 1,
    isEdit: true,
    act: async ({ store, id, before, pick, words, lost }) => {
      const text = textWith(before.text, words, pick);
      lost((await store.edit(id, { text })).lost);
      return { id, post: withText(before, text) };
    },
  },
  {
    name: 'rescheduled',
    leavesDrafts: true,
    writes: 1,
    isEdit: true,
    act: async ({ store, id, before, pick, lost }) => {
      const at = new Date(Date.UTC(2046, pick % 12, 1 + (pick % 28), pick % 24, pick % 60));
      lost((await store.edit(id, { when: { at } })).lost);
      return {
        id,
        post: { ...placed(before), dueAt: at.toISOString(), isCustomScheduled: true, shareMode: 'customScheduled' },
        excepted: ['sharedNow', 'allowedActions'],
      };
    },
  },
  {
    name: 'added to the queue',
    leavesDrafts: true,
    writes: 1,
    isEdit: true,
    act: async ({ store, id, before, lost }) => {
      lost((await store.edit(id, { when: 'queue' })).lost);
      return {
        id,
        post: { ...placed(before), shareMode: 'addToQueue', isCustomScheduled: false },
        excepted: ['dueAt', 'sharedNow', 'allowedActions'],
      };
    },
  },
  {
    name: 'shared next by moving it to the top',
    leavesDrafts: true,
    writes: 1,
    isEdit: false,
    act: async ({ store, id, before, lost }) => {
      // What has no place in the queue is given one by an edit.
      if (before.status === 'scheduled' && !before.isCustomScheduled) {
        await store.moveToTop(id);
        return { id, post: before, excepted: moved };
      }
      lost((await store.edit(id, { when: 'next' })).lost);
      return { id, post: placed(before), excepted: moved };
    },
  },
  {
    name: 'shared next by an edit',
    leavesDrafts: true,
    writes: 1,
    isEdit: true,
    act: async ({ store, id, before, lost }) => {
      lost((await store.edit(id, { when: 'next' })).lost);
      return {
        id,
        post: { ...placed(before), shareMode: 'shareNext', isCustomScheduled: false },
        excepted: ['dueAt', 'sharedNow', 'allowedActions'],
      };
    },
  },
  {
    name: 'shared now',
    leavesDrafts: true,
    writes: 1,
    isEdit: true,
    act: async ({ store, id, before, lost }) => {
      // It waits for somebody's approval first.
      if (before.status === 'needs_approval') return { id, post: before };
      lost((await store.share(id)).lost);
      return { id, post: before, excepted: sent };
    },
  },
  {
    name: 'opened in the composer and saved',
    writes: 0,
    isEdit: true,
    act: async ({ store, id, profile, before, lost }) => {
      const update = await store.readUpdate(id);
      const draft = draftOf(update);
      const { change } = changeOf(draft, draft.editing!, update, profile, true);
      lost((await store.edit(id, change)).lost);
      return { id, post: before };
    },
  },
  {
    name: 'one field changed in the composer',
    writes: 1,
    isEdit: true,
    weight: 4,
    act: async ({ store, id, profile, before, pick, words, lost }) => {
      const update = await store.readUpdate(id);
      const field = fieldIn(update, before, profile, pick);
      const draft = draftOf(update);
      const changed = field.type(draft, words);
      const { change, isConflict } = changeOf(changed, draft.editing!, update, profile, true);
      if (isConflict) throw new Error(`A conflict that nobody made (${field.name}).`);
      lost((await store.edit(id, change)).lost);
      return { id, post: field.after(before, words), excepted: field.excepted };
    },
  },
  {
    name: 'deleted and brought back',
    writes: 2,
    isEdit: true,
    act: async ({ store, id, profile, before, now }) => {
      const kept = await store.restorable(id);
      if (!kept) throw new Error('It cannot be brought back.');
      await store.destroy(id);
      // As the command does it.
      const at = kept.dueAt && kept.isFixedTime !== false && !takesSlot(kept, profile) && kept.dueAt > now ? kept.dueAt : undefined;
      const restored = await store.restore(kept, at && { at });
      const isLate = before.status === 'error';
      return {
        id: restored.id,
        post: { ...before, ...(isLate && { status: 'draft', error: null }) },
        // A chosen time that is to come is had again.
        excepted: [
          ...remade.filter((name) => !at || isLate || !['dueAt', 'isCustomScheduled'].includes(name)),
          ...(at && !isLate ? [] : ['allowedActions']),
        ],
      };
    },
  },
  {
    name: 'changed while it was changed elsewhere, which is kept',
    writes: 1,
    isEdit: true,
    act: async ({ store, otherStore, id, pick, words, elsewhere, lost }) => {
      const seen = await otherStore.readUpdate(id);
      // Elsewhere the tags and the files' descriptions are others now; here, the text.
      const present = await elsewhere(seen.text);
      const text = textWith(present.text, words, pick);
      lost((await store.edit(id, { text }, seen)).lost);
      return { id, post: withText(present, text) };
    },
  },
  {
    name: 'a conflict overwritten as a document',
    writes: 1,
    isEdit: true,
    act: async ({ store, otherStore, id, before, pick, words, elsewhere, lost }) => {
      const seen = await otherStore.readUpdate(id);
      const present = await elsewhere(`${before.text} Elsewhere.`.trim());
      const text = textWith(before.text, words, pick);
      const conflict: unknown = await store.edit(id, { text }, seen).catch((error: unknown) => error);
      if (!(conflict instanceof EditConflict)) throw new Error('No conflict was told.', { cause: conflict });
      lost((await store.edit(id, { text })).lost);
      return { id, post: withText(present, text) };
    },
  },
  {
    name: 'a conflict overwritten in the composer',
    writes: 1,
    isEdit: true,
    act: async ({ store, otherStore, id, profile, before, pick, words, elsewhere, lost }) => {
      const draft = draftOf(await otherStore.readUpdate(id));
      const present = await elsewhere(`${before.text} Elsewhere.`.trim());
      const text = textWith(before.text, words, pick);
      const { change, isConflict } = changeOf({ ...draft, text }, draft.editing!, await store.readUpdate(id), profile, true);
      if (!isConflict) throw new Error('No conflict was told.');
      lost((await store.edit(id, change)).lost);
      return { id, post: withText(present, text) };
    },
  },
];

/** What a post is once it has a place again: out of the drafts, and its failure over; an approval is still waited for. */
function placed(before: Post): Post {
  return before.status === 'needs_approval' ? before : { ...before, status: 'scheduled', error: null };
}

function fieldIn(update: Update, before: Post, profile: Profile, pick: number): Field {
  const draft: Draft = draftOf(update);
  const fields = fieldsOf(draft, before, profile);
  return fields[pick % fields.length]!;
}
