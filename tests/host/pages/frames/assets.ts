import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const THEMES = [
  'atlassian-light',
  'atlassian-dark',
  'atlassian-spacing',
  'atlassian-shape',
  'atlassian-typography',
] as const;

function themeStyles(root: string, theme: string): string {
  const module: unknown = createRequire(join(root, 'package.json'))(
    `@atlaskit/tokens/dist/cjs/artifacts/themes/${theme}.js`,
  );
  if (typeof module !== 'object' || module === null || !('default' in module) || typeof module.default !== 'string')
    throw new Error(`@atlaskit/tokens has no theme ${theme} any more`);
  return module.default;
}

/** Declarations of a theme for a page whose mode follows the machine: the themes themselves know only light and dark. */
function followingMachine(light: string, dark: string): string {
  const inner = (css: string): string => css.slice(css.indexOf('{') + 1, css.indexOf('}'));
  return `html[data-color-mode="auto"] {${inner(light)}}\n@media (prefers-color-scheme: dark) { html[data-color-mode="auto"] {${inner(dark)}} }`;
}

/** The browser's half of the pages: own scripts bundled once per process, style sheets, and Atlassian's token values. */
export class Assets {
  readonly #made = new Map<string, Promise<string>>();

  constructor(private readonly root: string) {}

  /** `page` for the pages, `frame-bridge` for inside a frame. */
  script(name: 'page' | 'frame-bridge'): Promise<string> {
    return this.#once(name, async () => {
      const { outputFiles } = await build({
        entryPoints: [join(this.root, 'tests/host/pages/client', `${name}.ts`)],
        bundle: true,
        write: false,
        format: 'iife',
        target: 'es2022',
        platform: 'browser',
        charset: 'utf8',
      });
      return outputFiles.map((file) => file.text).join('');
    });
  }

  styles(): Promise<string> {
    return this.#once('styles', () => readFile(join(this.root, 'tests/host/pages/client/site.css'), 'utf8'));
  }

  /** Atlassian's tokens, light and dark, as `view.theme.enable()` loads them. */
  tokens(): Promise<string> {
    return this.#once('tokens', () => {
      const themes = THEMES.map((theme) => themeStyles(this.root, theme));
      const [light = '', dark = ''] = themes;
      return Promise.resolve([...themes, followingMachine(light, dark)].join('\n'));
    });
  }

  #once(name: string, make: () => Promise<string>): Promise<string> {
    const known = this.#made.get(name);
    if (known !== undefined) return known;
    const made = make();
    this.#made.set(name, made);
    // A failed build must not stay: the next request tries again and shows the error anew.
    made.catch(() => this.#made.delete(name));
    return made;
  }
}
