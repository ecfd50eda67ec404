import { cyclonedx } from './sbom/cyclonedx';
import { spdx } from './sbom/spdx';
import { dsseReader } from './dsse/dsse';
import { freshservice } from './freshservice/freshservice';
import { gitCommitReader } from './git-commit/git-commit';
import { inToto } from './in-toto/in-toto';
import { junit } from './junit/junit';
import type { Reader } from './reader';
import { sarif } from './sarif/sarif';
import { serviceNow } from './service-now/service-now';
import { sigstoreReader } from './sigstore/sigstore';
import type { Trust } from './signature/trust';
import { trackingSheet } from './tracking-sheet/tracking-sheet';
import { csaf } from './vex/csaf';
import { openvex } from './vex/openvex';

/** Readers of what carries a signature: what they verify, they verify against keys and roots that are handed in. */
export const signedReaders = (trust: Trust): readonly Reader[] => [
  gitCommitReader(trust),
  sigstoreReader(trust),
  dsseReader(trust),
];

/** Readers of reports, bills of materials and records of other systems; the sheet last, whose marks are the weakest. */
export const REPORT_READERS: readonly Reader[] = [
  inToto,
  junit,
  sarif,
  spdx,
  cyclonedx,
  openvex,
  csaf,
  serviceNow,
  freshservice,
  trackingSheet,
];
