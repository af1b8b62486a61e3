import * as vscode from 'vscode';
import type { Problem, ProblemCode } from '../core/postFiles/problem.ts';

type Say = (...values: (string | number)[]) => string;

/** What is wrong, in the person's language. */
const words: Readonly<Record<ProblemCode, Say>> = {
  tooLarge: (...values) => vscode.l10n.t('This file is too large to be a post: {0} characters, at most {1}.', ...values),
  mergeConflict: (...values) => vscode.l10n.t('A merge left both sides here. Keep one of them.', ...values),
  unclosedFrontMatter: (...values) => vscode.l10n.t('The front matter has no end: close it with a line of three hyphens (---).', ...values),
  strayFrontMatter: (...values) =>
    vscode.l10n.t('This front matter does not stand at the top of its post: it would be published.', ...values),
  frontMatterTooLarge: (...values) => vscode.l10n.t('The front matter is too large: {0} characters, at most {1}.', ...values),
  invalidYaml: (...values) => vscode.l10n.t('The front matter is not valid YAML: {0}', ...values),
  quoteHandle: (...values) => vscode.l10n.t('YAML needs quotes around what begins with @: "{0}".', ...values),
  alias: (...values) => vscode.l10n.t('Anchors, aliases and types of YAML are not read here: write the value itself.', ...values),
  notAMap: (...values) => vscode.l10n.t('The front matter names keys with values, such as “when: queue”.', ...values),
  unknownKey: (...values) => vscode.l10n.t('“{0}” is not a key of a post.', ...values),
  unknownKeyMeant: (...values) => vscode.l10n.t('“{0}” is not a key of a post. Did you mean “{1}”?', ...values),
  duplicateKey: (...values) => vscode.l10n.t('“{0}” is said twice.', ...values),
  takesOne: (...values) => vscode.l10n.t('“{0}” takes one value.', ...values),
  takesFlag: (...values) => vscode.l10n.t('“{0}” takes true or false.', ...values),
  takesPart: (...values) => vscode.l10n.t('“{0}” takes the number of a part, from 1.', ...values),
  takesFraction: (...values) => vscode.l10n.t('“{0}” takes a number from 0 to 1.', ...values),
  takesSeconds: (...values) => vscode.l10n.t('“{0}” takes seconds from the beginning.', ...values),
  takesPeople: (...values) => vscode.l10n.t('“{0}” takes a list of maps with handle, x and y.', ...values),
  takesKeys: (...values) => vscode.l10n.t('“{0}” takes keys with values, such as “firstComment: …”.', ...values),
  takesChoice: (...values) => vscode.l10n.t('“{0}” takes one of {1}.', ...values),
  emptyValue: (...values) => vscode.l10n.t('“{0}” has no value.', ...values),
  unknownMark: (...values) => vscode.l10n.t('“{0}” is no network. For a note that is not published, write <!-- note: … -->.', ...values),
  unknownMarkMeant: (...values) => vscode.l10n.t('“{0}” is no network. Did you mean “{1}”?', ...values),
  unknownDivider: (...values) => vscode.l10n.t('“{0}” divides nothing. Did you mean “{1}”?', ...values),
  duplicateVariant: (...values) => vscode.l10n.t('There is a text for {0} already.', ...values),
  hiddenText: (...values) =>
    vscode.l10n.t(
      'Readers of the file do not see this, but it would be published. For a note, write <!-- note: … --> on a line of its own.',
      ...values,
    ),
  unclosedFence: (...values) => vscode.l10n.t('This code block is not closed, so the marks below it are text.', ...values),
  emptyPost: (...values) => vscode.l10n.t('There is nothing to post here.', ...values),
  emptyPart: (...values) => vscode.l10n.t('This part of the thread has neither words nor pictures.', ...values),
  sharedTime: (...values) => vscode.l10n.t('This file has several posts: say in each of them when it goes out.', ...values),
  invalidJson: (...values) => vscode.l10n.t('This is not valid JSON: {0}', ...values),
  invalidConfig: (...values) => vscode.l10n.t('“{0}” cannot be used: {1}', ...values),
  noProfiles: (...values) =>
    vscode.l10n.t('No profile is named: write “profiles: [network/handle]”, or name some in .buffer/config.json.', ...values),
  unknownNetwork: (...values) => vscode.l10n.t('No network is called “{0}”.', ...values),
  unknownNetworkMeant: (...values) => vscode.l10n.t('No network is called “{0}”. Did you mean “{1}”?', ...values),
  profileWithoutNetwork: (...values) => vscode.l10n.t('Write the network in front: “network/{0}”.', ...values),
  unknownProfile: (...values) => vscode.l10n.t('No profile of this account is {0}.', ...values),
  unknownProfileMeant: (...values) => vscode.l10n.t('No profile of this account is {0}. Did you mean {1}?', ...values),
  ambiguousProfile: (...values) => vscode.l10n.t('Several profiles are {0}: {1}.', ...values),
  duplicateProfile: (...values) => vscode.l10n.t('{0} is named twice.', ...values),
  disconnectedProfile: (...values) => vscode.l10n.t('{0} has to be reconnected at Buffer.', ...values),
  lockedProfile: (...values) => vscode.l10n.t('The plan of this account does not cover {0}.', ...values),
  unusedVariant: (...values) => vscode.l10n.t('No profile of this post is on {0}.', ...values),
  unknownTime: (...values) =>
    vscode.l10n.t('It is not clear which time “{0}” is. Write it as 2026-12-01 09:30, or queue, next or draft.', ...values),
  several: (...values) => vscode.l10n.t('“{0}” is more than one time.', ...values),
  noSuchTime: (...values) => vscode.l10n.t('There is no such time: {0}.', ...values),
  notNow: (...values) => vscode.l10n.t('A post in a file does not go out at once. Write “next” for the front of the queue.', ...values),
  timeInWords: (...values) => vscode.l10n.t('“{0}” is another time on another day. Fix the date: {1}.', ...values),
  past: (...values) => vscode.l10n.t('This time has passed.', ...values),
  unknownZone: (...values) => vscode.l10n.t('“{0}” is no time zone. Write it as Europe/Berlin.', ...values),
  noZone: (...values) =>
    vscode.l10n.t('In which time zone this is can be told only with the profile at hand. Name one with “timezone”.', ...values),
  tooLong: (...values) => vscode.l10n.t('Too long for {0}: {1} of {2} characters.', ...values),
  noText: (...values) => vscode.l10n.t('{0} needs a text.', ...values),
  needsPicture: (...values) => vscode.l10n.t('{0} needs a picture.', ...values),
  needsVideo: (...values) => vscode.l10n.t('{0} needs a video.', ...values),
  needsPictureOrVideo: (...values) => vscode.l10n.t('{0} needs a picture or a video.', ...values),
  needsDetail: (...values) => vscode.l10n.t('{0} needs “{1}”.', ...values),
  linkInText: (...values) => vscode.l10n.t('{0} shows no link beside the text: write it into the text.', ...values),
  unsendable: (...values) => vscode.l10n.t('{0} cannot be sent.', ...values),
  control: (...values) => vscode.l10n.t('{0}: the text holds a control character, which Buffer refuses.', ...values),
  invalidForX: (...values) =>
    vscode.l10n.t('{0}: the text holds an invisible character that the network refuses, such as U+FEFF.', ...values),
  manyLinks: (...values) => vscode.l10n.t('{0}: the text has more than 5 links.', ...values),
  manyHashtags: (...values) => vscode.l10n.t('{0}: the text has more than 30 hashtags.', ...values),
  brackets: (...values) => vscode.l10n.t('{0}: the network refuses < and > in a description.', ...values),
  manyBytes: (...values) => vscode.l10n.t('{0}: the text has more than 5,000 bytes.', ...values),
  tooManyPictures: (...values) => vscode.l10n.t('{0} takes {1} pictures at most.', ...values),
  gifAlone: (...values) => vscode.l10n.t('On {0} an animated picture goes alone.', ...values),
  noGif: (...values) => vscode.l10n.t('{0} takes no animated pictures.', ...values),
  severalMedia: (...values) => vscode.l10n.t('Pictures, a video, a document and a link do not go together: keep one kind.', ...values),
  partWithoutThread: (...values) => vscode.l10n.t('There is no part {0} of the thread.', ...values),
  noThreads: (...values) => vscode.l10n.t('{0} has no threads: the parts below the first would be lost.', ...values),
  noAltText: (...values) => vscode.l10n.t('This picture has no description for people who do not see it.', ...values),
  altTextTooLong: (...values) => vscode.l10n.t('This description is too long for {0}: {1} of {2} characters.', ...values),
  detailTooLong: (...values) => vscode.l10n.t('“{0}” is too long for {1}: {2} of {3} characters.', ...values),
  unknownDetail: (...values) => vscode.l10n.t('{0} has no “{1}”.', ...values),
  unknownDetailMeant: (...values) => vscode.l10n.t('{0} has no “{1}”. Did you mean “{2}”?', ...values),
  detailNotFor: (...values) => vscode.l10n.t('“{0}” does not go with this kind of post on {1}.', ...values),
  unknownBoard: (...values) => vscode.l10n.t('No board of {0} is called “{1}”.', ...values),
  unknownTag: (...values) => vscode.l10n.t('No tag of this account is called “{0}”.', ...values),
  unknownTagMeant: (...values) => vscode.l10n.t('No tag of this account is called “{0}”. Did you mean “{1}”?', ...values),
  notServed: (...values) =>
    vscode.l10n.t(
      'Buffer cannot fetch {0}: this repository is served from no public address. Name one with “pictures” in .buffer/config.json.',
      ...values,
    ),
  notPushed: (...values) => vscode.l10n.t('Buffer cannot fetch {0} yet: commit and push it first.', ...values),
  markdownPicture: (...values) => vscode.l10n.t('This is sent as text. Name pictures in “images”.', ...values),
  outside: (...values) => vscode.l10n.t('This leads out of the repository.', ...values),
  unreadable: (...values) => vscode.l10n.t('This cannot be read: {0}', ...values),
  missingFile: (...values) => vscode.l10n.t('There is no such file: {0}.', ...values),
  notAPicture: (...values) => vscode.l10n.t('This is no picture that networks take: PNG, JPEG, GIF or WebP.', ...values),
  insecureAddress: (...values) => vscode.l10n.t('Addresses begin with https://.', ...values),
};

/** The sentence of a problem. */
export function problemWords({ code, values }: Problem): string {
  return words[code](...values);
}
