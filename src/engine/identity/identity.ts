import { keySubject } from '../../core/authority/entry.ts'
import { shortId } from '../../core/identity/short-id.ts'
import type { DocumentId, PublicKey } from '../../core/ids.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import { attempt } from '../attempt.ts'
import { type Changed, identityChanged } from '../changes-hub.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { watch } from '../watch.ts'
import type { IdentityApi, PersonState } from './api.ts'
import { writeDeviceName } from './device-names.ts'
import { devicesOf } from './devices.ts'
import { ownPerson, readOwnPerson } from './own-person.ts'
import { lookUpWords, recoverPerson } from './recover-person.ts'
import { planRemoval, removeDevice } from './remove-device.ts'
import { readPetnames, writePetname } from './petnames.ts'

export { ownPerson }

/** What a person and their devices hang on. */
const isAboutPerson = ({ identity, authority }: Changed): boolean => identity === true || authority === true

/** Who writes here, over the parts of an engine. */
export function createIdentity(deps: EngineDeps): IdentityApi {
  const { store, paper, changes } = deps

  const personNow = async (): Promise<PersonState | undefined> => {
    // Without its signer a device still knows whose it is.
    const [id, words] = await Promise.all([readOwnPerson(store), paper?.publicKey().catch(() => undefined)])
    return id && { id, shortId: shortId(id), hasWords: words !== undefined && (await stillCounts(id, words)) }
  }
  /** Of a person that no authority has judged yet nobody has renewed words. */
  const stillCounts = async (person: DocumentId, words: PublicKey): Promise<boolean> => {
    const { members } = (await deps.authority.authority()).group(person)
    return members.length === 0 || members.includes(keySubject(words))
  }
  const recoveryWords = async (signal: AbortSignal): Promise<Result<readonly string[], Failure>> => {
    const person = await ownPerson(deps, signal)
    if (!person.ok) return person
    return paper ? ok(await paper.words()) : fail({ code: 'signer/no-words' })
  }

  return {
    watchPerson: (call) => watch(deps, isAboutPerson, async (report) => report(ok(await personNow())), call),
    recoveryWords: ({ signal }) => attempt(() => recoveryWords(signal), signal),
    confirmWords: (typed) =>
      attempt(async () => {
        if (!paper) return fail({ code: 'signer/no-words' })
        const isRight = await paper.confirm(typed)
        if (isRight) changes.announce(identityChanged)
        return ok(isRight)
      }),
    watchDevices: (call) =>
      watch(
        deps,
        isAboutPerson,
        async (report) => {
          const person = await readOwnPerson(store)
          report(ok(person ? await devicesOf(deps, person) : []))
        },
        call,
      ),
    nameDevice: (publicKey, name) =>
      attempt(async () => {
        const written = await writeDeviceName(store, publicKey, name)
        if (written.ok) changes.announce(identityChanged)
        return written
      }),
    planRemoval: (removal, { signal }) => attempt(() => planRemoval(deps, removal, { signal }), signal),
    removeDevice: (removal, { signal }) =>
      attempt(async () => {
        const removed = await removeDevice(deps, removal, { signal })
        if (removed.ok) changes.announce(identityChanged)
        return removed
      }, signal),
    lookUpWords: (words, { signal }) => attempt(() => lookUpWords(deps, words, { signal }), signal),
    recover: (recovery, { signal }) =>
      attempt(async () => {
        const person = await recoverPerson(deps, recovery, { signal })
        changes.announce(identityChanged)
        return person
      }, signal),
    watchPetnames: (call) =>
      watch(
        deps,
        ({ identity }) => identity === true,
        async (report) => report(ok(await readPetnames(store))),
        call,
      ),
    setPetname: (petname) =>
      attempt(async () => {
        const written = await writePetname(store, petname)
        if (written.ok) changes.announce(identityChanged)
        return written
      }),
  }
}
