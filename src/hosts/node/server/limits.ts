/** How much of a node one address or one key may take. All can be set; these are for a node of a few hundred people on a small machine. */
export interface NodeLimits {
  /** Requests of one address a second, over time; ten seconds' worth may come at once. */
  readonly requestsPerSecond: number
  /** Requests worked on at once, all together; more are asked to come again. */
  readonly requestsAtOnce: number
  /** Bytes of entries one key may publish a second, over time; a minute's worth may come at once. */
  readonly keyBytesPerSecond: number
  /** The same for one address, behind which there may be many keys. */
  readonly addressBytesPerSecond: number
  /** Open WebSockets, all together and of one address. */
  readonly sockets: number
  readonly socketsPerAddress: number
  /** Secret Handshakes begun a second, all together and of one address: each costs some milliseconds of arithmetic. */
  readonly handshakesPerSecond: number
  readonly handshakesPerAddress: number
}

export const defaultLimits: NodeLimits = {
  requestsPerSecond: 50,
  requestsAtOnce: 64,
  keyBytesPerSecond: 1024 * 1024,
  addressBytesPerSecond: 4 * 1024 * 1024,
  sockets: 250,
  socketsPerAddress: 32,
  handshakesPerSecond: 200,
  handshakesPerAddress: 5,
}

/** Seconds that may be saved up of each. */
export const burstSeconds = { requests: 10, bytes: 60, handshakes: 10 } as const

/** Least bytes an entry counts: about what a small one costs to keep, with its view and its index keys. */
export const leastEntryBytes = 4 * 1024

/** Bytes of a request's body: five of the largest operations in hex, or fifty entries of usual size. */
export const maxBodyBytes = 8 * 1024 * 1024

/** Bytes of the values in one answer. */
export const maxAnswerBytes = 16 * 1024 * 1024

/**
 * Milliseconds: a request's headers, all of it, its answer, a connection without requests (longer than callers and proxies keep one, else it ends
 * under their next request), what is left of them when the node is asked to stop, saying goodbye to those who sync, and
 * between two questions whether they are still there.
 */
export const timeouts = {
  headers: 10_000,
  request: 60_000,
  answer: 20_000,
  idle: 65_000,
  stop: 10_000,
  goodbye: 2_000,
  ping: 30_000,
} as const
