/** The resolvers of the screens that people wait for: a handler file, and so a bundle, of their own. */
export { ruleResolver, panelResolver, registerResolver } from './forge/screens';
