import { webLog } from '../../adapters/web/web-log.ts'
import type { EngineApi } from '../../engine/api.ts'
import type { Rooms, RoomsApi } from '../relays/api.ts'
import type { MeetingPorts } from './meeting-ports.ts'
import type { OpenRooms } from './rooms.ts'

const serversOf = ({ relays, stun }: Rooms): string => JSON.stringify([relays, stun])

/** Goes to the rooms that the engine names, as long as it names some; what that takes is loaded then, and not before. */
export function followRooms(api: RoomsApi & Pick<EngineApi, 'peers'>, ports: MeetingPorts, signal: AbortSignal): void {
  let opened: (OpenRooms & { readonly servers: string }) | undefined
  const close = (): void => {
    opened?.close()
    opened = undefined
  }
  const go = async (to: Rooms): Promise<void> => {
    if (to.rooms.length === 0 || opened?.servers !== serversOf(to)) close()
    if (to.rooms.length === 0 || signal.aborted) return
    if (!opened) {
      const [{ openRooms }, own] = await Promise.all([import('./rooms.ts'), ports.transportKey()])
      signal.throwIfAborted()
      opened = { ...openRooms(ports, own, api, to), servers: serversOf(to) }
    }
    opened.be(to.rooms)
  }
  let last = Promise.resolve()
  const report = (rooms: Rooms): void => {
    last = last
      .then(() => go(rooms))
      .catch((thrown: unknown) => signal.aborted || webLog.warn('Nobody is looked for through relays', { thrown }))
      .then(() => undefined)
  }
  // The engine may be gone, and with it everybody who was found.
  api.watchRooms({ signal, report }).then(close, close)
}
