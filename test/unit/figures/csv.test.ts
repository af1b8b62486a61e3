import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvText, toCsv } from '../../../src/core/figures/csv.ts';
import { measured } from './figures.ts';

/** A reader of CSV as RFC 4180 describes it, by hand and for the tests alone. */
function parseCsv(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < csv.length) {
    let field = '';
    if (csv[at] === '"') {
      for (at += 1; csv[at] !== '"' || csv[at + 1] === '"'; at += csv[at] === '"' ? 2 : 1) field += csv.charAt(at);
      at += 1;
    } else {
      for (; at < csv.length && csv[at] !== ',' && csv.slice(at, at + 2) !== '\r\n'; at++) field += csv.charAt(at);
    }
    row.push(field);
    if (csv[at] === ',') {
      at += 1;
      continue;
    }
    expect(csv.slice(at, at + 2)).toBe('\r\n');
    at += 2;
    rows.push(row);
    row = [];
  }
  return rows;
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '"', ',', ';', '\r', '\n', '\t', ' ', "'", 'a', '1', '，', '＝') }),
);

describe('CSV', () => {
  test('reads back what was written, row by row', () => {
    const update = fc.record({ text, name: text, figures: fc.dictionary(fc.constantFrom('reactions', 'comments', 'reach'), fc.nat()) });
    fc.assert(
      fc.property(fc.array(update, { maxLength: 8 }), (all) => {
        const updates = all.map(({ text, figures }, index) => measured({ id: `id${index}`, profileId: `${index}`, text, figures }));
        const [head, ...rows] = parseCsv(toCsv(updates, (id) => all[Number(id)]!.name));
        expect(rows).toHaveLength(updates.length);
        for (const [index, row] of rows.entries()) {
          expect(row).toHaveLength(head!.length);
          const field = Object.fromEntries(head!.map((name, column) => [name, row[column]!]));
          const given = all[index]!;
          for (const [name, meant] of [
            ['text', given.text],
            ['profile', given.name],
          ] as const)
            expect([meant, `'${meant}`]).toContain(field[name]);
          for (const [name, value] of Object.entries(given.figures)) expect(Number(field[name])).toBe(value);
          expect(field['sentAt']).toBe(updates[index]!.sentAt.toISOString());
          expect(field['id']).toBe(`id${index}`);
        }
      }),
    );
  });

  test('no text is a formula to a spreadsheet', () => {
    fc.assert(
      fc.property(text, (words) => {
        const [[field]] = parseCsv(`${csvText(words)}\r\n`) as [[string]];
        expect(field).not.toMatch(/^\s*[=+\-@＝＋－＠]/u);
      }),
    );
    for (const words of ['=1+1', '+1', '-1', '@larkspur', '\t=1', ' =1', '\r=1', '＝1']) expect(csvText(words)).toMatch(/^"?'/u);
    expect(csvText('1 = 1')).toBe('1 = 1');
  });

  test('no id or text is another number or a date to a spreadsheet', () => {
    for (const words of ['00012', '1e5', '5E100', '123456789012345678901234', '1/2', '3-4-2026', '12:30', '1.5', '1,5', ' 007 '])
      expect(csvText(words)).toMatch(/^"?'/u);
    for (const words of ['2026', '12', '0', '1 of 2', 'v1.5', '5e1f', '']) expect(csvText(words)).toBe(words);
    expect(toCsv([measured({ id: '500000000000000000000e12', text: '2026' })], () => '1e5')).toContain(",'1e5,2026,");
  });

  test('numbers are numbers, and what is not known is empty, not zero', () => {
    const csv = toCsv(
      [
        measured({ id: 'a', figures: { reactions: 0, engagementRate: 1.25 }, measuredAt: new Date('2026-10-06T03:00:00Z') }),
        measured({ id: 'b' }),
      ],
      () => 'Larkspur',
    );
    expect(csv).toBe(
      [
        'sentAt,network,profile,text,tags,reactions,engagementRate,asOf,url,id',
        '2026-10-05T12:00:00.000Z,Bluesky,Larkspur,New in the docs,,0,1.25,2026-10-06T03:00:00.000Z,,a',
        '2026-10-05T12:00:00.000Z,Bluesky,Larkspur,New in the docs,,,,,,b',
        '',
      ].join('\r\n'),
    );
  });
});
