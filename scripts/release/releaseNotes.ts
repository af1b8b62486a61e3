/**
 * The part of a change log that belongs to the release of a tag, for people to read as its notes. Throws where the tag is
 * not that of the version, and where the change log says nothing of it.
 */
export function releaseNotes(tag: string, version: string, changelog: string): string {
  if (tag !== `v${version}`) throw new Error(`The tag is ${tag}, but package.json has the version ${version}. Tag it as v${version}.`);
  const lines = changelog.split(/\r?\n/u);
  const start = lines.findIndex((line) => versionOf(line) === version);
  if (start < 0) throw new Error(`CHANGELOG.md has no part “## ${version}”. Give what stands under “Unreleased” that heading.`);
  const length = lines.slice(start + 1).findIndex((line) => /^## /u.test(line));
  const notes = lines.slice(start + 1, length < 0 ? undefined : start + 1 + length);
  const text = notes.join('\n').trim();
  if (!text) throw new Error(`CHANGELOG.md says nothing under “## ${version}”.`);
  return text;
}

/** The version that a heading is for: `## 1.2.0`, `## [1.2.0]` and `## v1.2.0 - 2026-01-31` are all for 1.2.0. */
function versionOf(line: string): string | undefined {
  return /^## \[?v?(\d+\.\d+\.\d+[\w.-]*)\]?(?:[\s(]|$)/u.exec(line)?.[1];
}
