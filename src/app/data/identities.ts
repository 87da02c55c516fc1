import { deleteNode } from '../../sdk/index.ts'
import {
  type Identity,
  listPlace,
  mine,
  placeIn,
  readIdentities,
  tabPlace,
  useIdentities,
} from '../state/identities.ts'
import { groupTones } from './group-card.ts'

/** More could not be told apart by their colour. */
export const mostIdentities = groupTones.length

/** Those that one can be. */
export const livingOf = (all: readonly Identity[]): readonly Identity[] => all.filter(({ isGone }) => isGone !== true)

/** @param step from what is kept now: another tab may have changed it */
const change = (step: (all: readonly Identity[]) => readonly Identity[], last?: string): void => {
  const kept = readIdentities()
  const next = { all: step(kept.all), last: last ?? kept.last }
  localStorage.setItem(listPlace, JSON.stringify(next))
  useIdentities.setState(next)
}

const isSame = (a: Identity, b: Identity): boolean =>
  (['tone', 'face', 'called', 'isNew', 'isGone'] as const).every((key) => a[key] === b[key])

/** Notes what the others see of one of them in the list. */
export const noteIdentity = (identity: Identity): void => {
  const known = readIdentities().all.find(({ name }) => name === identity.name)
  if (known !== undefined && !isSame(known, identity))
    change((all) => all.map((one) => (one.name === identity.name ? identity : one)))
}

/** Notes that this tab is used: links from outside are opened by who was used last. */
export const noteUse = (): void => {
  if (readIdentities().last !== mine.name) change((all) => all, mine.name)
}

/**
 * This tab becomes another identity. The page is loaded again: nothing of who one was stays in it.
 * @param place the address to go to, after its `#`; absent: the one that is open
 */
export const switchTo = (name: string, place?: string): void => {
  change((all) => all, name)
  sessionStorage.setItem(tabPlace, name)
  if (place !== undefined) history.replaceState(null, '', `#${place}`)
  location.reload()
}

/** Begins another identity, and becomes it. @param called what its person calls themselves; may be empty. @param own this one, as it is shown */
export const beginIdentity = (called: string, own: Identity): void => {
  noteIdentity(own)
  const { all } = readIdentities()
  const name = `takibi-${crypto.randomUUID()}`
  const tone = groupTones.find((one) => !all.some((other) => other.tone === one)) ?? groupTones[0]
  change(() => [
    // Until now there was no list that could have been noted in.
    ...all.map((one) => (one.name === own.name ? own : one)),
    { name, tone, ...(called !== '' && { called }), isNew: true },
  ])
  switchTo(name, '/you')
}

const removedPlace = 'takibi/removed'

/** Removes who this tab is: it becomes another one, and what is left is deleted. @param called what this one is called */
export const removeOwn = (called: string): void => {
  const next = livingOf(readIdentities().all).find(({ name }) => name !== mine.name)
  if (next === undefined) return
  change((all) => all.map((one) => (one.name === mine.name ? { ...one, isGone: true } : one)))
  sessionStorage.setItem(removedPlace, called)
  switchTo(next.name, '/you')
}

/** What was called the one that this tab removed just now; says it once. */
export const justRemoved = (): string | undefined => {
  const called = sessionStorage.getItem(removedPlace) ?? undefined
  sessionStorage.removeItem(removedPlace)
  return called
}

/** What the page kept for an identity beside its node. */
const forgetPlaces = (name: string): void => {
  const below = placeIn(name, '')
  const isOwn = (key: string): boolean =>
    below === 'takibi/' ? /^takibi\/(draft\/|followed$)/.test(key) : key.startsWith(below)
  for (const key of Object.keys(localStorage).filter(isOwn)) localStorage.removeItem(key)
}

let isDeleting = false
/** Deletes what is left of those that were removed. */
export const deleteGone = async (): Promise<void> => {
  if (isDeleting) return
  isDeleting = true
  try {
    for (const { name } of readIdentities().all.filter(({ isGone }) => isGone === true)) {
      await deleteNode(name)
      forgetPlaces(name)
      change((all) => all.filter((one) => one.name !== name))
    }
  } finally {
    isDeleting = false
  }
}
