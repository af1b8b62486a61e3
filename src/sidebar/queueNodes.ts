import type { Update } from '../core/buffer/model.ts';
import type { Section } from '../core/queue/queueModel.ts';

/** The sections of a profile as they are shown: drafts at Buffer, which are read with the queue, stand by themselves. */
export type ShownSection = Section | 'drafts';

/** Where an update's row stands: in a section of its profile, or among all that failed. */
export type RowPlace = ShownSection | 'failed';

/** Where the rows of a section are read from. */
export function listOf(section: ShownSection): Section {
  return section === 'drafts' ? 'pending' : section;
}

/** Whether an update of a list is shown in this section of it; what failed stands above all profiles instead. */
export function isShownIn(section: ShownSection, { status }: Update): boolean {
  if (status === 'failed') return false;
  return section === 'sent' || (status === 'draft') === (section === 'drafts');
}

/** The rows of the sidebar, by identity only; what they show is looked up in the store when they are drawn. */
export type QueueNode = FailedNode | ProfileNode | SectionNode | UpdateNode | MoreNode | MessageNode | DayNode | FreeNode;

/** All that failed, whichever profile it is of. */
export interface FailedNode {
  readonly kind: 'failed';
  readonly id: 'failed';
}

export interface ProfileNode {
  readonly kind: 'profile';
  readonly id: string;
  readonly profileId: string;
}

export interface SectionNode {
  readonly kind: 'section';
  readonly id: string;
  readonly profileId: string;
  readonly section: ShownSection;
}

export interface UpdateNode {
  readonly kind: 'update';
  readonly id: string;
  readonly profileId: string;
  readonly section: RowPlace;
  readonly updateId: string;
}

export interface MoreNode {
  readonly kind: 'more';
  readonly id: string;
  readonly profileId: string;
  readonly section: ShownSection;
}

/** A row that says how things are: loading, empty, failed. `of` is where it stands, undefined for the top. */
export interface MessageNode {
  readonly kind: 'message';
  readonly id: string;
  readonly message: 'loading' | 'empty' | 'failed' | 'incomplete';
  readonly of?: SectionNode;
}

/** A day of all profiles together, or what stands behind the days: what has no time, and drafts. */
export interface DayNode {
  readonly kind: 'day';
  readonly id: string;
  /** As `2026-11-30`, or `undated`, or `drafts`. */
  readonly day: string;
}

/** A posting time that nothing takes, of these profiles. */
export interface FreeNode {
  readonly kind: 'free';
  readonly id: string;
  readonly day: string;
  readonly at: Date;
  readonly profileIds: readonly string[];
}

/**
 * Gives the same node for the same thing every time: VS Code keeps what is expanded, selected and scrolled
 * only for rows it recognises.
 */
export class QueueNodes {
  readonly #nodes = new Map<string, QueueNode>();

  profile(profileId: string): ProfileNode {
    return this.#node({ kind: 'profile', id: `profile/${profileId}`, profileId });
  }

  section(profileId: string, section: ShownSection): SectionNode {
    return this.#node({ kind: 'section', id: `profile/${profileId}/${section}`, profileId, section });
  }

  /** The row above all profiles. */
  failed(): FailedNode {
    return this.#node({ kind: 'failed', id: 'failed' });
  }

  update(profileId: string, section: RowPlace, updateId: string): UpdateNode {
    const parent = section === 'failed' ? section : `profile/${profileId}/${section}`;
    return this.#node({ kind: 'update', id: `${parent}/${updateId}`, profileId, section, updateId });
  }

  more({ profileId, section, id }: SectionNode): MoreNode {
    return this.#node({ kind: 'more', id: `${id}/more`, profileId, section });
  }

  day(day: string): DayNode {
    return this.#node({ kind: 'day', id: `day/${day}`, day });
  }

  free(day: string, at: Date, profileIds: readonly string[]): FreeNode {
    return this.#node({ kind: 'free', id: `free/${at.getTime()}/${profileIds.join('/')}`, day, at, profileIds });
  }

  message(message: MessageNode['message'], of?: SectionNode): MessageNode {
    return this.#node({ kind: 'message', id: `${of?.id ?? 'top'}/${message}`, message, of });
  }

  /** The row of a thing if it was ever shown. */
  known(id: string): QueueNode | undefined {
    return this.#nodes.get(id);
  }

  clear(): void {
    this.#nodes.clear();
  }

  #node<Node extends QueueNode>(node: Node): Node {
    const known = this.#nodes.get(node.id);
    if (known) return known as Node;
    this.#nodes.set(node.id, node);
    return node;
  }
}
