/** A place in a file; all in UTF-16 units, lines and columns from 0. */
export interface Place {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

export interface TextRange {
  readonly start: Place;
  readonly end: Place;
}
