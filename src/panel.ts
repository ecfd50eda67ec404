/** The resolver of the issue panel, which people wait for most: a handler file, and so a bundle, of its own. */
export { panelResolver } from './forge/panel';
