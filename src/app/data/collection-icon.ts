/** Names of the pictures a collection can have; `components/collection-icon.tsx` draws them. Stored as text in `takibi_collection_v1.icon`. */
export const collectionIcons = [
  'camera',
  'box',
  'board',
  'checks',
  'hands',
  'list',
  'leaf',
  'book',
  'heart',
  'tool',
  'pin',
  'calendar',
  'people',
  'chart',
  'music',
  'pot',
] as const
export type CollectionIcon = (typeof collectionIcons)[number]
export const iconTone = {
  camera: 'leaf',
  box: 'sky',
  board: 'ember',
  checks: 'leaf',
  hands: 'iris',
  list: 'plain',
  leaf: 'leaf',
  book: 'iris',
  heart: 'berry',
  tool: 'honey',
  pin: 'sky',
  calendar: 'honey',
  people: 'sky',
  chart: 'iris',
  music: 'berry',
  pot: 'ember',
} as const satisfies Record<CollectionIcon, string>
/** An unknown name gets the plain list. */
export const readIcon = (text: string): CollectionIcon => collectionIcons.find((icon) => icon === text) ?? 'list'
