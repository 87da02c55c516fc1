import type { PublicKey } from '../core/ids.ts'
import type { Result } from '../core/result.ts'
import type { Failure } from '../engine/failure.ts'

/**
 * Who says what when a page opens a node:
 *
 *   page ── SignerStart ──▶ signer worker ◀── MessageChannel ──▶ engine worker ◀── EngineStart ── page
 *   page ◀────────────────── EngineStarted, then calls (hosts/remote.ts) ──────────┤
 *                                               engine worker ── VerifierStart ──▶ verifier worker, while there is much to judge
 *   page ◀────────────────── EngineEnded, when its database goes away ─────────────┘
 */
export interface SignerStart {
  readonly database: string
  /** Name of the lock that this worker holds as long as it lives (hosts/life.ts). */
  readonly life: string
  /** Where the engine's requests come from. */
  readonly engine: MessagePort
}

export interface EngineStart {
  readonly database: string
  /** Documents without owner are everybody's (`EngineOptions`). */
  readonly legacyOpenDocuments: boolean
  readonly life: string
  readonly signerLife: string
  readonly signer: MessagePort
  /** Where the page's calls come from. The first message on it is the engine's `EngineStarted`. */
  readonly page: MessagePort
}

export interface VerifierStart {
  readonly life: string
  /** Where the engine's requests come from. */
  readonly engine: MessagePort
}

/** What the engine worker tells its page later, by itself: from now on every call ends with this. */
export type EngineEnded = Failure

/** Whether the engine serves now, and the keys it writes with; the first is the device key. */
export type EngineStarted = Result<readonly PublicKey[], Failure>
