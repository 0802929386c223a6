import { describe, expect, it } from 'vitest';
import { dashboardColumn, type Group } from '../../../src/editor/columns';

const group = (column: number, has: Partial<Group> = {}): Group => ({
  ...{ column, hasFile: false, showsFile: false, hasDashboard: false },
  ...has,
});
const file = { hasFile: true, showsFile: true };

describe('a dashboard opens', () => {
  it('beside its file, wherever that is', () => {
    expect(dashboardColumn([group(1, file)])).toBe(2);
    expect(dashboardColumn([group(1), group(2, file)])).toBe(3);
    expect(dashboardColumn([group(1), group(2, { hasFile: true })])).toBe(3);
  });

  it('where other dashboards are', () => {
    expect(dashboardColumn([group(1, file), group(2), group(3, { hasDashboard: true })])).toBe(3);
    // The file has a tab there, but is not what one sees.
    expect(dashboardColumn([group(1), group(2, { hasFile: true, hasDashboard: true })])).toBe(2);
  });

  it('in another group where it would cover its own file', () => {
    expect(dashboardColumn([group(1, { ...file, hasDashboard: true })])).toBe(2);
    expect(dashboardColumn([group(1), group(2, { ...file, hasDashboard: true })])).toBe(3);
    expect(
      dashboardColumn([group(1, { hasDashboard: true }), group(2, { ...file, hasDashboard: true })]),
    ).toBe(1);
  });

  it('beside what is active where its file is not open', () => {
    expect(dashboardColumn([group(1), group(2)])).toBeUndefined();
  });
});
