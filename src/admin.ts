/** The resolver of the admin page, which is large and seldom opened: a bundle of its own. */
export { adminResolver } from './forge/admin';
