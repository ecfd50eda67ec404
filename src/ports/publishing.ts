/** What the app puts where somebody with a Jira token of their own can fetch it. The app itself sends nothing anywhere. */
export interface Publishing {
  /** Writes the read-only field "Change ledger"; does nothing where the site has no such field. */
  writeLedgerHead(issueId: string, text: string): Promise<void>;
  /**
   * Attaches a file to an issue as the app. A file of the same name and size that the app attached before counts as this
   * one, so it may be called again. Jira's own refusal otherwise.
   */
  attach(issueId: string, file: AttachedFile): Promise<Attached>;
}

export interface AttachedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export type Attached = { readonly attached: true } | { readonly attached: false; readonly messages: readonly string[] };
