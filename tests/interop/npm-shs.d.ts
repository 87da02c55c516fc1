/** The parts of the npm packages that the tests use. */
type Abort = Error | boolean | null
type PullCallback = (end: Abort, data?: Uint8Array) => void
type PullSource = (abort: Abort, callback: PullCallback) => void
type PullSink = (source: PullSource) => void

declare module 'pull-stream' {
  interface Pull {
    (source: PullSource, sink: PullSink): void
    (source: PullSource, through: (source: PullSource) => PullSource, sink: PullSink): void
    readonly values: (values: readonly Uint8Array[]) => PullSource
    readonly collect: (done: (error: Error | null, values: readonly Uint8Array[]) => void) => PullSink
  }
  const pull: Pull
  export default pull
}

declare module 'pull-box-stream' {
  const boxes: {
    readonly createBoxStream: (key: Uint8Array, nonce: Uint8Array) => (source: PullSource) => PullSource
    readonly createUnboxStream: (key: Uint8Array, nonce: Uint8Array) => (source: PullSource) => PullSource
  }
  export default boxes
}

declare module 'secret-handshake' {
  interface Keys {
    readonly publicKey: Uint8Array
    readonly secretKey: Uint8Array
  }
  interface Duplex {
    readonly source: PullSource
    readonly sink: PullSink
  }
  interface Secured extends Duplex {
    readonly remote: Uint8Array
    readonly crypto: Readonly<Record<'encryptKey' | 'decryptKey' | 'encryptNonce' | 'decryptNonce', Uint8Array>>
  }
  type Done = (error: Error | null, secured?: Secured) => void
  type Authorize = (publicKey: Uint8Array, answer: (error: Error | null, isAllowed?: boolean) => void) => void
  const shs: {
    readonly createClient: (
      keys: Keys,
      network: Uint8Array,
      timeoutMs: number,
    ) => (server: Uint8Array, done: Done) => Duplex
    readonly createServer: (
      keys: Keys,
      authorize: Authorize,
      network: Uint8Array,
      timeoutMs: number,
    ) => (done: Done) => Duplex
  }
  export default shs
}
