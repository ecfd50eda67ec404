import { sha256Hex } from '../../ledger/hash';
import { FILES } from '../files';
import type { PackFile } from '../input';
import type { PackFacts } from '../facts';
import { HASHING_TOOL, LIMITS } from '../words';
import { code, markup, table } from './html';
import type { Html } from './html';

/** How anybody can check the pack, and what checking cannot show. */
export function checkingSection({ head, input }: PackFacts, primary: readonly PackFile[]): Html {
  return markup`<section>
    <h2>How to check this pack</h2>
    <ol>
      <li>
        In the unpacked folder, ${code(`sha256sum -c ${FILES.checksums}`)} (on macOS
        ${code(`shasum -a 256 -c ${FILES.checksums}`)}) compares every file with its digest.
      </li>
      <li>
        ${code('npm run -s cli -- verify PACK.zip')} recomputes everything offline: the chain, the commitments, the
        digests that decisions bind to, the deliveries, and this report itself.
      </li>
      <li>
        By hand: the SHA-256 of a line of ${code(FILES.ledger)}, without its line feed, is the ${code('prev')} of the
        next line. The last of its ${input.entries.length} lines hashes to ${code(head)}.
      </li>
    </ol>
    ${table(
      'The primary files, from which everything else here was made',
      ['File', 'SHA-256'],
      primary.map(({ name, bytes }) => [code(name), code(sha256Hex(bytes))]),
      '',
    )}
    <p>${HASHING_TOOL}</p>
    <h3>Limits</h3>
    <ul>
      ${LIMITS.map((limit) => markup`<li>${limit}</li>`)}
    </ul>
  </section>`;
}
