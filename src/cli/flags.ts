import { parseArgs, type ParseArgsConfig } from 'node:util';

/** An option of a verb: what is parsed, what the help says and what the documentation is held to are all read from it. */
export interface Flag {
  readonly name: string;
  /** What it takes, as the help names it; absent for one that is either there or not. */
  readonly takes?: string;
  readonly repeated?: true;
  /** One sentence; what holds without it stands at the end, in brackets. */
  readonly says: string;
}

/** What a verb is told: its help is made of this, so that no option is without an explanation. */
export interface VerbHelp {
  readonly usage: string;
  readonly about: string;
  readonly flags: readonly Flag[];
  /** What each exit code means, for 0, 1 and 2. */
  readonly exit: readonly [string, string, string];
}

export const JSON_FLAG: Flag = { name: 'json', says: 'print one JSON document' };
const HELP_FLAG: Flag = { name: 'help', says: 'this text' };

/** What was given on a command line. */
export interface Given {
  readonly positionals: readonly string[];
  text(name: string): string | undefined;
  several(name: string): readonly string[];
  on(name: string): boolean;
}

/** @throws an error of `node:util` whose code begins with ERR_PARSE_ARGS: an unknown option, or one without its value. */
export function given(flags: readonly Flag[], args: readonly string[]): Given {
  const options: NonNullable<ParseArgsConfig['options']> = Object.fromEntries(
    flags.map(({ name, takes, repeated }) => [
      name,
      { type: takes === undefined ? 'boolean' : 'string', multiple: repeated === true },
    ]),
  );
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const textOf = (value: unknown): readonly string[] => (typeof value === 'string' ? [value] : []);
  return {
    positionals,
    text: (name) => textOf(values[name])[0],
    several: (name) => {
      const value = values[name];
      return Array.isArray(value) ? value.flatMap(textOf) : textOf(value);
    },
    on: (name) => values[name] === true,
  };
}

const WIDTH = 120;

export function helpText({ usage, about, flags, exit: [done, no, failed] }: VerbHelp): string {
  const all = [...flags, HELP_FLAG];
  const heads = all.map(({ name, takes }) => `  --${name}${takes === undefined ? '' : ` ${takes}`}`);
  const column = Math.max(...heads.map(({ length }) => length)) + 2;
  const lines = all.map(({ says, repeated }, i) =>
    wrapped(`${says}${repeated === true ? '; may be repeated' : ''}`, WIDTH - column)
      .map((line, at) => `${(at === 0 ? (heads[i] ?? '') : '').padEnd(column)}${line}`)
      .join('\n'),
  );
  const codes = `Exit code: 0 ${done}, 1 ${no}, 2 ${failed}.`;
  return [`Usage: ${usage}`, about, lines.join('\n'), wrapped(codes, WIDTH).join('\n')].join('\n\n');
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
