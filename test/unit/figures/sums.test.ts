import { describe, expect, test } from 'vitest';
import { inBuffersWords } from '../../../src/core/buffer/figures.ts';
import { bestAndWorst, chosen, firstLook, grouped, sorted } from '../../../src/core/figures/rows.ts';
import { averageOf, sumsOf } from '../../../src/core/figures/sums.ts';
import { heatMap, overTime } from '../../../src/core/figures/times.ts';
import { measured } from './figures.ts';

describe('names', () => {
  test('old ones and those of v1 are Buffer’s present ones', () => {
    expect(
      inBuffersWords([
        ['reach', 9],
        ['retweets', 2],
        ['favorites', 3],
        ['other', 1],
      ]),
    ).toEqual({ reach: 9, reposts: 2, reactions: 3 });
    expect(inBuffersWords([['likes', 4]])).toEqual({ reactions: 4 });
    expect(
      inBuffersWords([
        ['reactions', 6],
        ['likes', 4],
        ['favorites', 1],
      ]),
    ).toEqual({ reactions: 6, likes: 4 });
  });

  test('nothing told is not zero, and no name is more than a name', () => {
    expect(inBuffersWords([])).toBeUndefined();
    expect(
      inBuffersWords([
        ['__proto__', 4],
        ['=1+1', 3],
      ]),
    ).toBeUndefined();
    expect(Object.keys(inBuffersWords([['constructor', 4]])!)).toEqual(['constructor']);
  });
});

describe('sums', () => {
  const one = measured({ id: 'a', figures: { reactions: 4, comments: 1, reach: 100, engagementRate: 5 } });
  const other = measured({ id: 'b', figures: { reactions: 6, reach: 300, engagementRate: 2 } });
  const young = measured({ id: 'c' });
  const elsewhere = measured({ id: 'd', service: 'twitter', profileId: 'two', figures: { reactions: 1, clicks: 8 } });

  test('within one network all is added up but percentages, which are averaged', () => {
    expect(sumsOf([one, other, young])).toEqual({
      posts: 3,
      measured: 2,
      figures: { reactions: 10, comments: 1, reach: 400, engagementRate: 3.5 },
    });
  });

  test('across networks only reactions and comments are', () => {
    expect(sumsOf([one, elsewhere]).figures).toEqual({ reactions: 5, comments: 1 });
  });

  test('what nobody measured is not zero', () => {
    expect(sumsOf([young])).toEqual({ posts: 1, measured: 0, figures: {} });
    expect(averageOf([young, one], 'reactions')).toBe(4);
  });

  test('what is not known comes last both ways', () => {
    const order = (isAscending: boolean) => sorted([young, other, one], { sortBy: 'reactions', isAscending }, String).map(({ id }) => id);
    expect([order(true), order(false)]).toEqual([
      ['a', 'b', 'c'],
      ['b', 'a', 'c'],
    ]);
    expect(bestAndWorst([young, other, one], 'reactions', 1)).toEqual({ best: [other], worst: [one] });
  });

  test('an update with two tags is in both groups, and in neither sum twice', () => {
    const tags = [
      { id: 'x', name: 'X' },
      { id: 'y', name: 'Y' },
    ];
    const tagged = measured({ id: 'e', tags });
    expect(grouped([tagged, one], 'tag').map(({ key, updates }) => [key, updates.length])).toEqual([
      ['x', 1],
      ['y', 1],
      ['', 1],
    ]);
    expect(chosen([tagged, one, elsewhere], { ...firstLook, tagIds: ['y'] })).toEqual([tagged]);
    expect(chosen([tagged, one, elsewhere], { ...firstLook, profileIds: ['two'] })).toEqual([elsewhere]);
  });
});

