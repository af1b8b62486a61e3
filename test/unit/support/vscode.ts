// What `import 'vscode'` gives in a unit test: the config's alias leads here. It is one module for all files of a worker.
import { vscodeStub } from './vscodeStub.ts';

export const {
  CancellationError,
  ConfigurationTarget,
  EventEmitter,
  FilePermission,
  FileSystemError,
  FileType,
  ProgressLocation,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  commands,
  env,
  l10n,
  window,
  workspace,
} = vscodeStub;
