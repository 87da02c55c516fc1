import type { PublicKey } from '../../core/ids.ts'
import type { Call } from '../../engine/api.ts'

/** What a page has to know to connect directly with others; `own` is this device's transport key. */
export type DirectNews = { readonly own: PublicKey } & (
  | { readonly say: 'present'; readonly key: PublicKey }
  /** An opened signal: it is from that key. */
  | { readonly say: 'signal'; readonly key: PublicKey; readonly plain: Uint8Array }
  /** A direct connection has proved its keys, by whatever way it came about; the last one is over, and `isLost` where nobody wanted that. */
  | { readonly say: 'linked'; readonly key: PublicKey }
  | { readonly say: 'left'; readonly key: PublicKey; readonly isLost: boolean }
  /** The person wants no connections that come about by themselves, or the device is short on data or battery. */
  | { readonly say: 'off' }
)

/** For the page beside the engine, which alone may make connections. */
export interface DirectApi {
  /** Tells what happens, until the signal says stop. Only as long as somebody watches does the engine tell others that it can be reached. */
  readonly watchDirect: (call: Call<DirectNews>) => Promise<void>
  /** Seals a signal for a device and sends it, as far as there is a way. */
  readonly sendSignal: (to: PublicKey, plain: Uint8Array) => Promise<void>
}
