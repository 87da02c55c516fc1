import { type TakenOver, takeOver } from '../../adapters/web/rtc-handover.ts'
import { fail, ok } from '../../core/result.ts'
import type { Failure } from '../../engine/failure.ts'
import type { SyncHost } from '../../engine/sync/api.ts'
import type { TransportKey } from '../../ports/index.ts'
import type { MeetingMessage, TransportKeyAnswer } from '../meeting-messages.ts'

/** Attaches the channels that the page hands over to the engine, each once the page knows whom it leads to. */
export function takeMeetings(worker: DedicatedWorkerGlobalScope, host: SyncHost, transportKey: TransportKey): void {
  worker.addEventListener('message', ({ data }: MessageEvent<MeetingMessage>) => {
    if ('handover' in data) void attach(takeOver(data.handover), host, transportKey)
    if ('tellTransportKey' in data) void tell(data.tellTransportKey, transportKey)
  })
}

async function attach({ channel, met }: TakenOver, host: SyncHost, transportKey: TransportKey): Promise<void> {
  const other = await met
  if (!other) return
  const { role, transportKey: key } = other
  host.attach(channel, role === 'client' ? { role, server: key } : { role, client: key }, transportKey)
}

async function tell(port: MessagePort, transportKey: TransportKey): Promise<void> {
  // Ports reject with plain failures.
  const answer: TransportKeyAnswer = await transportKey.publicKey().then(ok, (thrown) => fail(thrown as Failure))
  port.postMessage(answer)
  port.close()
}
