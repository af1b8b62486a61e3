import type { TextRange } from './place.ts';

/**
 * What is wrong with a file, and its sentence in English, where `{0}` … stand for values. A face may say it in other
 * words; the command line says these.
 */
export const sentences = {
  // The file
  tooLarge: 'This file is too large to be a post: {0} characters, at most {1}.',
  mergeConflict: 'A merge left both sides here. Keep one of them.',
  unclosedFrontMatter: 'The front matter has no end: close it with a line of three hyphens (---).',
  strayFrontMatter: 'This front matter does not stand at the top of its post: it would be published.',
  frontMatterTooLarge: 'The front matter is too large: {0} characters, at most {1}.',
  invalidYaml: 'The front matter is not valid YAML: {0}',
  quoteHandle: 'YAML needs quotes around what begins with @: "{0}".',
  alias: 'Anchors, aliases and types of YAML are not read here: write the value itself.',
  notAMap: 'The front matter names keys with values, such as “when: queue”.',
  unknownKey: '“{0}” is not a key of a post.',
  unknownKeyMeant: '“{0}” is not a key of a post. Did you mean “{1}”?',
  duplicateKey: '“{0}” is said twice.',
  takesOne: '“{0}” takes one value.',
  takesFlag: '“{0}” takes true or false.',
  takesPart: '“{0}” takes the number of a part, from 1.',
  takesFraction: '“{0}” takes a number from 0 to 1.',
  takesSeconds: '“{0}” takes seconds from the beginning.',
  takesPeople: '“{0}” takes a list of maps with handle, x and y.',
  takesKeys: '“{0}” takes keys with values, such as “firstComment: …”.',
  takesChoice: '“{0}” takes one of {1}.',
  emptyValue: '“{0}” has no value.',
  unknownMark: '“{0}” is no network. For a note that is not published, write <!-- note: … -->.',
  unknownMarkMeant: '“{0}” is no network. Did you mean “{1}”?',
  unknownDivider: '“{0}” divides nothing. Did you mean “{1}”?',
  duplicateVariant: 'There is a text for {0} already.',
  hiddenText: 'Readers of the file do not see this, but it would be published. For a note, write <!-- note: … --> on a line of its own.',
  unclosedFence: 'This code block is not closed, so the marks below it are text.',
  emptyPost: 'There is nothing to post here.',
  emptyPart: 'This part of the thread has neither words nor pictures.',
  sharedTime: 'This file has several posts: say in each of them when it goes out.',
  // The configuration
  invalidJson: 'This is not valid JSON: {0}',
  invalidConfig: '“{0}” cannot be used: {1}',
  // Profiles
  noProfiles: 'No profile is named: write “profiles: [network/handle]”, or name some in .buffer/config.json.',
  unknownNetwork: 'No network is called “{0}”.',
  unknownNetworkMeant: 'No network is called “{0}”. Did you mean “{1}”?',
  profileWithoutNetwork: 'Write the network in front: “network/{0}”.',
  unknownProfile: 'No profile of this account is {0}.',
  unknownProfileMeant: 'No profile of this account is {0}. Did you mean {1}?',
  ambiguousProfile: 'Several profiles are {0}: {1}.',
  duplicateProfile: '{0} is named twice.',
  disconnectedProfile: '{0} has to be reconnected at Buffer.',
  lockedProfile: 'The plan of this account does not cover {0}.',
  unusedVariant: 'No profile of this post is on {0}.',
  // Times
  unknownTime: 'It is not clear which time “{0}” is. Write it as 2026-12-01 09:30, or queue, next or draft.',
  several: '“{0}” is more than one time.',
  noSuchTime: 'There is no such time: {0}.',
  notNow: 'A post in a file does not go out at once. Write “next” for the front of the queue.',
  timeInWords: '“{0}” is another time on another day. Fix the date: {1}.',
  past: 'This time has passed.',
  unknownZone: '“{0}” is no time zone. Write it as Europe/Berlin.',
  noZone: 'In which time zone this is can be told only with the profile at hand. Name one with “timezone”.',
  // What is sent
  tooLong: 'Too long for {0}: {1} of {2} characters.',
  noText: '{0} needs a text.',
  needsPicture: '{0} needs a picture.',
  needsVideo: '{0} needs a video.',
  needsPictureOrVideo: '{0} needs a picture or a video.',
  needsDetail: '{0} needs “{1}”.',
  linkInText: '{0} shows no link beside the text: write it into the text.',
  unsendable: '{0} cannot be sent.',
  control: '{0}: the text holds a control character, which Buffer refuses.',
  invalidForX: '{0}: the text holds an invisible character that the network refuses, such as U+FEFF.',
  manyLinks: '{0}: the text has more than 5 links.',
  manyHashtags: '{0}: the text has more than 30 hashtags.',
  brackets: '{0}: the network refuses < and > in a description.',
  manyBytes: '{0}: the text has more than 5,000 bytes.',
  tooManyPictures: '{0} takes {1} pictures at most.',
  gifAlone: 'On {0} an animated picture goes alone.',
  noGif: '{0} takes no animated pictures.',
  severalMedia: 'Pictures, a video, a document and a link do not go together: keep one kind.',
  partWithoutThread: 'There is no part {0} of the thread.',
  noThreads: '{0} has no threads: the parts below the first would be lost.',
  noAltText: 'This picture has no description for people who do not see it.',
  altTextTooLong: 'This description is too long for {0}: {1} of {2} characters.',
  detailTooLong: '“{0}” is too long for {1}: {2} of {3} characters.',
  unknownDetail: '{0} has no “{1}”.',
  unknownDetailMeant: '{0} has no “{1}”. Did you mean “{2}”?',
  detailNotFor: '“{0}” does not go with this kind of post on {1}.',
  unknownBoard: 'No board of {0} is called “{1}”.',
  unknownTag: 'No tag of this account is called “{0}”.',
  unknownTagMeant: 'No tag of this account is called “{0}”. Did you mean “{1}”?',
  markdownPicture: 'This is sent as text. Name pictures in “images”.',
  // Files
  outside: 'This leads out of the repository.',
  unreadable: 'This cannot be read: {0}',
  notServed: 'Buffer cannot fetch {0}: this repository is served from no public address. Name one with “pictures” in .buffer/config.json.',
  notPushed: 'Buffer cannot fetch {0} yet: commit and push it first.',
  missingFile: 'There is no such file: {0}.',
  notAPicture: 'This is no picture that networks take: PNG, JPEG, GIF or WebP.',
  insecureAddress: 'Addresses begin with https://.',
} as const;

