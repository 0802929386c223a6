import type { Path } from './document';
import { quote } from './names';
import type { Problems } from './problems';

const MAX_LENGTH = 100;

/** Whether a name can be used; reports at its key why it cannot. Names become keys of the results and names of folders. */
export function checkName(name: string, path: Path, what: string, problems: Problems): boolean {
  const wrong = (message: string): false => {
    problems.error('bad-name', message, problems.document.keySpan(path));
    return false;
  };
  if (name.trim() === '') return wrong(`The ${what} has an empty name. Give it one.`);
  if (name.length > MAX_LENGTH) {
    return wrong(
      `The name of the ${what} has ${name.length} characters; shorten it to at most ${MAX_LENGTH}.`,
    );
  }
  if (/\p{Surrogate}/u.test(name))
    return wrong(`The name of the ${what} holds half of a Unicode character. Retype it.`);
  if (name === '__proto__') return wrong(`A ${what} cannot be called ${quote(name)}. Choose another name.`);
  return true;
}
