// What an organization keeps besides posts. Every time is in whole unix seconds.

export interface IdeaGroup {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly isLocked: boolean;
}

export interface IdeaMedia {
  readonly id: string;
  readonly url: string;
  readonly type: string;
  readonly alt?: string | null;
  readonly thumbnailUrl?: string | null;
  readonly size?: number | null;
  readonly source?: unknown;
}

export interface Idea {
  readonly id: string;
  readonly organizationId: string;
  readonly groupId?: string;
  readonly title?: string;
  readonly text?: string;
  readonly date?: number;
  readonly services: readonly string[];
  readonly media: readonly IdeaMedia[];
  readonly tags: readonly unknown[];
  readonly aiAssisted: boolean;
  readonly createdAt: number;
  updatedAt: number;
  /** Within its group: the lowest comes first. */
  position: number;
}

export interface Template {
  readonly id: string;
  /** Whoever made it; nobody, where it is Buffer's own. */
  readonly ownerId?: string;
  readonly organizationId: string;
  title: string;
  body: string;
  description: string;
  emoji: string;
  visibility: string;
  readonly createdAt: number;
  updatedAt: number;
}

/** Ideas and templates of all organizations. */
export class Library {
  readonly groups: IdeaGroup[] = [];
  readonly ideas: Idea[] = [];
  readonly templates: Template[] = [];

  clear(): void {
    this.groups.length = 0;
    this.ideas.length = 0;
    this.templates.length = 0;
  }
}
