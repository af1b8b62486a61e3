/** The scheme of updates opened as documents. */
export const updateScheme = 'buffer';
