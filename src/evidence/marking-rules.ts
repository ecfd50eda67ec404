import type { ScanRule } from './rule';

const marking = (id: string, severity: ScanRule['severity'], pattern: RegExp): ScanRule => ({
  id,
  severity,
  taints: 'text',
  pattern,
});

/**
 * Markings as 32 CFR 2002.20, the NARA CUI Marking Handbook and DoDI 5200.48 write them, DoD distribution statements
 * (DoDI 5230.24) and export warnings. The bare word "CUI" in a sentence is no marking: "CUI enclave firewall" passes.
 * A detector of markings cannot find controlled information that nobody marked.
 */
export const MARKING_RULES: readonly ScanRule[] = [
  // A banner opens a line; `^` with the m flag, not a run of white space, so that blank lines cost nothing.
  marking('classified-banner', 'critical', /^[^\S\n]*(?:TOP SECRET|SECRET|CONFIDENTIAL)\/\/[A-Z]/gm),
  marking('cui-banner-full', 'high', /\b(?:CUI|CONTROLLED)\/\/(?:SP-)?[A-Z]{2}/g),
  marking('cui-banner-line', 'high', /^[ \t]*(?:CUI|CONTROLLED(?: UNCLASSIFIED INFORMATION)?)[ \t]*$/gm),
  marking('cui-portion-mark', 'high', /\((?:U\/\/)?CUI(?:\/\/[A-Z0-9 /,-]{1,200})?\)\s{1,20}\S/g),
  marking(
    'cui-category-marking',
    'high',
    /\bSP-(?:CTI|CVI|DCNI|EXPT|HLTH|ISVI|NNPI|PCII|PROCURE|PROPIN|PRVCY|SGI|SSI|TAX)\b/g,
  ),
  marking(
    'cui-designation-indicator',
    'high',
    /\bcontrolled by:[\s\S]{0,420}?(?:\bcui categor(?:y|ies):|\b(?:limited |distribution\/)?dissemination control:|\bldc:)/gi,
  ),
  marking('dissemination-control', 'medium', /\b(?:NOFORN|NOCON|FEDCON|FED ONLY|DL ONLY|DISPLAY ONLY|REL TO USA)\b/g),
  // Statement A is public release and therefore no marking.
  marking(
    'distribution-statement',
    'high',
    /\bdistribution (?:statement [b-fx]\b|authorized to (?:the )?(?:u\.?s\.? government|department of (?:defense|war)|dod)\b)/gi,
  ),
  marking(
    'export-warning',
    'high',
    /\barms export control act\b|\bexport[- ]controlled\b|\bITAR[- ](?:controlled|restricted)\b|\b22 ?C\.?F\.?R\.? ?(?:parts? ?)?12\d\b|\btechnical data whose export is restricted\b/gi,
  ),
  marking('eccn', 'low', /\bECCN:?\s{0,10}\d[A-E]\d{3}\b/g),
  marking(
    'legacy-marking',
    'medium',
    /\bfor official use only\b|\bFOUO\b|\bunclassified controlled nuclear information\b|\bnaval nuclear propulsion information\b/gi,
  ),
];
