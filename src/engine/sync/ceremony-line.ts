import type { Side } from '../../core/hello-claim.ts'
import type { PublicKey } from '../../core/ids.ts'
import type { LinkingEffect, LinkingInput } from '../../core/linking/ceremony.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import type { Message } from '../../sync/messages.ts'
import type { Failure } from '../failure.ts'
import type { LinkingSeat } from './linking.ts'

/** A ceremony as one connection sees it: what is heard goes in, what is to be said goes out in order. */
export interface Ceremony {
  /** Takes the seat, and says what the dialling side says first. */
  readonly begin: () => Promise<void>
  readonly hear: (heard: Extract<LinkingInput, { readonly on: 'hello' | 'proof' }>) => Promise<Result<void, Failure>>
  /** Both sides proved that they saw the screen. */
  readonly isProved: () => boolean
  readonly end: () => void
}

export interface CeremonyLine {
  readonly side: Side
  readonly handshakeHash: Uint8Array
  readonly ownKey: () => Promise<PublicKey | undefined>
  readonly sayHello: () => Promise<void>
  readonly say: (message: Message) => void
  readonly stop: (why: Failure) => void
}

export function createCeremony(seat: LinkingSeat, line: CeremonyLine): Ceremony {
  const { side, handshakeHash } = line
  let put: ((heard: LinkingInput) => void) | undefined
  let isProved = false
  let failure: Failure | undefined
  /** Effects that are due, since signing a Hello takes a moment. */
  const due: Extract<LinkingEffect, { readonly do: 'say-hello' | 'say-proof' }>[] = []

  const perform = (effect: LinkingEffect): void => {
    if (effect.do === 'show-words') isProved = true
    if (effect.do === 'say-hello' || effect.do === 'say-proof') due.push(effect)
    if (effect.do !== 'fail') return
    failure = effect.failure
    line.stop(failure)
  }
  const sayWhatIsDue = async (): Promise<Result<void, Failure>> => {
    for (const effect of due.splice(0)) {
      if (effect.do === 'say-hello') await line.sayHello()
      else line.say({ type: 'LinkProof', mac: effect.mac, ...(effect.group ? { group: effect.group } : {}) })
    }
    return failure ? fail(failure) : ok(undefined)
  }
  return {
    begin: async () => {
      const ownKey = await line.ownKey()
      put = ownKey && seat.take({ side, handshakeHash, ownKey, perform })
      // Somebody else came first, and may be the one who should not.
      if (!put) line.stop({ code: 'sync/too-many', what: 'connections', limit: 1 })
      await sayWhatIsDue()
    },
    hear: (heard) => {
      put?.(heard)
      return sayWhatIsDue()
    },
    isProved: () => isProved,
    end: () => put?.({ on: 'end' }),
  }
}
