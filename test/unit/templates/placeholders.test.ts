import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filledIn, placeholderFrom, placeholdersIn, snippetOf } from '../../../src/core/templates/placeholders.ts';

describe('placeholders of a template', () => {
  it('are found once each, in their order', () => {
    expect(placeholdersIn('{{ version }} is out: {{what changed}}. {{version}}! {not} {{}} {{ }}')).toEqual(['version', 'what changed']);
  });

  it('are found one after another, with where they stand', () => {
    const text = 'On {{ day }}, {{ }} and {{day}}';
    expect(placeholderFrom(text, 0)).toEqual({ name: 'day', start: 3, end: 12 });
    expect(placeholderFrom(text, 12)).toEqual({ name: 'day', start: 24, end: 31 });
    expect(placeholderFrom(text, 25)).toBeUndefined();
  });

  it('are filled where there are words for them', () => {
    const words = new Map([
      ['version', '6.0 $1'],
      ['link', ''],
    ]);
    expect(filledIn('{{version}}, {{ version }}: {{link}}', words)).toBe('6.0 $1, 6.0 $1: {{link}}');
  });

  it('are tab stops of a snippet, the same name the same stop', () => {
    expect(snippetOf('{{a}} {{b c}} {{a}}')).toBe('${1:a} ${2:b c} ${1:a}');
  });

  it('leave all else of a text as it is, whatever a snippet would make of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', '\\', '1', ':', 'a', '|', ' ', '\n') }), (text) => {
        fc.pre(placeholdersIn(text).length === 0);
        const snippet = snippetOf(text);
        // Read back as VS Code does: a backslash makes plain what follows, and nothing else is left that means something.
        expect(snippet.replace(/\\([\\$}])/gu, '$1')).toBe(text);
        expect(snippet.replace(/\\[\\$}]/gu, '')).not.toMatch(/[$]/u);
      }),
    );
  });
});
