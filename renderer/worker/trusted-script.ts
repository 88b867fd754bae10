/** The one policy under Trusted Types, in the page and in each worker; it lets only the app's own workers through. */
interface TrustedPolicies {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (address: string) => string },
  ): { createScriptURL(address: string): string };
}

/** The address of one of the app's own workers (`allowed`), as `new Worker` takes it under Trusted Types. Once per page or worker. */
export function trustedScript(allowed: string): string {
  const policies = (globalThis as unknown as { readonly trustedTypes?: TrustedPolicies }).trustedTypes;
  const createScriptURL = (wanted: string): string => {
    if (wanted !== allowed) throw new TypeError(`${wanted} is not a script of this app`);
    return wanted;
  };
  return policies === undefined ? allowed : policies.createPolicy('app', { createScriptURL }).createScriptURL(allowed);
}
