/** What a server answered; `retryAfterMs` where it said when to come again. */
export interface HttpAnswer {
  readonly status: number
  /** At most a megabyte; of a longer answer nothing is read. */
  readonly text: string
  readonly retryAfterMs?: number
}

/** The one way to ask a server by HTTP. Whoever calls it knows that a person chose the address. */
export interface Http {
  /** Sends JSON, without cookies, without saying where it comes from, and follows no redirect. Rejects when no answer comes, or the signal says stop. */
  readonly post: (url: string, json: string, signal: AbortSignal) => Promise<HttpAnswer>
}
