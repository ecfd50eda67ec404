/** The resolvers of the screens: a handler file, and so a bundle, of their own. */
export { ruleResolver, panelResolver, registerResolver, adminResolver } from './forge/screens';
