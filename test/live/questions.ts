import type { BehaviourName } from '../sandbox/behaviours.ts';

/** What can be asked of the live service about a line of `docs/live-service.md`, or why nobody should. */
export interface Question {
  /** Such as `reading-1`. */
  readonly line: string;
  /** As the table shows it. */
  readonly words: string;
  /** The sandbox's switch whose settings are the possible answers. */
  readonly behaviour?: BehaviourName;
  /** Takes an update, so a channel has to be named. */
  readonly onChannel?: true;
  /** Why it is not asked in any run. */
  readonly never?: string;
}

const outOfHere = 'a single answer does not show it';
const wouldPublish = 'asking could publish something';
const anotherUpdate = 'it takes updates beside the one draft';

/** In the order of the document. */
export const questions = {
  approvalFilter: {
    line: 'reading-1',
    words: 'What does a status filter find that has needs_approval beside others?',
    behaviour: 'approvalFilter',
  },
  pageSize: { line: 'reading-2', words: 'Is a hundred the most that a page holds, with no filter by ids?' },
  viaNetwork: { line: 'reading-3', words: 'Are updates that were made outside Buffer among the sent ones?' },
  likes: { line: 'reading-4', words: 'Do TikTok and Instagram count reactions, never likes?' },
  rateLimitForm: {
    line: 'reading-5',
    words: 'How does the RateLimit header name its windows, and can we parse it?',
    behaviour: 'rateLimitNames',
  },
  keylessSchema: { line: 'reading-6', words: 'Is a question for the schema answered without a key, and not counted?' },
  passingFailures: { line: 'reading-7', words: 'Do UPSTREAM_SERVER_ERROR and INTERNAL_SERVER_ERROR come up?' },
  wrongOrganization: {
    line: 'reading-8',
    words: 'Does a wrong organization id answer 500 and “Organization not found”?',
    behaviour: 'unknownOrganization',
  },
  services: { line: 'reading-9', words: 'Does the schema know substack and whatsapp?' },
  userAgent: {
    line: 'reading-10',
    words: 'Does a gateway answer 403 and a page to Python’s usual User-Agent, and to Node’s?',
    behaviour: 'gateway',
  },
  statuses: { line: 'reading-11', words: 'Are these the statuses: draft, needs_approval, scheduled, sending, sent, error?' },
  allowedActions: {
    line: 'reading-12',
    words: 'Is addPostToQueue missing from what may be done with an update that has a time of its own?',
  },

  leftOut: { line: 'editing-1', words: 'What does editPost do with what is left out?', behaviour: 'editPost', onChannel: true },
  instagramAlone: { line: 'editing-2', words: 'Is an edit on Instagram refused without its pictures and type?', onChannel: true },
  facebookDraft: { line: 'editing-3', words: 'Is the edit of a Facebook draft refused without its type?', onChannel: true },
  othersAlone: {
    line: 'editing-4',
    words: 'Do TikTok and Google Business refuse an edit of the text alone, or drop the rest?',
    onChannel: true,
  },
  linkedinDraft: {
    line: 'editing-5',
    words: 'Is a LinkedIn draft edited with id and text alone, and what becomes of the rest?',
    behaviour: 'linkedinDrafts',
    onChannel: true,
  },
  wholeBack: { line: 'editing-6', words: 'Does the whole update sent back change nothing but the text?', onChannel: true },
  modeLeftOut: { line: 'editing-7', words: 'Does the time stay where mode is left out?', onChannel: true },
  dueAtAlone: {
    line: 'editing-8',
    words: 'Is dueAt passed over, with success, unless mode and schedulingType are there?',
    onChannel: true,
  },
  shareNowAlone: { line: 'editing-9', words: 'Is shareNow refused without text and files?', never: wouldPublish },
  detailsWiped: { line: 'editing-10', words: 'Is a detail wiped that metadata does not hold again?', onChannel: true },
  seconds: { line: 'editing-11', words: 'Do the seconds of a chosen time come back as 0?', behaviour: 'dueSeconds', onChannel: true },
  links: { line: 'editing-11', words: 'Do links come back shortened?', behaviour: 'links', onChannel: true },
  leavesDrafts: { line: 'editing-12', words: 'Does a draft leave only with mode, schedulingType and saveToDraft: false?', onChannel: true },
  backToDrafts: { line: 'editing-13', words: 'Does saveToDraft: true make a scheduled update a draft?', onChannel: true },
  moveDraft: { line: 'editing-14', words: 'Is movePostInQueue refused for a draft?', never: wouldPublish },
  editSent: { line: 'editing-15', words: 'Is a sent update’s text fixed?', never: 'asking could change an update that is out' },

  thumbnailUrl: { line: 'creating-1', words: 'Is a video with a thumbnailUrl refused?', onChannel: true },
  thumbnailOffset: { line: 'creating-2', words: 'Does the schema take a video’s cover as thumbnailOffset?' },
  carousel: { line: 'creating-3', words: 'Does Instagram refuse the type carousel?', onChannel: true },
  typeRequired: { line: 'creating-4', words: 'Do Facebook and Instagram refuse an update without a type?', onChannel: true },
  needsApproval: {
    line: 'creating-5',
    words: 'Is needsApproval refused where no policy asks for it?',
    never: 'it could send a colleague a request',
  },
  limits: { line: 'creating-6', words: 'Is it ten scheduled updates on the Free plan, and X’s daily limit 50 or 100?' },
  past: { line: 'creating-7', words: 'Is a time in the past refused?', never: wouldPublish },
  dataAddress: { line: 'creating-8', words: 'Is a data: address of a picture refused?', onChannel: true },
  tiktokTitle: { line: 'creating-9', words: 'Does a TikTok title beyond 90 characters fail at publishing?', never: wouldPublish },
  duplicate: { line: 'creating-10', words: 'Is the same text with the same pictures refused?', never: anotherUpdate },
  duplicateWords: { line: 'creating-11', words: 'What do the refusals of a duplicate say?', never: anotherUpdate },
  full: { line: 'creating-12', words: 'What does a full queue say?', never: anotherUpdate },
  firstComment: { line: 'creating-13', words: 'Does a first comment on the Free plan take the whole update with it?', onChannel: true },
  remindersOnly: { line: 'creating-14', words: 'Do Instagram profiles and Facebook groups take reminders alone?', onChannel: true },
  threadPictures: {
    line: 'creating-15',
    words: 'Are the pictures of a thread on Threads told when it is read?',
    behaviour: 'threadEcho',
    onChannel: true,
  },
  loneVideo: { line: 'creating-16', words: 'Is a lone video in the first part of a thread on X kept?', never: 'it takes a video of yours' },
  cardAndPicture: {
    line: 'creating-17',
    words: 'What becomes of a link card beside a picture on LinkedIn?',
    behaviour: 'linkedinCard',
    onChannel: true,
  },
  unreadable: { line: 'creating-18', words: 'Is a picture refused that cannot be read from its address?', onChannel: true },
  tooLong: { line: 'creating-19', words: 'What is said of a text that is too long for X?', onChannel: true },
  goneTwice: { line: 'creating-19', words: 'What is said of deleting what is gone?', onChannel: true },
  unknownChannel: { line: 'creating-19', words: 'What is said of a channel that is not there?' },
  pausedQueue: { line: 'creating-20', words: 'Does a paused queue take an update, and a locked channel none?', never: wouldPublish },
  contentItems: { line: 'creating-21', words: 'Does the schema have createContentItemDraft and promoteContentItemDraftToPosts?' },
  threadCards: {
    line: 'creating-22',
    words: 'Does the schema have the card of a thread’s part in its new place, and in its old one?',
    behaviour: 'threadCards',
  },
  retweetComment: {
    line: 'creating-23',
    words: 'Is the comment of a shared post told when it is read?',
    never: 'it would share what somebody wrote',
  },

  ideaChanges: { line: 'library-1', words: 'Can an idea be changed or deleted?', never: 'the published schema has nothing for it' },
  templateFields: {
    line: 'library-2',
    words: 'What does a template want, and who may change it?',
    never: 'it would leave templates in your account',
  },
  templatePreview: { line: 'library-3', words: 'Are templates still offered?', never: 'it is a preview, and the extension asks by itself' },
  madeTwice: {
    line: 'library-4',
    words: 'Is an idea or a template that is sent twice made twice?',
    never: 'it would leave ideas in your account',
  },

  tooMany: { line: 'limits-1', words: 'What does a 429 look like?', never: 'it would use up what is left of your requests' },
  figures: { line: 'limits-2', words: 'Are metrics refused by themselves where insights:read is missing?' },
  dailyLimits: {
    line: 'limits-3',
    words: 'Does dailyPostingLimits fail for channels of several organizations, and for those alone?',
    behaviour: 'dailyPostingLimits',
  },
  signIn: { line: 'limits-4', words: 'How does sign-in in the browser fail?', never: 'it takes a browser and an application of your own' },
  publishing: { line: 'limits-5', words: 'How long after its time does an update go out?', never: 'nothing is published here' },
  registration: {
    line: 'limits-6',
    words: 'Do applications register themselves?',
    never: 'what is registered stays so, and your key goes to no other address',
  },

  v1Shapes: { line: 'v1-1', words: 'In which shapes does REST API v1 answer?', never: 'it takes an access token of that API' },
  v1Keys: {
    line: 'v1-2',
    words: 'What does REST API v1 say to an API key?',
    never: `your key goes to no other address, and of the shutdown ${outOfHere}`,
  },
} as const satisfies Readonly<Record<string, Question>>;

export type QuestionName = keyof typeof questions;
