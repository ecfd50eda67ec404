const ESCAPES = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\^_])/g;
/** GitHub Actions stamps each line of a log with seven digits of a second, GitLab with six and the stream. */
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6,7}Z (?:\d\d[OE][+ ]? ?)?/;

/** Text as the tool wrote it: terminal escapes (ECMA-48) and a runner's time stamps taken off. */
export function unwrap(text: string): { readonly text: string; readonly escapes: number; readonly stamps: number } {
  let escapes = 0;
  const plain = text.includes('\u001b')
    ? text.replace(ESCAPES, () => {
        escapes += 1;
        return '';
      })
    : text;
  const lines = STAMP.test(plain) ? plain.split('\n') : [];
  if (lines.length === 0 || !lines.every((line) => line.trim() === '' || STAMP.test(line))) {
    return { text: plain, escapes, stamps: 0 };
  }
  return { text: lines.map((line) => line.replace(STAMP, '')).join('\n'), escapes, stamps: lines.length };
}
