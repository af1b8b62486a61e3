import { vi } from 'vitest';

// Before each file with mocks: our modules are evaluated again, with its mocks and no others. What comes from packages
// stays loaded. What a file puts in the place of anything but `vscode` it takes back itself, as nobody else knows of it.
vi.doUnmock('vscode');
vi.resetModules();
