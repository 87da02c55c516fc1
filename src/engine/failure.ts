import type { BundleFailure } from '../core/bundle/bundle.ts'
import type { DecodeEntryFailure } from '../core/entry/decode.ts'
import type { EncodeEntryFailure } from '../core/entry/encode.ts'
import type { ForkFailure } from '../core/entry/fork.ts'
import type { SubsetFailure } from '../core/entry/subset.ts'
import type { PayloadFailure, SignatureFailure, VerifyLinksFailure } from '../core/entry/verify.ts'
import type { IdFailure } from '../core/parse-ids.ts'
import type { StoreFailure } from '../ports/store.ts'

/** The signer's side of things. */
export type SignerFailure =
  | { readonly code: 'signer/gone' }
  | { readonly code: 'signer/refused'; readonly reason: string }
  | { readonly code: 'signer/unavailable'; readonly reason: string }

/** `lost`: whoever should have answered is gone. */
export type CallFailure = { readonly code: 'call/aborted' } | { readonly code: 'call/lost'; readonly reason: string }

/** What a page or a process may lack to run an engine at all. */
export type HostFailure =
  | { readonly code: 'host/insecure-page' }
  | { readonly code: 'host/no-web-locks' }
  | { readonly code: 'host/worker-failed'; readonly worker: 'engine' | 'signer'; readonly reason: string }
  | { readonly code: 'host/key-file'; readonly path: string; readonly reason: string }

/** Bamboo: identifiers, entries, logs, and the files they travel in. */
export type EntryFailure =
  | IdFailure
  | DecodeEntryFailure
  | EncodeEntryFailure
  | SignatureFailure
  | VerifyLinksFailure
  | SubsetFailure
  | PayloadFailure
  | ForkFailure
  | BundleFailure

/** Everything that can go wrong without being a bug. Each module's union is added here; `sdk/errors.ts` then asks for its sentence. */
export type Failure = StoreFailure | SignerFailure | CallFailure | HostFailure | EntryFailure
