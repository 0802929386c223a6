// Read while the bundle itself runs: later there is no current script.
const nonce = document.currentScript?.nonce ?? '';

/** Runs a script of our own under the nonce that let this bundle in. */
export function loadScript(source: { url: string } | { text: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    if (nonce !== '') script.nonce = nonce; // a report lets scripts in by their hash
    if ('url' in source) {
      script.onload = () => resolve();
      script.onerror = () => reject(new Error('The charts could not be loaded.'));
      script.src = source.url;
      document.head.append(script);
    } else {
      script.text = source.text;
      document.head.append(script); // inline: it has run when append returns
      resolve();
    }
  });
}
