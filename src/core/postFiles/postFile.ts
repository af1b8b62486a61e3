import type { Service, TaggedUser } from '../buffer/model.ts';
import type { DetailName } from '../buffer/networkDetails.ts';
import type { TextRange } from './place.ts';
import type { Fix, Problem } from './problem.ts';

// What a file of posts holds, as it is written: nothing in it is looked up, and each word knows where it stands.
// docs/posts-as-files.md tells the format.

/** Something written, and where. */
export interface Written<Value = string> {
  readonly value: Value;
  readonly range: TextRange;
}

/** One text: a whole post, or a part of its thread. */
export interface PartText {
  /** As it is sent, with `\n` between its lines. */
  readonly text: string;
  readonly range: TextRange;
  /** Where each of its lines begins in the file, behind a backslash that was taken away. */
  readonly lineOffsets: readonly number[];
}

/** What one network says, or all that have no text of their own. */
export interface PostText {
  /** The first one, and those of the thread that follow it. At least one, which may be empty. */
  readonly parts: readonly PartText[];
  /** The comment that begins it; none for the text for all. */
  readonly mark?: TextRange;
}

export interface WrittenPicture {
  /** A path beside the file, or an address. */
  readonly src: Written;
  readonly alt?: Written;
  /** The part of the thread that it goes with, from 1. */
  readonly part: number;
  readonly people?: readonly TaggedUser[];
  readonly range: TextRange;
  /** Where the key of its description stands. */
  readonly altRange?: TextRange;
  /** How a description is added, where it has none. */
  readonly altFix?: Fix;
}

export interface WrittenVideo {
  readonly src: Written;
  readonly title?: Written;
  /** The moment that stands for it, in milliseconds from its beginning. */
  readonly coverAt?: number;
  readonly range: TextRange;
}

export interface WrittenDocument {
  readonly src: Written;
  readonly title?: Written;
  readonly cover?: Written;
  readonly range: TextRange;
}

export interface WrittenLink {
  readonly url: Written;
  readonly title?: Written;
  readonly description?: Written;
  readonly image?: Written;
  readonly range: TextRange;
}

/** What is said for one network beside the text, as words. */
export type WrittenDetails = { readonly [Name in DetailName]?: Written };

/** One post: what is to be sent to each of its profiles. */
export interface Post {
  /** Of its file in the repository: with `/`, composed (NFC). */
  readonly path: string;
  /** Its place among the posts of the file, from 0. */
  readonly index: number;
  readonly range: TextRange;
  /** What stands between the two `---` of its own; absent where it has none. */
  readonly frontMatter?: TextRange;
  /** Its front matter, or the one that it shares, could not be read: what it says is not known. */
  readonly isBroken?: boolean;
  /** As written: `network/handle`. Empty where the configuration's are meant. */
  readonly profiles: readonly Written[];
  readonly when?: Written;
  /** Undefined where nothing is said; an empty list says that there are none. */
  readonly tags?: readonly Written[];
  readonly timeZone?: Written;
  readonly isReminder?: Written<boolean>;
  /** For every network without a text of its own. */
  readonly text: PostText;
  readonly variants: Readonly<Record<Service, PostText>>;
  readonly pictures: readonly WrittenPicture[];
  readonly video?: WrittenVideo;
  readonly document?: WrittenDocument;
  readonly link?: WrittenLink;
  readonly details: Readonly<Record<Service, WrittenDetails>>;
}

export interface ParsedFile {
  readonly path: string;
  /** What could be read, also where there are problems; nothing of a file with an error may be sent. */
  readonly posts: readonly Post[];
  readonly problems: readonly Problem[];
  /** Where each line begins. */
  readonly lineStarts: readonly number[];
}

/** The text that a network gets. */
export function textOf({ text, variants }: Pick<Post, 'text' | 'variants'>, service: Service): PostText {
  return Object.hasOwn(variants, service) ? variants[service]! : text;
}

/** Where a character of a part stands in its file. @param index  in UTF-16 units of `text` */
export function offsetIn({ text, lineOffsets, range }: PartText, index: number): number {
  const before = text.slice(0, index);
  const lastBreak = before.lastIndexOf('\n');
  let line = 0;
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) line++;
  return (lineOffsets[line] ?? range.start.offset) + (before.length - lastBreak - 1);
}
