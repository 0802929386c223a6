import { createInterface } from 'node:readline';
import type { TransformerSize } from './sequences';

/** What the bench asks for: one JSON object a line. Beside the verb, whatever the measure wants to know. */
export interface Request {
  readonly verb: string;
  readonly way?: string;
  readonly batch?: number;
  readonly components?: number;
  readonly size?: TransformerSize;
  readonly file?: string;
  /** Time of the processor, on a machine that others use. */
  readonly processor?: boolean;
  /** How long the action is repeated. */
  readonly seconds: number;
}

/** Something to time. */
export type Action = () => unknown;

/** Milliseconds, on the wall or of the processor. */
export function clock(processor = false): () => number {
  if (!processor) return () => performance.now();
  return () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
}

/**
 * Answers each line of standard input with one line, `{ms}` or `{error}`: so that rounds of several processes can alternate.
 *
 * @param handlers each gives something to time, or an object to send as it is
 * @param about what it says of itself in its first line
 */
export async function serve(
  handlers: Record<string, (request: Request) => Action | Promise<Action | object>>,
  about: object,
): Promise<void> {
  process.stdout.write(`${JSON.stringify({ ready: true, ...about })}\n`);
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line) as Request;
    let reply: object;
    try {
      const found = await handlers[request.verb](request);
      const isTimed = typeof found === 'function';
      reply = isTimed
        ? { ms: await timed(found as Action, request.seconds, clock(request.processor)) }
        : found;
    } catch (error) {
      reply = { error: error instanceof Error ? error.message : String(error) };
    }
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
}

/** Median milliseconds, by this clock, of an action that is repeated for so long, at least twice. */
export async function timed(action: Action, seconds: number, now: () => number): Promise<number> {
  const times: number[] = [];
  const end = now() + seconds * 1000;
  while (times.length < 2 || now() < end) {
    const start = now();
    await action();
    times.push(now() - start);
  }
  times.sort((a, b) => a - b);
  return times[times.length >> 1];
}

/** Keeps what a measure prepares, by name, so that later rounds only measure; what is new is warmed up first. */
export function keeper(warm: (action: Action) => Promise<void>) {
  const kept = new Map<string, Action>();
  return async (name: string, make: () => Action | Promise<Action>): Promise<Action> => {
    let action = kept.get(name);
    if (!action) {
      action = await make();
      await warm(action);
      kept.set(name, action);
    }
    return action;
  };
}
