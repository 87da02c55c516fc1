/**
 * A duplex stream of bytes to one peer. Chunks mean nothing: bytes written together may arrive apart, and the other way round.
 * Everything that leaves it is encrypted by whoever uses it (Secret Handshake, then box stream); what comes in is hostile.
 */
export interface Channel {
  /** What carries it, to be shown and counted; decides nothing. */
  readonly medium: 'webrtc' | 'websocket' | 'memory'
  /** Pulled from at the reader's pace, once: who does not read holds the sender up, as far as the medium can. Ends when the channel is gone. */
  readonly received: AsyncIterable<Uint8Array>
  /** Resolves once the medium has room for more; what is written keeps its order. Rejects when the channel is gone. */
  readonly send: (bytes: Uint8Array) => Promise<void>
  /** Resolves when the channel is gone, whoever ended it and however. Never rejects. */
  readonly closed: Promise<void>
  /** Ends both directions at once; what was written and not sent yet may be lost. May be called again. */
  readonly close: () => void
}

/** Why no channel came about. */
export type DialFailure =
  | { readonly code: 'dial/unreachable'; readonly address: string }
  /** Nothing here can dial such an address. */
  | { readonly code: 'dial/unsupported'; readonly address: string }

/**
 * Opens channels to addresses (`wss://…`, `ws://…`). The one way by which anything of ours calls out (decision 14): hosts hand it
 * the addresses that a person chose, and nothing else. Rejects with a `DialFailure`, or with `signal.reason` when aborted.
 */
export interface Transport {
  readonly dial: (address: string, signal: AbortSignal) => Promise<Channel>
}
