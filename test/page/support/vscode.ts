// VS Code's API for the composer's host in a process of its own (`tsconfig.json` puts it in the place of `vscode`).
import { vscodeStub } from '../../unit/support/vscodeStub.ts';

export const { EventEmitter, l10n, env, Uri, window, workspace, commands, ConfigurationTarget, CancellationError } = vscodeStub;
