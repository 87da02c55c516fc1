interface TrustedTypes {
  readonly createPolicy: (
    name: string,
    rules: { readonly createScriptURL: (url: string) => string },
  ) => { readonly createScriptURL: (url: string) => string }
}

/**
 * Makes the one Trusted Types policy of this page or worker, `takibi`. Call it once per page or worker, from a host.
 *
 * @param own the URLs it lets through, exactly as written
 * @returns a function from such a URL to what `new Worker` accepts (typed as text, because the platform's types know nothing else); it
 * throws a `TypeError` for any other URL. Where the browser has no Trusted Types the URL comes back as it is.
 */
export const trustOnly = (own: readonly string[]): ((url: string) => string) => {
  const createScriptURL = (url: string): string => {
    if (own.includes(url)) return url
    throw new TypeError(`${url} is not a script of this build (src/hosts/trusted-script-url.ts)`)
  }
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes }
  const policy = trustedTypes?.createPolicy('takibi', { createScriptURL })
  return policy ? (url) => policy.createScriptURL(url) : createScriptURL
}
