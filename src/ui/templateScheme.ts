/** The scheme of templates opened as documents. */
export const templateScheme = 'buffer-template';
