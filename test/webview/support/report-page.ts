import { type ReportParts, reportHtml } from '../../../src/formats/html';
import { synthetic } from '../synthetic';
import { type browserWithBundle, emptyPlotly } from './bundle';
import { DashboardPage } from './dashboard-page';

type Parts = Pick<ReportParts, 'results' | 'stimuli' | 'details' | 'analysedAt'>;
/** `plotly`: with Plotly itself, not what stands in for it. */
type Options = Parameters<typeof DashboardPage.open>[2] & { plotly?: boolean };

/** How a suite opens reports; of the synthetic results unless it brings others. */
export function reportPages(made: ReturnType<typeof browserWithBundle>, data = synthetic()) {
  return (parts: Parts = data, { plotly = false, ...options }: Options = {}): Promise<DashboardPage> => {
    const { browser, bundle } = made();
    const code = { ...bundle, plotly: plotly ? bundle.plotlyGl3d : emptyPlotly };
    return DashboardPage.open(browser, { 'index.html': reportHtml({ ...code, ...parts }) }, options);
  };
}
