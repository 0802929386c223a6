/** An experiment file's name without its endings; the whole name where it is nothing but endings. */
export function shortName(file: string): string {
  return file.replace(/(\.experiment)?\.json$/, '') || file;
}

/** What stands over the results of a file: its title, or its name where it has none. */
export function titleOf({ title }: { readonly title: string }, file: string): string {
  return title.trim() === '' ? shortName(file) : title;
}
