import { assert } from '../core/assert.ts'
import type { Result } from '../core/result.ts'
import { type CodeFailure, knownDeviceCodes, meetingCodes, newDeviceCodes } from '../hosts/page/code-kind.ts'
import { type Meet, startMeet } from '../hosts/page/meet.ts'
import { passCodeOn } from '../hosts/page/meet-tabs.ts'
import { type MeetingPorts, meetingPortsOf } from '../hosts/page/meeting-ports.ts'
import type { TakibiNode } from './takibi-node.ts'

/**
 * Meeting by code, for the app: two devices connect directly by what they show each other. A file of its own, so that its code is loaded
 * only where somebody meets.
 */
export type { Meet, MeetState, ShownCode } from '../hosts/page/meet.ts'

/** How a node meets others. */
export interface Meetings {
  /** Begins a meeting; ask for the camera before. What is met goes to the engine, which syncs with it. */
  readonly begin: () => Meet
  /** Passes a code to the tab of this node that has a meeting. Resolves with what that tab says of it, or `undefined` when there is none. */
  readonly passOn: (code: string) => Promise<Result<undefined, CodeFailure> | undefined>
}

const portsOf = (node: TakibiNode): MeetingPorts => {
  const ports = meetingPortsOf(node)
  assert(ports, 'a node that a page opened can meet others')
  return ports
}

/** @param node opened in this page by `openNode` */
export function meetingsOf(node: TakibiNode): Meetings {
  const ports = portsOf(node)
  return {
    begin: () => startMeet({ ...ports, codes: meetingCodes(null) }),
    passOn: (code) => passCodeOn(ports.database, 'meet', code),
  }
}

/** How this device is linked with another of its person: by codes as in a meeting, then by what `node.identity.linking` tells. */
export interface DeviceMeetings {
  /** On a device that is nobody's yet. */
  readonly beginNew: () => Meet
  /** On one of the person's devices. @param withoutWords as in `LinkingStart` */
  readonly beginKnown: (withoutWords: boolean) => Meet
  /** As in `Meetings`. */
  readonly passOn: Meetings['passOn']
}

/** @param node opened in this page by `openNode` */
export function deviceMeetingsOf(node: TakibiNode): DeviceMeetings {
  const ports = portsOf(node)
  const { linking } = node.identity
  return {
    beginNew: () => startMeet({ ...ports, codes: newDeviceCodes(() => linking.open({ role: 'new' })) }),
    beginKnown: (withoutWords) =>
      startMeet({
        ...ports,
        codes: knownDeviceCodes((ticket) => linking.open({ role: 'known', ticket, withoutWords })),
      }),
    passOn: (code) => passCodeOn(ports.database, 'link', code),
  }
}
