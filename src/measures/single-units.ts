import type { Found, SiteMeasure } from './measure';

/** Statistics of single units are arrays, beside the table; the table has the reasons why some of them are undefined. */
export const selectivity: SiteMeasure = {
  name: 'selectivity',
  title: 'Selectivity of single units',
  range: 'unbounded',
  of: 'site',
  by: ['label', 'unit'],
  when: 'end',
  reads: ['selectivity'],
  formula: 'd′, AUROC, point-biserial correlation and class-selectivity index of every unit for every label.',
  meaning:
    'Which unit prefers which value, with its permutation p; the numbers are arrays beside this table, which has the reasons of those that are undefined.',
  misleads:
    'A unit that prefers a value need not matter for the task, and a task may be computed without any selective unit.',
  source: 'Morcos and others 2018, arXiv 1803.06959; Leavitt and Morcos 2020, arXiv 2010.12016',
  measure({ units }) {
    const labels = Object.keys(units.selectivity).sort((a, b) => b.length - a.length);
    return Object.entries(units.undefinedValues).map(([path, why]): Found => {
      const rest = path.slice('selectivity.'.length);
      const label = labels.find((one) => rest === one || rest.startsWith(`${one}.`));
      const part = label === undefined ? rest : rest.slice(label.length + 1);
      return {
        ...(label === undefined ? {} : { label }),
        ...(part === '' ? {} : { part }),
        value: null,
        why,
      };
    });
  },
};
