/**
 * How the live service was measured to behave, as switches. Nobody here asked it: each switch names the line of
 * `docs/live-service.md` that it stands for, and its first setting is what is on by default. Where sources disagree,
 * both are settings of one switch, and the client has to be right on either.
 */
export interface Behaviour {
  /** The line of `docs/live-service.md`, such as `reading-1`. */
  readonly line: string;
  /** What is switched, in a sentence. */
  readonly about: string;
  /** The first is the default. */
  readonly settings: readonly [string, ...string[]];
}

export const behaviours = {
  approvalFilter: {
    line: 'reading-1',
    about: 'A filter by status that has needs_approval beside others finds nothing, or what it says.',
    settings: ['empty', 'combined'],
  },
  rateLimitNames: {
    line: 'reading-5',
    about: 'Whether the headers of the rate limit name and space their windows as they were seen, or as the guide does.',
    settings: ['measured', 'documented'],
  },
  unknownOrganization: {
    line: 'reading-8',
    about: 'Whether an unknown organization is a failure of the server, or one that was not found.',
    settings: ['serverError', 'notFound'],
  },
  gateway: {
    line: 'reading-10',
    about: 'Whose User-Agent is turned away with a page: Python’s, also those of no name or of Node alone, or nobody’s.',
    settings: ['python', 'nameless', 'open'],
  },
  sending: {
    line: 'reading-11',
    about: 'Whether a video is on its way for minutes, with an error that passes, or for one minute without.',
    settings: ['slow', 'quick'],
  },
  editPost: {
    line: 'editing-1',
    about: 'Whether editPost drops what is left out and checks the whole, keeps it, or drops it unseen.',
    settings: ['strict', 'merge', 'replace'],
  },
  linkedinDrafts: {
    line: 'editing-5',
    about: 'Whether a draft for LinkedIn is edited as any other post, or keeps what is left out of an edit.',
    settings: ['asOthers', 'keepRest'],
  },
  dueSeconds: {
    line: 'editing-11',
    about: 'Whether a chosen time comes back with its seconds at 0, or as it was sent.',
    settings: ['dropped', 'kept'],
  },
  links: {
    line: 'editing-11',
    about: 'Whether links in a text for LinkedIn are shortened, or left alone.',
    settings: ['shortened', 'kept'],
  },
  approvals: {
    line: 'creating-5',
    about: 'Whether a post may ask for approval: no policy asks for it, and it is a bad request; or one does.',
    settings: ['noPolicy', 'policy'],
  },
  freePlan: {
    line: 'creating-12',
    about: 'Whether the Free plan’s ten scheduled posts are counted by channel or by organization.',
    settings: ['perChannel', 'perOrganization'],
  },
  duplicates: {
    line: 'creating-11',
    about: 'Whether what is scheduled, or was posted minutes ago, is refused when it is said again.',
    settings: ['refused', 'taken'],
  },
  threadEcho: {
    line: 'creating-15',
    about: 'Whether the files of a thread on Threads are told when it is read.',
    settings: ['none', 'echoed'],
  },
  xLoneVideo: {
    line: 'creating-16',
    about: 'Whether a lone video in the first post of a thread on X is stripped without a word, or kept.',
    settings: ['stripped', 'kept'],
  },
  threadCards: {
    line: 'creating-22',
    about: 'Whether the link’s card of a thread’s part has its new place and its old one, the new one alone, or the old one alone.',
    settings: ['both', 'newOnly', 'oldOnly'],
  },
  retweetComment: {
    line: 'creating-23',
    about: 'Whether the comment with which a post of X is shared is told nowhere, or as the text of the post that has none.',
    settings: ['untold', 'asText'],
  },
  linkedinCard: {
    line: 'creating-17',
    about: 'Whether a card beside a picture on LinkedIn is dropped without a word, or refused.',
    settings: ['dropped', 'refused'],
  },
  mostProfileIds: {
    line: 'v1-1',
    about: 'Whether one create of v1 takes ten profiles at most; Buffer’s own client sends no more.',
    settings: ['ten', 'any'],
  },
  editKeepsTime: {
    line: 'v1-1',
    about: 'What an edit of v1 without scheduled_at does with a chosen time: the update joins the queue, or keeps it.',
    settings: ['requeues', 'keeps'],
  },
  v1EditMedia: {
    line: 'v1-1',
    about: 'What an edit of v1 does with media that it leaves out, which is documented nowhere: gone, or as it was.',
    settings: ['cleared', 'kept'],
  },
  v1PausedDays: {
    line: 'v1-1',
    about: 'Whether days in paused_schedules are left out of schedules, or listed in both.',
    settings: ['apart', 'listed'],
  },
  v1UpdateError: {
    line: 'v1-1',
    about: 'How v1 says why an update failed: as a text with a link, as words, or as a message.',
    settings: ['textAndLink', 'words', 'message'],
  },
  v1Refusal: {
    line: 'v1-1',
    about: 'Whether the message of a refusal is words, or an object that holds them as its text.',
    settings: ['words', 'text'],
  },
  v1Configuration: {
    line: 'v1-1',
    about: 'Whether the networks’ limits are those that were recorded in 2013, or those of today.',
    settings: ['of2013', 'ofToday'],
  },
  insightsScope: {
    line: 'limits-2',
    about: 'Whether sign-in grants insights:read, refuses whoever asks for it, or leaves it out of what it grants.',
    settings: ['granted', 'refused', 'leftOut'],
  },
  // As with insights:read: tokens of before do not have it, and which application gets it is not told.
  notesScope: {
    line: 'limits-2',
    about: 'Whether sign-in grants notes:read, refuses whoever asks for it, or leaves it out of what it grants.',
    settings: ['granted', 'refused', 'leftOut'],
  },
  openidScope: {
    line: 'limits-4',
    about: 'Whether sign-in refuses the scope openid with invalid_scope.',
    settings: ['refused', 'granted'],
  },
  // The sheet does not say where it is told; RFC 6749, 4.1.2.1 says at the application.
  scopeRefusal: {
    line: 'limits-4',
    about: 'Where a refused scope is told: back at the application, or on the error page.',
    settings: ['callback', 'errorPage'],
  },
  consentForRefresh: {
    line: 'limits-4',
    about: 'Whether lasting access takes prompt=consent, or is given to a repeated sign-in without it, too.',
    settings: ['needed', 'notNeeded'],
  },
  signInFailure: {
    line: 'limits-4',
    about: 'Where a sign-in ends that cannot return to the application: on /error with the reason, or where it stands.',
    settings: ['errorPage', 'inPlace'],
  },
  redirects: {
    line: 'limits-4',
    about: 'Which redirect addresses are taken: the registered ones to the letter, or none but public https.',
    settings: ['registered', 'publicHttps'],
  },
  registration: {
    line: 'limits-6',
    about: 'Whether applications can register themselves: not at all, yes, refused when they try, or yes and the API takes none of them.',
    settings: ['none', 'open', 'refused', 'noApi'],
  },
  limitBody: {
    line: 'limits-1',
    about: 'Whether the body of a 429 is a message alone, or has the code and the window of the guide.',
    settings: ['bare', 'coded'],
  },
  refusedRequests: {
    line: 'limits-1',
    about: 'Whether requests refused for their number are free, or count as the others.',
    settings: ['free', 'counted'],
  },
  failedField: {
    line: 'limits-2',
    about: 'Whether a list or thing that may not be read is null beside the rest, or takes the rest of the answer with it.',
    settings: ['nulledAlone', 'bubbles'],
  },
  dailyPostingLimits: {
    line: 'limits-3',
    about: 'Whether dailyPostingLimits answers, or always fails.',
    settings: ['works', 'fails'],
  },
  publishing: {
    line: 'limits-5',
    about: 'Whether a post goes out some seconds after its time, or at its very time.',
    settings: ['late', 'punctual'],
  },
} as const satisfies Readonly<Record<string, Behaviour>>;

export type BehaviourName = keyof typeof behaviours;
/** The setting of every switch. */
export type Settings = { -readonly [Name in BehaviourName]: (typeof behaviours)[Name]['settings'][number] };

/** Every switch as it was measured. */
export function measuredSettings(): Settings {
  return Object.fromEntries(Object.entries(behaviours).map(([name, { settings }]) => [name, settings[0]])) as Settings;
}
