import * as vscode from 'vscode';

/**
 * The address of what is opened as a document: `SCHEME:/First words.update?ID`. The id alone finds it. It stands in the
 * query, as every part of the path is shown: in breadcrumbs, in the tab's hover, and in lists of files.
 * @param name  what is shown; without separators of folders
 */
export function documentUri(scheme: string, id: string, name: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${name}.update`, query: encodeURIComponent(id) });
}

/**
 * What an address names; undefined for anything that is not exactly such an address. Tabs and links from before the id
 * moved have it as a folder, `/ID/First words.update`, and still open.
 */
export function documentIdOf(scheme: string, uri: vscode.Uri): string | undefined {
  if (uri.scheme !== scheme || uri.authority || uri.fragment) return undefined;
  const [isOne, folder] = /^\/(?:([^/\\]+)\/)?[^/\\]+\.update$/u.exec(uri.path) ?? [];
  if (!isOne || (folder && uri.query)) return undefined;
  return idWrittenAs(folder ?? uri.query);
}

/** Where a document would lie, were there folders: VS Code looks at that before it saves one that it could not look at. */
export function isDocumentFolder({ path, query }: vscode.Uri): boolean {
  return path === '/' || (!query && /^\/[^/]*$/u.test(path));
}

/** An id has one way to be written; what could climb out of its place has none. */
function idWrittenAs(written: string): string | undefined {
  try {
    const id = decodeURIComponent(written);
    return encodeURIComponent(id) === written && /^(?!\.+$)[^/\\?#%\s\p{Cc}]{1,200}$/u.test(id) ? id : undefined;
  } catch {
    return undefined;
  }
}
