/** What is used of picomatch, which comes without types. */
declare module 'picomatch' {
  interface Scanned {
    /** The part of the pattern before anything in it stands for something else. */
    readonly base: string;
    readonly isGlob: boolean;
  }
  interface Picomatch {
    (pattern: string, options?: { readonly dot?: boolean }): (path: string) => boolean;
    scan(pattern: string): Scanned;
  }
  const picomatch: Picomatch;
  export default picomatch;
}
