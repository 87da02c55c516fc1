import { type EnteredRoom, meetingPlace } from '../../adapters/web/relays/meeting-place.ts'
import { webClock } from '../../adapters/web/web-clock.ts'
import type { PublicKey } from '../../core/ids.ts'
import type { MeetingRoom } from '../../core/meeting/room.ts'
import { parsePublicKey } from '../../core/parse-ids.ts'
import type { EngineApi } from '../../engine/api.ts'
import type { Rooms, RoomsApi } from '../relays/api.ts'
import { type GuestLine, guestLine } from './guest-line.ts'
import type { MeetingPorts } from './meeting-ports.ts'

/** The rooms that this page is in, through one set of servers. */
export interface OpenRooms {
  /** Enters and leaves, so that it is in these and in no others. */
  readonly be: (rooms: readonly MeetingRoom[]) => void
  /** Leaves all rooms and ends the lines to all relays. Connections that came about there end too. */
  readonly close: () => void
}

/** A room has only so many guests at once, whoever they are. */
const maxGuests = 32

/**
 * Looks for others in rooms, and hands the channels to those who are found to the engine. A file of its own, so that trystero is loaded only
 * where somebody switched this on.
 *
 * @param own transport key of this device
 * @param api asked who the engine is connected with, so that nobody is connected with twice; told which relays are reached
 */
export function openRooms(
  { post }: MeetingPorts,
  own: PublicKey,
  { peers, tellReached }: Pick<EngineApi, 'peers'> & Pick<RoomsApi, 'tellReached'>,
  { relays, stun }: Pick<Rooms, 'relays' | 'stun'>,
): OpenRooms {
  const place = meetingPlace({
    relays,
    stun,
    connect: (relay) => new WebSocket(relay),
    clock: webClock,
    // An engine that is gone shows nothing any more.
    onReached: (reached) => void tellReached(reached).catch(() => undefined),
  })
  const entered = new Map<string, EnteredRoom>()
  const taken = new Set<PublicKey>()
  const isTaken = async (key: PublicKey): Promise<boolean> => {
    const known = await peers()
    return (
      taken.has(key) ||
      (known.ok && known.value.some(({ transportKey, state }) => transportKey === key && state !== 'closed'))
    )
  }
  const take = (key: PublicKey): (() => void) => {
    taken.add(key)
    return () => void taken.delete(key)
  }

  const enter = (wanted: MeetingRoom): EnteredRoom => {
    const lines = new Map<string, GuestLine>()
    const room = place.enter(wanted, {
      greeting: own,
      onFound: (guest) => {
        const key = typeof guest.greeting === 'string' ? parsePublicKey(guest.greeting) : undefined
        if (!key?.ok || key.value === own || lines.size >= maxGuests) return
        const line = guestLine({
          guest,
          transportKey: key.value,
          post,
          say: (word) => room.say(guest.id, word),
          isTaken: () => isTaken(key.value),
          take: () => take(key.value),
          clock: webClock,
        })
        lines.set(guest.id, line)
      },
      onLost: (id) => {
        lines.get(id)?.end()
        lines.delete(id)
      },
      onWord: (id, word) => lines.get(id)?.hear(word),
    })
    const leave = (): void => {
      for (const line of lines.values()) line.end()
      lines.clear()
      room.leave()
    }
    return { ...room, leave }
  }
  const be = (rooms: readonly MeetingRoom[]): void => {
    for (const [name, room] of entered)
      if (!rooms.some((wanted) => wanted.name === name)) {
        room.leave()
        entered.delete(name)
      }
    for (const room of rooms) if (!entered.has(room.name)) entered.set(room.name, enter(room))
  }
  return {
    be,
    close: () => {
      be([])
      place.close()
    },
  }
}
