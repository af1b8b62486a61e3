import type { Reason, Refusal } from './refusal.ts';

export interface Failure {
  readonly status: number;
  readonly code: number;
  readonly message: string;
}

/** The codes that v1 documents, each with the HTTP status it comes with. */
const failures: Readonly<Record<Reason, readonly [status: number, code: number, message: string]>> = {
  alreadySent: [400, 1022, 'Update not saved: it has already been sent.'],
  cannotMoveToTop: [400, 1027, 'Update cannot be moved to the top: it is not in the buffer, or it has a custom schedule.'],
  disconnected: [400, 1022, 'Update not saved: the profile needs to be reconnected.'],
  duplicate: [400, 1025, 'This profile has posted or queued the same text recently.'],
  emptyText: [400, 1022, 'Update not saved: there is nothing in it to post.'],
  eventUnsupported: [400, 1029, 'This event type is not supported.'],
  inThePast: [400, 1034, 'The scheduled time is in the past.'],
  mediaSize: [400, 1031, 'The picture is too large.'],
  mediaType: [400, 1030, 'This type of media is not supported.'],
  method: [405, 405, 'Method not allowed.'],
  missingParameter: [400, 1004, 'A required parameter is missing.'],
  noEndpoint: [404, 404, 'Endpoint not found.'],
  noProfile: [404, 1010, 'Profile not found.'],
  noUpdate: [404, 1020, 'Update not found.'],
  notAForm: [400, 1004, 'Parameters are read from a form; this body is none.'],
  notYourProfile: [403, 1011, 'This profile belongs to another user.'],
  notYourUpdate: [403, 1021, 'This update belongs to another user.'],
  outOfBounds: [400, 1006, 'A parameter is outside what is allowed.'],
  queueFull: [403, 1023, 'The queue of this profile is full.'],
  responseFormat: [406, 1005, 'Only .json is offered.'],
  textTooLong: [400, 1022, 'Update not saved: the text is too long for this network.'],
  tooManyRequests: [429, 429, 'Too many requests.'],
};

/** What v1 answers to a refusal. */
export function failureOf(refusal: Refusal): Failure {
  const [status, code, message] = failures[refusal.reason];
  return { status, code, message: refusal.detail === undefined ? message : `${message} (${refusal.detail})` };
}

/** A failure on the wire: reading and writing have a form each. */
export function failureToWire(method: string, { code, message }: Pick<Failure, 'code' | 'message'>): object {
  return method === 'POST' ? { success: false, message, code } : { error: message, code };
}
