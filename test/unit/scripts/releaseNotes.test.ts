import { describe, expect, test } from 'vitest';
import { releaseNotes } from '../../../scripts/release/releaseNotes.ts';

const changelog = `# Changelog

## Unreleased

- Not yet.

## 1.10.0 - 2026-03-01

### Added

- Ten, with a [link](https://example.org).

\`\`\`md
### no heading of ours
\`\`\`

## [1.1.0]

- One.

## 1.0.0

`;

describe('the notes of a release', () => {
  test('are its part of the change log, with its own headings', () => {
    const notes = releaseNotes('v1.10.0', '1.10.0', changelog);
    expect(notes).toMatch(/^### Added/u);
    expect(notes).toContain('Ten, with');
    expect(notes).toMatch(/```$/u);
    expect(notes).not.toMatch(/Not yet|One\./u);
  });

  test('are found however the heading is written, and with the line ends of any system', () => {
    expect(releaseNotes('v1.1.0', '1.1.0', changelog)).toBe('- One.');
    expect(releaseNotes('v1.1.0', '1.1.0', changelog.replaceAll('\n', '\r\n'))).toBe('- One.');
  });

  test('are not those of a version that begins alike', () => {
    expect(() => releaseNotes('v1.1.0', '1.1.0', changelog.replace('[1.1.0]', '1.1.0-beta.1'))).toThrow('no part “## 1.1.0”');
    expect(() => releaseNotes('v1.1', '1.1', changelog)).toThrow('no part');
  });

  test('are refused for a tag that is not the version', () => {
    for (const tag of ['1.1.0', 'v1.1', 'v1.1.1', '', 'vv1.1.0']) expect(() => releaseNotes(tag, '1.1.0', changelog), tag).toThrow('1.1.0');
  });

  test('must say something', () => {
    expect(() => releaseNotes('v1.0.0', '1.0.0', changelog)).toThrow('says nothing');
    expect(() => releaseNotes('v2.0.0', '2.0.0', changelog)).toThrow('Unreleased');
  });
});
