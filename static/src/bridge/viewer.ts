import { view } from '@forge/bridge';

/** The person in front of the screen and where it is shown, as Jira says; decides nothing, it only words things. */
export interface Viewer {
  readonly moduleKey: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly extension: Readonly<Record<string, unknown>>;
}

/**
 * Reads the frame's context and puts the viewer's colour mode on the document. Jira's theme is asked for and not waited
 * for: the build's own tokens are the same until it is there.
 */
export async function meetViewer(): Promise<Viewer> {
  void enableTheme();
  const context = await view.getContext();
  showColorMode(context.theme?.colorMode);
  return {
    moduleKey: context.moduleKey,
    locale: usableLocale(context.locale),
    timeZone: context.timezone,
    extension: context.extension,
  };
}

/** Jira then keeps the theme's tokens in the frame up to date. Without it the build's own tokens are used. */
async function enableTheme(): Promise<void> {
  try {
    await view.theme.enable();
  } catch (cause) {
    console.warn('Jira offers no theme to this frame; the built-in colours are used.', cause);
  }
}

/** Jira sets the attribute itself once its theme is on; this covers the time before, and hosts without themes. */
function showColorMode(mode: unknown): void {
  const root = document.documentElement;
  if (mode === 'light' || mode === 'dark') {
    root.dataset['colorMode'] ??= mode;
    return;
  }
  if (root.dataset['colorMode'] === 'light' || root.dataset['colorMode'] === 'dark') return;
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const follow = () => (root.dataset['colorMode'] = dark.matches ? 'dark' : 'light');
  follow();
  dark.addEventListener('change', follow);
}

/** BCP 47, as Intl wants it; Jira also says `en_US`. */
function usableLocale(locale: string | undefined): string {
  try {
    return Intl.getCanonicalLocales((locale ?? 'en').replaceAll('_', '-'))[0] ?? 'en';
  } catch {
    return 'en';
  }
}
