// Builds for production and writes repscope-<version>.vsix from an allow-list of files, which runs on every machine; and, where wide
// lanes were built (scripts/native.mjs), repscope-<platform>-<version>.vsix for machines like this one, with them. Says what takes the
// room.
//   --check             fails where a package is larger than it should be
//   --target PLATFORM   fails where there are no lanes; win32-x64 and linux-arm64 also elsewhere, with a compiler for them
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import JSZip from 'jszip';
import { buildLanes } from './native.mjs';

const root = join(fileURLToPath(new URL('.', import.meta.url)), '..');
const largest = 6_000_000;

/** All that goes in, and nothing else: files, and folders with the ending that counts in them. */
const allowed = [
  'package.nls.json',
  'media/extension.md',
  'CHANGELOG.md',
  'LICENSE',
  'dist/extension.js',
  'dist/worker.js',
  'dist/tfjs-engine.js',
  'dist/report-worker.js',
  'dist/brought-worker.js',
  'dist/kernels.wasm',
  'dist/kernels-plain.wasm',
  'dist/tfjs-backend-wasm.wasm',
  'dist/tfjs-backend-wasm-simd.wasm',
  'dist/webview/dashboard.js',
  'dist/webview/dashboard.css',
  'dist/webview/side.js',
  'dist/webview/side.css',
  'dist/webview/plotly.js',
  'dist/webview/plotly-gl3d.js',
  'media/icon.png',
  'media/icon.svg',
  'media/activity.svg',
  ['media/walkthrough', '.png'],
  ['examples', '.experiment.json'],
  'schemas/experiment.schema.json',
];

/** What the editor reads of package.json; what npm reads stays here. */
const npmOnly = ['scripts', 'devDependencies', 'dependencies', 'bin', 'files', 'private'];

const types = {
  '.json': 'application/json',
  '.js': 'application/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.node': 'application/octet-stream',
  '.md': 'text/markdown',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.vsixmanifest': 'text/xml',
  '.txt': 'text/plain',
};

function filesOf(entry) {
  if (typeof entry === 'string') return [entry];
  const [folder, ending] = entry;
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => `${folder}/${name}`);
}

function readManifest() {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const key of npmOnly) delete manifest[key];
  delete manifest.engines.node;
  return manifest;
}

const escaped = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function vsixManifest(manifest, strings, platform) {
  const said = (text) => escaped(text.replace(/^%(.*)%$/, (_, key) => strings[key]));
  const property = (id, value) =>
    `      <Property Id="Microsoft.VisualStudio.${id}" Value="${escaped(value)}" />`;
  const asset = (type, path) =>
    `    <Asset Type="Microsoft.VisualStudio.${type}" Path="extension/${path}" Addressable="true" />`;
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011" xmlns:d="http://schemas.microsoft.com/developer/vsx-schema-design/2011">
  <Metadata>
    <Identity Language="en-US" Id="${escaped(manifest.name)}" Version="${escaped(manifest.version)}" Publisher="${escaped(manifest.publisher)}"${platform ? ` TargetPlatform="${platform}"` : ''} />
    <DisplayName>${said(manifest.displayName)}</DisplayName>
    <Description xml:space="preserve">${said(manifest.description)}</Description>
    <Tags>json,representations,neural networks,RSA,PCA</Tags>
    <Categories>${escaped(manifest.categories.join(','))}</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <Properties>
${[
  property('Code.Engine', manifest.engines.vscode),
  property('Code.ExtensionDependencies', ''),
  property('Code.ExtensionPack', ''),
  property('Code.ExtensionKind', manifest.extensionKind.join(',')),
  property('Code.LocalizedLanguages', ''),
  property('Services.GitHubFlavoredMarkdown', 'true'),
].join('\n')}
    </Properties>
    <License>extension/LICENSE.txt</License>
    <Icon>extension/${escaped(manifest.icon)}</Icon>
  </Metadata>
  <Installation>
    <InstallationTarget Id="Microsoft.VisualStudio.Code" />
  </Installation>
  <Dependencies />
  <Assets>
${[
  asset('Code.Manifest', 'package.json'),
  asset('Services.Content.Details', 'README.md'),
  asset('Services.Content.Changelog', 'CHANGELOG.md'),
  asset('Services.Content.License', 'LICENSE.txt'),
  asset('Services.Icons.Default', manifest.icon),
].join('\n')}
  </Assets>
</PackageManifest>
`;
}

function contentTypes(names) {
  const endings = [...new Set(names.map((name) => extname(name).toLowerCase()))].sort();
  const lines = endings.map((ending) => {
    if (!(ending in types)) throw new Error(`What is a ${ending} file?`);
    return `<Default Extension="${ending}" ContentType="${types[ending]}" />`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${lines.join('')}</Types>
`;
}

