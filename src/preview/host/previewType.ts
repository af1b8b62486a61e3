/** The kind of VS Code's panel in which an update is shown as it will appear. */
export const previewType = 'buffer.preview';
