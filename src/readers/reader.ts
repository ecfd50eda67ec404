import type { EvidenceItem } from '../evidence/item';
import type { Finding } from './findings';
import type { Content } from './content';
import type { RefusalReason } from './refusals';

/** A file as a pipeline or a person handed it in. */
export interface HandedIn {
  readonly name: string;
  /** What the sender says it is; never relied on. */
  readonly mediaType: string | null;
  readonly bytes: Uint8Array;
  /** SHA-256 of `bytes`, lower-case hexadecimal. */
  readonly digest: string;
}

/**
 * One fact that a file states, in the shape in which evidence is recorded, with what it touched. `id` tells it apart from
 * the other facts of the same file; `repository` is null unless the file names one. Secrets and markings are taken out.
 * Personal data may be in `title`, `people`, `touches` and in the attributes `before`, `after` and `values`: whoever records
 * a statement commits to those.
 */
export interface Statement extends EvidenceItem {
  /** Names of the systems and resources that the fact is about, as the file has them: host, ARN, resource address. */
  readonly touches: readonly string[];
  /** Whether it changed something. `unknown` where the file does not say; matching treats it as a change. */
  readonly effect: 'read' | 'write' | 'unknown';
}

/** What a reader made of a file. It never throws, and reads the same bytes the same way on every machine. */
export type Read =
  | {
      readonly outcome: 'read';
      /** Name of the format, as `Reader.name` or finer: `terraform-plan`, `terraform-state`. */
      readonly format: string;
      readonly kind: EvidenceItem['kind'];
      /** One line on the file as a whole. */
      readonly title: string;
      readonly statements: readonly Statement[];
      readonly findings: readonly Finding[];
      /** False when something of the file is not in `statements`; a finding then says what and why. */
      readonly complete: boolean;
      /** Facts of the file as a whole: versions, counts, the tool. */
      readonly attributes: Readonly<Record<string, string>>;
    }
  /** Looked like it and is not: the next reader is asked. */
  | { readonly outcome: 'not-this' }
  /** It is this format, and nothing in it can be relied on. */
  | { readonly outcome: 'refused'; readonly format: string; readonly reason: RefusalReason };

/** Reads one format. A new one is a file (or a folder) and a line in `readers.ts`. */
export interface Reader {
  readonly name: string;
  /** Cheap: a look at names of members or the first lines. */
  detects(content: Content): boolean;
  read(content: Content): Read;
}
