/**
 * How many times as long as on an idle machine a test waits before it gives up. Where all checks run beside each other on
 * a shared machine, a window may take half a minute to come; a wait that is fulfilled takes no longer for it.
 */
export const timeoutFactor = process.env['CI'] ? 4 : 1;
