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

/**
 * One of some items; undefined: the user closed the list. The search looks at descriptions and details, too. A list that loses the
 * focus in its first moment is opened once more.
 */
export async function choose<T extends vscode.QuickPickItem>(
  items: readonly T[],
  wording: Wording,
): Promise<T | undefined> {
  const first = await shown(items, wording);
  const chosen = first === 'too soon' ? await shown(items, wording) : first;
  return chosen === 'too soon' ? undefined : chosen?.[0];
}

function shown<T extends vscode.QuickPickItem>(
  items: readonly T[],
  wording: Wording,
): Promise<readonly T[] | 'too soon' | undefined> {
  const list = vscode.window.createQuickPick<T>();
  Object.assign(list, wording, { items, matchOnDescription: true, matchOnDetail: true });
  return new Promise((resolve) => {
    // It came when VS Code says which item the keyboard is on.
    let came = Infinity;
    list.onDidChangeActive(() => (came = Math.min(came, performance.now())));
    list.onDidAccept(() => {
      resolve(list.selectedItems);
      list.hide();
    });
    list.onDidHide(() => {
      resolve(performance.now() - came < firstMoment ? 'too soon' : undefined);
      list.dispose();
    });
    list.show();
  });
}
