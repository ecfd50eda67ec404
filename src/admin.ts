/** The resolvers of what a Jira admin sets up, which are large and seldom opened: a bundle of their own. */
export { ruleResolver, adminResolver } from './forge/admin';
