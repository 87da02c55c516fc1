import type { PublicKey } from '../../core/ids.ts'
import type { MeetingMessage, TransportKeyAnswer } from '../meeting-messages.ts'
import type { LineOptions } from './rtc-line.ts'

/** What a meeting needs of its node. */
export interface MeetingPorts extends LineOptions {
  /** By this the other side will know us. Rejects with `signer/…`. */
  readonly transportKey: () => Promise<PublicKey>
}

/** @param engine the worker of the node that keeps this database */
export const meetingPorts = (engine: Worker, database: string): MeetingPorts => {
  const say = (message: MeetingMessage, transfer: Transferable[]): void => engine.postMessage(message, transfer)
  return {
    database,
    post: (handover, transfer) => say({ handover }, transfer),
    transportKey: () =>
      new Promise((resolve, reject) => {
        const { port1, port2 } = new MessageChannel()
        port1.addEventListener('message', ({ data }: MessageEvent<TransportKeyAnswer>) => {
          if (data.ok) resolve(data.value)
          else reject(data.error)
        })
        port1.start()
        say({ tellTransportKey: port2 }, [port2])
      }),
  }
}

/** The ports of each node that is open in this page. Beside the node and not in it: only the app meets by code so far. */
const ports = new WeakMap<object, MeetingPorts>()
export const keepMeetingPorts = (node: object, own: MeetingPorts): void => void ports.set(node, own)
export const meetingPortsOf = (node: object): MeetingPorts | undefined => ports.get(node)
