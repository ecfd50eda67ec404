import { Worker } from 'node:worker_threads';

const SCRIPT = `
const parent = process.ppid;
setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, 500);
`;

/**
 * Ends this process when the site is gone, also when a handler never yields: a closed channel is seen by the main
 * thread only, so a second thread watches whose child this process is.
 */
export function watchParent(): void {
  process.on('disconnect', () => process.exit(0));
  new Worker(SCRIPT, { eval: true }).unref();
}
