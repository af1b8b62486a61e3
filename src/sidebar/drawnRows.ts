import type * as vscode from 'vscode';

/** Anything that a row is about and that its look does not tell whole, such as an update: what its tooltip says is made later. */
type Subject = object | undefined;

/**
 * How rows were drawn last. VS Code makes a row and its buttons anew whenever it is told of it, and a click on a button that
 * is made anew in that moment is lost: so it is told only of rows that look different.
 */
export class DrawnRows<Row extends { readonly id: string }> {
  readonly #looks = new Map<string, { readonly look: string; readonly subject: Subject }>();
  readonly #children = new Map<string, readonly Row[]>();

  /** Remembers a row as it is drawn. */
  draw(row: Row, item: vscode.TreeItem, subject?: Subject): vscode.TreeItem {
    this.#looks.set(row.id, { look: JSON.stringify(item), subject });
    return item;
  }

  /** Remembers the rows below a row as they are given; those that are gone are forgotten. */
  give(parent: Row, rows: readonly Row[]): void {
    const now = new Set(rows);
    for (const row of this.#children.get(parent.id) ?? []) if (!now.has(row)) this.#looks.delete(row.id);
    this.#children.set(parent.id, rows);
  }

  /** Whether a row that was drawn looks different now; one that was not is not known, and taken to. */
  looksDifferent(row: Row, item: vscode.TreeItem, subject?: Subject): boolean {
    const drawn = this.#looks.get(row.id);
    return drawn === undefined || drawn.subject !== subject || drawn.look !== JSON.stringify(item);
  }

  /** The rows that were given below a row, if these are the same; undefined where they are others, or not known. */
  sameChildren(parent: Row, rows: readonly Row[]): readonly Row[] | undefined {
    const given = this.#children.get(parent.id);
    return given?.length === rows.length && given.every((row, index) => row === rows[index]) ? given : undefined;
  }

  /** Whether somebody looked at the rows below a row. */
  wasOpened(parent: Row): boolean {
    return this.#children.has(parent.id);
  }

  clear(): void {
    this.#looks.clear();
    this.#children.clear();
  }
}
