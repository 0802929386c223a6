import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ReportTooLargeError, reportHtml } from '../../../src/formats/html';
import { reportBytes, reportData } from '../../support/report-data';
import { hostileNames, synthetic } from '../../webview/synthetic';

const code = { bundle: '  let a = "\u2019";\n', plotly: 'window.Plotly = {};', styles: 'body{}' };

describe('reportHtml', () => {
  it('is refused with a sentence where a browser would not open it', () => {
    const whole = { ...code, ...synthetic() };
    expect(() => reportHtml(whole, 1000)).toThrow(ReportTooLargeError);
    expect(reportHtml(whole, 1e8)).toBe(reportHtml(whole));
  });

  it('lets in its three scripts by their hashes and nothing else', () => {
    const html = reportHtml({ ...code, ...synthetic() });
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
    const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const starter = /<script>([^<]*)<\/script>/.exec(html)?.[1] ?? '';
    const scripts = [starter, code.bundle.trim(), code.plotly].map(hash).join(' ');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src ${scripts};`);
    expect(reportBytes(html, 'repscope-dashboard').toString()).toBe(code.bundle.trim());
    expect(reportBytes(html, 'repscope-plotly').toString()).toBe(code.plotly);
  });

  it('has what its first panel needs before all else', () => {
    const html = reportHtml({ ...code, ...synthetic() });
    const ids = [...html.matchAll(/id="repscope-(\w+)/g)].map(([, id]) => id);
    expect(ids).toEqual([
      'welcome',
      'results',
      'dashboard',
      'stimuli',
      ...['detail', 'detail', 'detail', 'detail'],
      'plotly',
    ]);
    expect(html.indexOf('<script>')).toBeLessThan(html.indexOf('repscope-stimuli'));
  });

  it('says when the analysis ended, and holds the text of the experiment', () => {
    const parts = synthetic();
    const html = reportHtml({ ...code, ...parts, analysedAt: 1_700_000_000_000 });
    expect(html).toContain('"analysedAt":1700000000000');
    expect(reportData(html, 'repscope-results')).toMatchObject({ experiment: parts.results.experiment });
  });

  it('has as many script elements whatever the names are', () => {
    const count = (html: string): number => html.match(/<\/?script/gi)?.length ?? 0;
    const tame = reportHtml({ ...code, ...synthetic() });
    const hostile = reportHtml({ ...code, ...synthetic(hostileNames) });
    expect(count(hostile)).toBe(count(tame));
    expect(hostile).toContain('<title>&lt;/script&gt;&lt;script&gt;');
  });
});
