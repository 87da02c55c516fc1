import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react'
import type { BaseLocationHook } from 'wouter'

/** What is kept in a group, or, where none is named, alone: a document says its group itself. */
type Kept = string | { readonly id: string; readonly group?: string | undefined }

const id = encodeURIComponent
/** `me` stands where a group's id would: everything one person keeps alone. */
const mine = '/g/me'
const within = (group: string | undefined): string => (group === undefined ? mine : `/g/${id(group)}`)
const kept = (kind: 'c' | 'd', named: Kept): string =>
  typeof named === 'string' ? `#${mine}/${kind}/${id(named)}` : `#${within(named.group)}/${kind}/${id(named.id)}`

/** Every place in the app, as the hash of its address. `href={path.thing(id)}` is all a link needs. */
export const path = {
  home: () => '#/',
  welcome: () => '#/welcome',
  you: () => '#/you',
  words: () => '#/you/words',
  recover: () => '#/you/recover',
  meet: () => '#/meet',
  link: () => '#/link',
  settings: (section: SettingsSection = 'look') => `#/settings/${section}`,
  collections: (group?: string) => `#${within(group)}/c`,
  newCollection: (group?: string) => `#${within(group)}/c/new`,
  collection: (collection: Kept) => kept('c', collection),
  view: (collection: Kept, view: string) => `${kept('c', collection)}/v/${id(view)}`,
  fields: (collection: Kept) => `${kept('c', collection)}/fields`,
  add: (collection: Kept) => `${kept('c', collection)}/add`,
  thing: (document: Kept, at?: string) => `${kept('d', document)}${at === undefined ? '' : `?at=${id(at)}`}`,
  share: (collection: Kept) => `${kept('c', collection)}/share`,
  sync: () => `#${mine}/sync`,
  outgoing: () => `#${mine}/outgoing`,
  join: (link: string) => `#/join/${id(link)}`,
  node: (link: string) => `#/node/${id(link)}`,
  changes: () => `#${mine}/changes`,
  removed: () => `#${mine}/removed`,
  groups: () => '#/groups',
  newGroup: () => '#/groups/new',
  fire: (ofGroup: string) => `#/g/${id(ofGroup)}/fire`,
  people: (ofGroup: string) => `#/g/${id(ofGroup)}/people`,
  care: (ofGroup: string) => `#/g/${id(ofGroup)}/care`,
  /** The parts after `/hood` are the inspector's own. */
  hood: (...parts: readonly (string | bigint)[]) => `#${['/hood', ...parts.map((part) => id(String(part)))].join('/')}`,
} as const

export const settingsSections = ['look', 'language', 'connections', 'storage', 'files', 'about'] as const
export type SettingsSection = (typeof settingsSections)[number]

/** The patterns that `path` fills, for the route table. */
export const pattern = {
  home: '/',
  welcome: '/welcome',
  you: '/you',
  words: '/you/words',
  recover: '/you/recover',
  meet: '/meet/:code?',
  link: '/link/:code?',
  settings: '/settings/:section?',
  collections: `${mine}/c`,
  lists: '/g/:group/c',
  newCollection: '/g/:group/c/new',
  collection: '/g/:group/c/:col',
  view: '/g/:group/c/:col/v/:view',
  fields: '/g/:group/c/:col/fields',
  add: '/g/:group/c/:col/add',
  thing: '/g/:group/d/:doc',
  share: '/g/:group/c/:col/share',
  sync: `${mine}/sync`,
  outgoing: `${mine}/outgoing`,
  join: '/join/:link',
  node: '/node/:link',
  changes: `${mine}/changes`,
  removed: `${mine}/removed`,
  groups: '/groups',
  newGroup: '/groups/new',
  fire: '/g/:group/fire',
  people: '/g/:group/people',
  care: '/g/:group/care',
  hood: '/hood/*?',
} as const

const subscribe = (listener: () => void): (() => void) => {
  addEventListener('hashchange', listener)
  addEventListener('popstate', listener)
  return () => {
    removeEventListener('hashchange', listener)
    removeEventListener('popstate', listener)
  }
}
const hash = (): string => (location.hash.startsWith('#/') ? location.hash.slice(1) : '/')
const pathname = (): string => hash().split('?', 1)[0] ?? '/'
const search = (): string => hash().split('?').slice(1).join('?')

/** Goes to a `path`. `replace`: Back skips the place left. */
export const go = (to: string, options: { readonly replace?: boolean } = {}): void => {
  if (options.replace === true) {
    history.replaceState(null, '', to)
    dispatchEvent(new Event('hashchange'))
  } else location.hash = to.slice(1)
}

/** `go` for what a screen does when something it waited for is done: whoever left it meanwhile is not called back. */
export const useGo = (): typeof go => {
  const isHere = useRef(false)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])
  return useCallback((to, options) => {
    if (isHere.current) go(to, options)
  }, [])
}

/** wouter's location hook over our hashes; unlike its own, it leaves what follows `?` inside the hash. */
export const useHashLocation: BaseLocationHook = () => [
  useSyncExternalStore(subscribe, pathname),
  (to: string, options?: { readonly replace?: boolean }) => go(`#${to}`, options),
]
useHashLocation.searchHook = () => useSyncExternalStore(subscribe, search)
useHashLocation.hrefs = (href) => `#${href}`
