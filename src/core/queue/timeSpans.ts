/** From an instant up to another one, in milliseconds since 1970; the end is not in it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The same time as few spans, the earliest first. */
export function united(spans: readonly Span[]): Span[] {
  const whole: Span[] = [];
  for (const span of spans.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from)) {
    const last = whole.at(-1);
    if (last && span.from <= last.to) whole[whole.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else whole.push(span);
  }
  return whole;
}

/** What is left of a span without these. */
export function without(span: Span, taken: readonly Span[]): Span[] {
  const left: Span[] = [];
  let { from } = span;
  for (const each of united(taken)) {
    if (each.to <= from) continue;
    if (each.from >= span.to) break;
    if (each.from > from) left.push({ from, to: each.from });
    from = each.to;
  }
  if (from < span.to) left.push({ from, to: span.to });
  return left;
}

/** Whether an instant is in one of them. */
export function isIn(spans: readonly Span[], instant: number): boolean {
  return spans.some(({ from, to }) => instant >= from && instant < to);
}