export type ProblemCode = keyof typeof sentences;

/** A file with an error is not sent. A warning is told, and stands in the way of nothing. */
export type Severity = 'error' | 'warning' | 'hint';

/** What can be written instead. */
export interface Fix {
  readonly kind: 'replace' | 'fixDate' | 'addAlt' | 'remove';
  readonly range: TextRange;
  readonly text: string;
}

export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly range: TextRange;
  readonly values: readonly (string | number)[];
  /** In English. */
  readonly message: string;
  readonly fix?: Fix;
}

/** A problem with its sentence. */
export function problem(
  code: ProblemCode,
  range: TextRange,
  values: readonly (string | number)[] = [],
  { severity = 'error', fix }: { readonly severity?: Severity; readonly fix?: Fix } = {},
): Problem {
  const said = values.map((value) => (typeof value === 'number' ? value.toLocaleString('en') : shortened(value)));
  const message = sentences[code].replaceAll(/\{(\d)\}/gu, (_, index: string) => said[Number(index)] ?? '');
  return { code, severity, range, values: said, message, ...(fix && { fix }) };
}

/** Whether a file with these may be sent. */
export function hasErrors(problems: readonly Pick<Problem, 'severity'>[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** A sentence stays one, whatever stands in the file. */
function shortened(value: string): string {
  const line = value.replaceAll(/\s+/gu, ' ');
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