describe('times', () => {
  const at = (iso: string, profileId = 'berlin') => measured({ sentAt: new Date(iso), profileId, figures: { reactions: 3 } });
  const zones: Record<string, string> = { berlin: 'Europe/Berlin', howe: 'Australia/Lord_Howe', york: 'America/New_York' };
  const zoneOf = (id: string) => zones[id]!;
  const places = (updates: Parameters<typeof heatMap>[0]) =>
    heatMap(updates, 'reactions', zoneOf).flatMap((hours, day) => hours.flatMap(({ posts }, hour) => (posts ? [[day, hour, posts]] : [])));

  test('hours are those of the profile’s own clocks, also over a change of clocks', () => {
    // Clocks in Berlin go back on Sunday, 25 October 2026, at 1:00 UTC: 9:00 is at another instant before and after.
    expect(places([at('2026-10-18T07:00:00Z'), at('2026-10-25T08:00:00Z')])).toEqual([[6, 9, 2]]);
    // On Lord Howe Island they go on by half an hour on 4 October 2026.
    expect(places([at('2026-09-29T22:30:00Z', 'howe'), at('2026-10-06T22:00:00Z', 'howe')])).toEqual([[2, 9, 2]]);
  });

  test('one instant is another day in another zone', () => {
    expect(places([at('2026-10-05T02:00:00Z', 'york'), at('2026-10-05T02:00:00Z', 'howe')])).toEqual([
      [0, 13, 1],
      [6, 22, 1],
    ]);
  });

  test('days without anything are there too, weeks begin on Mondays', () => {
    const days = {
      from: Date.parse('2026-10-05T00:00:00Z'),
      to: Date.parse('2026-10-08T00:00:00Z'),
      asOf: Date.parse('2026-11-01T00:00:00Z'),
    };
    const { points, step } = overTime([at('2026-10-05T12:00:00Z'), at('2026-10-07T12:00:00Z')], 'reactions', days, zoneOf);
    expect([step, points.map(({ posts, total }) => [posts, total])]).toEqual([
      'day',
      [
        [1, 3],
        [0, undefined],
        [1, 3],
      ],
    ]);
    expect(points.every(({ isWhole }) => isWhole)).toBe(true);
    const long = { from: Date.parse('2026-08-05T00:00:00Z'), to: Date.parse('2026-10-08T00:00:00Z') };
    const weeks = overTime([at('2026-10-05T12:00:00Z')], 'reactions', long, zoneOf);
    expect(weeks.step).toBe('week');
    expect(weeks.points.every(({ day }) => new Date(day).getUTCDay() === 1)).toBe(true);
    expect(weeks.points.at(-1)).toMatchObject({ posts: 1 });
    // It begins on a Wednesday, and ends on a Thursday.
    expect(weeks.points.map(({ isWhole }) => isWhole)).toEqual(weeks.points.map((_, index, { length }) => index > 0 && index < length - 1));
  });

  test('a day whose figures still grow is not complete, nor one that is not over', () => {
    const days = { from: Date.parse('2026-10-01T00:00:00Z'), to: Date.parse('2026-10-08T10:00:00Z') };
    const young = at('2026-10-06T12:00:00Z');
    const unmeasured = { ...at('2026-10-07T12:00:00Z'), figures: undefined };
    const never = { ...at('2026-10-01T13:00:00Z'), figures: undefined };
    const grown = { ...at('2026-10-05T12:00:00Z'), measuredAt: new Date('2026-10-08T13:00:00Z') };
    const measuredEarly = { ...at('2026-10-03T12:00:00Z'), measuredAt: new Date('2026-10-04T03:00:00Z') };
    const { points } = overTime([at('2026-10-01T12:00:00Z'), never, measuredEarly, grown, young, unmeasured], 'reactions', days, zoneOf);
    expect(points.map(({ isWhole, total }) => [isWhole, total])).toEqual([
      [true, 3],
      [true, undefined],
      [false, 3],
      [true, undefined],
      [true, 3],
      [false, 3],
      [false, undefined],
      [false, undefined],
    ]);
  });
});
