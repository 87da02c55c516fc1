import { create } from 'zustand'

/** Who one may be in this browser, as the switcher shows it without opening the node. */
export interface Identity {
  /** Of the node. Says nothing, and goes nowhere. */
  readonly name: string
  /** Its colour, a tone of the app. */
  readonly tone: string
  /** What its panda is drawn from; absent until it was open once. */
  readonly face?: string
  /** What its person calls themselves. */
  readonly called?: string
  /** It was begun, and nobody wrote as it yet: there is no person who could be called something. */
  readonly isNew?: boolean
  /** It was removed: what is left of it is being deleted. */
  readonly isGone?: boolean
}

interface Kept {
  readonly all: readonly Identity[]
  /** The one that was used last. */
  readonly last: string
}

/** The one that everybody has. */
const first = 'takibi'
export const listPlace = 'takibi/identities'
export const tabPlace = 'takibi/identity'

export const readIdentities = (): Kept => {
  try {
    const kept = JSON.parse(localStorage.getItem(listPlace)!) as Kept
    if (kept.all.length > 0) return kept
  } catch {
    // Nobody began another one, or this browser keeps nothing.
  }
  return { all: [{ name: first, tone: 'leaf' }], last: first }
}

/** A tab stays who it is, also when it is loaded again; a new one is who was used last. */
const ofThisTab = ({ all, last }: Kept): Identity => {
  const here = all.filter(({ isGone }) => !isGone)
  const find = (wanted: string | null) => here.find(({ name }) => name === wanted)
  try {
    const found = find(sessionStorage.getItem(tabPlace)) ?? find(last) ?? here[0]
    sessionStorage.setItem(tabPlace, found!.name)
    return found!
  } catch {
    return here[0]!
  }
}

const kept = readIdentities()
/** Who this tab is: for as long as its page is open. */
export const mine = ofThisTab(kept)
export const useIdentities = create<Kept>()(() => kept)
/** Whether one may be somebody else here, or just removed somebody whom the page has yet to delete. */
export const useHasOthers = (): boolean => useIdentities(({ all }) => all.length > 1)

/** Where the page keeps something for this identity alone, in localStorage. */
export const placeIn = (name: string, key: string): string =>
  name === first ? `takibi/${key}` : `takibi/of/${name}/${key}`
export const placeOf = (key: string): string => placeIn(mine.name, key)

/** Follows what other tabs do. One whose identity is removed becomes another one. */
export const followIdentities = (): void =>
  addEventListener('storage', () => {
    const now = readIdentities()
    useIdentities.setState(now)
    if (!now.all.some(({ name, isGone }) => name === mine.name && !isGone)) location.reload()
  })
