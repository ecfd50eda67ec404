const dark = window.matchMedia('(prefers-color-scheme: dark)');

export interface PageTheme {
  readonly colorMode: 'light' | 'dark';
  readonly light: 'light';
  readonly dark: 'dark';
  readonly spacing: 'spacing';
  readonly typography: 'typography';
  readonly shape: 'shape';
}

/** The theme as `view.getContext().theme` gives it: what the page shows now, also when it follows the machine. */
export function currentTheme(): PageTheme {
  const chosen = document.documentElement.dataset['colorMode'];
  const colorMode = chosen === 'light' || chosen === 'dark' ? chosen : dark.matches ? 'dark' : 'light';
  return { colorMode, light: 'light', dark: 'dark', spacing: 'spacing', typography: 'typography', shape: 'shape' };
}

export function onThemeChange(tell: () => void): void {
  dark.addEventListener('change', tell);
}
