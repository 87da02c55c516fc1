import type { StoreFailure } from '../ports/store.ts'

/** The signer's side of things. */
export type SignerFailure =
  | { readonly code: 'signer/gone' }
  | { readonly code: 'signer/refused'; readonly reason: string }
  | { readonly code: 'signer/unavailable'; readonly reason: string }

export type CallFailure = { readonly code: 'call/aborted' }

/** Everything that can go wrong without being a bug. Each module's union is added here; `sdk/errors.ts` then asks for its sentence. */
export type Failure = StoreFailure | SignerFailure | CallFailure
