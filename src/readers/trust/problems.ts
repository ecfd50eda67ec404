/** Why something in a text is not registered: a closed list, each with what to do next. */
export const KEY_PROBLEMS = {
  empty: 'There is nothing in it. Paste a public key, or choose the file that holds it.',
  'too-large':
    'It is larger than what can be registered at once (200,000 characters, 100,000 for one key). Register it in parts.',
  'too-many': 'It holds more than 200 keys. Register them in parts.',
  'not-text': 'It is no text. Export the key as text: `gpg --export --armor`, or `openssl pkey -pubin -inform DER`.',
  'private-key':
    'This is a private key, and nothing of it was kept. Whoever has seen it can sign with it: make a new key, and register its public part.',
  'not-a-key':
    'It is no key in a form that can be read here: an SSH public key, lines of an allowed_signers file, an OpenPGP public key block, a PEM public key or certificate, or a sigstore trusted root.',
  'line-too-long': 'The line is longer than any real one.',
  'not-a-signer':
    'The line is neither an SSH public key (`ssh-ed25519 AAAA…`) nor a line of an allowed_signers file (`principals options key`).',
  option:
    'The line has an option twice, or one that is none of namespaces, valid-after and valid-before. Take it out, or write it as ssh-keygen(1) says.',
  time: 'A time of the line is not written as YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS.',
  'certificate-authority':
    'An SSH certificate authority cannot be registered: certificates of SSH are not checked here. Register the keys of its members.',
  'ssh-certificate':
    'This is a certificate of SSH, which is not checked here. Register the public key it was made for.',
  'ssh2-form': 'This is the form of RFC 4716. Convert it with `ssh-keygen -i -f FILE` and paste what that prints.',
  damaged: 'It is cut off, or was edited: it does not decode. Export it again.',
  'type-differs': 'The name of its type and the key itself differ. Export it again.',
  'not-approved':
    'Its algorithm is not accepted: RSA of 2,048 to 8,192 bits, ECDSA on P-256, P-384 or P-521, and Ed25519 are.',
  'version-unknown': 'It is an OpenPGP key of a version other than 4, which cannot be checked here.',
  'no-signing-key':
    'No key in the block may sign, or the block proves it only with SHA-1 or an algorithm that is not accepted. Export a key for signing.',
  withdrawn: 'Its owner has withdrawn this key, so nothing can be verified with it.',
  'pem-type': 'Only PUBLIC KEY, RSA PUBLIC KEY and CERTIFICATE blocks can be registered.',
  'not-an-authority':
    'The certificate belongs to somebody who signs, not to an authority. Register the root that it leads to, and the identity in it.',
  'not-a-chain':
    'The certificates do not lead from one to the next. Put in one chain: the issuer first, its root last.',
  'not-json': 'It should be JSON and is not: it is cut off or was edited. Download it again.',
  'not-a-root':
    'It is JSON and no sigstore trusted root (`trusted_root.json`): that has certificateAuthorities, tlogs, ctlogs or timestampAuthorities.',
  'root-part': 'A part of the trusted root cannot be read: a key, a certificate or the time in which it is good.',
  'there-twice': 'The same key is there before. Join the two to one line.',
  'ends-before-start': 'It ends before it starts.',
} as const;
export type KeyProblemCode = keyof typeof KEY_PROBLEMS;

export interface KeyProblem {
  readonly code: KeyProblemCode;
  /** `line 3`, `block 2`, `tlogs 1`; null for the whole. */
  readonly place: string | null;
}

/** "Line 3: the line is …", as a person reads it. */
export const sayProblem = ({ code, place }: KeyProblem): string =>
  place === null ? KEY_PROBLEMS[code] : `${place.charAt(0).toUpperCase()}${place.slice(1)}: ${KEY_PROBLEMS[code]}`;
