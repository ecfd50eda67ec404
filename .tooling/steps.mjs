// Running the steps that build and check are made of, several at a time, with one line for each.
import { spawn } from 'node:child_process';
import { node24, root } from './node24.mjs';

/** A step: the manifest's Node runs with these arguments; `done` is called when it went well. */
export const step = (name, args, done = () => undefined) => ({ name, args, done });

/** Runs the steps, at most `width` at once; prints each with its time, and its output when it fails. Returns success. */
export async function runSteps(steps, width = 2) {
  const waiting = [...steps];
  let good = true;
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) good = (await runStep(next)) && good;
  };
  await Promise.all(Array.from({ length: width }, lane));
  return good;
}

function runStep({ name, args, done }) {
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(node24(), args, {
      cwd: root,
      env: { ...process.env, NODE_NO_WARNINGS: '1', FORCE_COLOR: '0' },
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (status) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
      if (status === 0) done();
      else console.log(output);
      resolve(status === 0);
    });
  });
}
