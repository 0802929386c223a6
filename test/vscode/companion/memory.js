// A workspace that is on no disk: files of the scheme `repmem`, held in memory, as a copy of a folder.
const { readdirSync, readFileSync } = require('node:fs');
const { join, posix } = require('node:path');
const vscode = require('vscode');

const { FileSystemError, FileType } = vscode;

/** @implements {vscode.FileSystemProvider} */
class Memory {
  /** Path -> { type, bytes, ctime, mtime }. */
  #entries = new Map();
  #changed = new vscode.EventEmitter();
  onDidChangeFile = this.#changed.event;

  /** Copies a folder of the disk, with all in it. */
  fill(path, folder) {
    this.#put(path, FileType.Directory);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const [to, from] = [posix.join(path, entry.name), join(folder, entry.name)];
      if (entry.isDirectory()) this.fill(to, from);
      else this.#put(to, FileType.File, readFileSync(from));
    }
  }

  watch() {
    // Every change is told, asked for or not.
    return new vscode.Disposable(() => undefined);
  }

  stat(uri) {
    const { type, bytes, ctime, mtime } = this.#entry(uri);
    return { type, ctime, mtime, size: bytes.length };
  }

  readDirectory(uri) {
    this.#entry(uri);
    return [...this.#entries]
      .filter(([path]) => path !== '/' && posix.dirname(path) === uri.path)
      .map(([path, { type }]) => [posix.basename(path), type]);
  }

  readFile(uri) {
    const { type, bytes } = this.#entry(uri);
    if (type !== FileType.File) throw FileSystemError.FileIsADirectory(uri);
    return bytes;
  }

  createDirectory(uri) {
    this.#put(uri.path, FileType.Directory);
    this.#tell(vscode.FileChangeType.Created, uri);
  }

  writeFile(uri, bytes, { create, overwrite }) {
    const known = this.#entries.has(uri.path);
    if (!known && !create) throw FileSystemError.FileNotFound(uri);
    if (known && create && !overwrite) throw FileSystemError.FileExists(uri);
    this.#entry(uri.with({ path: posix.dirname(uri.path) }));
    this.#put(uri.path, FileType.File, bytes);
    this.#tell(known ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created, uri);
  }

  delete(uri) {
    this.#entry(uri);
    for (const path of this.#below(uri.path)) this.#entries.delete(path);
    this.#tell(vscode.FileChangeType.Deleted, uri);
  }

  rename(from, to) {
    for (const path of this.#below(from.path)) {
      this.#entries.set(to.path + path.slice(from.path.length), this.#entries.get(path));
      this.#entries.delete(path);
    }
    this.#tell(vscode.FileChangeType.Deleted, from);
    this.#tell(vscode.FileChangeType.Created, to);
  }

  #below(path) {
    return [...this.#entries.keys()].filter((one) => one === path || one.startsWith(`${path}/`));
  }

  #entry(uri) {
    const entry = this.#entries.get(uri.path);
    if (!entry) throw FileSystemError.FileNotFound(uri);
    return entry;
  }

  #put(path, type, bytes = new Uint8Array()) {
    const mtime = Date.now();
    this.#entries.set(path, { type, bytes, mtime, ctime: this.#entries.get(path)?.ctime ?? mtime });
  }

  #tell(type, uri) {
    this.#changed.fire([{ type, uri }]);
  }
}

/** @param folder on disk, whose copy is `repmem:/lab` */
exports.registerMemory = (folder) => {
  const memory = new Memory();
  memory.createDirectory(vscode.Uri.parse('repmem:/'));
  memory.fill('/lab', folder);
  return vscode.workspace.registerFileSystemProvider('repmem', memory, { isCaseSensitive: true });
};
