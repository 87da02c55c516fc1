import type { DisplayName } from '../core/identity/display-name.ts'
import type { DocumentId } from '../core/ids.ts'
import type { Device, Petname, PersonState, RemovalPlan, RemovedDevice, WordsOwner } from '../engine/identity/api.ts'
import type { Comparison, LinkingStart, LinkingState, LinkingTicket } from '../engine/identity/link-api.ts'
import type { DocumentLike, Live, LiveStatus, Waiting } from './takibi-node.ts'

export type { Comparison, LinkingStart, LinkingState, LinkingTicket }
export type { Device, DisplayName, Petname, RemovalPlan, RemovedDevice, WordsOwner }

/** Whose device this is, with the short name of a person whom nobody named; `undefined` before anything was written here. */
export type OwnPerson = PersonState
export type PersonView = LiveStatus & { readonly person: OwnPerson | undefined }
export type PetnamesView = LiveStatus & { readonly petnames: ReadonlyMap<DocumentId, Petname> }

export type DevicesView = LiveStatus & { readonly devices: readonly Device[] }

/** How far the linking of this device is; `undefined` where there is none. */
export type LinkingView = LiveStatus & { readonly linking: LinkingState | undefined }

/**
 * Making a new device one of a person who has another: each side opens its part, the two connect, the person compares four words on both screens.
 * One at a time on each device. The connection is its host's: it attaches a channel for it with `linkingSeat` of the engine.
 */
export interface DeviceLinking {
  /**
   * Opens this device's part, in place of an earlier one, and gives what the other device has to see; it waits for its connection for ten minutes.
   * Throws `person/exists` on a new device that is somebody's already; on a known one `person/none`, `person/not-allowed`, or `person/words-kept` while
   * it holds the recovery words and `withoutWords` was not said.
   */
  readonly open: (start: LinkingStart, waiting?: Waiting) => Promise<LinkingTicket>
  /** Live, from the code to `linked` or `failed`. */
  readonly watch: () => Live<LinkingView>
  /** What the person found; nothing while there is nothing to compare. On the new device it only counts that the words differ. */
  readonly compare: (comparison: Comparison) => Promise<void>
  /** Ends it where it is under way, and forgets it. */
  readonly close: () => Promise<void>
}

/** The recovery words: who has them stands above all devices of the person. */
export interface RecoveryWords {
  /** Shows them, as long as this device holds them. Throws `signer/no-words` once they were confirmed. */
  readonly show: (waiting?: Waiting) => Promise<readonly string[]>
  /** Which of them `confirm` asks for, counted from 1. */
  readonly places: readonly number[]
  /** Whether these are the words at `places`, in that order. If all are, this device wipes what it has: from then on they are on paper only. */
  readonly confirm: (typed: readonly string[]) => Promise<boolean>
  /** Whose they are and which devices that person has, as far as this device knows. Signs nothing. Throws as `recover`. */
  readonly lookUp: (typed: string, waiting?: Waiting) => Promise<WordsOwner>
  /**
   * On a new device: makes it one of the person whose words these are, takes lost devices out, and makes new words, which `show` shows; the old ones
   * open nothing any more. What the person's group says has to be here, from a peer or a file.
   * On a device of theirs it does the same; what it takes out is out for good.
   * Throws `words/…` (typed wrong), `person/words-unknown`, `person/words-retired`, `person/exists`, `person/behind`.
   * @param lost public keys of devices that nobody has any more
   */
  readonly recover: (typed: string, options?: { readonly lost?: readonly string[] } & Waiting) => Promise<DocumentId>
  /** Words that somebody may have meant, the likeliest first; five unless said. */
  readonly suggest: (typed: string, limit?: number) => Promise<readonly string[]>
}

/** What I call others. On this device only, until there are sealed groups to keep it in. */
export interface Petnames {
  readonly list: () => Live<PetnamesView>
  /** An empty name takes it away. Throws `petname/too-long`. */
  readonly set: (person: DocumentLike, name: string, options?: { readonly isVerified?: boolean }) => Promise<void>
  /** My name for somebody else that this claimed name could be taken for: then show "Not your …", and no picture. */
  readonly takenFor: (person: DocumentLike, claimed: string) => Promise<string | undefined>
}

/** Who writes here, and how people are called. */
export interface Identity {
  readonly person: () => Live<PersonView>
  /** Every key that this person let in, live. */
  readonly devices: () => Live<DevicesView>
  /** What I call a device of mine: kept on this device, shown to nobody else. An empty name takes it away. Throws `petname/too-long`. */
  readonly nameDevice: (publicKey: string, name: string) => Promise<void>
  /**
   * Takes a device out that was lost or stolen. What it wrote stays; of a stolen one what came here before the theft. Throws `person/…`.
   * @param options `stolenSince`: milliseconds since the Unix epoch; somebody may have it since then
   */
  readonly removeDevice: (
    publicKey: string,
    options?: { readonly stolenSince?: number } & Waiting,
  ) => Promise<RemovedDevice>
  /** What taking a device out would do. Signs nothing. Throws `person/…`. */
  readonly planRemoval: (
    publicKey: string,
    options?: { readonly stolenSince?: number } & Waiting,
  ) => Promise<RemovalPlan>
  readonly linking: DeviceLinking
  readonly words: RecoveryWords
  readonly petnames: Petnames
  /** Six words by which two people compare who a person is. */
  readonly fingerprint: (person: DocumentLike) => Promise<readonly string[]>
  /** How to show a person: by my name, else by theirs, else by a short one. */
  readonly nameOf: (
    person: DocumentLike,
    names?: { readonly petname?: string | undefined; readonly claimed?: string | undefined },
  ) => Promise<DisplayName>
}
