import * as vscode from 'vscode';
import { safeUrl } from '../core/buffer/transport/serviceUrl.ts';

/** Opens a page in the browser. What is no page, such as a command or a file, is not opened, whoever named it. */
export async function openPage(address: string | undefined): Promise<void> {
  const url = safeUrl(address);
  if (url) await vscode.env.openExternal(vscode.Uri.parse(url.href));
}
