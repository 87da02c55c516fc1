import type { WordsFailure } from '../core/identity/recovery-words.ts'
import type { PublicKey } from '../core/ids.ts'
import type { Result } from '../core/result.ts'

/**
 * The paper key: founder of a person, which in the end exists on paper only (identity.md §1.3). The signer keeps its entropy, wrapped, until the
 * person has shown to have written the words down; `Keys.signEntries` signs with it as long as it is there. Its private half never crosses this line
 * but as the words that a person asks to see.
 * Rejects with `signer/paper-damaged` (what is kept cannot be unwrapped), `signer/no-words` or `signer/unavailable`.
 */
export interface PaperKey {
  /** The public half of the one that is kept. */
  readonly publicKey: () => Promise<PublicKey | undefined>
  /** Whether entries by this key are signed now: it is the one that is kept, or taken up. */
  readonly signsBy: (publicKey: PublicKey) => Promise<boolean>
  /** The one that is kept; made where there is none. Of many who ask at once all get the same. */
  readonly make: () => Promise<PublicKey>
  /** The recovery words of the one that is kept; once confirmed, `signer/no-words`. */
  readonly words: () => Promise<readonly string[]>
  /** Whether these are the words at `confirmedPlaces`, in that order. If all are, the entropy is wiped for good. */
  readonly confirm: (typed: readonly string[]) => Promise<boolean>
  /** Wipes what is kept, unconfirmed. Nobody has it any more. */
  readonly wipe: () => Promise<void>
  /** Takes up the paper key of words that somebody typed: in memory, until `letGo` or until the signer ends. One at a time. */
  readonly takeUp: (text: string) => Promise<Result<PublicKey, WordsFailure>>
  readonly letGo: () => Promise<void>
}
