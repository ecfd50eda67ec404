import { run } from './arguments';

void run(process.argv.slice(2)).then(({ exitCode, output, complaint }) => {
  if (output !== '') process.stdout.write(`${output}\n`);
  if (complaint !== undefined) process.stderr.write(`${complaint}\n`);
  process.exitCode = exitCode;
});
