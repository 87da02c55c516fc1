import type { DocumentId, PublicKey } from '../../core/ids.ts'
import type { LinkingCode } from '../../core/linking/linking-code.ts'
import type { Result } from '../../core/result.ts'
import type { Call } from '../api.ts'
import type { Failure } from '../failure.ts'
import type { LinkingSeat } from '../sync/linking.ts'

/** The part of a linking code that its device makes; how to get there, the host adds. */
export type LinkingTicket = Pick<LinkingCode, 'shownBy' | 'secret' | 'publicKey'>

/** How a ceremony begins on this device. */
export interface LinkingStart {
  /** This device is to become one of a person, or is one already. */
  readonly role: LinkingTicket['shownBy']
  /** What the other device shows. Absent: this one shows, and makes it. */
  readonly ticket?: LinkingTicket
  /**
   * On the known device, while it still holds the recovery words: the person wants none. They are destroyed with the first device that is linked, which
   * becomes the equal of this one.
   */
  readonly withoutWords?: boolean
}

/** What the person says on the known device after comparing the words of both screens; on the new one only that they differ. */
export interface Comparison {
  readonly areEqual: boolean
  /** Whether the new device may let devices in and out. Absent: the second one may, later ones may not. */
  readonly mayLetIn?: boolean
}

/** How far the ceremony of this device is. */
export type LinkingState =
  /** For the other device. */
  | { readonly step: 'waiting' }
  /** Both devices show the same four words, or somebody is in between. */
  | {
      readonly step: 'comparing'
      readonly role: LinkingStart['role']
      readonly words: readonly string[]
      /** The other device's key. */
      readonly peer: PublicKey
      /** The person said here that the words are the same. */
      readonly isConfirmed: boolean
    }
  /** The new device is one of this person. */
  | { readonly step: 'linked'; readonly person: DocumentId; readonly peer: PublicKey }
  | { readonly step: 'failed'; readonly failure: Failure }

type Answer<T> = Promise<Result<T, Failure>>

/** Linking two devices of a person (identity.md §1.4): one ceremony at a time on each. */
export interface LinkingApi {
  /**
   * Opens a ceremony in place of an earlier one; it waits for its connection for ten minutes. Fails with `person/exists` on a new device that is somebody's
   * already, and on a known one with `person/none`, `person/not-allowed` or `person/words-kept`.
   */
  readonly openLinking: (start: LinkingStart, call: Call) => Answer<LinkingTicket>
  /** Reports now and after every step, until the signal says stop. `undefined`: there is none. */
  readonly watchLinking: (call: Call<Result<LinkingState | undefined, Failure>>) => Promise<void>
  /** What the person found. Nothing while there is nothing to compare. */
  readonly compareLinking: (comparison: Comparison) => Answer<void>
  /** Ends the ceremony where one is under way, and forgets it. */
  readonly closeLinking: () => Answer<void>
}

/** For the host that runs the engine. */
export interface LinkingHost {
  /** The ceremony that waits for its connection, for `attach`. */
  readonly linkingSeat: () => LinkingSeat | undefined
}
