// Whole runs of a command: wall time, and processor time and the largest resident memory where Linux tells them.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** @returns { seconds, processor, megabytes } or { error }; processor: seconds, too, of all threads */
export function timeCommand(command, args, { timeout = 300, ...options } = {}) {
  return new Promise((resolve) => {
    const start = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], ...options });
    let failure = '';
    let kilobytes = 0;
    let processor = null;
    let timedOut = false;
    // VmHWM is a high-water mark, and times only grow: looking now and then is enough, but for the last moments.
    const look = setInterval(() => {
      try {
        const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
        kilobytes = Math.max(kilobytes, Number(peak?.[1] ?? 0));
        // Behind the name, which may hold anything but a last bracket: user and system time in hundredths of a second.
        const times = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(')').at(-1).split(' ');
        processor = (Number(times[12]) + Number(times[13])) / 100;
      } catch {
        // It has ended, or this is not Linux.
      }
    }, 50);
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, timeout * 1000);
    const end = (result) => {
      clearInterval(look);
      clearTimeout(timer);
      resolve(result);
    };
    child.stderr.on('data', (text) => (failure = `${failure}${text}`.slice(-2000)));
    child.on('error', (error) => end({ error: error.message }));
    child.on('close', (code) => {
      const seconds = (performance.now() - start) / 1000;
      if (timedOut) end({ error: `longer than ${timeout} s` });
      else if (code !== 0) end({ error: failure.trim().split('\n').at(-1) || `exit code ${code}` });
      else end({ seconds, processor, megabytes: kilobytes > 0 ? kilobytes / 1024 : null });
    });
  });
}
