// What `commands.ts` loads with the first command that is called.
export * from './accountCommands.ts';
export * from './composeCommands.ts';
export * from './failedCommands.ts';
export * from './findUpdate.ts';
export * from './ideaCommands.ts';
export * from './outboxCommands.ts';
export * from './postFileCommands.ts';
export * from './previewCommands.ts';
export * from './queueCommands.ts';
export * from './reuseCommands.ts';
export * from './stateCommands.ts';
export * from './tagCommands.ts';
export * from './templateCommands.ts';
export * from './updateCommands.ts';
export { openWalkthrough as getStarted } from './openWalkthrough.ts';
export { postSelection } from './postSelection.ts';