function build() {
  const { status } = spawnSync(process.execPath, [join(root, 'esbuild.js'), '--production'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('The build failed.');
}

/** Compilers that build for other machines than the one that they run on, as Debian calls them. */
const crossCompilers = { 'win32-x64': 'x86_64-w64-mingw32-gcc', 'linux-arm64': 'aarch64-linux-gnu-gcc' };

/** The platform, as VS Code names it, that a package with lanes is for, and its lanes. */
async function lanesOfTarget() {
  const at = process.argv.indexOf('--target');
  const here = { platform: `${process.platform}-${process.arch}`, lanes: join(root, 'dist/lanes.node') };
  if (at < 0) return here;
  const platform = process.argv[at + 1];
  if (platform !== here.platform && !(platform in crossCompilers))
    throw new Error(`--target is one of ${[here.platform, ...Object.keys(crossCompilers)].join(', ')}.`);
  if (platform === here.platform && existsSync(here.lanes)) return here;
  const lanes = join(root, 'dist', platform, 'lanes.node');
  const said = await buildLanes(lanes, { compiler: crossCompilers[platform] });
  if (!existsSync(lanes))
    throw new Error(`There are no lanes for ${platform}: products would run in ${said}.`);
  return { platform, lanes };
}

build();
const manifest = readManifest();
const strings = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8'));
const unsaid = [...JSON.stringify(manifest).matchAll(/"%([^%"]+)%"/g)].filter(([, key]) => !(key in strings));
if (unsaid.length > 0) throw new Error(`package.nls.json lacks ${unsaid.map(([, key]) => key).join(', ')}.`);

/** A picture as an address that holds it. */
function asData(path) {
  return `data:image/png;base64,${readFileSync(join(root, path)).toString('base64')}`;
}

/** What the manifest names by its place. */
const named = [...JSON.stringify(manifest).matchAll(/"(?:\.\/)?((?:dist|media|schemas)\/[^"]+)"/g)].map(
  ([, path]) => path,
);
const present = new Set(allowed.flatMap(filesOf));
const absent = named.filter((path) => !present.has(path));
if (absent.length > 0) throw new Error(`The manifest names ${absent.join(', ')}, which is not packed.`);

const files = new Map([['package.json', Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)]]);
// The page of the extension is for its users: no commands of this project, and pictures in it, as VS Code looks for none beside it.
const called = { LICENSE: 'LICENSE.txt', 'media/extension.md': 'README.md' };
for (const path of present) files.set(called[path] ?? path, readFileSync(join(root, path)));
const page = files.get('README.md').toString('utf8');
files.set(
  'README.md',
  Buffer.from(page.replace(/\]\((media\/[^)]+\.png)\)/g, (_, path) => `](${asData(path)})`)),
);

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(12);

/** @param platform as VS Code names it; without: for all */
async function writePackage(content, platform) {
  const zip = new JSZip();
  // The same files give the same package.
  const options = { date: new Date(Date.UTC(2020, 0, 1)), createFolders: false };
  zip.file('extension.vsixmanifest', vsixManifest(manifest, strings, platform), options);
  zip.file('[Content_Types].xml', contentTypes([...content.keys(), 'extension.vsixmanifest']), options);
  for (const [path, bytes] of content) zip.file(`extension/${path}`, bytes, options);
  const target = join(
    root,
    `${[manifest.name, ...(platform ? [platform] : []), manifest.version].join('-')}.vsix`,
  );
  writeFileSync(
    target,
    await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE', compressionOptions: { level: 9 } }),
  );
  const { size } = statSync(target);
  console.log(`${kilobytes(size)} ${' '.repeat(12)}  ${target}`);
  if (process.argv.includes('--check') && size > largest) {
    console.error(`${target} is larger than ${largest / 1e6} MB.`);
    process.exitCode = 1;
  }
}

console.log(`${'packed'.padStart(12)} ${'unpacked'.padStart(12)}`);
const sizes = [...files].map(([path, content]) => ({
  path,
  bytes: content.length,
  packed: gzipSync(content, { level: 9 }).length,
}));
for (const { path, bytes, packed } of sizes.sort((a, b) => b.packed - a.packed))
  console.log(`${kilobytes(packed)} ${kilobytes(bytes)}  ${path}`);
await writePackage(files);
const { platform, lanes } = await lanesOfTarget();
if (existsSync(lanes))
  await writePackage(new Map([...files, ['dist/lanes.node', readFileSync(lanes)]]), platform);
