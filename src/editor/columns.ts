/** One group of tabs of the window. */
export interface Group {
  /** From 1 on. */
  readonly column: number;
  /** The file that the dashboard is of has a tab here. */
  readonly hasFile: boolean;
  /** And that is the tab one sees. */
  readonly showsFile: boolean;
  readonly hasDashboard: boolean;
}

/**
 * Where a dashboard opens: where other dashboards are, but never over its own file; else right beside that. Undefined: beside whatever is
 * active, as the file is not open.
 */
export function dashboardColumn(groups: readonly Group[]): number | undefined {
  const others = groups.find(({ hasDashboard, showsFile }) => hasDashboard && !showsFile);
  if (others) return others.column;
  const file = groups.find(({ showsFile }) => showsFile) ?? groups.find(({ hasFile }) => hasFile);
  return file && file.column + 1;
}
