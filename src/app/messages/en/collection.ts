import type { Format } from '../format.ts'
import type { ViewKind } from '../../data/view-config.ts'

const kinds: Readonly<Record<Exclude<ViewKind, 'form'>, string>> = {
  cards: 'Cards',
  table: 'Table',
  board: 'Board',
  checklist: 'Checklist',
}

/** A collection in its views. */
export const collection = (format: Format) => ({
  title: 'Collection',
  count: (count: number, one: string, many: string) =>
    count === 0 ? `No ${many} yet` : `${format.number(count)} ${count === 1 ? one : many}`,
  found: (count: number) => format.plural(count, { one: 'One found', other: '{n} found', zero: 'Nothing found' }),
  grouped: (label: string) => `Grouped by ${label}. Drag, or press M on a card to move it.`,
  views: 'Views',
  add: (one: string) => `Add ${one}`,
  addShort: 'Add',
  more: 'More',
  fields: 'Change fields',
  copy: 'Copy to a group',
  removeCollection: 'Remove collection',
  empty: (many: string) => `No ${many} yet.`,
  emptyText: 'The first takes ten seconds.',
  notReadable:
    'The fields of this collection are not on this device yet. They come with the file or the device that has them.',
  reading: 'Reading…',
  indexing: (share: number) => `Putting things in order, ${format.percent(share)}…`,
  filter: {
    label: 'Show only',
    all: 'Everything',
    yes: (label: string) => label,
    no: (label: string) => `Not: ${label}`,
    none: 'Nothing fits these filters.',
    clear: 'Show everything',
  },
  search: {
    label: (many: string) => `Search ${many}`,
    open: 'Search',
    close: 'Stop searching',
    none: (text: string) => `Nothing for “${text}”.`,
  },
  sort: {
    label: 'Sort',
    created: 'Written down',
    changed: 'Last changed',
    direction: 'Direction',
    ascending: 'Ascending',
    descending: 'Descending',
  },
  view: {
    add: 'Add a view',
    title: 'New view',
    name: 'Name',
    kind: 'Shows things as',
    kindName: (kind: Exclude<ViewKind, 'form'>) => kinds[kind],
    kindText: {
      cards: 'Pictures first',
      table: 'Rows and columns',
      board: 'Columns to move cards between',
      checklist: 'Big ticks',
    } satisfies Readonly<Record<Exclude<ViewKind, 'form'>, string>> as Readonly<
      Record<Exclude<ViewKind, 'form'>, string>
    >,
    group: 'Columns from',
    tick: 'Ticks',
    noChoice: 'A board needs a field of the kind Choice. Add one under Change fields.',
    noTick: 'A checklist needs a field of the kind Yes or no. Add one under Change fields.',
    make: 'Add view',
    made: (name: string) => `Added the view “${name}”`,
    remove: (name: string) => `Remove the view “${name}”`,
    removed: (name: string) => `Removed the view “${name}”`,
  },
  table: {
    open: (name: string) => `Open ${name}`,
    tick: (label: string, name: string) => `${label}: ${name}`,
    total: (count: number, one: string, many: string) => `${format.number(count)} ${count === 1 ? one : many}`,
  },
  board: {
    none: (label: string) => `No ${label}`,
    column: (label: string, count: number) => `${label}, ${format.number(count)}`,
    columns: 'Columns',
    nothing: 'Nothing here.',
    move: (name: string) => `Move ${name}`,
    moveTo: 'Move to…',
    moved: (name: string, column: string) => `Moved “${name}” to ${column}`,
    more: (count: number) => format.plural(count, { one: 'Show one more', other: 'Show {n} more' }),
  },
  checklist: {
    add: (one: string) => `Add ${one}`,
    placeholder: 'Write and press Enter',
    done: (count: number) => format.plural(count, { one: '{n} done', other: '{n} done' }),
    allDone: 'All done.',
  },
})
