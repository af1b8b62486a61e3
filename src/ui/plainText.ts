/**
 * Foreign text for a notification or a list: VS Code would make links and commands of `[x](command:…)` in the one, and
 * icons of `$(x)` in the other. An invisible word joiner between the brackets keeps them what they are.
 */
export function plainText(text: string): string {
  return text.replaceAll('](', ']\u2060(').replaceAll('$(', '$\u2060(');
}
