import { mount } from './app';
import { reportHost } from './hosts/report';
import type { OpenFigure } from '../../src/protocol/dashboard';
import { type VsCodeApi, vscodeHost } from './hosts/vscode';
import { reason } from './reason';

declare global {
  interface Window {
    acquireVsCodeApi?: () => VsCodeApi;
  }
}

const root = document.getElementById('repscope');
if (root !== null) {
  const acquire = window.acquireVsCodeApi;
  const { plotly = '', experiment = '', figure } = root.dataset;
  const opened = figure === undefined ? undefined : (JSON.parse(figure) as OpenFigure);
  const host = acquire === undefined ? reportHost() : vscodeHost(acquire(), plotly, experiment, opened);
  mount(host, host, root).catch((error: unknown) => {
    root.textContent = `The dashboard could not start: ${reason(error)}`;
  });
}
