import { type TakenOver, takeOver } from '../../adapters/web/rtc-handover.ts'
import { fail, ok } from '../../core/result.ts'
import type { Failure } from '../../engine/failure.ts'
import type { LinkingHost } from '../../engine/identity/link-api.ts'
import type { Introduction, SyncHost } from '../../engine/sync/api.ts'
import type { TransportKey } from '../../ports/index.ts'
import type { MeetingMessage, TransportKeyAnswer } from '../meeting-messages.ts'

/** What channels are attached to. */
type Host = Pick<SyncHost, 'attach'> & LinkingHost

/** Attaches the channels that the page hands over to the engine, each once the page knows whom it leads to. */
export function takeMeetings(worker: DedicatedWorkerGlobalScope, host: Host, transportKey: TransportKey): void {
  worker.addEventListener('message', ({ data }: MessageEvent<MeetingMessage>) => {
    if ('handover' in data) void attach(takeOver(data.handover), host, transportKey)
    if ('tellTransportKey' in data) void tell(data.tellTransportKey, transportKey)
  })
}

async function attach({ channel, met }: TakenOver, host: Host, transportKey: TransportKey): Promise<void> {
  const other = await met
  if (!other) return
  const { role, transportKey: key, purpose } = other
  const linking = purpose === 'linking' ? host.linkingSeat() : undefined
  // Without its ceremony it would be an ordinary connection, on which everything is shared at once.
  if (purpose === 'linking' && !linking) return channel.close()
  const introduction: Introduction = linking ? { linking } : {}
  host.attach(channel, role === 'client' ? { role, server: key } : { role, client: key }, transportKey, introduction)
}

async function tell(port: MessagePort, transportKey: TransportKey): Promise<void> {
  // Ports reject with plain failures.
  const answer: TransportKeyAnswer = await transportKey.publicKey().then(ok, (thrown) => fail(thrown as Failure))
  port.postMessage(answer)
  port.close()
}
