// Serves the built screens with the stand-in bridge, under Forge's content-security policy:
//   npx vite build static && node static/dev/serve.mjs [port]
// then /?state=voided&mode=dark ; the states are in changes.ts and lists.ts.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const dist = join(here, '../dist');
const bridge = buildSync({
  entryPoints: [join(here, 'bridge.ts')],
  bundle: true,
  write: false,
  format: 'iife',
  target: 'es2022',
});
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const CSP = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:";

/** Compressed once, so that a measurement is not of gzip. */
const compressed = new Map();

async function fileAt(name) {
  const known = compressed.get(name);
  if (known !== undefined) return known;
  let body = name === '/bridge.js' ? Buffer.from(bridge.outputFiles[0].contents) : await readFile(join(dist, name));
  if (name === '/index.html')
    body = Buffer.from(body.toString().replace('<head>', '<head><script src="/bridge.js"></script>'));
  compressed.set(name, gzipSync(body));
  return compressed.get(name);
}

export function serve(port = 0) {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://127.0.0.1').pathname);
    const name = path === '/' ? '/index.html' : path === '/favicon.ico' ? '/icon.svg' : path;
    try {
      const body = await fileAt(name);
      response.writeHead(200, {
        'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
        'content-security-policy': CSP,
        'content-encoding': 'gzip',
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = await serve(Number(process.argv[2] ?? 4500));
  process.stdout.write(`http://127.0.0.1:${server.address().port}/?state=decide\n`);
}
