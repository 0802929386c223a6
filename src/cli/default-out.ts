import { basename } from 'node:path';

/** An experiment file's name without its endings. */
export function shortName(file: string): string {
  return basename(file).replace(/(\.experiment)?\.json$/, '');
}

/** Where results go that were given no place: beside where the user stands, named after the file. */
export function defaultOut(file: string): string {
  return `${shortName(file)}.results`;
}
