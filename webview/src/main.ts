import { mount } from './app';
import { reportHost } from './hosts/report';
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
  const host =
    acquire === undefined
      ? reportHost()
      : vscodeHost(acquire(), root.dataset['plotly'] ?? '', root.dataset['experiment'] ?? '');
  mount(host, host, root).catch((error: unknown) => {
    root.textContent = `The dashboard could not start: ${reason(error)}`;
  });
}
