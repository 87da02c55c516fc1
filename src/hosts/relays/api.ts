import type { SchemaId } from '../../core/ids.ts'
import type { MeetingRoom } from '../../core/meeting/room.ts'
import type { Result } from '../../core/result.ts'
import type { Call } from '../../engine/api.ts'
import type { Failure } from '../../engine/failure.ts'

/** What a person chose about meeting others through relays. Nothing is contacted while either list is empty. */
export interface RelaysState {
  /** Nostr relays (`wss://…`) and STUN servers (`stun:…`), in the order they were added. */
  readonly servers: readonly string[]
  /** What is shared, by the first version of its schema, and looks for others there. */
  readonly on: readonly SchemaId[]
  /** Whether others are looked for now: by this tab, or by another of this device. */
  readonly isLooking: boolean
  /** Relays that there is a line to now. */
  readonly reached: readonly string[]
}

/** Where this tab is to look for others now. Empty rooms: nowhere. */
export interface Rooms {
  readonly rooms: readonly MeetingRoom[]
  readonly relays: readonly string[]
  readonly stun: readonly string[]
}

type Answer<T> = Promise<Result<T, Failure>>

/** Meeting through relays, as a host offers it. Off until a person names a server and switches a shared collection on. */
export interface RelaysApi {
  /** Fails with `dial/unsupported`: neither a relay's address nor a STUN server's, or this host meets nobody there. */
  readonly addServer: (address: string) => Answer<void>
  readonly removeServer: (address: string) => Answer<void>
  /** Fails with `schema/unknown` where nothing is shared whose first version has this id. */
  readonly meetThroughRelays: (schemaId: SchemaId, isOn: boolean) => Answer<void>
  /** Reports now and after every change, until the signal says stop. */
  readonly watchRelays: (call: Call<Result<RelaysState, Failure>>) => Promise<void>
}

/** For the page beside the engine, which alone may make connections. */
export interface RoomsApi {
  readonly watchRooms: (call: Call<Rooms>) => Promise<void>
  /** Which relays the page has a line to now. */
  readonly tellReached: (relays: readonly string[]) => Promise<void>
}
