import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** Where the bundles of the webviews are: all that a webview may read. */
export function webviewFolder(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, 'dist', 'webview');
}

/**
 * The page of one of our webviews.
 *
 * @param name of its script and style sheet
 * @param data attributes of its root element; they are escaped
 */
export function webviewHtml(
  webview: vscode.Webview,
  extension: vscode.Uri,
  name: string,
  title: string,
  data: Record<string, string>,
): string {
  const nonce = randomBytes(18).toString('base64url');
  const url = (file: string): string =>
    escaped(webview.asWebviewUri(vscode.Uri.joinPath(webviewFolder(extension), file)).toString());
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`, // our two scripts; no eval, nothing inline
    `style-src ${webview.cspSource} 'unsafe-inline'`, // Plotly and the controls set styles
    'img-src data: blob:', // pictures on their way to a file
    `font-src ${webview.cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const attributes = Object.entries(data).map(([key, value]) => ` data-${key}="${escaped(value)}"`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="${url(`${name}.css`)}">
</head>
<body>
<div id="repscope"${attributes.join('')}><p>Starting…</p></div>
<script nonce="${nonce}" src="${url(`${name}.js`)}"></script>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
