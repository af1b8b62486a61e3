/** What `package.json` calls the composer, as an editor tab and as a view of the sidebar. */
export const composerType = 'buffer.composer';
