import { confirmedPlaces } from '../core/identity/confirmed-places.ts'
import type { DocumentId } from '../core/ids.ts'
import type { Device, IdentityApi, PersonState, Petname } from '../engine/identity/api.ts'
import type { LinkingApi, LinkingState } from '../engine/identity/link-api.ts'
import type { DevicesView, Identity, LinkingView, PersonView, PetnamesView } from './identity-types.ts'
import { liveView } from './live.ts'
import { toDocumentId, toPublicKey } from './parse.ts'
import { answerOf } from './unwrap.ts'

const never = new AbortController().signal

const noPerson: PersonView = { status: 'loading', person: undefined }
const noPetnames: PetnamesView = { status: 'loading', petnames: new Map() }

/** The person behind an engine. The list of words and what names look like are loaded when they are asked for. */
export function identityOf(api: IdentityApi & LinkingApi): Identity {
  const person = liveView<PersonState | undefined, PersonView>({
    initial: noPerson,
    watch: api.watchPerson,
    next: (state) => ({ status: 'ready', person: state }),
  })
  const devices = liveView<readonly Device[], DevicesView>({
    initial: { status: 'loading', devices: [] },
    watch: api.watchDevices,
    next: (list) => ({ status: 'ready', devices: list }),
  })
  const petnames = liveView<readonly Petname[], PetnamesView>({
    initial: noPetnames,
    watch: api.watchPetnames,
    next: (list) => ({ status: 'ready', petnames: new Map(list.map((petname) => [petname.person, petname])) }),
  })
  const linking = liveView<LinkingState | undefined, LinkingView>({
    initial: { status: 'loading', linking: undefined },
    watch: api.watchLinking,
    next: (state) => ({ status: 'ready', linking: state }),
  })
  const namesByPerson = async (): Promise<ReadonlyMap<DocumentId, string>> => {
    const view = await petnames.once()
    return new Map([...view.petnames].map(([id, { name }]) => [id, name]))
  }
  return {
    person: () => person,
    devices: () => devices,
    nameDevice: async (publicKey, name) => answerOf(api.nameDevice(toPublicKey(publicKey), name)),
    removeDevice: async (publicKey, { stolenSince, signal = never } = {}) => {
      const since = stolenSince === undefined ? {} : { stolenSince }
      return answerOf(api.removeDevice({ publicKey: toPublicKey(publicKey), ...since }, { signal }))
    },
    planRemoval: async (publicKey, { stolenSince, signal = never } = {}) => {
      const since = stolenSince === undefined ? {} : { stolenSince }
      return answerOf(api.planRemoval({ publicKey: toPublicKey(publicKey), ...since }, { signal }))
    },
    linking: {
      open: async (start, { signal = never } = {}) => answerOf(api.openLinking(start, { signal })),
      watch: () => linking,
      compare: async (comparison) => answerOf(api.compareLinking(comparison)),
      close: async () => answerOf(api.closeLinking()),
    },
    words: {
      show: async ({ signal = never } = {}) => answerOf(api.recoveryWords({ signal })),
      places: confirmedPlaces,
      confirm: async (typed) => answerOf(api.confirmWords(typed)),
      lookUp: async (typed, { signal = never } = {}) => answerOf(api.lookUpWords(typed, { signal })),
      recover: async (typed, { lost = [], signal = never } = {}) =>
        answerOf(api.recover({ words: typed, lost: lost.map(toPublicKey), elsewhere: [] }, { signal })),
      suggest: async (typed, limit = 5) => {
        const { suggestWords } = await import('../core/identity/recovery-words.ts')
        return suggestWords(typed, limit)
      },
    },
    petnames: {
      list: () => petnames,
      set: async (one, name, { isVerified = false } = {}) =>
        answerOf(api.setPetname({ person: toDocumentId(one), name, isVerified })),
      takenFor: async (one, claimed) => {
        const [names, { takenFor }] = await Promise.all([namesByPerson(), import('../core/identity/taken-for.ts')])
        const id = toDocumentId(one)
        return takenFor({ person: id, claimed, petname: names.get(id) }, names)
      },
    },
    fingerprint: async (one) => {
      const { fingerprintWords } = await import('../core/identity/fingerprint.ts')
      return fingerprintWords(toDocumentId(one))
    },
    nameOf: async (one, names = {}) => {
      const { displayName } = await import('../core/identity/display-name.ts')
      return displayName({ person: toDocumentId(one), ...names })
    },
  }
}
