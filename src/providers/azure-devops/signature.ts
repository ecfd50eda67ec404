import { authorize } from '../authorization';

/**
 * Azure DevOps signs nothing. A subscription sends a user name and a password by Basic authentication over HTTPS, or
 * fixed headers of its own (learn.microsoft.com, "Create a service hook for Web Hooks", action settings): the password,
 * or a token in the header `Authorization: Bearer`, is the shared secret. It proves who sent the request; that the body
 * is unaltered rests on TLS alone.
 */
export const authenticate = authorize;
