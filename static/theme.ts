import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Atlassian's own token values as a style sheet of ours, for where Jira has not (yet) put its theme into the frame.
 * The selectors are weaker than those of `view.theme.enable()`, so Jira's values win as soon as they are there. Only
 * tokens that the screens name are kept: the whole theme is 40 KB.
 *
 * Source of the values: @atlaskit/tokens, dist/cjs/artifacts/themes.
 */
const THEMES = [
  ['atlassian-light', ':root'],
  ['atlassian-dark', ":root[data-color-mode='dark']"],
  ['atlassian-spacing', ':root'],
  ['atlassian-shape', ':root'],
  ['atlassian-typography', ':root'],
] as const;

const require = createRequire(import.meta.url);
const THEME_MODULE = 'virtual:atlassian-theme.css';

function styleSheets(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.css'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

/** One declaration of the generated theme, `[name, value]`. */
function declarations(theme: string): (readonly [string, string])[] {
  const module: unknown = require(`@atlaskit/tokens/dist/cjs/artifacts/themes/${theme}.js`);
  if (typeof module !== 'object' || module === null || !('default' in module) || typeof module.default !== 'string') {
    throw new Error(`@atlaskit/tokens has no theme ${theme} any more`);
  }
  return [...module.default.matchAll(/(--ds-[\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]);
}

function themeStyleSheet(used: ReadonlySet<string>): string {
  return THEMES.map(([theme, selector]) => {
    const scheme =
      theme === 'atlassian-light' ? 'color-scheme:light;' : theme === 'atlassian-dark' ? 'color-scheme:dark;' : '';
    const kept = declarations(theme).filter(([name]) => used.has(name));
    return `${selector}{${scheme}${kept.map(([name, value]) => `${name}:${value}`).join(';')}}`;
  }).join('\n');
}

/** Offers `virtual:atlassian-theme.css`; refuses a token name that Atlassian's themes do not have. */
export function atlassianTheme(source: string): Plugin {
  return {
    name: 'atlassian-theme',
    resolveId: (id) => (id === THEME_MODULE ? `\0${THEME_MODULE}` : undefined),
    load(id) {
      if (id !== `\0${THEME_MODULE}`) return undefined;
      const named = styleSheets(source).flatMap((css) =>
        [...css.matchAll(/var\((--ds-[\w-]+)/g)].map(([, name = '']) => name),
      );
      const known = new Set(THEMES.flatMap(([theme]) => declarations(theme).map(([name]) => name)));
      const unknown = named.filter((name) => !known.has(name));
      if (unknown.length > 0) this.error(`no such Atlassian token: ${unknown.join(', ')}`);
      return themeStyleSheet(new Set(named));
    },
  };
}
