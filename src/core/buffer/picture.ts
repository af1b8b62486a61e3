/** A picture that goes with an update, or with a part of its thread. */
export interface Picture {
  readonly url: string;
  /** Its alternative text. */
  readonly description?: string;
  /** Who is tagged in it; where absent, nothing is said of that: an edit leaves those who are. */
  readonly taggedUsers?: readonly TaggedUser[];
}

/** An account that is tagged at a point of a picture. */
export interface TaggedUser {
  /** Its name on the network, without an @. */
  readonly handle: string;
  /** How far it is from the left, as a fraction of the picture's width: 0 to 1. */
  readonly x: number;
  /** How far it is from the top, as a fraction of the picture's height. */
  readonly y: number;
}
