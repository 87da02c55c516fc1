import { linkWords } from '../../core/identity/fingerprint.ts'
import type { DocumentId, PublicKey } from '../../core/ids.ts'
import type { LinkingEffect } from '../../core/linking/ceremony.ts'
import { linkSecretBytes } from '../../core/linking/link-proof.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import { attempt } from '../attempt.ts'
import { identityChanged } from '../changes-hub.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { type LinkingSeat, createLinkingSeat } from '../sync/linking.ts'
import { watch } from '../watch.ts'
import type { Comparison, LinkingApi, LinkingHost, LinkingStart, LinkingState, LinkingTicket } from './link-api.ts'
import { admitDevice, linkingPerson, requestBy } from './link-known.ts'
import { askToBeLinked, untilAdmitted } from './link-new.ts'
import { ownPersonChange, readOwnPerson, settlePerson } from './own-person.ts'

/** A code that nobody took is no longer good after this time. */
const waitingMs = 10 * 60_000

/** One ceremony of this device, from its code to its end. */
interface Ceremony {
  readonly seat: LinkingSeat
  readonly state: () => LinkingState
  readonly compare: (comparison: Comparison) => void
  /** Says no, where it is not over yet. */
  readonly close: () => void
}

/** Linking over the parts of an engine: one ceremony at a time. */
export function createLinking(deps: EngineDeps): LinkingApi & LinkingHost {
  let ceremony: Ceremony | undefined
  const close = (): void => {
    ceremony?.close()
    ceremony = undefined
    deps.changes.announce(identityChanged)
  }
  const open = async (start: LinkingStart): Promise<Result<LinkingTicket, Failure>> => {
    const [publicKey] = await deps.keys.publicKeys()
    if (!publicKey) return fail({ code: 'signer/gone' })
    const person = start.role === 'known' ? await linkingPerson(deps, start) : await freshDevice(deps)
    if (!person.ok) return person
    close()
    const ticket = start.ticket ?? {
      shownBy: start.role,
      secret: deps.random.bytes(linkSecretBytes),
      publicKey,
    }
    ceremony = openCeremony(deps, start, ticket, person.value)
    return ok(ticket)
  }
  return {
    linkingSeat: () => (ceremony?.state().step === 'waiting' ? ceremony.seat : undefined),
    openLinking: (start, { signal }) => attempt(() => open(start), signal),
    watchLinking: (call) =>
      watch(
        deps,
        ({ identity }) => identity === true,
        async (report) => report(ok(ceremony?.state())),
        call,
      ),
    compareLinking: async (comparison) => {
      ceremony?.compare(comparison)
      return ok(undefined)
    },
    closeLinking: async () => {
      close()
      return ok(undefined)
    },
  }
}

const freshDevice = async ({ store }: EngineDeps): Promise<Result<undefined, Failure>> =>
  (await readOwnPerson(store)) === undefined ? ok(undefined) : fail({ code: 'person/exists' })

function openCeremony(
  deps: EngineDeps,
  { role, ticket: taken, withoutWords = false }: LinkingStart,
  { secret }: LinkingTicket,
  person: DocumentId | undefined,
): Ceremony {
  const end = new AbortController()
  const life = AbortSignal.any([deps.life, end.signal])
  let state: LinkingState = { step: 'waiting' }
  let comparison: Comparison | undefined
  const set = (next: LinkingState): void => {
    if (life.aborted) return
    state = next
    if (next.step === 'linked' || next.step === 'failed') end.abort()
    deps.changes.announce(identityChanged)
  }
  /** Ends the ceremony where what is to be done on this device does not succeed. */
  const run = async (task: () => Promise<Result<void, Failure>>): Promise<void> => {
    const done = await attempt(task, life)
    if (done.ok || life.aborted) return
    set({ step: 'failed', failure: done.error })
    seat.put({ on: 'decline' })
  }
  const begin = (task: () => Promise<Result<void, Failure>>): void =>
    void run(task).catch((thrown: unknown) => {
      if (life.aborted) return
      deps.log.warn('A device could not be linked', { thrown })
      set({ step: 'failed', failure: { code: 'linking/cut-off' } })
      seat.put({ on: 'decline' })
    })

  /** The known device: a request of the key that proved itself, whenever it comes. */
  const awaitRequest = async (publicKey: PublicKey): Promise<Result<void, Failure>> => {
    const look = async (): Promise<void> => {
      const request = person && (await requestBy(deps, person, publicKey))
      if (request) seat.put({ on: 'request', publicKey, request })
    }
    await watch<never>(deps, ({ authority }) => authority === true, look, { signal: life })
    return ok(undefined)
  }
  const admit = async ({ publicKey, request }: EffectOf<'admit'>): Promise<Result<void, Failure>> => {
    if (!person) return ok(undefined)
    const mayLetIn = comparison?.mayLetIn
    const whom = { person, publicKey, request, withoutWords, ...(mayLetIn !== undefined && { mayLetIn }) }
    // It is let in whole or not at all, also where the ceremony is closed meanwhile.
    const admitted = await admitDevice(deps, whom, { signal: deps.life })
    if (admitted.ok) set({ step: 'linked', person, peer: publicKey })
    return admitted
  }
  /** The new device: until it is somebody's, or is not, nobody else may write here and so become somebody. */
  const beLinked = (group: DocumentId, peer: PublicKey): Promise<Result<void, Failure>> =>
    settlePerson(
      deps,
      async () => {
        const fresh = await freshDevice(deps)
        if (!fresh.ok) return fresh
        const asked = await askToBeLinked(deps, group, life)
        if (!asked.ok) return asked
        const found = await untilAdmitted(deps, group, peer, life)
        if (!found) return ok(undefined)
        seat.put({ on: 'resolved', ...found })
        // What does not fit has ended the ceremony by now.
        if (life.aborted) return ok(undefined)
        await deps.store.commit([ownPersonChange(group)], [])
        set({ step: 'linked', person: group, peer })
        return ok(undefined)
      },
      life,
    )

  const tell = (effect: LinkingEffect, handshakeHash: Uint8Array): void => {
    switch (effect.do) {
      case 'show-words': {
        const { peer } = effect
        set({ step: 'comparing', role, words: linkWords(handshakeHash), peer, isConfirmed: false })
        if (role === 'known') begin(() => awaitRequest(peer))
        return
      }
      case 'ask':
        if (state.step === 'comparing') {
          const { peer } = state
          begin(() => beLinked(effect.group, peer))
        }
        return
      case 'admit':
        return begin(() => admit(effect))
      case 'fail':
        return set({ step: 'failed', failure: effect.failure })
      case 'say-hello':
      case 'say-proof':
      case 'linked':
      case 'destroy-key':
    }
  }
  const about = { role, secret, ...(taken && { expected: taken.publicKey }), ...(person && { person }) }
  const seat = createLinkingSeat(deps.clock, about, tell, life)
  const endWaiting = async (): Promise<void> => {
    await deps.clock.sleep(waitingMs, life)
    if (state.step === 'waiting') set({ step: 'failed', failure: { code: 'linking/late' } })
  }
  // Rejects where it is over before.
  endWaiting().catch(() => undefined)

  return {
    seat,
    state: () => state,
    compare: (said) => {
      if (state.step !== 'comparing') return
      comparison = said
      if (said.areEqual && role === 'known') set({ ...state, isConfirmed: true })
      seat.put({ on: 'words', areEqual: said.areEqual })
    },
    close: () => {
      seat.put({ on: 'decline' })
      end.abort()
    },
  }
}

type EffectOf<D extends LinkingEffect['do']> = Extract<LinkingEffect, { readonly do: D }>
