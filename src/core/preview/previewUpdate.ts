import type { Profile, Service } from '../buffer/model.ts';

/** An update as it is to be drawn, by whomever it is written: plain words and addresses, nothing of how a network draws it. */
export interface PreviewUpdate {
  /** Tells those that are shown together apart, and stays while one is typed. */
  readonly id: string;
  readonly profile: PreviewProfile;
  /** Of a pin, a video or an event. */
  readonly title?: string;
  /** What stands before a text that is folded away (Mastodon). */
  readonly warning?: string;
  /** Threads: what it is about. */
  readonly topic?: string;
  /** Where it was. */
  readonly place?: string;
  readonly business?: PreviewBusiness;
  /** The text and, where it is a thread, what follows it. One at least. */
  readonly parts: readonly PreviewPart[];
  readonly firstComment?: string;
}

/** What addresses of pictures begin with that are no ones of the web: whoever gives the update reads them. */
export const repositoryPicture = 'repository:';

/** What Google Business shows of an offer or an event, and its button. */
export interface PreviewBusiness {
  readonly kind?: 'offer' | 'event';
  /** ISO 8601. */
  readonly startsAt?: string;
  readonly endsAt?: string;
  readonly isAllDay?: boolean;
  readonly coupon?: string;
  readonly terms?: string;
  /** Buffer's word for what the button says. */
  readonly button?: string;
  /** Where the button, or the offer, leads. */
  readonly link?: string;
}

export interface PreviewProfile {
  /** `Profile.id`. */
  readonly id: string;
  readonly service: Service;
  /** The network's name for people, such as `X`. */
  readonly network: string;
  readonly name: string;
  /** What the network shows beside the name, such as `@example`. */
  readonly handle?: string;
  /** Its picture, as a file that the page may show. */
  readonly avatarUrl?: string;
  /** IANA name: by whose clocks the times of an event are shown. The person's own where left out. */
  readonly timeZone?: string;
}

/** A text as it is sent. */
export interface PreviewText {
  readonly text: string;
  /** Where it grows too long, in UTF-16 units. */
  readonly overflowsAt?: number;
}

export interface PreviewPart extends PreviewText {
  /** Its place in the thread as it is written, where parts can be empty; 0 for the text of all. */
  readonly index: number;
  readonly files: readonly PreviewFile[];
  readonly card?: PreviewCard;
}

/** A file that goes along; its addresses are as they were typed. */
export interface PreviewFile {
  readonly kind: 'picture' | 'video' | 'document';
  /** Address of the picture that is shown of it. */
  readonly picture?: string;
  /** The alternative text. */
  readonly alt?: string;
  /** What a video or a document is called. */
  readonly title?: string;
  /** Where the file itself is. */
  readonly url?: string;
}

/** What is shown of a page that a link leads to. */
export interface PreviewCard {
  readonly url: string;
  readonly title?: string;
  readonly description?: string;
  readonly picture?: string;
}

/** Networks that show a handle beside the name. */
const withHandle: ReadonlySet<Service> = new Set(['twitter', 'bluesky', 'mastodon', 'threads', 'instagram', 'tiktok', 'youtube']);

/** What a network shows beside the name of a profile; undefined where it shows none, or the name is that already. */
export function handleOf({ service, username, name }: Pick<Profile, 'service' | 'username' | 'name'>): string | undefined {
  if (!withHandle.has(service) || !username) return undefined;
  const handle = `@${username.replace(/^@/u, '')}`;
  // A name can be the handle, with its server behind it.
  return name.startsWith(handle) || name === username ? undefined : handle;
}

/** The addresses of all pictures that are shown of an update. */
export function picturesIn({ parts }: Pick<PreviewUpdate, 'parts'>): readonly string[] {
  return parts.flatMap(({ files, card }) => [...files.map(({ picture }) => picture), card?.picture]).flatMap((each) => each?.trim() || []);
}
