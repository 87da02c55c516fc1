import { expect, test, vi } from 'vitest'
import { portChannel } from '../../src/adapters/web/port-channel.ts'
import type { Met } from '../../src/adapters/web/rtc-handover.ts'
import type { PublicKey } from '../../src/core/ids.ts'
import type { AttachRole, Introduction, SyncHost } from '../../src/engine/sync/api.ts'
import type { LinkingSeat } from '../../src/engine/sync/linking.ts'
import { takeMeetings } from '../../src/hosts/engine/take-meetings.ts'
import type { TransportKey } from '../../src/ports/index.ts'
import { aChannel } from './ports.ts'

type Attach = SyncHost['attach']
interface Attachment {
  readonly who: AttachRole
  readonly introduction: Introduction | undefined
}

const transportKey = 'a1'.repeat(32) as PublicKey
const seat: LinkingSeat = { take: () => undefined, put: () => undefined }

/** Hands a channel to a worker whose linking has this seat, or none. */
function handed(linkingSeat: LinkingSeat | undefined, met: Met) {
  const [page, worker] = aChannel()
  const attached: Attachment[] = []
  const attach = ((...[, who, , introduction]: Parameters<Attach>) => {
    attached.push({ who, introduction })
  }) as unknown as Attach
  const scope = new EventTarget()
  // Only its messages are heard.
  takeMeetings(
    scope as Parameters<typeof takeMeetings>[0],
    { attach, linkingSeat: () => linkingSeat },
    {} as unknown as TransportKey,
  )
  const end = portChannel(page, 'webrtc')
  scope.dispatchEvent(new MessageEvent('message', { data: { handover: { port: worker } } }))
  page.postMessage({ met })
  return { attached, end }
}

test('[LD13] a channel for a linking is attached with the ceremony that waits', async () => {
  const { attached } = handed(seat, { role: 'client', transportKey, inviteSecret: null, purpose: 'linking' })
  await vi.waitFor(() => expect(attached).toHaveLength(1))
  expect(attached[0]).toEqual({ who: { role: 'client', server: transportKey }, introduction: { linking: seat } })
})

test('[LD13] a channel for a linking is closed where none waits, and never an ordinary connection', async () => {
  const { attached, end } = handed(undefined, { role: 'server', transportKey, inviteSecret: null, purpose: 'linking' })
  await end.closed
  expect(attached).toEqual([])
})

test('[LD13] a meeting takes no ceremony, also where one waits', async () => {
  const { attached } = handed(seat, { role: 'server', transportKey, inviteSecret: null })
  await vi.waitFor(() => expect(attached).toHaveLength(1))
  expect(attached[0]?.introduction).toEqual({})
})
