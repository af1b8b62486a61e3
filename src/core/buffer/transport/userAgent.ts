/** What requests are sent as where nobody says which version it is. */
export const applicationName = 'QueueForBuffer';

/**
 * How requests name who sends them: the application and its version, nothing of the machine or the person. A gateway
 * before the service turns away clients that do not say what they are.
 * @param manifest  the extension's `package.json`
 */
export function userAgentOf(manifest: unknown): string {
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';
  return /^[\w.+-]+$/.test(version) ? `${applicationName}/${version}` : applicationName;
}
