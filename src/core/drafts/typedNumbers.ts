// Numbers as people type them into a draft. Each is kept as typed, and read where it is needed.

/** A place within a picture, `0.5` or `50%`, as a fraction from 0 to 1; undefined where it is none. */
export function asFraction(typed: string): number | undefined {
  const [, figures = '', percent] = /^\s*(\d+(?:[.,]\d+)?(?:e-\d+)?|[.,]\d+)\s*(%?)\s*$/u.exec(typed) ?? [];
  const value = Number(figures.replace(',', '.')) / (percent ? 100 : 1);
  return figures && value <= 1 ? value : undefined;
}

/** A moment of a video, `2.5` or `1:05`, in milliseconds; undefined where it is none. */
export function asMoment(typed: string): number | undefined {
  const [, minutes = '0', seconds = ''] = /^\s*(?:(\d{1,4}):(?=\d\d(?!\d)))?(\d{1,7}(?:[.,]\d+)?)\s*$/u.exec(typed) ?? [];
  return seconds ? Math.round((Number(minutes) * 60 + Number(seconds.replace(',', '.'))) * 1000) : undefined;
}

/** Milliseconds as they are typed: in seconds. */
export function typedMoment(milliseconds: number): string {
  return String(milliseconds / 1000);
}
