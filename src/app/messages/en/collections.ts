import type { Format } from '../format.ts'
import type { Effect } from '../../data/write-collection.ts'
import type { FieldKind } from '../../data/field-kind.ts'

const kinds: Readonly<Record<FieldKind, string>> = {
  text: 'Text',
  longText: 'Long text',
  number: 'Number',
  rating: 'Rating',
  yesNo: 'Yes or no',
  choice: 'Choice',
  tags: 'Tags',
  date: 'Date',
  dateTime: 'Date and time',
  place: 'Place',
  link: 'Link to one',
  links: 'Links to many',
  exact: 'Exact version of',
  photo: 'Photos',
  file: 'Files',
  voice: 'Voice notes',
}

/** Making a collection and changing its fields. */
export const collections = (format: Format) => ({
  list: {
    title: 'Collections',
    empty: 'No collections yet.',
    emptyText: 'Start from a template, or with one field of your own.',
    remove: 'Remove collection',
  },
  create: {
    title: 'New collection',
    text: 'Pick something close. You can change every field.',
    from: 'Start from',
    fields: 'Fields',
    make: (name: string) => (name.trim() === '' ? 'Make it' : `Make “${name.trim()}”`),
    making: 'Making it…',
    made: (name: string) => `Made “${name}”`,
  },
  builder: {
    title: 'Fields',
    about: (name: string) => `Fields of ${name}`,
    name: 'Name of the collection',
    one: 'One of its things',
    oneHint: (one: string) => `As in “Add ${one}”`,
    words: 'Names and picture',
    many: 'Several of them',
    icon: 'Picture',
    add: 'Add a field',
    save: 'Save fields',
    saving: 'Saving…',
    saved: 'Saved the fields',
    unchanged: 'Nothing changed yet',
    effect: 'What this does',
    removed: 'Removed fields',
    bringBack: 'Bring back',
    effects: (effect: Effect, things: number): string => {
      if (effect.kind === 'words') return 'Only words change. Every thing stays as it is.'
      const label = effect.field.label
      const old = format.plural(things, { one: 'One thing', other: '{n} things' })
      switch (effect.kind) {
        case 'added':
          return things === 0
            ? `New things have ${label}.`
            : `New things have ${label}. ${old} from before stay as they are.`
        case 'removed':
          return things === 0
            ? `${label} is hidden.`
            : `${label} is hidden. ${old} keep theirs, under More and in their history.`
        case 'back':
          return `${label} is back. What things kept is shown again.`
        case 'retyped':
          return `${old} keep their old ${label}. New things use the new one.`
      }
    },
    moveUp: 'Move up',
    moveDown: 'Move down',
    movedTo: (label: string, at: number, of: number) => `${label} is now ${format.number(at)} of ${format.number(of)}`,
    edit: 'Edit',
    removeField: 'Remove',
    of: (label: string) => `${label}: more`,
    drag: (label: string) => `Move ${label}: arrow keys up and down`,
    leaveTitle: 'Leave without saving?',
    leaveText: 'The fields you changed are not saved.',
    stay: 'Stay',
    leave: 'Leave',
  },
  field: {
    newTitle: 'New field',
    title: 'Field',
    label: 'Label',
    labelError: 'Give it a label first.',
    kind: 'Kind',
    kindText: {
      text: 'One line',
      longText: 'Several lines',
      number: 'Counted or measured',
      rating: 'One to five stars',
      yesNo: 'A switch or a tick',
      choice: 'One of a few',
      tags: 'Several words',
      date: 'A day',
      dateTime: 'A day and a time',
      place: 'Where it is',
      link: 'To a thing of a collection',
      links: 'To several things',
      exact: 'Stays as it was when you linked it',
      photo: 'From camera or gallery',
      file: 'Any file',
      voice: 'Spoken, recorded here',
    } satisfies Readonly<Record<FieldKind, string>> as Readonly<Record<FieldKind, string>>,
    hint: 'Hint',
    hintHint: 'Shown under the field in the form',
    required: 'Must be filled in',
    now: 'Fills itself with now',
    here: 'Fills itself with here',
    whole: 'Whole numbers only',
    options: 'Options',
    option: (at: number) => `Option ${format.number(at)}`,
    newOption: 'New option',
    addOption: 'Add option',
    removeOption: (label: string) => `Remove ${label}`,
    optionsError: 'Add at least one option.',
    colour: (label: string) => `Colour of ${label}`,
    start: 'Starts as',
    startNone: 'Nothing',
    target: 'Leads to',
    targetError: 'Pick a collection. Make one first if there is none.',
    add: 'Add field',
    save: 'Done',
  },
  kinds,
  kindName: (kind: FieldKind) => kinds[kind],
  about: {
    title: 'shown as the title',
    choiceOf: (options: readonly string[]) => `Choice of ${options.join(', ')}`,
    leadsTo: (kind: string, collection: string) => `${kind}: ${collection}`,
    fillsNow: 'fills itself with now',
    fillsHere: 'fills itself with here',
    required: 'must be filled in',
    join: (kind: string, more: readonly string[]) => [kind, ...more].join(', '),
  },
  tones: {
    plain: 'Plain',
    leaf: 'Green',
    sky: 'Blue',
    honey: 'Yellow',
    ember: 'Orange',
    berry: 'Red',
    iris: 'Violet',
  },
  icons: {
    camera: 'Camera',
    box: 'Box',
    board: 'Board',
    checks: 'Ticks',
    hands: 'Hands',
    list: 'List',
    leaf: 'Leaf',
    book: 'Book',
    heart: 'Heart',
    tool: 'Tool',
    pin: 'Pin',
    calendar: 'Calendar',
    people: 'People',
    chart: 'Chart',
    music: 'Music',
    pot: 'Pot',
  },
})
