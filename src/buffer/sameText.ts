/** Whether two texts are one, but for what a service changes in it: the addresses it shortens, and white space. */
export function isSameText(a: string, b: string): boolean {
  return a === b || comparable(a) === comparable(b);
}

function comparable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/https?:\/\/\S+/giu, '\u{FFFC}')
    .replace(/\s+/gu, ' ')
    .trim();
}
