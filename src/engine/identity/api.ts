import type { DocumentId, Hash, LogId, PublicKey, SeqNum } from '../../core/ids.ts'
import type { Result } from '../../core/result.ts'
import type { Call } from '../api.ts'
import type { Failure } from '../failure.ts'

/** Whose device this is, as far as this device knows. */
export interface PersonState {
  /** The person's key group. */
  readonly id: DocumentId
  /** For a person whom nobody named. */
  readonly shortId: string
  /** This device holds the recovery words that count: nobody showed to have them on paper, and they were not renewed elsewhere. */
  readonly hasWords: boolean
}

/** A key that a person let in. */
export interface Device {
  readonly publicKey: PublicKey
  /** This very device. */
  readonly isOwn: boolean
  /** No device but recovery words: those that founded the person, those that this device holds, or, once they were renewed, what stands above all devices. */
  readonly isPaper: boolean
  /** What the person calls it on this device; nobody else sees it. */
  readonly name?: string
  /** How far from the founder, where it may let devices in: who has less can take out who has more for good. Absent: it may not. */
  readonly level?: number
}

/** What I call somebody. */
export interface Petname {
  readonly person: DocumentId
  readonly name: string
  /** I compared their words with them, or scanned them. */
  readonly isVerified: boolean
}

/** Which device is to be taken out, and how. */
export interface Removal {
  readonly publicKey: PublicKey
  /**
   * Milliseconds since the Unix epoch: somebody may have it since then, and what came here later is not kept. Absent: it is lost, and nobody has it.
   */
  readonly stolenSince?: number
}

/** What a person brings to a device that is to be one of theirs. */
export interface Recovery {
  /** The recovery words as they were typed. */
  readonly words: string
  /** Devices that nobody has any more. */
  readonly lost: readonly PublicKey[]
  /** The heads of the paper key's logs as others have them; empty where nobody could be asked and the person wants to go on. */
  readonly elsewhere: readonly { readonly logId: LogId; readonly seqNum: SeqNum; readonly hash: Hash }[]
}

/** What a removal did. */
export interface RemovedDevice {
  /** Logs of the device of which something stays. */
  readonly keptLogs: number
  /** `false`: it stands above this device, so whoever holds it could undo this. The recovery words make it final. */
  readonly isFinal: boolean
}

/** What a removal would do, before anything is signed. */
export interface RemovalPlan extends RemovedDevice {
  /** Entries of the device that are here and would not count any more, because they came too late. */
  readonly leftOut: number
  /** Keys that the device let in. `stays`: they are let in after the removal, too. */
  readonly letIn: readonly { readonly publicKey: PublicKey; readonly stays: boolean }[]
}

/** Whose recovery words somebody typed, before anything is signed. */
export interface WordsOwner {
  readonly person: DocumentId
  readonly shortId: string
  /** Those that are here, without paper keys. */
  readonly devices: readonly Device[]
  /** This device is one of theirs already: the words take lost devices out for good, and are renewed. */
  readonly isOwn: boolean
}

type Answer<T> = Promise<Result<T, Failure>>

/** Who writes here, and what they call others. Petnames are local notes: nobody else sees them. */
export interface IdentityApi {
  /** Reports now and after every change, until the signal says stop. `undefined`: nobody wrote here yet. */
  readonly watchPerson: (call: Call<Result<PersonState | undefined, Failure>>) => Promise<void>
  /** The recovery words, while this device holds them: `signer/no-words` after. Makes the person where there is none yet. */
  readonly recoveryWords: (call: Call) => Answer<readonly string[]>
  /** Whether these are the words at `confirmedPlaces`. If all are, this device holds them no longer. */
  readonly confirmWords: (typed: readonly string[]) => Answer<boolean>
  /** The devices of this person; none before anything was written here. */
  readonly watchDevices: (call: Call<Result<readonly Device[], Failure>>) => Promise<void>
  /** What a device of this person is called here. An empty name takes it away. Fails with `petname/too-long`. */
  readonly nameDevice: (publicKey: PublicKey, name: string) => Answer<void>
  /** What taking a device out would do. Signs nothing. Fails with `person/…`. */
  readonly planRemoval: (removal: Removal, call: Call) => Answer<RemovalPlan>
  /** Takes a lost or stolen device out. Fails with `person/…`. */
  readonly removeDevice: (removal: Removal, call: Call) => Answer<RemovedDevice>
  /** Whose recovery words these are. Signs nothing, keeps nothing. Fails with `words/…` or `person/…`. */
  readonly lookUpWords: (words: string, call: Call) => Answer<WordsOwner>
  /** Makes this device one of the person whose recovery words these are, and renews the words. Fails with `words/…` or `person/…`. */
  readonly recover: (recovery: Recovery, call: Call) => Answer<DocumentId>
  readonly watchPetnames: (call: Call<Result<readonly Petname[], Failure>>) => Promise<void>
  /** An empty name takes it away. Fails with `petname/too-long`. */
  readonly setPetname: (petname: Petname) => Answer<void>
}
