/** Finds training documents by what they are about. @param topics of each document */
export function byTopic(topics: readonly number[]): (topic: number) => Uint32Array {
  const found = new Map<number, number[]>();
  for (const [document, topic] of topics.entries()) {
    const all = found.get(topic);
    if (all) all.push(document);
    else found.set(topic, [document]);
  }
  return (topic) => Uint32Array.from(found.get(topic) ?? []);
}
