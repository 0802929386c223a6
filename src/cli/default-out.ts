import { basename } from 'node:path';
import { shortName } from '../experiment/short-name';

/** Where results go that were given no place: beside where the user stands, named after the file. */
export function defaultOut(file: string): string {
  return `${shortName(basename(file))}.results`;
}
