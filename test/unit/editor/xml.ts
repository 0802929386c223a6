/** Whether a text is one well-formed XML element: tags closed in order, attributes quoted, no bare marks in the text. */
export function isWellFormed(xml: string): boolean {
  const open: string[] = [];
  let at = 0;
  while (at < xml.length) {
    if (xml[at] === '<') {
      const tag = /<(\/?)([a-zA-Z][\w:-]*)((?:\s+[\w:-]+="[^"<&]*")*)\s*(\/?)>/y;
      tag.lastIndex = at;
      const found = tag.exec(xml);
      if (!found) return false;
      const [whole, closing, name, , empty] = found;
      if (closing) {
        if (open.pop() !== name) return false;
        if (open.length === 0 && at + whole.length < xml.length) return false;
      } else if (!empty) open.push(name);
      at += whole.length;
    } else {
      const text = /(?:[^<&>\p{Cc}\p{Cs}\uFFFE\uFFFF]|&(?:#\d+|amp|lt|gt|quot|apos);)+/uy;
      text.lastIndex = at;
      const found = text.exec(xml);
      if (!found || open.length === 0) return false;
      at += found[0].length;
    }
  }
  return open.length === 0;
}
