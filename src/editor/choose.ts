import * as vscode from 'vscode';

/**
 * A list that closes so soon after it came (milliseconds), without a choice, was closed by nobody: where a page of ours was in front when the
 * Command Palette closed, VS Code gives that the focus back a little later, also where a list has opened meanwhile.
 */
const firstMoment = 500;

interface Wording {
  readonly title: string;
  readonly placeholder: string;
}

/** One of some items; undefined: the user closed the list. The search looks at descriptions and details, too. */
export async function choose<T extends vscode.QuickPickItem>(
  items: readonly T[],
  wording: Wording,
): Promise<T | undefined> {
  return (await chosenIn(items, wording, false))?.at(0);
}

/** Those of the items that are ticked, or where none is, the one that the keyboard is on; undefined: the user closed the list. */
export function chooseMany<T extends vscode.QuickPickItem>(
  items: readonly T[],
  wording: Wording,
): Promise<readonly T[] | undefined> {
  return chosenIn(items, wording, true);
}

/** What is chosen in a list. One that loses the focus in its first moment is opened once more. */
async function chosenIn<T extends vscode.QuickPickItem>(
  items: readonly T[],
  wording: Wording,
  canSelectMany: boolean,
): Promise<readonly T[] | undefined> {
  const first = await shown(items, wording, canSelectMany);
  const chosen = first === 'too soon' ? await shown(items, wording, canSelectMany) : first;
  return chosen === 'too soon' ? undefined : chosen;
}

function shown<T extends vscode.QuickPickItem>(
  items: readonly T[],
  wording: Wording,
  canSelectMany: boolean,
): Promise<readonly T[] | 'too soon' | undefined> {
  const list = vscode.window.createQuickPick<T>();
  Object.assign(list, wording, { items, canSelectMany, matchOnDescription: true, matchOnDetail: true });
  // Of one with boxes the keyboard is on none until it is moved.
  if (canSelectMany) list.activeItems = items.slice(0, 1);
  return new Promise((resolve) => {
    // It came when VS Code says which item the keyboard is on.
    let came = Infinity;
    list.onDidChangeActive(() => (came = Math.min(came, performance.now())));
    list.onDidAccept(() => {
      resolve(list.selectedItems.length > 0 ? list.selectedItems : list.activeItems);
      list.hide();
    });
    list.onDidHide(() => {
      resolve(performance.now() - came < firstMoment ? 'too soon' : undefined);
      list.dispose();
    });
    list.show();
  });
}
