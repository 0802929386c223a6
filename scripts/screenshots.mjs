// Takes the pictures of docs/screenshots in a real VS Code: every panel, the side panel, hovers and squiggles, in dark,
// light and high contrast; some of them in light high contrast, too.
//   node scripts/screenshots.mjs [EXAMPLE [FOLDER]]
//   node scripts/screenshots.mjs --edges FOLDER  what a small file alone shows: perfect units, problems, what is folded
//   node scripts/screenshots.mjs --walkthrough   those of media/walkthrough
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { program } from './vscode-bundle.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const words = process.argv.slice(2);
if (words[0] === '--walkthrough') {
  process.chdir(root);
  const { takeWalkthroughPictures } = await program('walkthrough');
  await takeWalkthroughPictures(join(root, 'media', 'walkthrough'));
} else if (words[0] === '--edges') {
  const asked = resolve(words[1] ?? join('docs', 'screenshots'));
  process.chdir(root);
  const { takePicturesOfEdges } = await program('screenshots');
  await takePicturesOfEdges(asked);
} else {
  const [example = 'easy-vs-hard.experiment.json', folder = join('docs', 'screenshots')] = words;
  const asked = resolve(folder);
  process.chdir(root);
  const { takeScreenshots } = await program('screenshots');
  await takeScreenshots(example, asked);
}
