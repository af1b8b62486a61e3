/** Why the service says no, in its own words; each wire format has its own codes for them. */
export type Reason =
  | 'alreadySent'
  | 'cannotMoveToTop'
  | 'disconnected'
  | 'duplicate'
  | 'emptyText'
  | 'eventUnsupported'
  | 'inThePast'
  | 'mediaSize'
  | 'mediaType'
  | 'method'
  | 'missingParameter'
  | 'noEndpoint'
  | 'noProfile'
  | 'noUpdate'
  | 'notAForm'
  | 'notYourProfile'
  | 'notYourUpdate'
  | 'outOfBounds'
  | 'queueFull'
  | 'responseFormat'
  | 'textTooLong'
  | 'tooManyRequests';

/** Thrown wherever a request cannot be granted; nothing has been changed when it is. */
export class Refusal extends Error {
  readonly reason: Reason;
  /** What in particular, such as the name of a parameter. */
  readonly detail: string | undefined;

  constructor(reason: Reason, detail?: string) {
    super(detail === undefined ? reason : `${reason} (${detail})`);
    this.name = 'Refusal';
    this.reason = reason;
    this.detail = detail;
  }
}
