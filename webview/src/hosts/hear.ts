import type { Shape } from '../../../src/protocol/shape';

/**
 * Hears what the editor sends. What comes from elsewhere or is not of the protocol is dropped; the first time, the console says so.
 *
 * VS Code, served or on the desktop, hands messages over from the frame around this page, which has the same origin (its
 * `webview/browser/pre/index.html` posts them to `window.origin`): whatever has another origin is not the editor's. The sender itself
 * cannot be compared, as VS Code hides `window.parent` from its pages.
 */
export function hear<M>(isMessage: Shape<M>, then: (message: M) => void): void {
  let told = false;
  window.addEventListener('message', ({ origin, data }: MessageEvent<unknown>) => {
    if (origin === window.origin && isMessage(data)) then(data);
    else if (!told) {
      told = true;
      // eslint-disable-next-line no-console -- the page has no other log
      console.warn('A message was dropped: it is not from the editor, or not of its protocol.');
    }
  });
}
