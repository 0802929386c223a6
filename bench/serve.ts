import { createInterface } from 'node:readline';

/** What the bench asks for: one JSON object a line. Beside the verb, whatever the measure wants to know. */
export interface Request {
  readonly verb: string;
  readonly way?: string;
  readonly batch?: number;
  readonly components?: number;
  /** How long the action is repeated. */
  readonly seconds: number;
}

/** Something to time. */
export type Action = () => unknown;

/**
 * Answers each line of standard input with one line, `{ms}` or `{error}`: so that rounds of several processes can alternate.
 *
 * @param about what it says of itself in its first line
 */
export async function serve(
  handlers: Record<string, (request: Request) => Action | Promise<Action>>,
  about: object,
): Promise<void> {
  process.stdout.write(`${JSON.stringify({ ready: true, ...about })}\n`);
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line) as Request;
    let reply: object;
    try {
      reply = { ms: await timed(await handlers[request.verb](request), request.seconds) };
    } catch (error) {
      reply = { error: error instanceof Error ? error.message : String(error) };
    }
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
}

/** Median milliseconds of an action that is repeated for so long, at least twice. */
async function timed(action: Action, seconds: number): Promise<number> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (times.length < 2 || performance.now() < end) {
    const start = performance.now();
    await action();
    times.push(performance.now() - start);
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
